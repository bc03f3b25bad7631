/* office_work_pages.c – long works: what runs, how far it is, its result to fetch, and the way to stop
 * it. While something runs the page asks itself again every few seconds, without a script. */
#include "mod/office/office_pages.h"

#include <sys/stat.h>

#include "core/work.h"

enum { ROWS = 50, AGAIN_S = 5 };

static void
state(struct view *v, const struct work_row *j)
{
	struct ctx *cx = v->cx;
	bool stopped = strcmp(j->said, "interrupted") == 0;

	if (strcmp(j->state, "done") == 0)
		ui_state(v, 'o', tr(cx, "Done"));
	else if (strcmp(j->state, "failed") == 0)
		ui_state(v, 'n', tr(cx, "Failed"));
	else if (strcmp(j->state, "cancelled") == 0)
		ui_state(v, '-', tr(cx, "Cancelled"));
	else if (j->cancelling)
		ui_state(v, 'w', tr(cx, "Is being stopped"));
	else if (strcmp(j->state, "running") == 0)
		ui_state(v, 'w', tr(cx, "Runs"));
	else
		ui_state(v, 'p', tr(cx, "Waits"));
	if (*j->said != '\0')
		html(&v->h, "<br><span class='mute'>%s</span>",
		    stopped ? tr(cx, "The program was ended meanwhile.") : j->said);
}

static void
progress(struct view *v, const struct work_row *j)
{
	struct ctx *cx = v->cx;

	if (strcmp(j->state, "running") != 0 || j->done == 0)
		html(&v->h, "–");
	else if (j->total > 0)
		html(&v->h, "<progress max='%lld' value='%lld'></progress> %s", (long long)j->total,
		    (long long)j->done, trf(cx, "%s of %s", num(cx, j->done), num(cx, j->total)));
	else
		html(&v->h, "%s", num(cx, j->done));
}

static void
deeds(struct view *v, const struct work_row *j, const char *title)
{
	struct ctx *cx = v->cx;
	bool open = strcmp(j->state, "asked") == 0 || strcmp(j->state, "running") == 0;

	if (j->own && j->file_name != NULL)
		html(&v->h, "<a href='%s' download>%s</a>",
		    ui_url(v, "/jobs/%lld/result", (long long)j->id),
		    trf(cx, "Result: %s", j->file_name));
	else if (open && !j->cancelling)
		ui_post_button(v, arena_printf(cx->arena, "/jobs/%lld/cancel", (long long)j->id), 0,
		    trf(cx, "Stop: %s", title), true);
}

static void
row(struct view *v, const struct work_row *j)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct work_kind *k = work_kind_find(j->kind);
	const char *title = k == NULL ? j->kind : tr(cx, k->title);

	html(h,
	    "<tr><th scope='row' data-l='%s'>%s</th><td data-l='%s'>%s</td><td data-l='%s'>%s</td>",
	    tr(cx, "Work"), title, tr(cx, "Asked for"), moment_text(cx, j->asked_at),
	    tr(cx, "Asked for by"), *j->who == '\0' ? tr(cx, "the program") : j->who);
	html(h, "<td data-l='%s'>", tr(cx, "State"));
	state(v, j);
	html(h, "</td><td data-l='%s'>", tr(cx, "Progress"));
	progress(v, j);
	html(h, "</td><td>");
	deeds(v, j, title);
	html(h, "</td></tr>");
}

static void
offers(struct view *v)
{
	const struct work_kind *const *k;
	size_t n, i;

	k = work_kinds(&n);
	for (i = 0; i < n; i++) {
		if (!k[i]->offered || !may(v->cx, k[i]->cap))
			continue;
		html(&v->h, "<p class='prose'>%s</p>", tr(v->cx, k[i]->help));
		ui_form_begin(v, "/jobs", false);
		html(&v->h,
		    "<input type='hidden' name='kind' value='%s'><p class='acts'><button "
		    "type='submit' class='btn'>%s</button></p>",
		    k[i]->code, tr(v->cx, k[i]->title));
		ui_form_end(v);
	}
}

static int
jobs_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct work_row *j;
	bool runs = false;
	size_t n, i;

	TRY(work_list(cx, ROWS, &j, &n));
	for (i = 0; i < n; i++)
		runs |= j[i].ended_at == 0;
	if (runs)
		res_header(v->rq, "Refresh", arena_printf(cx->arena, "%d", AGAIN_S));
	ui_open(v, &(struct page){ .title = tr(cx, "Long works"), .nav = "/jobs", .staff = true });
	html(h, "<p class='prose'>%s</p>",
	    tr(cx, "What takes longer than a page may: it goes on when you close the page, and its "
		   "result waits here for thirty days. Only who asked for it can fetch it."));
	offers(v);
	if (n == 0) {
		ui_empty(v, tr(cx, "No works"),
		    tr(cx, "Nothing was asked for in the last thirty days."), NULL, NULL);
		ui_close(v);
		return RC_OK;
	}
	if (runs)
		html(h, "<p role='status'>%s</p>",
		    tr(cx, "Something is under way: this page shows it anew every few seconds."));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
	    tr(cx, "Long works"), tr(cx, "Work"), tr(cx, "Asked for"), tr(cx, "Asked for by"));
	html(h,
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead>",
	    tr(cx, "State"), tr(cx, "Progress"), tr(cx, "Result"));
	html(h, "<tbody>");
	for (i = 0; i < n; i++)
		row(v, &j[i]);
	html(h, "</tbody></table></div>");
	ui_close(v);
	return RC_OK;
}

static int
jobs_post(struct view *v)
{
	const char *kind = req_f(v->rq, "kind");
	const struct work_kind *k = kind == NULL ? NULL : work_kind_find(kind);
	int64_t id;

	if (k == NULL || !k->offered)
		return fail(v->cx, RC_NOTFOUND, N_("There is no such work."));
	TRY(work_ask(v->cx, kind, "", &id));
	return ui_done(v, "/jobs", tr(v->cx, "It was asked for."));
}

static int
cancel_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(work_cancel(v->cx, id));
	return ui_done(v, "/jobs", tr(v->cx, "It is being stopped."));
}

static int
result_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct work_row j;
	struct stat st;
	const char *file, *path;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(work_result(cx, id, &j, &file));
	path = arena_printf(cx->arena, "%s/%s", work_folder(), file);
	if (stat(path, &st) != 0)
		return fail(cx, RC_NOTFOUND, N_("This work has no result that is still kept."));
	v->rq->res.status = 200;
	v->rq->res.type = j.file_type;
	v->rq->res.file = path;
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"%s\"", j.file_name));
	return RC_OK;
}

const struct route office_work_routes[] = {
	{ M_GET, "/jobs", jobs_page, CAP_STAFF, 0, N_("Long works"),
	    N_("What runs, how far it is, and its result to fetch.") },
	{ M_POST, "/jobs", jobs_post, CAP_STAFF, 0, N_("Long works"), NULL },
	{ M_POST, "/jobs/{id}/cancel", cancel_post, CAP_STAFF, 0, N_("Stop"), NULL },
	{ M_GET, "/jobs/{id}/result", result_page, CAP_STAFF, 0, N_("Result of a work"), NULL },
};
const size_t office_work_nroutes = ARRAY_LEN(office_work_routes);
