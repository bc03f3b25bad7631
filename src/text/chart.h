/* chart.h – bars and lines as SVG drawn by the server: two series, this period and a year before.
 *
 * Widths are per cent and heights em, so that letters keep their size from 320 px to paper and follow
 * larger type; colours come from the style sheet (currentColor), so that dark pages and copiers keep the
 * meaning: this period is filled or a solid line, the year before hatched or dashed. Each drawing has a
 * title and a description; the numbers stand in a table beside it. Texts come ready to read. */
#ifndef TEXT_CHART_H
#define TEXT_CHART_H

#include "text/html.h"

struct chart_row {
	const char *label, *value; /* value: as it stands at the end of the bar */
	double now, last;
	bool no_now, no_last; /* not known: nothing is drawn */
};
struct chart {
	const char *title, *desc;
	const char *now_name, *last_name; /* last_name NULL: there is one series only */
	const struct chart_row *row;
	size_t n;
};
void chart_bars(struct html *h, const struct chart *c);
void chart_lines(struct html *h, const struct chart *c, const char *scale[3]);
/* The largest value that the scale of lines reaches, and its steps: 0, half, all; for their texts. */
void chart_scale(const struct chart *c, double out[3]);

#endif
