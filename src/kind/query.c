/* query.c – lists: scope, filters, order, cursor, count. One query object serves the page, the API,
 * the export and the count above the list, so that they cannot differ.
 *
 * Paging is by keyset: the cursor holds the order value and id of the last row, so row 2 000 comes
 * as quickly as row 1. Filter and sort take only fields that the actor may read. */
#include "kind/internal.h"
#include "kind/past.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "lang/order.h"

int
query_init_all(struct ctx *cx, struct query *q, const struct kind *k)
{
	*q = (struct query){ .cx = cx, .kind = k, .limit = 25 };
	buf_init(&q->where, cx->arena, 0);
	if (!may(cx, k->read))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	if (k->scope != NULL)
		k->scope(cx, q);
	return RC_OK;
}

int
query_init(struct ctx *cx, struct query *q, const struct kind *k)
{
	TRY(query_init_all(cx, q, k));
	if (k->listed != NULL)
		k->listed(cx, q);
	return RC_OK;
}

static void
add_val(struct query *q, struct val v)
{
	/* Too many conditions are refused when the list is asked for; no visitor stops the house. */
	if (q->nvals == QUERY_VALS)
		q->over = true;
	else
		q->vals[q->nvals++] = v;
}

void
query_and(struct query *q, const char *cond, struct vals v)
{
	size_t i = 0;

	buf_str(&q->where, q->where.n == 0 ? " WHERE (" : " AND (");
	for (; *cond != '\0'; cond++)
		if (*cond == '?') {
			add_val(q, v.v[i++]);
			buf_printf(&q->where, "$%zu", q->nvals);
		} else
			buf_char(&q->where, *cond);
	buf_char(&q->where, ')');
	if (i != v.n)
		die("query_and: %zu marks, %zu values", i, v.n);
}

static const char *const text3_columns[] = { "_kk", "_ru", "_en" };

/* Words of the search, each folded; a record must hold all of them. */
static void
filter_words(struct query *q, const char *text)
{
	enum { WORDS = 8 }; /* names have four; more only narrows further */
	char *save = NULL, *words = arena_str(q->cx->arena, fold_key(q->cx->arena, text)), *w;
	int n = 0;

	for (w = strtok_r(words, " ", &save); w != NULL && n < WORDS;
	     w = strtok_r(NULL, " ", &save), n++) {
		struct buf b;

		buf_init(&b, q->cx->arena, 0);
		buf_char(&b, '%');
		for (; *w != '\0'; w++) {
			if (*w == '%' || *w == '_' || *w == '\\')
				buf_char(&b, '\\');
			buf_char(&b, *w);
		}
		buf_char(&b, '%');
		query_and(q,
		    arena_printf(q->cx->arena, "%s.fold_key LIKE ? ESCAPE '\\'", q->kind->name),
		    VALS(v_text(b.p)));
	}
}

/* The title's sort key in the reader's language; NULL: the kind has no title of its own, or the actor
 * may not read all of it (a first letter tells, too). */
static const char *
title_column(const struct query *q)
{
	size_t i;

	if (q->kind->title[0] == NULL)
		return NULL;
	for (i = 0; q->kind->title[i] != NULL; i++)
		if (!kind_may_read(q->cx, q->kind, kind_field(q->kind, q->kind->title[i])))
			return NULL;
	return arena_printf(q->cx->arena, "%s.sort_%s", q->kind->name, lang_code(q->cx->lang));
}

static int
refuse(struct query *q, const char *name)
{
	fail_field(q->cx, name, N_("This list cannot be filtered or sorted by “%s”."), name);
	return RC_INVALID;
}

/* Titles that begin with a letter: a range of sort keys, so any index on them serves. */
static int
filter_letter(struct query *q, const char *letter)
{
	const char *column = title_column(q);
	struct letter_range range;

	if (column == NULL)
		return refuse(q, "letter");
	if (!order_letter(letter, &range)) {
		fail_field(q->cx, "letter", N_("There is no such letter."));
		return RC_INVALID;
	}
	query_and(q, arena_printf(q->cx->arena, "%s >= ? AND %s < ?", column, column),
	    VALS(v_text(arena_str(q->cx->arena, range.from)),
		v_text(arena_str(q->cx->arena, range.to))));
	return RC_OK;
}

/* field, field_from, field_to → the field and an operator. */
static const struct field *
filter_field(const struct kind *k, const char *name, const char **op)
{
	const struct field *f = kind_field(k, name);
	size_t i, n = strlen(name);

	*op = "=";
	if (f != NULL)
		return f;
	for (i = 0; i < k->nfields; i++) {
		size_t m = strlen(k->fields[i].name);

		if (m + 5 == n && strncmp(name, k->fields[i].name, m) == 0 &&
		    strcmp(name + m, "_from") == 0)
			*op = ">=";
		else if (m + 3 == n && strncmp(name, k->fields[i].name, m) == 0 &&
			 strcmp(name + m, "_to") == 0)
			*op = "<=";
		else
			continue;
		return &k->fields[i];
	}
	return NULL;
}

/* A reference by its code instead of its id, e.g. kind=eca, district=150000000. */
static int
ref_by_code(struct query *q, const struct field *f, const char *code, int64_t *id)
{
	if (kind_field(f->ref, "code") == NULL)
		return RC_NOTFOUND;
	return db_int(q->cx, id,
	    arena_printf(q->cx->arena, "SELECT id FROM %s WHERE code = $1", f->ref->name),
	    VALS(v_text(code)));
}

int
query_filter(struct query *q, const char *name, const char *value)
{
	struct ctx *cx = q->cx;
	const char *op;
	const struct field *f;
	void *tmp;
	struct val v;

	if (value == NULL || *value == '\0')
		return RC_OK;
	if (strcmp(name, "q") == 0) {
		if (kind_searcher != NULL)
			return kind_searcher->filter(q, value);
		filter_words(q, value);
		return RC_OK;
	}
	if (strcmp(name, "id") == 0) {
		int64_t id;

		if (!num_parse(value, &id))
			return refuse(q, name);
		query_and(q, arena_printf(cx->arena, "%s.id = ?", q->kind->name), VALS(v_int(id)));
		return RC_OK;
	}
	if (strcmp(name, "letter") == 0 && kind_field(q->kind, name) == NULL)
		return filter_letter(q, value);
	f = filter_field(q->kind, name, &op);
	if (f == NULL || !kind_may_read(cx, q->kind, f) || f->type == FT_SEALED)
		return refuse(q, name);
	if (strcmp(value, "none") == 0 && f->type != FT_TEXT && f->type != FT_TEXT3) {
		query_and(
		    q, arena_printf(cx->arena, "%s.%s IS NULL", q->kind->name, f->name), NO_VALS);
		return RC_OK;
	}
	if (f->type == FT_TEXT3) {
		query_and(q,
		    arena_printf(
			cx->arena, "%s.%s%s = ?", q->kind->name, f->name, text3_columns[cx->lang]),
		    VALS(v_text(value)));
		return RC_OK;
	}
	tmp = arena_alloc(cx->arena, q->kind->size);
	if (f->type == FT_REF && strspn(value, "0123456789") != strlen(value)) {
		int rc = ref_by_code(q, f, value, field_at_rw(f, tmp));

		if (rc == RC_NOTFOUND)
			fail_field(cx, name, N_("There is no such record."));
		else if (rc != RC_OK)
			return rc;
	} else
		field_parse(cx, f, value, cx->lang, tmp);
	if (cx->err.fields != NULL)
		return RC_INVALID;
	v = field_val(f, tmp, 0);
	query_and(q, arena_printf(cx->arena, "%s.%s %s ?", q->kind->name, f->name, op), VALS(v));
	return RC_OK;
}

int
query_sort(struct query *q, const char *spec)
{
	const struct field *f;

	if (spec == NULL || *spec == '\0')
		return RC_OK;
	q->desc = *spec == '-';
	spec += q->desc ? 1 : 0;
	q->sort = NULL;
	q->by_title = false;
	if (strcmp(spec, "id") == 0)
		return RC_OK;
	f = kind_field(q->kind, spec);
	if (strcmp(spec, "title") == 0 ||
	    (q->kind->title[0] != NULL && strcmp(spec, q->kind->title[0]) == 0)) {
		size_t i;

		/* The order tells the value, so the title's fields must be readable too. */
		for (i = 0; q->kind->title[i] != NULL; i++)
			if (!kind_may_read(q->cx, q->kind, kind_field(q->kind, q->kind->title[i])))
				return refuse(q, spec);
		q->by_title = true;
		return RC_OK;
	}
	/* A cursor carries the value: neither a real, which no text brings back exactly on both
	 * engines, nor a page of text. */
	if (f == NULL || !kind_may_read(q->cx, q->kind, f) || f->type == FT_SEALED ||
	    f->type == FT_REAL || (f->flags & F_LONG) != 0)
		return refuse(q, spec);
	q->sort = f;
	return RC_OK;
}

int
query_known(struct query *q, int64_t known)
{
	if (known != 0 && !past_may(q->cx))
		return fail(q->cx, RC_DENIED,
		    N_("What was known earlier is open to those who may read the history."));
	q->known = known;
	return RC_OK;
}

/* Private values and moments lie in history in another form, row by row. */
static int
fill_past(struct query *q, struct list *l)
{
	void *was = arena_alloc(q->cx->arena, q->kind->size);
	size_t i, f;
	bool any = false;

	for (f = 0; f < q->kind->nfields; f++)
		any = any || q->kind->fields[f].privacy >= PRIV_SUBJECT ||
		      q->kind->fields[f].type == FT_TIME;
	for (i = 0; any && i < l->n; i++) {
		void *rec = (char *)l->rows + i * q->kind->size;
		struct rec head = *(struct rec *)rec;
		int rc = kind_at_version(q->cx, q->kind, head.id, head.version, was);

		if (rc == RC_NOTFOUND)
			continue; /* the person's key is destroyed */
		TRY(rc);
		for (f = 0; f < q->kind->nfields; f++)
			if ((q->kind->fields[f].flags & F_TODAY) != 0)
				field_copy(&q->kind->fields[f], rec, was);
		memcpy(rec, was, q->kind->size);
		*(struct rec *)rec = head;
	}
	return RC_OK;
}

static const char *
sort_column(const struct query *q)
{
	struct arena *a = q->cx->arena;

	if (q->by_title)
		return arena_printf(a, "%s.sort_%s", q->kind->name, lang_code(q->cx->lang));
	if (q->sort == NULL)
		return NULL;
	return arena_printf(a, "%s.%s%s", q->kind->name, q->sort->name,
	    q->sort->type == FT_TEXT3 ? text3_columns[q->cx->lang] : "");
}

static bool
sort_is_number(const struct query *q)
{
	return q->sort != NULL && q->sort->type != FT_TEXT && q->sort->type != FT_TEXT3 &&
	       q->sort->type != FT_ENUM;
}

/* A required text in three languages has only its Kazakh for sure. */
static bool
sort_may_be_null(const struct query *q)
{
	return !q->by_title && ((q->sort->flags & F_REQUIRED) == 0 ||
				   (q->sort->type == FT_TEXT3 && q->cx->lang != LANG_KK));
}

/* Cursor: "ID" or "ID.n" (NULL) or "ID.v" + value; hex keeps it opaque and URL-safe. */
static const char *
cursor_make(struct ctx *cx, int64_t id, bool has_value, const char *value)
{
	struct buf b;
	const char *plain = has_value ? arena_printf(cx->arena, "%lld.%s%s", (long long)id,
					    value == NULL ? "n" : "v", value == NULL ? "" : value)
				      : arena_printf(cx->arena, "%lld", (long long)id);

	buf_init(&b, cx->arena, 0);
	buf_hex(&b, plain, strlen(plain));
	return b.p;
}

/* A sort key has at most 2,100 characters, a text that may be sorted by 1,000 letters. */
enum { CURSOR_MAX = 2 * 2200 };

static int
cursor_read(struct query *q, int64_t *id, const char **value, bool *null)
{
	size_t n = strlen(q->after), i;
	char *plain = arena_alloc(q->cx->arena, n / 2 + 1), *dot;

	if (n % 2 != 0 || n > CURSOR_MAX || strspn(q->after, "0123456789abcdef") != n)
		return refuse(q, "after");
	for (i = 0; i < n / 2; i++) {
		unsigned byte;
		char two[3] = { q->after[2 * i], q->after[2 * i + 1], '\0' };

		byte = (unsigned)strtoul(two, NULL, 16);
		plain[i] = (char)byte;
	}
	if (!utf8_valid(plain, n / 2))
		return refuse(q, "after");
	dot = strchr(plain, '.');
	*value = dot == NULL ? NULL : dot + 2;
	*null = dot != NULL && dot[1] == 'n';
	if (dot != NULL) {
		if (dot[1] != 'n' && dot[1] != 'v')
			return refuse(q, "after");
		*dot = '\0';
	}
	if (!num_parse(plain, id))
		return refuse(q, "after");
	return RC_OK;
}

static int
after_cursor(struct query *q, const char *col)
{
	struct arena *a = q->cx->arena;
	const char *t = q->kind->name, *op = q->desc ? "<" : ">", *value;
	struct val v;
	int64_t id, n;
	bool null;

	if (q->after == NULL || *q->after == '\0')
		return RC_OK;
	TRY(cursor_read(q, &id, &value, &null));
	if (col == NULL) {
		query_and(q, arena_printf(a, "%s.id %s ?", t, op), VALS(v_int(id)));
		return RC_OK;
	}
	if (null) {
		query_and(
		    q, arena_printf(a, "%s IS NULL AND %s.id %s ?", col, t, op), VALS(v_int(id)));
		return RC_OK;
	}
	if (value == NULL || (sort_is_number(q) && !num_parse(value, &n)))
		return refuse(q, "after");
	v = sort_is_number(q) ? v_int(n) : v_text(value);
	if (!sort_may_be_null(q))
		query_and(
		    q, arena_printf(a, "(%s, %s.id) %s (?, ?)", col, t, op), VALS(v, v_int(id)));
	else
		query_and(q,
		    arena_printf(a, "(%s, %s.id) %s (?, ?) OR %s IS NULL", col, t, op, col),
		    VALS(v, v_int(id)));
	return RC_OK;
}

static const char *
order_by(struct query *q, const char *col)
{
	struct arena *a = q->cx->arena;
	const char *dir = q->desc ? "DESC" : "ASC";

	if (col == NULL)
		return arena_printf(a, " ORDER BY %s.id %s", q->kind->name, dir);
	if (!sort_may_be_null(q))
		return arena_printf(a, " ORDER BY %s %s, %s.id %s", col, dir, q->kind->name, dir);
	return arena_printf(
	    a, " ORDER BY %s %s NULLS LAST, %s.id %s", col, dir, q->kind->name, dir);
}

static int
fits(struct query *q)
{
	return q->over ? fail(q->cx, RC_INVALID, N_("That is too many conditions at once."))
		       : RC_OK;
}

int
query_list(struct query *q, struct list *out)
{
	struct ctx *cx = q->cx;
	const struct kind *k = q->kind;
	const char *col = sort_column(q), *last = NULL, *order, *sql;
	AUTO_ROWS r = { 0 };
	size_t where = q->where.n, nvals = q->nvals, n = 0;
	bool more = false, last_null = false;

	if (q->limit < 1 || q->limit > QUERY_LIMIT_MAX)
		return refuse(q, "limit");
	TRY(after_cursor(q, col));
	TRY(fits(q));
	order = order_by(q, col);
	sql = arena_printf(cx->arena, "SELECT %s%s%s FROM %s%s%s LIMIT %d", k->state->columns,
	    col == NULL ? "" : ", ", col == NULL ? "" : col, k->name, q->where.p, order,
	    q->limit + 1);
	out->rows = arena_alloc(cx->arena, k->size * (size_t)q->limit);
	TRY(db_rows(cx, &r, past_sql(cx, q->known, sql), (struct vals){ q->vals, q->nvals }));
	while (rows_next(&r)) {
		if (n == (size_t)q->limit) {
			more = true;
			break;
		}
		kind_read_row(&r, k, (char *)out->rows + n * k->size);
		if (col != NULL && n + 1 == (size_t)q->limit) {
			last_null = row_null(&r, r.ncols - 1);
			last = last_null ? NULL : row_text(&r, r.ncols - 1);
		}
		n++;
	}
	TRY(rows_end(&r));
	out->n = n;
	if (q->known != 0)
		TRY(fill_past(q, out));
	out->next = more ? cursor_make(cx, ((const struct rec *)list_row(out, k, n - 1))->id,
			       col != NULL, last)
			 : NULL;
	/* The query object may be asked again (count, next page). */
	q->where.n = where;
	if (q->where.cap > 0)
		q->where.p[where] = '\0';
	q->nvals = nvals;
	return RC_OK;
}

int
query_count(struct query *q, int64_t *out)
{
	struct count_key key;
	const char *sql;
	uint64_t generation;

	TRY(fits(q));
	sql = past_sql(q->cx, q->known,
	    arena_printf(q->cx->arena, "SELECT count(*) FROM %s%s", q->kind->name, q->where.p));
	/* The first read begins the snapshot, and only then is its generation known. */
	generation = db_generation(q->cx);
	count_key(&key, db_store(q->cx), sql, (struct vals){ q->vals, q->nvals });
	if (generation != 0 && count_recall(&key, generation, out))
		return RC_OK;
	TRY(db_int(q->cx, out, sql, (struct vals){ q->vals, q->nvals }));
	if (generation != 0)
		count_keep(&key, generation, *out);
	return RC_OK;
}

/* WHY a recursion: each step asks the index for the first key behind the last letter, so that a list
 * of a million rows costs some fifty looks and not a million. */
int
query_letters(struct query *q, const char *out[QUERY_LETTERS], size_t *n)
{
	struct ctx *cx = q->cx;
	const char *column = title_column(q), *from = q->kind->name;
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(fits(q));
	if (column == NULL || q->known != 0) /* no index over what was: no letters */
		return RC_OK;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"WITH RECURSIVE l (k) AS (SELECT (SELECT min(%s) FROM %s%s) UNION ALL"
		" SELECT (SELECT min(%s) FROM %s%s%s %s > substr(l.k, 1, 2) || 'g') FROM l"
		" WHERE l.k IS NOT NULL) SELECT substr(k, 1, 2) FROM l WHERE k IS NOT NULL LIMIT "
		"%d",
		column, from, q->where.p, column, from, q->where.p,
		q->where.n == 0 ? " WHERE" : " AND", column, 2 * QUERY_LETTERS),
	    (struct vals){ q->vals, q->nvals }));
	while (rows_next(&r) && *n < QUERY_LETTERS) {
		const char *letter = order_letter_of(row_text(&r, 0));

		/* Neighbours may share a name: what no letter names is one group. */
		if (letter != NULL && (*n == 0 || strcmp(out[*n - 1], letter) != 0))
			out[(*n)++] = letter;
	}
	return rows_end(&r);
}

int
query_each(struct query *q, int (*row)(struct ctx *cx, const void *rec, void *arg), void *arg)
{
	struct ctx *cx = q->cx;
	const struct kind *k = q->kind;
	struct list l;

	q->limit = QUERY_LIMIT_MAX;
	q->after = NULL;
	do {
		size_t i;

		TRY(query_list(q, &l));
		for (i = 0; i < l.n; i++)
			TRY(row(cx, list_row(&l, k, i), arg));
		q->after = l.next;
	} while (l.next != NULL);
	return RC_OK;
}
