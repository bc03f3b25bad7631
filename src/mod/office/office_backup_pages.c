/* office_backup_pages.c – backups for the administrator: when the last proved one was made, what is
 * kept, one more by a button. */
#include "mod/office/office_pages.h"

#include "core/backup_run.h"
#include "core/setting.h"

enum { RUNS = 30, OLD_US_DAYS = 2 };

static const char *
size_text(struct ctx *cx, int64_t bytes)
{
	return bytes < 1000000 ? trf(cx, "%s kB", num(cx, (bytes + 999) / 1000))
			       : trf(cx, "%s MB", num_real(cx, (double)bytes / 1000000, 1));
}

static void
state(struct view *v, const struct backup_run *b)
{
	struct ctx *cx = v->cx;

	if (strcmp(b->state, "proved") == 0)
		ui_state(v, 'o', tr(cx, "Proved"));
	else if (strcmp(b->state, "failed") == 0)
		ui_state(v, 'n', tr(cx, "Failed"));
	else if (strcmp(b->state, "running") == 0)
		ui_state(v, 'w', tr(cx, "Being made"));
	else
		ui_state(v, 'w', tr(cx, "Waits"));
	if (b->error != NULL)
		html(&v->h, "<br><span class='mute'>%s</span>",
		    strcmp(b->error, "interrupted") == 0
			? tr(cx, "The program was ended meanwhile.")
		    : strcmp(b->error, "cancelled") == 0 ? tr(cx, "It was cancelled.")
							 : b->error);
	if (strcmp(b->state, "asked") == 0 ||
	    (strcmp(b->state, "running") == 0 && b->error == NULL))
		ui_post_button(v, arena_printf(cx->arena, "/backups/%lld/cancel", (long long)b->id),
		    0, tr(cx, "Stop this backup"), true);
}

static int
last_proved(struct view *v)
{
	struct ctx *cx = v->cx;
	struct backup_run b;
	int rc = backup_last_proved(cx, &b);

	if (rc == RC_NOTFOUND) {
		ui_note(v, 'w',
		    tr(cx,
			"There is no proved backup yet. Make the first one now; keep a copy of it "
			"and of the key file on another disk."));
		return RC_OK;
	}
	TRY(rc);
	html(&v->h, "<p>%s</p>", trf(cx, "Last proved backup: %s", moment_text(cx, b.ended_at)));
	if (cx->now - b.ended_at > OLD_US_DAYS * US_PER_DAY)
		ui_note(
		    v, '!', tr(cx, "That is more than two days ago. Look below for the reason."));
	return RC_OK;
}

static void
run_row(struct view *v, const struct backup_run *b)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><th scope='row' data-l='%s'>%s</th><td data-l='%s'>%s</td><td data-l='%s'>",
	    tr(cx, "When"), moment_text(cx, b->begun_at != 0 ? b->begun_at : b->asked_at),
	    tr(cx, "Asked for by"),
	    b->night != 0 ? tr(cx, "the night") : tr(cx, "an administrator"), tr(cx, "State"));
	state(v, b);
	html(h,
	    "</td><td class='r num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td>"
	    "<td data-l='%s'><code translate='no'>%s</code></td></tr>",
	    tr(cx, "Rows"), b->rows > 0 ? num(cx, b->rows) : "", tr(cx, "Size"),
	    b->bytes > 0 ? size_text(cx, b->bytes) : "", tr(cx, "File"),
	    b->file == NULL ? "–" : b->file);
}

static int
backups_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct backup_run *runs;
	size_t n, i;

	TRY(backup_runs(cx, RUNS, &runs, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Backups"), .nav = "/backups", .staff = true });
	html(h, "<p class='prose'>%s</p>",
	    tr(cx,
		"A backup is the whole database in one file: records, history, audit, settings and "
		"files. Each is read back into a copy, which must count every figure alike; only "
		"then it is called proved. The key file is not in it: keep both apart, on another "
		"disk."));
	TRY(last_proved(v));
	ui_form_begin(v, "/backups", false);
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Make a backup now"));
	ui_form_end(v);
	if (n > 0) {
		html(h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr>"
		    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
		    tr(cx, "Backups"), tr(cx, "When"), tr(cx, "Asked for by"), tr(cx, "State"));
		html(h,
		    "<th scope='col' class='r'>%s</th><th scope='col' class='r'>%s</th><th "
		    "scope='col'>%s</th></tr></thead><tbody>",
		    tr(cx, "Rows"), tr(cx, "Size"), tr(cx, "File"));
		for (i = 0; i < n; i++)
			run_row(v, &runs[i]);
		html(h, "</tbody></table></div>");
	}
	html(h, "<p><a href='%s'>%s</a></p>", ui_url(v, "/integrity"),
	    tr(cx, "Roots of the audit by day"));
	ui_close(v);
	return RC_OK;
}

static int
backups_post(struct view *v)
{
	TRY(backup_ask(v->cx));
	return ui_done(v, "/backups",
	    tr(v->cx, "The backup is being made. Open this page again in a moment."));
}

static int
cancel_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(backup_cancel(v->cx, id));
	return ui_done(v, "/backups", tr(v->cx, "It is being stopped."));
}

const struct route office_backup_routes[] = {
	{ M_GET, "/backups", backups_page, CAP_SETTINGS, 0, N_("Backups"),
	    N_("Backups with their proof; one more by a button.") },
	{ M_POST, "/backups", backups_post, CAP_SETTINGS, 0, N_("Backups"), NULL },
	{ M_POST, "/backups/{id}/cancel", cancel_post, CAP_SETTINGS, 0, N_("Stop"), NULL },
};
const size_t office_backup_nroutes = ARRAY_LEN(office_backup_routes);
