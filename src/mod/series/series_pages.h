/* series_pages.h – the pages of series, as tables of routes for app/, and below what they share. */
#ifndef MOD_SERIES_PAGES_H
#define MOD_SERIES_PAGES_H

#include "mod/series/series.h"
#include "ui/ui.h"

extern const struct route series_routes[]; /* list, one series, its form */
extern const struct route
    series_make_routes[]; /* days, making, taking back; single events in and out */
extern const struct route series_change_routes[]; /* this and all following; steps of many */
extern const struct route series_guest_routes[];  /* who stopped coming; the calendar */
extern const size_t series_nroutes, series_make_nroutes, series_change_nroutes,
    series_guest_nroutes;

/* series_event_pages.c: on the page of an event, under its head: which one of which series. */
int series_on_event_page(
    struct view *v, const struct event *e, const struct event_rights *can) MUST;

/* ---- series_pages.c ---- */
/* "/series/5" + tail in the arena, without language. */
const char *series_path(struct view *v, int64_t id, const char *tail);
/* The series of the first {…}, as far as this actor may see it; run: only for who runs it. */
int series_of_path(struct view *v, bool run, struct event_series *out) MUST;
/* Opens the frame with crumbs down to `title` (NULL = the page of the series itself). */
void series_open(struct view *v, const struct event_series *s, const char *title);
/* What was refused, above a form; said NULL = nothing was. */
void series_draw_said(struct view *v, const char *title, const char *said);
/* «28.11.2024, бейсенбі» */
const char *series_day_text(struct ctx *cx, int day);

#endif
