/* list.c – the list of a kind: filters, count, table, pager.
 *
 * Filters, order and place stand in the address, so a list can be kept, sent and printed. Whatever the
 * address asks goes through query_filter() and query_sort(), which refuse fields that this actor may
 * not read; columns are taken from the readable ones. Count, rows and export come from one query
 * object. On a narrow screen each row becomes a card: the title, then the labelled facts.
 *
 * An empty list says why: nothing is there at all, or nothing fits the filters. A broken filter is
 * told above the filters, with what was typed still in them. */
#include "kind/past.h"
#include "ui/list_inner.h"

enum { LETTERS_FROM = 25 }; /* a list of one short page needs no index */

/* ---- what the address asks ---- */

static const char *const own_names[] = { "sort", "after", "limit", "format", "lang", "done",
	"known" };

static bool
own_name(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(own_names); i++)
		if (strcmp(own_names[i], name) == 0)
			return true;
	return false;
}

/* "letter" is a filter where titles are texts, and otherwise the page's own parameter. */
static bool
has_letters(const struct list_view *lv)
{
	return lv->title && lv->k->title[0] != NULL && kind_field(lv->k, "letter") == NULL;
}

static int
take_filters(struct list_view *lv)
{
	struct ctx *cx = lv->v->cx;
	struct req *rq = lv->v->rq;
	size_t i, j;

	TRY(req_parse(rq));
	for (i = 0; i < rq->query.n; i++) {
		const struct pair *p = &rq->query.p[i];
		const char *end;
		bool again = false;

		if (*p->value == '\0' || own_name(p->name))
			continue;
		if (strcmp(p->name, "letter") == 0 && has_letters(lv))
			lv->letter = lv->letter == NULL ? p : lv->letter;
		if (strcmp(p->name, "q") == 0 ? !list_has_search(lv)
					      : list_filter_field(lv->k, p->name, &end) == NULL)
			continue; /* a parameter of the page's own */
		for (j = 0; j < lv->nfilters; j++)
			again = again || strcmp(lv->filters[j]->name, p->name) == 0;
		if (again)
			continue;
		if (lv->nfilters == LIST_FILTERS)
			return fail(cx, RC_INVALID, N_("There are too many filters at once."));
		lv->filters[lv->nfilters++] = p;
		TRY(query_filter(&lv->q, p->name,
		    strcmp(p->name, "q") == 0 ? ui_words(lv->v, p->value) : p->value));
	}
	return RC_OK;
}

static int
take_known(struct list_view *lv)
{
	int64_t known;

	known_read(lv->v->cx, ui_q(lv->v, "known"), &known);
	TRY(fields_rc(lv->v->cx));
	return query_known(&lv->q, known);
}

static int
take_order(struct list_view *lv)
{
	const char *spec = ui_q(lv->v, "sort"), *limit = ui_q(lv->v, "limit");

	if (spec == NULL)
		spec = lv->l->sort;
	TRY(query_sort(&lv->q, spec));
	if (spec != NULL) {
		lv->desc = *spec == '-';
		lv->sort = lv->q.by_title ? "title" : lv->q.sort != NULL ? lv->q.sort->name : NULL;
	}
	lv->q.limit = limit == NULL		  ? 25
		      : strcmp(limit, "100") == 0 ? 100
		      : strcmp(limit, "50") == 0  ? 50
						  : 25;
	lv->q.after = ui_q(lv->v, "after");
	return RC_OK;
}

/* Which letters there are is asked before one of them narrows the list. */
static int
take_letter(struct list_view *lv)
{
	if (lv->q.by_title && has_letters(lv) && !lv->l->no_filters && !ui_wants_export(lv->v))
		TRY(query_letters(&lv->q, lv->letters, &lv->nletters));
	if (lv->letter == NULL)
		return RC_OK;
	if (lv->nfilters == LIST_FILTERS)
		return fail(lv->v->cx, RC_INVALID, N_("There are too many filters at once."));
	lv->filters[lv->nfilters++] = lv->letter;
	return query_filter(&lv->q, "letter", lv->letter->value);
}

static bool
in_title(const struct kind *k, const struct field *f)
{
	size_t i;

	for (i = 0; k->title[i] != NULL; i++)
		if (strcmp(k->title[i], f->name) == 0)
			return true;
	return false;
}

static void
add_column(struct list_view *lv, const struct field *f)
{
	if (f == NULL || f->type == FT_SEALED || lv->ncols == LIST_COLUMNS ||
	    !kind_may_read(lv->v->cx, lv->k, f) || (lv->title && in_title(lv->k, f)))
		return;
	lv->cols[lv->ncols++] = f;
}

static void
take_columns(struct list_view *lv)
{
	const char *const *p;
	size_t i;

	lv->title = ui_title_known(lv->v, lv->k);
	if (lv->l->columns != NULL) {
		for (p = lv->l->columns; *p != NULL; p++)
			add_column(lv, kind_field(lv->k, *p));
		return;
	}
	for (i = 0; i < lv->k->nfields; i++)
		if ((lv->k->fields[i].flags & F_LIST) != 0)
			add_column(lv, &lv->k->fields[i]);
}

int
list_ref_titles(struct list_view *lv)
{
	struct ctx *cx = lv->v->cx;
	size_t c, i, n = lv->rows.n;

	for (c = 0; c < lv->ncols; c++) {
		const struct field *f = lv->cols[c];
		int64_t *ids;

		lv->ref_titles[c] = NULL;
		if (f->type != FT_REF)
			continue;
		ids = arena_array(cx->arena, int64_t, n + 1);
		lv->ref_titles[c] = arena_array(cx->arena, const char *, n + 1);
		for (i = 0; i < n; i++)
			ids[i] = *(const int64_t *)field_at(f, list_row(&lv->rows, lv->k, i));
		TRY(kind_titles(cx, f->ref, ids, n, lv->ref_titles[c]));
	}
	return RC_OK;
}

/* ---- table ---- */

static bool
sortable(const struct field *f)
{
	/* The number of a reference is no order that anybody could read. */
	return f->type != FT_REF && f->type != FT_REAL;
}

static void
head_cell(struct list_view *lv, const struct field *f, const char *label)
{
	struct view *v = lv->v;
	const char *name = f == NULL ? "title" : f->name;
	bool now = lv->sort != NULL && strcmp(lv->sort, name) == 0;
	bool right = f != NULL && (f->type == FT_INT || f->type == FT_REAL);
	bool opt = f != NULL && (f->flags & F_OPTION_COLUMN) != 0;

	html(&v->h, "<th scope='col'");
	if (right || opt)
		html(&v->h, " class='%s'", right && opt ? "r opt" : right ? "r" : "opt");
	if (now)
		html(&v->h, " aria-sort='%s'", lv->desc ? "descending" : "ascending");
	if (f != NULL && !sortable(f)) {
		html(&v->h, ">%s</th>", label);
		return;
	}
	html(&v->h, "><a class='sort' href='%s'>%s",
	    ui_url_with(
		v, "sort", now && !lv->desc ? arena_printf(v->cx->arena, "-%s", name) : name),
	    label);
	if (now)
		ui_icon(v, lv->desc ? ICON_DOWN_ARROW : ICON_UP_ARROW);
	html(&v->h, "</a></th>");
}

static const char *
title_label(struct list_view *lv)
{
	struct buf b;
	size_t i;

	buf_init(&b, lv->v->cx->arena, 0);
	for (i = 0; lv->k->title[i] != NULL; i++) {
		if (i > 0)
			buf_str(&b, ", ");
		buf_str(&b, tr(lv->v->cx, kind_field(lv->k, lv->k->title[i])->label));
	}
	return b.p;
}

static void
table_head(struct list_view *lv)
{
	struct html *h = &lv->v->h;
	size_t c;

	html(h, "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr>",
	    tr(lv->v->cx, lv->k->plural));
	if (lv->title)
		head_cell(lv, NULL, title_label(lv));
	for (c = 0; c < lv->ncols; c++)
		head_cell(lv, lv->cols[c], tr(lv->v->cx, lv->cols[c]->label));
	if (lv->l->extra != NULL)
		html(h, "<th scope='col'>%s</th>",
		    lv->l->extra_label == NULL ? "" : lv->l->extra_label);
	html(h, "</tr></thead><tbody>");
}

static void
cell_value(struct list_view *lv, size_t c, size_t row, const void *rec)
{
	struct view *v = lv->v;
	const struct field *f = lv->cols[c];
	const char *title, *url;
	int64_t id;

	if (lv->l->state != NULL && strcmp(f->name, lv->l->state) == 0 && !field_empty(f, rec))
		lv->l->draw_state(v, *(const char *const *)field_at(f, rec));
	else if (f->type == FT_REF) {
		id = *(const int64_t *)field_at(f, rec);
		title = lv->ref_titles[c][row];
		url = id != 0 && c + lv->title > 0 && may(v->cx, f->ref->read)
			  ? kind_url(v->cx, f->ref, id)
			  : NULL;
		if (id == 0)
			return;
		if (*title == '\0')
			title = field_text(v->cx, f, rec, NULL);
		if (url != NULL)
			html(&v->h, "<a href='%s'>%s</a>", url, title);
		else
			html(&v->h, "%s", title);
	} else if (f->type == FT_TEXT3 && !field_empty(f, rec)) {
		enum lang l = v->cx->lang;
		const char *text = tr3(v->cx, field_at(f, rec), &l);

		html(&v->h, "<span");
		ui_lang_attr(v, l);
		html(&v->h, ">%s</span>", text);
	} else if (field_empty(f, rec) && (f->type == FT_INT || f->type == FT_REAL)) {
		/* A number that is missing would read as zero; an empty text or day reads as empty. */
		html(&v->h, "<span class='mute'>%s</span>", tr(v->cx, "not known"));
	} else
		html(&v->h, "<span>%s</span>", field_text(v->cx, f, rec, NULL));
}

static void
cell(struct list_view *lv, size_t c, size_t row, const void *rec)
{
	struct html *h = &lv->v->h;
	const struct field *f = lv->cols[c];
	bool number = f->type == FT_INT || f->type == FT_REAL,
	     opt = (f->flags & F_OPTION_COLUMN) != 0;
	bool shown = !field_empty(f, rec) || number;

	html(h, "<td");
	if (number || opt || f->type == FT_DAY)
		html(h, " class='%s%s'",
		    number		? "r"
		    : f->type == FT_DAY ? "nw"
					: "",
		    opt ? " opt" : "");
	if (shown)
		html(h, " data-l='%s'>", tr(lv->v->cx, f->label));
	else
		html(h, ">");
	if (shown)
		cell_value(lv, c, row, rec);
	html(h, "</td>");
}

static void
row_header(struct list_view *lv, size_t row, const void *rec)
{
	struct view *v = lv->v;
	const char *url = kind_url(v->cx, lv->k, ((const struct rec *)rec)->id);
	bool empty = !lv->title && field_empty(lv->cols[0], rec);

	html(&v->h, "<th scope='row'>");
	if (url != NULL)
		html(&v->h, "<a href='%s'>", url);
	if (lv->title)
		html(&v->h, "%s", kind_title(v->cx, lv->k, rec));
	else if (empty)
		html(&v->h, "%s", kind_title(v->cx, lv->k, rec));
	else
		cell_value(lv, 0, row, rec);
	if (url != NULL)
		html(&v->h, "</a>");
	html(&v->h, "</th>");
}

static void
table(struct list_view *lv)
{
	struct html *h = &lv->v->h;
	size_t i, c;

	table_head(lv);
	for (i = 0; i < lv->rows.n; i++) {
		const void *rec = list_row(&lv->rows, lv->k, i);

		html(h, "<tr>");
		if (lv->title || lv->ncols > 0)
			row_header(lv, i, rec);
		for (c = lv->title ? 0 : 1; c < lv->ncols; c++)
			cell(lv, c, i, rec);
		if (lv->l->extra != NULL) {
			html(h, "<td data-l='%s'>",
			    lv->l->extra_label == NULL ? "" : lv->l->extra_label);
			lv->l->extra(lv->v, rec);
			html(h, "</td>");
		}
		html(h, "</tr>");
	}
	html(h, "</tbody></table></div>");
}

/* ---- around the table ---- */

bool
list_may_export(const struct list_view *lv)
{
	/* What is public page by page is public as a whole. */
	return !lv->l->no_export && (may(lv->v->cx, CAP_EXPORT) || lv->k->read == CAP_PUBLIC);
}

static void
status_line(struct list_view *lv)
{
	static const char *const formats[][2] = { { "csv", "CSV" }, { "xlsx", "XLSX" },
		{ "json", "JSON" } };
	struct view *v = lv->v;
	size_t i;

	html(&v->h, "<div class='titl'><p class='mute' role='status'>%s</p>",
	    trn(v->cx, lv->count, "%s record", "%s records", num(v->cx, lv->count)));
	if (list_may_export(lv) && lv->count > 0) {
		html(&v->h, "<div class='acts'>");
		for (i = 0; i < ARRAY_LEN(formats); i++) {
			html(&v->h, "<a class='btn bare' rel='nofollow' href='%s'>",
			    ui_url_with(v, "format", formats[i][0]));
			ui_icon(v, ICON_DOWN);
			html(&v->h, "%s</a>", formats[i][1]);
		}
		html(&v->h, "</div>");
	}
	html(&v->h, "</div>");
}

static void
sizes(struct list_view *lv)
{
	static const int offered_sizes[] = { 25, 50, 100 };
	struct view *v = lv->v;
	size_t i;

	html(
	    &v->h, "<span class='acts'><span class='mute'>%s</span>", tr(v->cx, "Rows on a page:"));
	for (i = 0; i < ARRAY_LEN(offered_sizes); i++) {
		const char *n = arena_printf(v->cx->arena, "%d", offered_sizes[i]);

		html(&v->h, "<a class='chip' href='%s'", ui_url_with(v, "limit", n));
		if (offered_sizes[i] == lv->q.limit)
			html(&v->h, " aria-current='true'");
		html(&v->h, ">%s</a>", n);
	}
	html(&v->h, "</span>");
}

static void
pager(struct list_view *lv)
{
	struct view *v = lv->v;

	if (lv->rows.next == NULL && lv->q.after == NULL && lv->count <= 25)
		return;
	html(&v->h, "<nav class='pager' aria-label='%s'>", tr(v->cx, "Pages"));
	sizes(lv);
	html(&v->h, "<span class='acts'>");
	if (lv->q.after != NULL) {
		html(&v->h, "<a class='btn' href='%s'>", ui_url_with(v, "after", NULL));
		ui_icon(v, ICON_PREV);
		html(&v->h, "%s</a>", tr(v->cx, "First page"));
	}
	if (lv->rows.next != NULL) {
		html(&v->h, "<a class='btn' rel='next' href='%s'>%s",
		    ui_url_with(v, "after", lv->rows.next), tr(v->cx, "Next"));
		ui_icon(v, ICON_NEXT);
		html(&v->h, "</a>");
	}
	html(&v->h, "</span></nav>");
}

static void
empty(struct list_view *lv)
{
	struct view *v = lv->v;

	if (lv->q.after != NULL && lv->count > 0)
		ui_empty(v, tr(v->cx, "The list has no more records"), NULL,
		    ui_url_with(v, "after", NULL), tr(v->cx, "First page"));
	else if (lv->nfilters > 0)
		ui_empty(v, tr(v->cx, "No record fits these filters"),
		    tr(v->cx, "Take one of them off, or all."), list_cleared(lv),
		    tr(v->cx, "Clear all"));
	else
		ui_empty(v, tr(v->cx, "There is no record here yet"), NULL, NULL, NULL);
}

/* A filter, order or place that cannot be: what is wrong, and the filters as they were typed. */
static int
refused(struct list_view *lv)
{
	struct view *v = lv->v;
	const struct field_error *e;
	const char *end;

	v->status = 422;
	html(&v->h,
	    "<div class='flow'><div class='errs' role='alert' tabindex='-1'><h2>%s</h2><ul>",
	    tr(v->cx, "The list cannot be shown like this"));
	if (v->cx->err.text != NULL && *v->cx->err.text != '\0')
		html(&v->h, "<li>%s</li>", v->cx->err.text);
	for (e = v->cx->err.fields; e != NULL; e = e->next) {
		const struct field *f = list_filter_field(lv->k, e->field, &end);

		if (f != NULL && kind_may_read(v->cx, lv->k, f))
			html(&v->h, "<li>%s: %s</li>", tr(v->cx, f->label), e->text);
		else
			html(&v->h, "<li>%s</li>", e->text);
	}
	html(&v->h, "</ul></div>");
	err_clear(v->cx);
	TRY(list_filter_row(lv));
	html(&v->h, "<p class='acts'><a class='btn' href='%s'>%s</a></p></div>",
	    ui_path(v, v->path), tr(v->cx, "Clear all"));
	return RC_OK;
}

bool
ui_wants_export(struct view *v)
{
	const char *f = ui_q(v, "format");

	return f != NULL &&
	       (strcmp(f, "csv") == 0 || strcmp(f, "xlsx") == 0 || strcmp(f, "json") == 0);
}

static int
page(struct list_view *lv)
{
	html(&lv->v->h, "<div class='flow'>");
	TRY(list_filter_row(lv));
	TRY(list_chips(lv));
	if (lv->letter != NULL || lv->count > LETTERS_FROM)
		ui_letters(lv->v, lv->letters, lv->nletters,
		    lv->letter == NULL ? NULL : lv->letter->value);
	status_line(lv);
	if (lv->rows.n == 0)
		empty(lv);
	else
		table(lv);
	pager(lv);
	if (lv->rows.n > 0)
		html(&lv->v->h, "<p class='small mute noprint'>%s</p>",
		    tr(lv->v->cx, "The browser's own Print puts this list on A4."));
	html(&lv->v->h, "</div>");
	return RC_OK;
}

int
ui_list_page(struct view *v, const struct ui_list *l)
{
	struct list_view *lv = arena_new(v->cx->arena, struct list_view);
	int rc;

	*lv = (struct list_view){ .v = v, .l = l, .k = l->kind };
	TRY(query_init(v->cx, &lv->q, l->kind));
	if (l->narrow != NULL)
		l->narrow(v, &lv->q);
	take_columns(lv);
	rc = take_filters(lv);
	if (rc == RC_OK)
		rc = take_known(lv);
	if (rc == RC_OK)
		rc = take_order(lv);
	if (rc == RC_OK)
		rc = take_letter(lv);
	if (ui_wants_export(v))
		return rc != RC_OK ? rc : list_export(lv);
	if (rc == RC_OK)
		rc = query_count(&lv->q, &lv->count);
	if (rc == RC_OK)
		rc = query_list(&lv->q, &lv->rows);
	if (rc == RC_INVALID)
		return refused(lv);
	TRY(rc);
	TRY(list_ref_titles(lv));
	return page(lv);
}
