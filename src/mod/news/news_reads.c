/* news_reads.c – public articles: newest first, of a rubric, related ones, and those about an event. */
#include "mod/news/news_inner.h"
#include "search/search.h"

int
rubric_by_code(struct ctx *cx, const char *code, struct rubric *out)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM rubric WHERE code = $1", VALS(v_text(code))));
	return kind_get(cx, &rubric_kind, id, out);
}

int
article_list(struct ctx *cx, const struct article_want *w, struct article_page *out)
{
	struct query q;
	struct list l;

	TRY(query_init(cx, &q, &article_kind));
	query_and(&q, ARTICLE_PUBLIC, VALS(v_int(cx->today)));
	if (w->rubric != 0)
		query_and(&q, "article.rubric = ?", VALS(v_int(w->rubric)));
	if (w->body != 0)
		query_and(&q,
		    "article.body = ? OR article.id IN (SELECT l.article FROM article_link l WHERE "
		    "l.body = ?)",
		    VALS(v_int(w->body), v_int(w->body)));
	TRY(query_sort(&q, "-published_on"));
	q.limit = w->limit;
	q.after = w->before;
	TRY(query_list(&q, &l));
	*out = (struct article_page){ l.rows, l.n, l.next };
	return RC_OK;
}

#define PUBLIC_A                                                                           \
	"a.state IN ('published', 'corrected') AND (a.publish_on IS NULL OR a.publish_on " \
	"<= $2)"

static int
ids_of(struct ctx *cx, const char *sql, struct vals vals, int64_t *out, size_t room, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r, sql, vals));
	while (rows_next(&r) && *n < room)
		out[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

/* Adds ids that are not there yet, and not the article itself. */
struct chosen {
	int64_t id[4 * ARTICLE_RELATED];
	size_t n;
};

static void
choose(struct chosen *c, const int64_t *ids, size_t n, int64_t but)
{
	size_t i, k;

	for (i = 0; i < n && c->n < ARRAY_LEN(c->id); i++) {
		for (k = 0; k < c->n && c->id[k] != ids[i]; k++)
			;
		if (k == c->n && ids[i] != but)
			c->id[c->n++] = ids[i];
	}
}

/* Title, languages and day, which is all that a line of it shows; in one statement, in the order chosen. */
static int
load(struct ctx *cx, const struct chosen *c, struct article **out, size_t *n)
{
	struct article *v = arena_array(cx->arena, struct article, c->n + 1);
	size_t have = 0, i, k;
	AUTO_ROWS r = { 0 };
	struct buf sql;

	*out = arena_array(cx->arena, struct article, ARTICLE_RELATED);
	*n = 0;
	if (c->n == 0)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql,
	    "SELECT a.id, a.title_kk, a.title_ru, a.title_en, a.original, a.kk_state, a.ru_state, "
	    "a.en_state, a.published_on FROM article a WHERE a.id <> $1 AND " PUBLIC_A
	    " AND a.id IN (0");
	for (i = 0; i < c->n; i++)
		buf_printf(&sql, ",%lld", (long long)c->id[i]);
	buf_char(&sql, ')');
	TRY(db_rows(cx, &r, sql.p, VALS(v_int(0), v_int(cx->today))));
	while (have < c->n && rows_next(&r))
		v[have++] = (struct article){ .rec = { .id = row_int(&r, 0) },
			.title = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) },
			.original = row_text(&r, 4),
			.kk_state = row_text(&r, 5),
			.ru_state = row_text(&r, 6),
			.en_state = row_text(&r, 7),
			.published_on = (int)row_int(&r, 8) };
	TRY(rows_end(&r));
	for (i = 0; i < c->n && *n < ARTICLE_RELATED; i++)
		for (k = 0; k < have; k++)
			if (v[k].rec.id == c->id[i] && *n < ARTICLE_RELATED)
				(*out)[(*n)++] = v[k];
	return RC_OK;
}

/* By what they are about, then by the words of title and first lines, then of the same rubric. */
int
article_related(struct ctx *cx, const struct article *a, struct article **out, size_t *n)
{
	int64_t ids[2 * ARTICLE_RELATED];
	struct vals vals = VALS(v_int(a->rec.id), v_int(cx->today));
	struct chosen c = { .n = 0 };
	enum lang l = LANG_KK;
	size_t got;

	(void)lang_parse(a->original, &l);
	TRY(ids_of(cx,
	    "SELECT a.id, count(*) AS hits FROM article_link l JOIN article_link o ON (o.event = "
	    "l.event OR o.body = l.body OR o.programme = l.programme) AND o.article <> l.article "
	    "JOIN article a ON a.id = o.article WHERE l.article = $1 AND " PUBLIC_A
	    " GROUP BY a.id, a.published_on ORDER BY hits DESC, a.published_on DESC, a.id DESC "
	    "LIMIT 5",
	    vals, ids, ARRAY_LEN(ids), &got));
	choose(&c, ids, got, a->rec.id);
	if (c.n < ARTICLE_RELATED) {
		TRY(search_alike(cx,
		    &(struct alike_to){ &article_kind,
			arena_printf(
			    cx->arena, "%s %s", article_in(&a->title, l), article_in(&a->lead, l)),
			a->rec.id },
		    ids, ARRAY_LEN(ids), &got));
		choose(&c, ids, got, a->rec.id);
	}
	/* Some of those may wait for their day; load() leaves them out. */
	TRY(ids_of(cx,
	    "SELECT a.id FROM article a WHERE a.id <> $1 AND " PUBLIC_A
	    " AND a.rubric = $3 ORDER BY a.published_on DESC, a.id DESC LIMIT 5",
	    VALS(v_int(a->rec.id), v_int(cx->today), v_int(a->rubric)), ids, ARRAY_LEN(ids), &got));
	choose(&c, ids, got, a->rec.id);
	return load(cx, &c, out, n);
}

int
article_about(struct ctx *cx, const struct article_link *of, struct article **out, size_t *n)
{
	int64_t ids[ARTICLE_RELATED];
	int64_t id = of->event != 0 ? of->event : of->body != 0 ? of->body : of->programme;
	/* What was written about a merged report is about the event. */
	const char *where = of->event != 0
				? "l.event IN (SELECT e.id FROM event e WHERE e.id = $1 OR "
				  "e.merged_into = $1)"
			    : of->body != 0 ? "l.body = $1"
					    : "l.programme = $1";
	struct chosen c = { .n = 0 };
	size_t got;

	TRY(ids_of(cx,
	    arena_printf(cx->arena,
		"SELECT a.id FROM article a WHERE " PUBLIC_A
		" AND a.id IN (SELECT l.article FROM article_link l WHERE %s) ORDER BY "
		"a.published_on DESC, a.id DESC LIMIT 5",
		where),
	    VALS(v_int(id), v_int(cx->today)), ids, ARRAY_LEN(ids), &got));
	choose(&c, ids, got, 0);
	return load(cx, &c, out, n);
}

int
article_links_of(struct ctx *cx, int64_t article, struct article_link **out, size_t *n)
{
	void *v;

	TRY(kind_load_all(cx, &article_link_kind,
	    "SELECT id FROM article_link WHERE article = $1 ORDER BY id", article, &v, n));
	*out = v;
	return RC_OK;
}
