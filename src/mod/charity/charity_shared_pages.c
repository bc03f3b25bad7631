/* charity_shared_pages.c – what the pages of charity share: frame, marks, quantities, selects, the table of sums. */
#include "mod/charity/charity_pages.h"

#include <stdarg.h>
#include <string.h>

#include "mod/event/event.h"

void
charity_frame(struct view *v, const char *list, const char *list_title, const char *title)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct crumb crumbs[4] = { { "/charity", tr(cx, "Charity") }, { list, list_title },
		{ NULL, title }, { NULL, NULL } };

	if (list == NULL) {
		crumbs[1] = crumbs[2];
		crumbs[2] = crumbs[3];
	}
	err_clear(cx);
	ui_open(v,
	    &(struct page){ .title = title, .nav = "/charity", .staff = true, .crumbs = crumbs });
	cx->err = said;
}

bool
charity_refused(struct view *v, int rc)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_CONFLICT ? 409 : 422;
	return true;
}

const char *
charity_path(struct view *v, const char *fmt, ...)
{
	struct buf b;
	va_list ap;

	buf_init(&b, v->cx->arena, 0);
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	return b.p;
}

static int
one_fact(struct view *v, const struct kind *k, const struct field *f, const void *rec)
{
	struct ctx *cx = v->cx;
	const char *title = "", *url;

	if (!kind_may_read_of(cx, k, f, rec) || field_empty(f, rec))
		return RC_OK;
	html(&v->h, "<dt>%s</dt><dd>", tr(cx, f->label));
	if (f->type != FT_REF) {
		html(&v->h, "%s</dd>", field_text(cx, f, rec, NULL));
		return RC_OK;
	}
	TRY(kind_titles(cx, f->ref, (const int64_t *)field_at(f, rec), 1, &title));
	url =
	    may(cx, f->ref->read) ? kind_url(cx, f->ref, *(const int64_t *)field_at(f, rec)) : NULL;
	if (*title == '\0')
		title = field_text(cx, f, rec, NULL);
	if (url != NULL)
		html(&v->h, "<a href='%s'>%s</a></dd>", url, title);
	else
		html(&v->h, "%s</dd>", title);
	return RC_OK;
}

int
charity_facts(struct view *v, const struct kind *k, const void *rec, const char *const *fields)
{
	html(&v->h, "<dl class='facts'>");
	for (; *fields != NULL; fields++)
		TRY(one_fact(v, k, kind_field(k, *fields), rec));
	html(&v->h, "</dl>");
	return RC_OK;
}

void
drive_mark(struct view *v, const char *state)
{
	ui_state(v,
	    strcmp(state, "open") == 0	    ? 'o'
	    : strcmp(state, "planned") == 0 ? 'p'
					    : '-',
	    event_capital(v->cx, option_label(v->cx, drive_states, state)));
}

void
pledge_mark(struct view *v, const char *state)
{
	struct ctx *cx = v->cx;

	if (strcmp(state, "received") == 0)
		ui_state(v, 'o', tr(cx, "Received"));
	else if (strcmp(state, "part") == 0)
		ui_state(v, 'w', tr(cx, "Received in part"));
	else if (strcmp(state, "withdrawn") == 0)
		ui_state(v, '-', tr(cx, "Withdrawn"));
	else
		ui_state(v, 'p', tr(cx, "Promised"));
}

const char *
charity_typed(struct view *v, const char *name)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	if (s == NULL)
		s = req_q(v->rq, name);
	return s == NULL ? "" : s;
}

int64_t
charity_id(struct view *v, const char *name)
{
	int64_t id;

	return num_parse(charity_typed(v, name), &id) && id > 0 ? id : 0;
}

/* ---- a choice among records ---- */

struct choosing {
	struct view *v;
	const struct kind *k;
	int64_t chosen;
	int left;
};

static int
one_option(struct ctx *cx, const void *rec, void *arg)
{
	struct choosing *c = arg;
	const struct rec *r = rec;
	const char *hint = c->k->hint == NULL ? NULL : c->k->hint(cx, rec);

	if (c->left-- <= 0 && r->id != c->chosen)
		return RC_OK;
	html(&c->v->h, "<option value='%lld'", (long long)r->id);
	if (r->id == c->chosen)
		html(&c->v->h, " selected");
	html(&c->v->h, ">%s%s%s</option>", kind_title(cx, c->k, rec),
	    hint == NULL || *hint == '\0' ? "" : " – ", hint == NULL ? "" : hint);
	return RC_OK;
}

int
charity_select(struct view *v, const struct kind *k, const struct charity_choice *c)
{
	struct choosing in = { v, k, c->chosen, 500 };
	struct query q;

	html(&v->h, "<div class='fld'><label for='f-%s'>%s</label>", c->name, c->label);
	form_field_error(v, c->name);
	html(&v->h, "<select id='f-%s' name='%s'>", c->name, c->name);
	if (c->none != NULL)
		html(&v->h, "<option value=''>%s</option>", c->none);
	TRY(query_init(v->cx, &q, k));
	if (c->first != NULL)
		query_and(&q, c->first, NO_VALS);
	TRY(query_sort(&q, "title"));
	TRY(query_each(&q, one_option, &in));
	html(&v->h, "</select></div>");
	return RC_OK;
}

/* ---- three figures ---- */

static void
draw_goal(struct view *v, const struct charity_sum *s)
{
	struct ctx *cx = v->cx;

	if (s->goal == INT_NONE)
		return;
	html(&v->h,
	    "<span>%s <progress max='%lld' value='%lld' aria-label='%s'></progress> %s</span>",
	    charity_quantity(cx, &s->item, s->goal), (long long)s->goal,
	    (long long)(s->received > s->goal ? s->goal : s->received),
	    tr(cx, "Received of the goal"), percent(cx, (double)s->received, (double)s->goal));
}

int
charity_draw_sums(struct view *v, const struct charity_sum *s, size_t n, bool money)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *head[] = { tr(cx, "Promised"), tr(cx, "Received"), tr(cx, "Handed over") };
	bool any = false;
	size_t i, k;

	for (i = 0; i < n; i++) {
		const int64_t of[] = { s[i].promised, s[i].received, s[i].delivered };

		if ((strcmp(s[i].item.base, "tiyn") == 0) != money ||
		    (of[0] == 0 && of[1] == 0 && of[2] == 0 && s[i].goal == INT_NONE))
			continue;
		if (!any)
			html(h,
			    "<div class='tbl'><table class='cards'><caption>%s</caption><thead><tr>"
			    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
			    "class='r'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
			    "class='r'>%s</th></tr></thead><tbody>",
			    money ? tr(cx, "Money") : tr(cx, "Goods"), tr(cx, "Item"),
			    tr(cx, "Goal"), head[0], head[1], head[2]);
		any = true;
		html(h, "<tr><th scope='row'>%s</th><td data-l='%s'>",
		    kind_title(cx, &item_kind, &s[i].item), tr(cx, "Goal"));
		draw_goal(v, &s[i]);
		html(h, "</td>");
		for (k = 0; k < ARRAY_LEN(of); k++)
			html(h, "<td class='r num' data-l='%s'>%s</td>", head[k],
			    charity_quantity(cx, &s[i].item, of[k]));
		html(h, "</tr>");
	}
	if (any)
		html(h, "</tbody></table></div>");
	return RC_OK;
}
