/* lang_api.c – POST /api/v1/lang/{filter}: the filters of `shanyraq lang` for other programs of the
 * house, with a token. Text in, text out, line by line; `article` and `check` take the whole text and
 * answer JSON. Nothing is stored and nothing of it is logged. */
#include "app/app.h"
#include "app/lang_cli.h"
#include "base/utf8.h"

/* A suggestion may take two milliseconds: so many lines keep one request below some seconds. */
enum { LINES_MAX = 2000 };

static const struct lang_filter *
filter_of(const char *name)
{
	size_t i;

	for (i = 0; i < lang_nfilters; i++)
		if (strcmp(lang_filters[i].name, name) == 0 &&
		    (lang_filters[i].line != NULL || lang_filters[i].text != NULL))
			return &lang_filters[i];
	return NULL;
}

static int
by_lines(struct ctx *cx, const struct lang_filter *f, struct slice in, struct buf *out)
{
	const char *p = in.p, *end = in.p + in.n;
	size_t lines = 0;

	while (p < end) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((eol == NULL ? end : eol) - p);

		if (++lines > LINES_MAX)
			return fail(
			    cx, RC_TOOBIG, N_("At most %s lines at once."), num(cx, LINES_MAX));
		f->line(cx->arena, arena_strn(cx->arena, p, n), n, out);
		buf_char(out, '\n');
		p = eol == NULL ? end : eol + 1;
	}
	return RC_OK;
}

static int
lang_api(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct lang_filter *f = filter_of(v->rq->param[0]);
	struct slice in = v->rq->body.p == NULL ? slice_str("") : v->rq->body;
	struct buf out;

	if (f == NULL)
		return fail(cx, RC_NOTFOUND, N_("There is no such filter."));
	buf_init(&out, cx->arena, (size_t)16 << 20);
	if (f->line != NULL)
		TRY(by_lines(cx, f, in, &out));
	else if (!f->text(cx->arena, in.p, in.n, &out))
		return fail(cx, RC_TOOBIG, N_("The answer is too long."));
	if (out.over)
		return fail(cx, RC_TOOBIG, N_("The answer is too long."));
	v->rq->res.status = 200;
	v->rq->res.type = f->text != NULL ? "application/json" : "text/plain; charset=utf-8";
	v->rq->res.body = (struct slice){ out.p, out.n };
	return RC_OK;
}

const struct route lang_api_routes[] = {
	{ M_POST, "/api/v1/lang/{filter}", lang_api, CAP_SIGNED_IN, ROUTE_API | ROUTE_READS,
	    N_("Language filter"),
	    N_("The text filters of the command “lang”: text in, text out.") },
};
const size_t lang_api_nroutes = sizeof lang_api_routes / sizeof lang_api_routes[0];
