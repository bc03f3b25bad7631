/* pictures.c – the year ring and the basis bar, as SVG drawn by the server.
 *
 * Attributes only, no style: the pages' policy forbids it, and the style sheet gives the colours. The
 * ring is the mark of the house with its poles drawn in: one pole a week, clockwise from the top,
 * its length the events of that week; two circles give the scale, which widens by itself when a
 * year is busier. The bar's parts differ by pattern, so a copier keeps their meaning. */
#include "ui/pictures.h"

#include <math.h>

#include "base/utf8.h"
#include "ui/parts.h"

#define TURN (2 * M_PI)
enum { HUB = 56, POLE = 61, RIM = 180, LABEL = 166, WAIT = 4 };
static const double reach = 114; /* the longest pole */

static double
px(double r, double a)
{
	return r * sin(a) + 0.0;
}

static double
py(double r, double a)
{
	return -r * cos(a) + 0.0;
}

/* ISO 8601: a year has 53 weeks when it begins on a Thursday, or on a Wednesday in a leap year. */
static int
weeks_of(int year)
{
	int first = day_weekday(day_make(year, 1, 1)), last = day_weekday(day_make(year, 12, 31));

	return first == 4 || last == 4 ? 53 : 52;
}

/* Events per scale circle: the smallest of 1, 2, 5, 10, 20 … under which the longest pole fits. */
static int64_t
scale(const struct ring *r, int weeks)
{
	static const int64_t steps[] = { 1, 2, 5 };
	int64_t most = 0, ten = 1;
	int i;

	for (i = 1; i <= weeks; i++)
		if (r->week[i] > most)
			most = r->week[i];
	for (;; ten *= 10)
		for (i = 0; i < 3; i++)
			if ((double)most * 30 <= reach * (double)(steps[i] * ten))
				return steps[i] * ten;
}

static void
poles(struct view *v, const struct ring *r, int weeks, int month)
{
	double unit = 30.0 / (double)scale(r, weeks);
	int w;

	for (w = 1; w <= weeks; w++) {
		double a = TURN * (w - 0.5) / weeks, len = (double)r->week[w] * unit;
		bool todo = r->week_now > 0 && w > r->week_now;

		if ((int)((w - 0.5) * 12 / weeks) + 1 != month)
			continue;
		if (todo)
			len = WAIT;
		else if (len < 1)
			len = 1; /* a week without events still has its place */
		html(&v->h, "<path class='%s' d='M%.1f %.1fL%.1f %.1f'/>",
		    todo	       ? "pole todo"
		    : w == r->week_now ? "pole now"
				       : "pole",
		    px(POLE, a), py(POLE, a), px(POLE + len, a), py(POLE + len, a));
	}
}

static void
month_label(struct view *v, int month)
{
	double a = TURN * (month - 0.5) / 12;

	html(&v->h, "<text x='%.0f' y='%.0f' text-anchor='middle'>%s</text>", px(LABEL, a),
	    py(LABEL, a) + 5, utf8_capital(v->cx->arena, month_short(v->cx, month)));
}

static void
month(struct view *v, const struct ring *r, int weeks, int m)
{
	double a = TURN * (m - 1) / 12, b = TURN * m / 12;
	/* A month that has not begun has no events to open. */
	bool begun = r->week_now <= 0 || (double)(m - 1) * weeks / 12 < (double)r->week_now;

	if (!begun || r->month_path == NULL) {
		poles(v, r, weeks, m);
		month_label(v, m);
		return;
	}
	html(&v->h, "<a href='%s?month=%04d-%02d'><title>%s: %s</title>", ui_path(v, r->month_path),
	    r->year, m, month_name(v->cx, m),
	    trn(v->cx, r->month[m], "%s event", "%s events", num(v->cx, r->month[m])));
	/* The whole sector can be pressed, not only the thin poles. */
	html(&v->h, "<path d='M%.1f %.1fL%.1f %.1fA%d %d 0 0 1 %.1f %.1f", px(HUB, a), py(HUB, a),
	    px(RIM, a), py(RIM, a), RIM, RIM, px(RIM, b), py(RIM, b));
	html(&v->h, "L%.1f %.1fA%d %d 0 0 0 %.1f %.1fZ' fill='transparent' stroke='none'/>",
	    px(HUB, b), py(HUB, b), HUB, HUB, px(HUB, a), py(HUB, a));
	poles(v, r, weeks, m);
	month_label(v, m);
	html(&v->h, "</a>");
}

void
ui_ring(struct view *v, const struct ring *r)
{
	struct html *h = &v->h;
	int weeks = r->week[53] > 0 ? 53 : weeks_of(r->year), m, i;
	int64_t step = scale(r, weeks);

	html(h,
	    "<figure class='ring'><svg viewBox='-188 -180 376 360' role='group' aria-label='%s'>",
	    trf(v->cx, "Events of %s week by week", arena_printf(v->cx->arena, "%d", r->year)));
	for (i = 1; i <= 2; i++)
		html(h,
		    "<circle class='axis' r='%d'/><text x='-3' y='%d' text-anchor='end'>%s</text>",
		    POLE + 30 * i, 4 - POLE - 30 * i, num(v->cx, step * i));
	html(h, "<circle r='50' stroke-width='8.5'/><g stroke-width='4.5'>");
	for (i = 45; i >= -45; i -= 90)
		html(h,
		    "<path transform='rotate(%d)' d='M0 -46V46M-17 -43Q0 0 -17 43M17 -43Q0 0 17 "
		    "43'/>",
		    i);
	html(h, "</g>");
	for (m = 1; m <= 12; m++)
		month(v, r, weeks, m);
	html(h, "</svg><figcaption>%s</figcaption></figure>",
	    tr(v->cx, "Each pole is a week; its length is the number of events held"));
}

/* ---- the basis bar ---- */

enum { BAR = 994 };

static void
fill(struct view *v, int pattern, const char *hatch)
{
	struct html *h = &v->h;

	switch (pattern) {
	case 0:
		html(h, " fill='currentColor'");
		break;
	case 1:
		html(h, " fill='currentColor' fill-opacity='.55'");
		break;
	case 2:
		html(h, " fill='url(#%s)'", hatch);
		break;
	case 4:
		html(h, " fill='none' stroke-dasharray='3 3'");
		break;
	default:
		html(h, " fill='none'");
		break;
	}
	html(h, " stroke-width='1'/>");
}

static const char *
bar_words(struct view *v, const struct bar_part *p, size_t n)
{
	struct buf b;
	size_t i;

	buf_init(&b, v->cx->arena, 0);
	for (i = 0; i < n; i++)
		buf_printf(&b, "%s%s %s", i == 0 ? "" : ", ", p[i].label, num(v->cx, p[i].n));
	return b.p;
}

static void
bar_drawing(struct view *v, const struct bar_part *p, size_t n, int64_t total, const char *hatch)
{
	struct html *h = &v->h;
	double at = 0;
	size_t i;

	html(h, "<svg viewBox='0 0 %d 40' preserveAspectRatio='none' role='img' aria-label='%s'>",
	    BAR, bar_words(v, p, n));
	html(h,
	    "<defs><pattern id='%s' width='6' height='6' patternUnits='userSpaceOnUse' "
	    "patternTransform='rotate(45)'>"
	    "<path d='M0 0V6' stroke-width='2.5'/></pattern></defs>",
	    hatch);
	for (i = 0; i < n; i++) {
		double w = (double)BAR * (double)p[i].n / (double)total;

		if (p[i].n > 0) {
			html(h, "<rect x='%.1f' y='1' width='%.1f' height='38'", at + 1,
			    w > 3 ? w - 2 : 1.0);
			fill(v, p[i].pattern, hatch);
		}
		at += w;
	}
	html(h, "</svg>");
}

void
ui_bar(struct view *v, const struct bar_part *p, size_t n)
{
	struct html *h = &v->h;
	/* Where the page stands makes a name that no other bar on it has. */
	const char *hatch = arena_printf(v->cx->arena, "hatch-%zu", h->out.n);
	int64_t total = 0;
	size_t i;

	for (i = 0; i < n; i++)
		total += p[i].n;
	html(h, "<div class='basis'>");
	if (total > 0)
		bar_drawing(v, p, n, total, hatch);
	html(h, "<ul>");
	for (i = 0; i < n; i++) {
		html(h, "<li><svg class='swatch' viewBox='0 0 16 16' aria-hidden='true'><rect "
			"x='1' y='1' width='14' height='14'");
		fill(v, total > 0 || p[i].pattern != 2 ? p[i].pattern : 3, hatch);
		html(h, "</svg><span>%s</span>", p[i].label);
		if (p[i].href != NULL)
			html(h, "<a class='n r' href='%s'>%s</a>", p[i].href, num(v->cx, p[i].n));
		else
			html(h, "<span class='r num'>%s</span>", num(v->cx, p[i].n));
		html(h, "<span class='r num mute'>%s</span></li>",
		    total > 0 ? percent(v->cx, (double)p[i].n, (double)total) : "");
	}
	html(h, "</ul></div>");
}
