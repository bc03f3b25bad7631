/* past.c – see past.h. The texts of both engines differ in how a member of a JSON object is read and in
 * how a table is named that a WITH shadows: db_json() and db_own() know. */
#include "kind/past.h"

#include <ctype.h>

#include "db/dialect.h"
#include "kind/internal.h"

static struct {
	const struct past_view *views;
	size_t n;
} past_house; /* set once at boot */

void
past_views_set(const struct past_view *v, size_t n)
{
	past_house.views = v;
	past_house.n = n;
}

static bool
word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether FROM or JOIN name this table in the text, outside of quoted texts. */
static bool
names_table(const char *sql, const char *table)
{
	size_t n = strlen(table);
	bool quoted = false;
	const char *p;

	for (p = sql; *p != '\0'; p++) {
		if (*p == '\'')
			quoted = !quoted;
		if (quoted || (strncmp(p, "FROM ", 5) != 0 && strncmp(p, "JOIN ", 5) != 0) ||
		    (p > sql && word_char(p[-1])))
			continue;
		if (strncmp(p + 5, table, n) == 0 && !word_char(p[5 + n]))
			return true;
	}
	return false;
}

/* One column of a row out of history (h.data is its JSON; t the row of today, which still stands). */
static void
put_column(struct ctx *cx, struct buf *b, const struct field *f, const char *suffix, bool stands)
{
	const char *lang = *suffix == '\0' ? NULL : suffix + 1;

	if (stands && (f->flags & F_TODAY) != 0) {
		buf_printf(b, ", t.%s%s", f->name, suffix);
		return;
	}

	if (f->privacy >= PRIV_SUBJECT || f->type == FT_TIME || f->type == FT_SEALED) {
		buf_printf(b, ", %s",
		    f->type == FT_SEALED ? db_null(cx, V_BLOB)
		    : f->type == FT_REAL ? db_null(cx, V_REAL)
		    : f->type == FT_TEXT || f->type == FT_TEXT3 || f->type == FT_ENUM
			? db_null(cx, V_TEXT)
			: db_null(cx, V_INT));
		return;
	}
	buf_str(b, ", ");
	db_json(cx, b, "h.data", f->name, lang,
	    f->type == FT_DAY			     ? JSON_DAY
	    : f->type == FT_BOOL		     ? JSON_BOOL
	    : f->type == FT_REAL		     ? JSON_REAL
	    : f->type == FT_INT || f->type == FT_REF ? JSON_INT
						     : JSON_TEXT);
}

static const char *const suffixes[] = { "_kk", "_ru", "_en" };

static void
put_columns(struct ctx *cx, struct buf *b, const struct kind *k, bool stands)
{
	size_t i;
	int p;

	for (i = 0; i < k->nfields; i++)
		for (p = 0; p < field_columns(&k->fields[i]); p++)
			put_column(cx, b, &k->fields[i],
			    field_columns(&k->fields[i]) == 3 ? suffixes[p] : "", stands);
}

/* Three kinds of rows: not written since, written since, and removed since. */
static void
put_kind(struct ctx *cx, struct buf *b, const struct kind *k, int64_t bound)
{
	const char *own = db_own(cx, k->name), *name = k->name;
	long long at = (long long)bound;

	buf_printf(b,
	    "%s AS NOT MATERIALIZED (SELECT %s, %s.sort_kk, %s.sort_ru, %s.sort_en, %s.fold_key"
	    " FROM %s AS %s WHERE %s.changed_at < %lld",
	    name, k->state->columns, name, name, name, name, own, name, name, at);
	buf_str(b, " UNION ALL SELECT t.id, h.version, t.created_at, h.at");
	put_columns(cx, b, k, true);
	buf_printf(b,
	    ", t.sort_kk, t.sort_ru, t.sort_en, t.fold_key FROM %s AS t JOIN history h ON h.kind ="
	    " '%s' AND h.rec = t.id WHERE t.created_at < %lld AND t.changed_at >= %lld"
	    " AND h.version = (SELECT max(x.version) FROM history x WHERE x.kind = '%s' AND x.rec ="
	    " t.id AND x.at < %lld)",
	    own, name, at, at, name, at);
	buf_str(b, " UNION ALL SELECT h.rec, h.version, h.at, h.at");
	put_columns(cx, b, k, false);
	buf_printf(b,
	    ", '', '', '', '' FROM history d JOIN history h ON h.kind = d.kind AND h.rec = d.rec"
	    " WHERE d.kind = '%s' AND d.action = 'delete' AND d.at >= %lld AND h.version ="
	    " (SELECT max(x.version) FROM history x WHERE x.kind = '%s' AND x.rec = d.rec AND x.at"
	    " < %lld))",
	    name, at, name, at);
}

const char *
past_sql(struct ctx *cx, int64_t known, const char *sql)
{
	struct buf views, b;
	const struct kind *k;
	const char *sep = "WITH ";
	size_t i;

	if (known == 0)
		return sql;
	buf_init(&views, cx->arena, 0);
	for (i = 0; i < past_house.n; i++)
		if (names_table(sql, past_house.views[i].table))
			buf_printf(&views, "%s%s AS NOT MATERIALIZED (%s)",
			    views.n == 0 ? "" : ", ", past_house.views[i].table,
			    past_house.views[i].select);
	buf_init(&b, cx->arena, 0);
	for (i = 0; (k = kind_booted(i)) != NULL; i++) {
		if (!names_table(sql, k->name) && (views.n == 0 || !names_table(views.p, k->name)))
			continue;
		buf_str(&b, sep);
		put_kind(cx, &b, k, past_bound(known));
		sep = ", ";
	}
	if (views.n > 0) {
		buf_str(&b, sep);
		buf_str(&b, views.p);
	}
	buf_printf(&b, " %s", sql);
	return b.p;
}

void
known_read(struct ctx *cx, const char *text, int64_t *out)
{
	*out = 0;
	if (text == NULL || *text == '\0' || strcmp(text, "now") == 0)
		return;
	if (!moment_parse(text, out))
		fail_field(cx, "known",
		    N_("There is no such moment: “%s”. Write it as 15.11.2024 18:00."), text);
	else if (*out > cx->now && strchr(text, ':') == NULL &&
		 day_of_moment(*out) == day_of_moment(cx->now))
		*out = 0; /* "today": as it is now */
	else if (*out < 0 || *out / US_PER_SECOND > cx->now / US_PER_SECOND)
		fail_field(cx, "known", N_("That moment lies ahead: nothing is known at it yet."));
	if (cx->err.fields != NULL)
		*out = 0;
}
