/* contest_pages.h – the pages of contests, as tables of routes for app/, and below what the files
 * contest_*_pages.c share among themselves. */
#ifndef MOD_CONTEST_PAGES_H
#define MOD_CONTEST_PAGES_H

#include "mod/contest/contest.h"
#include "mod/contest/contest_inner.h"
#include "ui/ui.h"

extern const struct route contest_routes[];	   /* list, one contest, its steps */
extern const struct route contest_part_routes[];   /* nominations, age groups, criteria */
extern const struct route contest_entry_routes[];  /* entries and teams */
extern const struct route contest_jury_routes[];   /* jurors, conflicts, links */
extern const struct route contest_paper_routes[];  /* score sheets and typing them */
extern const struct route contest_juror_routes[];  /* the juror's own pages */
extern const struct route contest_result_routes[]; /* ranks, places */
extern const struct route contest_protocol_routes[];
extern const struct route certificate_routes[];
extern const size_t contest_nroutes, contest_part_nroutes, contest_entry_nroutes,
    contest_jury_nroutes, contest_paper_nroutes, contest_juror_nroutes, contest_result_nroutes,
    contest_protocol_nroutes, certificate_nroutes;

/* ---- contest_shared_pages.c ---- */
/* "/contests/5" in the arena, without language; tail "" or "/edit". */
const char *contest_path(struct view *v, int64_t id, const char *tail);
/* The contest of the first {…}, as far as this actor may see it. */
int contest_of_path(struct view *v, struct contest *out) MUST;
/* The same, and only for those who run it. */
int contest_run_of_path(struct view *v, struct contest *out) MUST;
bool contest_runs(struct ctx *cx, int64_t contest);
/* Whether the actor sits on this jury. */
bool contest_sits(const struct ctx *cx, const struct contest_table *t);
/* Opens the frame with crumbs down to `title` (NULL = the contest's own page). */
void contest_open(struct view *v, const struct contest *c, const char *title);
void contest_mark(struct view *v, const char *state);
/* Whether a write was refused so that the page is drawn again; sets the status, 422 or 409. */
bool contest_refused(struct view *v, int rc);
/* A posted number; none = what an empty one means. A bad one is a field error. */
int64_t contest_number(struct view *v, const char *name, int64_t none);
/* The posted points c1, c2 … of one juror for one entry (−1: no such row); a criterion without points now and
 * before is a field error. */
const int64_t *contest_points(
    struct view *v, const struct contest_table *t, size_t juror, ptrdiff_t entry);
int64_t contest_version(struct view *v); /* _version, 0 = none */
void contest_said(struct view *v, const char *field);
struct contest_line {
	const char *name, *label, *value, *hint;
	bool number, focus;
};
void contest_line(struct view *v, const struct contest_line *l);
/* A button that unfolds a line for the reason (field `reason`) and posts. */
struct contest_ask {
	const char *path, *label, *ask;
	int64_t version;
	bool danger;
};
void contest_ask(struct view *v, const struct contest_ask *a);
/* "8,75" · "+0,53"; "–" where nothing stands behind it. */
const char *contest_raw_text(struct ctx *cx, const struct ranked *r);
const char *contest_normal_text(struct ctx *cx, const struct ranked *r);
/* "1-орын"; "–" for none. */
const char *contest_place_text(struct ctx *cx, int64_t place);
/* How equal means were parted, "" if they were not equal. */
const char *contest_parted_text(struct ctx *cx, const struct contest_table *t, size_t entry);
const char *contest_ground_text(struct ctx *cx, const char *ground);
/* "Ахметов Асқар, конферансье" */
int contest_juror_name(struct ctx *cx, const struct juror *j, const char **out) MUST;
/* No. 417, as the jury reads an entry. */
const char *contest_code_text(struct ctx *cx, const struct contest_table *t, size_t entry);

/* contest_event_pages.c: contests and certificates as a section of the event's page. */
int contest_event_section(
    struct view *v, const struct event *e, const struct event_rights *can) MUST;

/* contest_result_pages.c: who has scored what, a section of the contest's page and of the results. */
int contest_draw_progress(struct view *v, const struct contest_table *t) MUST;
/* contest_docx.c: the protocol in Kazakh and Russian (English alone for an English reader). */
int contest_docx(
    struct ctx *cx, const struct contest_table *t, const char *url, struct slice *out) MUST;

#endif
