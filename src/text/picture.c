/* picture.c – see picture.h: which reader, how it is made smaller, which way is up. */
#include "text/picture_inner.h"

/* ---- smaller ---- */

void
shrink_begin(struct shrink *s, struct arena *a, const int size[2], int side)
{
	int w = size[0], h = size[1], longer = w > h ? w : h;

	*s = (struct shrink){ .sw = w, .sh = h, .a = a, .to = { w, h, NULL } };
	if (longer > side) {
		s->to.w = (int)(((int64_t)w * side + longer / 2) / longer);
		s->to.h = (int)(((int64_t)h * side + longer / 2) / longer);
		s->to.w += s->to.w == 0;
		s->to.h += s->to.h == 0;
	}
	s->to.rgb = arena_alloc(a, (size_t)s->to.w * (size_t)s->to.h * 3);
	s->sum = arena_array(a, uint64_t, s->to.w * 3);
	s->line = arena_array(a, uint32_t, s->to.w * 3);
}

/* In units of 1/(sw × dw) of the width: source pixel x lies at x·dw … (x+1)·dw, result i at i·sw …; the
 * weights of one result add up to sw. */
static void
narrow(struct shrink *s, const unsigned char *rgb)
{
	int64_t sw = s->sw, dw = s->to.w, x = 0, i;
	int c;

	for (i = 0; i < dw; i++) {
		int64_t from = i * sw, to = from + sw;
		uint64_t sum[3] = { 0 };

		for (x = from / dw; x < sw && x * dw < to; x++) {
			int64_t a = x * dw > from ? x * dw : from,
				b = (x + 1) * dw < to ? (x + 1) * dw : to;

			for (c = 0; c < 3; c++)
				sum[c] += (uint64_t)(b - a) * rgb[x * 3 + c];
		}
		for (c = 0; c < 3; c++)
			s->line[i * 3 + c] = (uint32_t)sum[c];
	}
}

static void
finish_line(struct shrink *s)
{
	uint64_t whole = (uint64_t)s->sw * (uint64_t)s->sh;
	size_t n = (size_t)s->to.w * 3, i;
	unsigned char *to = s->to.rgb + n * (size_t)s->done;

	for (i = 0; i < n; i++) {
		to[i] = (unsigned char)((s->sum[i] + whole / 2) / whole);
		s->sum[i] = 0;
	}
	s->done++;
}

void
shrink_row(struct shrink *s, const unsigned char *rgb)
{
	int64_t sh = s->sh, dh = s->to.h, from = s->row * dh, to = from + dh;
	size_t n = (size_t)s->to.w * 3, i;

	if (s->row++ >= s->sh)
		return;
	narrow(s, rgb);
	while (s->done < s->to.h) {
		int64_t top = s->done * sh, end = top + sh, a = from > top ? from : top,
			b = to < end ? to : end;

		if (b > a)
			for (i = 0; i < n; i++)
				s->sum[i] += (uint64_t)(b - a) * s->line[i];
		if (to < end)
			break;
		finish_line(s);
	}
}

/* ---- upright ---- */

static uint32_t
number(struct slice s, size_t at, size_t n, bool little)
{
	uint32_t v = 0;
	size_t i;

	for (i = 0; i < n; i++)
		v |= (uint32_t)(unsigned char)s.p[at + i] << 8 * (little ? i : n - 1 - i);
	return v;
}

int
picture_orientation(struct slice s)
{
	enum { ENTRY = 12, TAG = 0x0112, SHORT = 3 };
	bool little;
	size_t at, n, i;
	uint32_t v;

	if (s.n < 8 || (memcmp(s.p, "II*\0", 4) != 0 && memcmp(s.p, "MM\0*", 4) != 0))
		return 1;
	little = s.p[0] == 'I';
	at = number(s, 4, 4, little);
	if (at > s.n || s.n - at < 2)
		return 1;
	n = number(s, at, 2, little);
	at += 2;
	for (i = 0; i < n && s.n - at >= ENTRY; i++, at += ENTRY)
		if (number(s, at, 2, little) == TAG && number(s, at + 2, 2, little) == SHORT) {
			v = number(s, at + 8, 2, little);
			return v >= 1 && v <= 8 ? (int)v : 1;
		}
	return 1;
}

/* Exif 2.3, 4.6.4 A: the place of the row and column 0. 5–8 also change the sides. */
static void
upright(struct arena *a, struct pixels *p, int orientation)
{
	static const char from_right[] = "2378", from_below[] = "3467";
	bool right = strchr(from_right, '0' + orientation) != NULL,
	     low = strchr(from_below, '0' + orientation) != NULL;
	struct pixels to = { p->w, p->h, NULL };
	int x, y;

	if (orientation <= 1)
		return;
	if (orientation >= 5) {
		to.w = p->h;
		to.h = p->w;
	}
	to.rgb = arena_alloc(a, (size_t)to.w * (size_t)to.h * 3);
	for (y = 0; y < p->h; y++)
		for (x = 0; x < p->w; x++) {
			int along = right ? p->w - 1 - x : x, down = low ? p->h - 1 - y : y;
			int tx = orientation < 5 ? along : down,
			    ty = orientation < 5 ? down : along;

			memcpy(to.rgb + ((size_t)ty * (size_t)to.w + (size_t)tx) * 3,
			    p->rgb + ((size_t)y * (size_t)p->w + (size_t)x) * 3, 3);
		}
	*p = to;
}

/* ---- all of it ---- */

static enum picture_fault
read_any(struct arena *a, struct slice in, int side, struct pixels *to)
{
	enum picture_fault f = PICTURE_UNKNOWN;
	int orientation = 1;

	if (in.n > 3 && memcmp(in.p, "\xff\xd8\xff", 3) == 0)
		f = picture_jpeg(a, in, side, to, &orientation);
	else if (in.n > 8 && memcmp(in.p, "\x89PNG\r\n\x1a\n", 8) == 0)
		f = picture_png(a, in, side, to);
	else if (in.n > 12 && memcmp(in.p, "RIFF", 4) == 0 && memcmp(in.p + 8, "WEBP", 4) == 0)
		f = picture_webp(a, in, side, to);
	if (f == PICTURE_GOOD)
		upright(a, to, orientation);
	return f;
}

enum picture_fault
picture_anew(struct arena *a, struct slice in, const int *side, size_t n, struct picture_out *out)
{
	struct pixels p = { 0 };
	enum picture_fault f = n == 0 ? PICTURE_UNKNOWN : read_any(a, in, side[0], &p);
	size_t i;
	int y;

	for (i = 0; f == PICTURE_GOOD && i < n; i++) {
		struct shrink s;

		shrink_begin(&s, a, (const int[2]){ p.w, p.h }, side[i]);
		for (y = 0; y < p.h; y++)
			shrink_row(&s, p.rgb + (size_t)y * (size_t)p.w * 3);
		p = s.to;
		out[i] = (struct picture_out){ .width = p.w, .height = p.h };
		if (!picture_write(a, &p, &out[i].jpeg))
			f = PICTURE_BROKEN;
	}
	return f;
}
