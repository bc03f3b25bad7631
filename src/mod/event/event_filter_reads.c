/* event_filter_reads.c – the conditions of a filter, and the events of a feed. See event_filter.h. */
#include "mod/event/event_filter.h"

#include "mod/event/event_inner.h"

const struct event_group event_theme_groups[EVENT_GROUPS] = {
	{ "culture", "k m", N_("Culture"), { "mass", "contest", "campaign" } },
	{ "language", "k t", N_("Languages and learning"), { "language", "education" } },
	{ "youth", "k j", N_("Youth"), { "youth", "patriotic", "media" } },
	{ "help", "k q", N_("Charity and relief"), { "charity", "relief" } },
	{ "meetings", "k", N_("Meetings"), { "governance", "mediation" } },
};

int
event_group_of(const char *theme)
{
	size_t i, j;

	for (i = 0; i < EVENT_GROUPS; i++)
		for (j = 0; j < ARRAY_LEN(event_theme_groups[i].themes) &&
			    event_theme_groups[i].themes[j] != NULL;
		     j++)
			if (strcmp(event_theme_groups[i].themes[j], theme) == 0)
				return (int)i;
	return EVENT_GROUPS - 1;
}

static int
and_group(struct query *q, const char *code)
{
	const struct event_group *g = NULL;
	struct val v[ARRAY_LEN(event_theme_groups[0].themes)];
	size_t i, n = 0;

	for (i = 0; i < EVENT_GROUPS; i++)
		if (strcmp(event_theme_groups[i].code, code) == 0)
			g = &event_theme_groups[i];
	if (g == NULL) {
		fail_field(q->cx, "group", N_("Choose one of the values offered."));
		return RC_INVALID;
	}
	for (; n < ARRAY_LEN(v) && g->themes[n] != NULL; n++)
		v[n] = v_text(g->themes[n]);
	query_and(q,
	    n == 2 ? "event.kind IN (SELECT id FROM event_kind WHERE theme IN (?, ?))"
		   : "event.kind IN (SELECT id FROM event_kind WHERE theme IN (?, ?, ?))",
	    (struct vals){ v, n });
	return RC_OK;
}

/* RULE calendar-1 */
static int
and_under(struct query *q, const char *body)
{
#define BENEATH                                                                                    \
	"(WITH RECURSIVE own(id) AS (SELECT ? UNION SELECT b.id FROM body b JOIN own ON b.parent " \
	"= own.id) SELECT own.id FROM own)"
	int64_t id = 0;
	int rc = RC_OK;

	if (strspn(body, "0123456789") != strlen(body) || !num_parse(body, &id))
		rc = body_by_code(q->cx, body, &id);
	if (rc == RC_NOTFOUND) {
		err_clear(q->cx);
		fail_field(q->cx, "under", N_("There is no such record."));
		return RC_INVALID;
	}
	TRY(rc);
	query_and(q,
	    "event.body IN " BENEATH " OR EXISTS (SELECT 1 FROM organiser u WHERE u.event ="
	    " event.id AND u.ended = 0 AND u.via_event IS NULL AND u.body IN " BENEATH ")",
	    VALS(v_int(id), v_int(id)));
	return RC_OK;
}

int
event_filter_own(struct query *q, const struct event_filter *f)
{
	if (f->within != NULL)
		query_and(q, f->within, VALS(v_int(f->within_of)));
	if (f->under != NULL)
		TRY(and_under(q, f->under));
	if (f->group != NULL)
		TRY(and_group(q, f->group));
	return f->language == NULL ? RC_OK : query_filter(q, "lang", f->language);
}

int
event_filter_apply(struct query *q, const struct event_filter *f)
{
	size_t i;

	for (i = 0; i < f->nfields; i++)
		TRY(query_filter(q, f->field[i].name, f->field[i].value));
	return event_filter_own(q, f);
}

/* ---- the feed ---- */

enum { FEED_MAX = 5000 };

static struct text3
three(const struct rows *r, int col)
{
	return (struct text3){ row_text(r, col), row_text(r, col + 1), row_text(r, col + 2) };
}

static struct feed_event
feed_row(const struct rows *r)
{
	return (struct feed_event){ .e = { .rec = { .id = row_int(r, 0),
					       .version = row_int(r, 1),
					       .created_at = row_int(r, 2),
					       .changed_at = row_int(r, 3) },
					.first_day = (int)row_int(r, 4),
					.last_day = (int)row_int(r, 5),
					.starts = row_text(r, 6),
					.ends = row_text(r, 7),
					.place = row_text(r, 8),
					.state = row_text(r, 9),
					.name = three(r, 10),
					.summary = three(r, 13) },
		.kind = three(r, 16),
		.body = three(r, 19),
		.mail = row_text(r, 22),
		.district = three(r, 23),
		.moved_day = (int)row_int(r, 26) };
}

int
reads_feed(struct ctx *cx, const struct event_filter *f, int from, int to, struct feed_event **out,
    size_t *n)
{
	struct query q;
	AUTO_ROWS r = { 0 };
	size_t cap = 256;

	*out = arena_array(cx->arena, struct feed_event, cap);
	*n = 0;
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.merged_into IS NULL AND event.first_day <= ? AND (event.first_day >= ? OR"
	    " event.last_day >= ?)",
	    VALS(v_int(to), v_int(from), v_int(from)));
	TRY(event_filter_apply(&q, f));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT event.id, event.version, event.created_at, event.changed_at,"
		" event.first_day, coalesce(event.last_day, 0), event.starts, event.ends,"
		" event.place, event.state, event.name_kk, event.name_ru, event.name_en,"
		" event.summary_kk, event.summary_ru, event.summary_en, k.name_kk, k.name_ru,"
		" k.name_en, b.name_kk, b.name_ru, b.name_en, b.email, d.name_kk, d.name_ru,"
		" d.name_en, coalesce(m.first_day, 0) FROM event JOIN event_kind k ON k.id ="
		" event.kind JOIN body b ON b.id = event.body LEFT JOIN district d ON d.id ="
		" event.district LEFT JOIN event m ON m.id = event.moved_to AND m.state IN"
		" ('approved', 'held', 'reported')%s"
		" ORDER BY event.first_day, coalesce(event.starts, ''), event.id LIMIT %d",
		q.where.p, FEED_MAX),
	    (struct vals){ q.vals, q.nvals }));
	while (rows_next(&r)) {
		if (*n == cap) {
			struct feed_event *more =
			    arena_array(cx->arena, struct feed_event, cap * 2);

			memcpy(more, *out, cap * sizeof *more);
			*out = more;
			cap *= 2;
		}
		(*out)[(*n)++] = feed_row(&r);
	}
	return rows_end(&r);
}
