/* chart.c – see chart.h. */
#include "text/chart.h"

#include <math.h>

/* Heights in em; shares of the width in per cent. */
static const double row_high = 3.5, bar_wide = 80, plot_high = 10, plot_top = 1, plot_left = 9,
		    plot_wide = 88;

static double
most(const struct chart *c)
{
	double m = 0;
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (!c->row[i].no_now && c->row[i].now > m)
			m = c->row[i].now;
		if (!c->row[i].no_last && c->row[i].last > m)
			m = c->row[i].last;
	}
	return m;
}

/* A name that no other drawing on the page has: where it stands. */
static size_t
place(const struct html *h)
{
	return h->out.n;
}

static void
hatch(struct html *h, size_t id)
{
	html(h,
	    "<defs><pattern id='hatch-%zu' width='5' height='5' patternUnits='userSpaceOnUse'"
	    " patternTransform='rotate(45)'><path d='M0 0V5' stroke-width='2.5'/></pattern></defs>",
	    id);
}

static void
legend(struct html *h, const struct chart *c, size_t id, bool lines)
{
	html(h, "<figcaption class='small'><span><svg class='swatch' viewBox='0 0 16 16' "
		"aria-hidden='true'>");
	if (lines)
		html(h, "<path d='M0 8H16' stroke-width='2.5'/><circle cx='8' cy='8' r='3' "
			"fill='currentColor'/>");
	else
		html(h, "<rect x='1' y='1' width='14' height='14' fill='currentColor'/>");
	html(h, "</svg>%s</span>", c->now_name);
	if (c->last_name == NULL) {
		html(h, "</figcaption>");
		return;
	}
	html(h, " <span><svg class='swatch' viewBox='0 0 16 16' aria-hidden='true'>");
	if (lines)
		html(h, "<path d='M0 8H16' stroke-width='1.5' stroke-dasharray='4 3'/><circle "
			"class='hollow' cx='8' cy='8' r='3'/>");
	else
		html(h, "<rect x='1' y='1' width='14' height='14' fill='url(#hatch-%zu)'/>", id);
	html(h, "</svg>%s</span></figcaption>", c->last_name);
}

static void
bar(struct html *h, double y, double high, double share, const char *series, size_t id)
{
	if (share <= 0)
		return;
	html(h, "<rect class='%s' x='0' y='%.2fem' width='%.2f%%' height='%.2fem'", series, y,
	    share, high);
	if (strcmp(series, "last") == 0)
		html(h, " fill='url(#hatch-%zu)' stroke-width='1'/>", id);
	else
		html(h, " fill='currentColor' stroke='none'/>");
}

void
chart_bars(struct html *h, const struct chart *c)
{
	size_t i, id = place(h);
	double m = most(c);

	if (c->n == 0 || m <= 0)
		return;
	html(h,
	    "<figure class='chart'><svg width='100%%' height='%.1fem' role='img'"
	    " aria-labelledby='t-%zu d-%zu'><title id='t-%zu'>%s</title><desc id='d-%zu'>%s</desc>",
	    (double)c->n * row_high, id, id, id, c->title, id, c->desc);
	hatch(h, id);
	for (i = 0; i < c->n; i++) {
		const struct chart_row *r = &c->row[i];
		double y = (double)i * row_high, now = r->no_now ? 0 : r->now * bar_wide / m,
		       last = r->no_last ? 0 : r->last * bar_wide / m;

		html(h, "<text x='0' y='%.2fem'>%s</text>", y + 1.0, r->label);
		bar(h, y + 1.35, .8, now, "now", id);
		bar(h, y + 2.2, .5, last, "last", id);
		html(h, "<text x='%.2f%%' y='%.2fem' dx='.4em'>%s</text>", fmax(now, last),
		    y + 2.05, r->value);
	}
	html(h, "</svg>");
	legend(h, c, id, false);
	html(h, "</figure>");
}

/* ---- lines ---- */

void
chart_scale(const struct chart *c, double out[3])
{
	static const double steps[] = { 2, 4, 6, 8, 10 };
	double m = most(c), ten = 1;
	size_t i;

	while (m > 10 * ten)
		ten *= 10;
	for (i = 0; i + 1 < ARRAY_LEN(steps) && m > steps[i] * ten; i++)
		;
	out[0] = 0;
	out[1] = steps[i] * ten / 2;
	out[2] = steps[i] * ten;
}

struct plot {
	struct html *h;
	const struct chart *c;
	double top;
};

static double
at_x(const struct plot *p, size_t i)
{
	return p->c->n < 2 ? plot_left + plot_wide / 2
			   : plot_left + plot_wide * (double)i / (double)(p->c->n - 1);
}

static double
at_y(const struct plot *p, double v)
{
	return plot_top + plot_high * (1 - v / p->top);
}

static bool
known(const struct chart_row *r, bool last)
{
	return last ? !r->no_last : !r->no_now;
}

static void
line(const struct plot *p, bool last)
{
	const struct chart_row *r = p->c->row;
	size_t i;

	for (i = 0; i < p->c->n; i++) {
		double v = last ? r[i].last : r[i].now;

		if (!known(&r[i], last))
			continue;
		if (i > 0 && known(&r[i - 1], last))
			html(p->h,
			    "<line class='%s' x1='%.2f%%' y1='%.2fem' x2='%.2f%%' y2='%.2fem'/>",
			    last ? "last" : "now", at_x(p, i - 1),
			    at_y(p, last ? r[i - 1].last : r[i - 1].now), at_x(p, i), at_y(p, v));
		html(p->h, "<circle class='%s' cx='%.2f%%' cy='%.2fem' r='.22em'/>",
		    last ? "hollow" : "dot", at_x(p, i), at_y(p, v));
	}
}

void
chart_lines(struct html *h, const struct chart *c, const char *scale[3])
{
	struct plot p = { h, c, 0 };
	size_t i, id = place(h), every;
	double s[3];

	if (c->n < 2 || most(c) <= 0)
		return;
	chart_scale(c, s);
	p.top = s[2];
	every = (c->n + 11) / 12; /* twelve names fit a telephone */
	html(h,
	    "<figure class='chart'><svg width='100%%' height='%.1fem' role='img'"
	    " aria-labelledby='t-%zu d-%zu'><title id='t-%zu'>%s</title><desc id='d-%zu'>%s</desc>",
	    plot_top + plot_high + 2, id, id, id, c->title, id, c->desc);
	for (i = 0; i < 3; i++) {
		html(h, "<line class='axis' x1='%.0f%%' y1='%.2fem' x2='100%%' y2='%.2fem'/>",
		    plot_left - 2, at_y(&p, s[i]), at_y(&p, s[i]));
		html(h, "<text class='mark' x='0' y='%.2fem'>%s</text>", (at_y(&p, s[i]) + .3) / .8,
		    scale[i]);
	}
	line(&p, true);
	line(&p, false);
	for (i = 0; i < c->n; i += every)
		html(h, "<text class='mark' x='%.2f%%' y='%.2fem' text-anchor='middle'>%s</text>",
		    at_x(&p, i), (plot_top + plot_high + 1.2) / .8, c->row[i].label);
	html(h, "</svg>");
	legend(h, c, id, true);
	html(h, "</figure>");
}
