/* comment_reads.c – what everybody sees: shown comments of one article, oldest first, with the office's replies. The
 * only door to them for the public. RULE comment-1 */
#include "mod/comment/comment_inner.h"

int
comment_shown(struct ctx *cx, int64_t article, int64_t after, struct comment_page *out)
{
	AUTO_ROWS r = { 0 };

	out->n = 0;
	out->more = false;
	TRY(db_rows(cx, &r,
	    "SELECT id, name, text, reply, entered_on, replied_on FROM comment WHERE article = $1 "
	    "AND state = 'shown' AND id > $2 AND text IS NOT NULL ORDER BY id LIMIT 51",
	    VALS(v_int(article), v_int(after))));
	while (rows_next(&r)) {
		if (out->n == COMMENT_PAGE) {
			out->more = true;
			continue;
		}
		out->row[out->n++] =
		    (struct comment_shown){ row_int(&r, 0), row_text(&r, 1), row_text(&r, 2),
			    row_text(&r, 3), (int)row_int(&r, 4), (int)row_int(&r, 5) };
	}
	TRY(rows_end(&r));
	out->whole = after == 0 && !out->more;
	out->all = (int64_t)out->n;
	if (out->whole)
		return RC_OK;
	return db_int(cx, &out->all,
	    "SELECT count(*) FROM comment WHERE article = $1 AND state = 'shown' AND text IS NOT "
	    "NULL",
	    VALS(v_int(article)));
}

int
comment_place(struct ctx *cx, const struct comment *c, const char **path)
{
	long long article = (long long)c->article, id = (long long)c->rec.id;
	int64_t before;

	TRY(db_int(cx, &before,
	    "SELECT count(*) FROM comment WHERE article = $1 AND state = 'shown' AND id < $2 AND "
	    "text "
	    "IS NOT NULL",
	    VALS(v_int(c->article), v_int(c->rec.id))));
	*path = before < COMMENT_PAGE
		    ? arena_printf(cx->arena, "/news/%lld#comment-%lld", article, id)
		    : arena_printf(
			  cx->arena, "/news/%lld?comments=%lld#comment-%lld", article, id - 1, id);
	return RC_OK;
}

int
comment_waiting(struct ctx *cx, int64_t *n)
{
	struct query q;

	*n = 0;
	if (!may(cx, CAP_EVENT_APPROVE))
		return RC_OK;
	TRY(query_init(cx, &q, &comment_kind));
	query_and(&q, "comment.state = 'waiting' AND comment.text IS NOT NULL", NO_VALS);
	return query_count(&q, n);
}
