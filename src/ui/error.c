/* error.c – see error.h. */
#include "ui/error.h"

const char *
error_title(const struct ctx *cx, int status)
{
	switch (status) {
	case 400:
		return tr(cx, "The request could not be read");
	case 401:
		return tr(cx, "Sign in first");
	case 403:
		return tr(cx, "This is closed to your role");
	case 404:
		return tr(cx, "There is nothing here");
	case 405:
		return tr(cx, "This cannot be done here");
	case 409:
		return tr(cx, "It cannot be done as things stand");
	case 412:
		return tr(cx, "Somebody else saved this record in between");
	case 413:
		return tr(cx, "This is too large");
	case 422:
		return tr(cx, "Something has to be put right");
	case 428:
		return tr(cx, "The version of the record is missing");
	case 429:
		return tr(cx, "Too many requests");
	case 503:
		return tr(cx, "The house is busy");
	default:
		return tr(cx, "Something went wrong in the program");
	}
}

static const char *
what_to_do(const struct ctx *cx, int status)
{
	switch (status) {
	case 403:
		return tr(cx, "If your work needs it, ask the administrator for the role.");
	case 404:
		return tr(cx, "The address may be old, or the record is not open to you. Search "
			      "for it, or begin at the home page.");
	case 503:
		return tr(cx, "Nothing was lost. Wait a few seconds and try again.");
	case 500:
		return tr(cx, "Nothing was saved. Try again; if it happens again, tell the "
			      "administrator the number below.");
	default:
		return "";
	}
}

void
error_page(struct view *v, int status)
{
	error_page_titled(v, status, NULL);
}

void
error_page_titled(struct view *v, int status, const char *title)
{
	struct ctx *cx = v->cx;
	const struct field_error *f;

	html_init(&v->h, cx->arena, 0);
	v->status = status;
	ui_open(v, &(struct page){ .title = title != NULL ? title : error_title(cx, status),
		       .staff = may(cx, CAP_STAFF) });
	if (cx->err.text != NULL && *cx->err.text != '\0' && status < 500)
		html(&v->h, "<p class='lead prose'>%s</p>", cx->err.text);
	if (title == NULL)
		html(&v->h, "<p class='prose'>%s</p>", what_to_do(cx, status));
	if (cx->err.fields != NULL) {
		html(&v->h, "<ul>");
		for (f = cx->err.fields; f != NULL; f = f->next)
			html(&v->h, "<li><strong>%s</strong>: %s</li>", f->field, f->text);
		html(&v->h, "</ul>");
	}
	html(&v->h, "<p class='acts'><a class='btn' href='%s'>%s</a></p>", ui_url(v, "/"),
	    tr(cx, "Home page"));
	html(&v->h, "<p class='small mute'>%s</p>",
	    trf(cx, "Number of the request: %s", num(cx, (int64_t)v->rq->id)));
	ui_close(v);
	v->rq->res.status = status;
	v->rq->res.type = NULL;
	v->rq->res.file = NULL;
	v->rq->res.body = (struct slice){ v->h.out.p, v->h.out.n };
}

void
error_problem(struct view *v, int status)
{
	struct ctx *cx = v->cx;
	const struct field_error *f;
	struct json j;

	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_str(&j, "type", "about:blank");
	json_num(&j, "status", status);
	json_str(&j, "title", error_title(cx, status));
	if (status < 500 && cx->err.text != NULL)
		json_str(&j, "detail", cx->err.text);
	json_num(&j, "request", (int64_t)v->rq->id);
	if (cx->err.fields != NULL) {
		json_open(&j, "errors", '[');
		for (f = cx->err.fields; f != NULL; f = f->next) {
			json_open(&j, NULL, '{');
			json_str(&j, "field", f->field);
			json_str(&j, "detail", f->text);
			json_close(&j, '}');
		}
		json_close(&j, ']');
	}
	json_close(&j, '}');
	v->rq->res.status = status;
	v->rq->res.type = "application/problem+json";
	v->rq->res.file = NULL;
	v->rq->res.body = (struct slice){ j.out.p, j.out.n };
}

int
answer_json(struct view *v, int status, const struct json *j)
{
	if (!json_ok(j))
		return RC_BUG;
	v->rq->res.status = status;
	v->rq->res.type = "application/json";
	v->rq->res.body = (struct slice){ j->out.p, j->out.n };
	return RC_OK;
}
