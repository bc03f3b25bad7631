/* pictures.h – pictures drawn by the server (SVG): the ring of the year, the bar of bases. */
#ifndef UI_PICTURES_H
#define UI_PICTURES_H

#include "ui/ui.h"

/* The year ring: one pole a week with its number of events, months as links. weeks[53]; week_now 1-based. */
struct ring {
	int year, week_now;
	int64_t week[54], month[13]; /* 1-based */
	const char *month_path;	     /* path of the calendar, without its query */
};
void ui_ring(struct view *v, const struct ring *r);
/* The basis bar: parts with patterns, so a copier keeps their meaning. */
struct bar_part {
	const char *label, *href;
	int64_t n;
	int pattern; /* 0 ink, 1 grey, 2 hatched, 3 white, 4 dashed */
};
void ui_bar(struct view *v, const struct bar_part *p, size_t n);

#endif
