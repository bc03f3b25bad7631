/* list_filter.c – the filters above a list, and the chips of those that are on.
 *
 * Offered are the fields with F_FILTER that this actor may read, and a search where the kind has words
 * to search in. Whatever else stands in the address goes along unseen: the order, the page's own
 * parameters, filters that came with a link. */
#include "ui/list_inner.h"
#include "kind/past.h"

const struct field *
list_filter_field(const struct kind *k, const char *name, const char **end)
{
	const struct field *f = kind_field(k, name);
	size_t i, n = strlen(name);

	*end = "";
	for (i = 0; f == NULL && i < k->nfields; i++) {
		size_t m = strlen(k->fields[i].name);

		if (n <= m || strncmp(name, k->fields[i].name, m) != 0)
			continue;
		if (strcmp(name + m, "_from") == 0 || strcmp(name + m, "_to") == 0) {
			f = &k->fields[i];
			*end = name + m + 1;
		}
	}
	return f;
}

bool
list_has_search(const struct list_view *lv)
{
	const struct kind *k = lv->k;
	size_t i;

	if (lv->l->no_search)
		return false;
	for (i = 0; i < k->nfields; i++)
		if ((k->fields[i].flags & F_SEARCH) != 0)
			return true;
	return false;
}

static bool
offered(struct list_view *lv, const struct field *f)
{
	if ((f->flags & F_FILTER) == 0 || !kind_may_read(lv->v->cx, lv->k, f))
		return false;
	return f->type == FT_REF ? f->ref->small && may(lv->v->cx, f->ref->read)
				 : f->type != FT_SEALED && f->type != FT_TEXT3 &&
				       f->type != FT_TIME && f->type != FT_REAL;
}

static const char *
value_of(struct list_view *lv, const char *name)
{
	const char *s = req_q(lv->v->rq, name);

	return s == NULL ? "" : s;
}

static void
filter_text(struct list_view *lv, const char *name, const char *label, bool digits)
{
	struct html *h = &lv->v->h;

	html(h,
	    "<div class='fld'><label for='l-%s'>%s</label><input type='%s' id='l-%s' name='%s' "
	    "value='%s'",
	    name, label, strcmp(name, "q") == 0 ? "search" : "text", name, name,
	    value_of(lv, name));
	if (digits)
		html(h, " inputmode='numeric'");
	html(h, "></div>");
}

static void
select_open(struct list_view *lv, const struct field *f, const char *now)
{
	html(&lv->v->h, "<div class='fld'><label for='l-%s'>%s</label><select id='l-%s' name='%s'>",
	    f->name, tr(lv->v->cx, f->label), f->name, f->name);
	ui_option(lv->v, "", *now == '\0', tr(lv->v->cx, "All"));
}

static void
select_close(struct list_view *lv, const struct field *f, const char *now)
{
	if ((f->flags & F_REQUIRED) == 0 && f->type != FT_BOOL)
		ui_option(lv->v, "none", strcmp(now, "none") == 0, tr(lv->v->cx, "Not stated"));
	html(&lv->v->h, "</select></div>");
}

/* The id that a reference's filter names: digits, or the code of a record. 0 = none. */
static int
ref_of_filter(struct list_view *lv, const struct field *f, const char *value, int64_t *id)
{
	struct ctx *cx = lv->v->cx;
	struct err kept = cx->err;
	struct query q;
	struct list one;
	int rc;

	*id = 0;
	if (*value == '\0' || strcmp(value, "none") == 0 || num_parse(value, id))
		return RC_OK;
	err_clear(cx);
	rc = query_init(cx, &q, f->ref);
	if (rc == RC_OK && kind_field(f->ref, "code") != NULL)
		rc = query_filter(&q, "code", value);
	else
		rc = RC_INVALID;
	q.limit = 1;
	if (rc == RC_OK && (rc = query_list(&q, &one)) == RC_OK && one.n == 1)
		*id = ((const struct rec *)one.rows)->id;
	if (rc != RC_OK && rc != RC_INVALID && rc != RC_DENIED)
		return rc;
	cx->err = kept;
	return RC_OK;
}

static int
filter_ref(struct list_view *lv, const struct field *f)
{
	const char *now = value_of(lv, f->name);
	struct ui_choice *c;
	int64_t id;
	size_t i, n;

	TRY(ref_of_filter(lv, f, now, &id));
	TRY(ui_choices(lv->v, f->ref, &c, &n));
	select_open(lv, f, now);
	for (i = 0; i < n; i++)
		ui_option(lv->v, arena_printf(lv->v->cx->arena, "%lld", (long long)c[i].id),
		    c[i].id == id, c[i].title);
	select_close(lv, f, now);
	return RC_OK;
}

static int
one_filter(struct list_view *lv, const struct field *f)
{
	struct ctx *cx = lv->v->cx;
	const char *label = tr(cx, f->label), *now = value_of(lv, f->name);
	const struct option *o;

	switch (f->type) {
	case FT_REF:
		return filter_ref(lv, f);
	case FT_ENUM:
		select_open(lv, f, now);
		for (o = f->options; o->code != NULL; o++)
			ui_option(lv->v, o->code, strcmp(o->code, now) == 0, tr(cx, o->label));
		select_close(lv, f, now);
		break;
	case FT_BOOL:
		select_open(lv, f, now);
		ui_option(lv->v, "1", strcmp(now, "1") == 0, tr(cx, "yes"));
		ui_option(lv->v, "0", strcmp(now, "0") == 0, tr(cx, "no"));
		select_close(lv, f, now);
		break;
	case FT_DAY:
		filter_text(lv, arena_printf(cx->arena, "%s_from", f->name),
		    trf(cx, "%s, from", label), true);
		filter_text(lv, arena_printf(cx->arena, "%s_to", f->name),
		    trf(cx, "%s, up to", label), true);
		break;
	default:
		filter_text(lv, f->name, label, f->type == FT_INT);
		break;
	}
	return RC_OK;
}

/* Everything else in the address goes along with the form: the order, the page's own parameters. */
static void
hidden_rest(struct list_view *lv)
{
	struct req *rq = lv->v->rq;
	size_t i;

	for (i = 0; i < rq->query.n; i++) {
		const struct pair *p = &rq->query.p[i];
		const char *end = "";
		const struct field *f = list_filter_field(lv->k, p->name, &end);

		if (*p->value == '\0' || strcmp(p->name, "after") == 0 ||
		    strcmp(p->name, "format") == 0 || strcmp(p->name, "lang") == 0 ||
		    strcmp(p->name, "done") == 0)
			continue;
		if (strcmp(p->name, "q") == 0 && list_has_search(lv))
			continue;
		if (strcmp(p->name, "known") == 0 && past_may(lv->v->cx))
			continue;
		if (f != NULL && offered(lv, f) && (f->type == FT_DAY) == (*end != '\0'))
			continue;
		html(&lv->v->h, "<input type='hidden' name='%s' value='%s'>", p->name, p->value);
	}
}

/* On a telephone the filters stay folded behind one word until one of them is on; the stylesheet
 * keeps them open where there is room. A search alone needs no fold. */
static int
folded_filters(struct list_view *lv)
{
	struct view *v = lv->v;
	bool open = v->status == 422 || lv->q.known != 0;
	size_t i;

	for (i = 0; i < lv->nfilters; i++)
		open = open || strcmp(lv->filters[i]->name, "q") != 0;
	html(&v->h, open ? "<details class='fold' open>" : "<details class='fold'>");
	html(&v->h, "<summary class='btn'>%s</summary><div class='row'>", tr(v->cx, "Filters"));
	for (i = 0; i < lv->k->nfields; i++)
		if (offered(lv, &lv->k->fields[i]))
			TRY(one_filter(lv, &lv->k->fields[i]));
	if (past_may(v->cx))
		filter_text(lv, "known", tr(v->cx, "As known at"), false);
	html(&v->h, "</div></details>");
	return RC_OK;
}

int
list_filter_row(struct list_view *lv)
{
	struct view *v = lv->v;
	bool any = false;
	size_t i;

	for (i = 0; i < lv->k->nfields; i++)
		any = any || offered(lv, &lv->k->fields[i]);
	if ((!any && !list_has_search(lv)) || lv->l->no_filters)
		return RC_OK;
	html(&v->h, "<form class='row' method='get' action='%s'>", ui_path(v, v->path));
	hidden_rest(lv);
	if (list_has_search(lv))
		filter_text(lv, "q", tr(v->cx, "Search in this list"), false);
	if (any)
		TRY(folded_filters(lv));
	html(&v->h, "<button type='submit' class='btn'>%s</button></form>",
	    any ? tr(v->cx, "Filter") : tr(v->cx, "Search"));
	return RC_OK;
}

/* ---- chips ---- */

static int
chip_value(struct list_view *lv, const struct field *f, const char *value, const char **out)
{
	struct ctx *cx = lv->v->cx;
	int64_t id;

	*out = value;
	if (f == NULL)
		return RC_OK;
	if (strcmp(value, "none") == 0 && f->type != FT_TEXT && f->type != FT_TEXT3)
		*out = tr(cx, "Not stated");
	else if (f->type == FT_ENUM)
		*out = option_label(cx, f->options, value);
	else if (f->type == FT_BOOL)
		*out = strcmp(value, "1") == 0 ? tr(cx, "yes") : tr(cx, "no");
	else if (f->type == FT_REF) {
		TRY(ref_of_filter(lv, f, value, &id));
		if (id != 0 && may(cx, f->ref->read) && *ui_ref_title(lv->v, f->ref, id) != '\0')
			*out = ui_ref_title(lv->v, f->ref, id);
	}
	return RC_OK;
}

static const char *
chip_label(struct list_view *lv, const struct field *f, const char *end)
{
	struct ctx *cx = lv->v->cx;

	if (f == NULL)
		return strcmp(end, "letter") == 0 ? tr(cx, "First letter") : tr(cx, "Search");
	if (*end == '\0')
		return tr(cx, f->label);
	return strcmp(end, "from") == 0 ? trf(cx, "%s, from", tr(cx, f->label))
					: trf(cx, "%s, up to", tr(cx, f->label));
}

const char *
list_cleared(struct list_view *lv)
{
	struct req *rq = lv->v->rq;
	struct buf b;
	char sep = '?';
	size_t i, j;

	buf_init(&b, lv->v->cx->arena, 0);
	buf_str(&b, ui_path(lv->v, lv->v->path));
	for (i = 0; i < rq->query.n; i++) {
		const struct pair *p = &rq->query.p[i];
		bool drop = *p->value == '\0' || strcmp(p->name, "after") == 0 ||
			    strcmp(p->name, "format") == 0;

		for (j = 0; j < lv->nfilters; j++)
			drop = drop || strcmp(lv->filters[j]->name, p->name) == 0;
		if (drop)
			continue;
		buf_char(&b, sep);
		url_encode(&b, p->name);
		buf_char(&b, '=');
		url_encode(&b, p->value);
		sep = '&';
	}
	return b.p;
}

int
list_chips(struct list_view *lv)
{
	struct view *v = lv->v;
	size_t i;

	if (lv->nfilters == 0 && lv->q.known == 0)
		return RC_OK;
	html(&v->h, "<p class='chips'>");
	if (lv->q.known != 0) {
		html(&v->h, "<a class='chip on' href='%s'>%s", ui_url_with(v, "known", NULL),
		    trf(v->cx, "As known at %s", moment_text(v->cx, lv->q.known)));
		ui_icon(v, ICON_CROSS);
		html(&v->h, "<span class='vh'>%s</span></a>", tr(v->cx, "as known now"));
	}
	for (i = 0; i < lv->nfilters; i++) {
		const struct pair *p = lv->filters[i];
		const char *end = "", *value;
		const struct field *f =
		    strcmp(p->name, "q") == 0 ? NULL : list_filter_field(lv->k, p->name, &end);

		if (p == lv->letter)
			end = "letter";

		TRY(chip_value(lv, f, p->value, &value));
		html(&v->h, "<a class='chip on' href='%s'>%s: %s", ui_url_with(v, p->name, NULL),
		    chip_label(lv, f, end), value);
		ui_icon(v, ICON_CROSS);
		html(&v->h, "<span class='vh'>%s</span></a>", tr(v->cx, "take this filter off"));
	}
	html(&v->h, "<a class='btn bare noprint' href='%s'>%s</a></p>", list_cleared(lv),
	    tr(v->cx, "Clear all"));
	return RC_OK;
}
