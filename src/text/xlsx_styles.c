/* xlsx_styles.c – days and times in a workbook are numbers; only their format says so.
 *
 * ECMA-376 part 1, 18.8.30: numbers of the formats that every program knows; 18.17.4.1: serial numbers
 * count from 1900 (with a 29 February 1900 that never was) or from 1904. */
#include "text/xlsx_inner.h"

#include <math.h>
#include <stdlib.h>

#include "base/day.h"

enum { OWN_FORMATS = 1024 };
struct reading {
	struct table *t;
	struct xlsx_styles *out;
	int in_cells; /* inside <cellXfs> */
	size_t nown;
	struct {
		long id;
		unsigned char shape;
	} own[OWN_FORMATS];
};

enum xlsx_shape
xlsx_format_shape(const char *code)
{
	bool day = false, time = false;

	for (; *code != '\0' && *code != ';'; code++) {
		int c = *code | 0x20;

		if (*code == '"') {
			for (code++; *code != '\0' && *code != '"'; code++)
				;
		} else if (*code == '[') {
			/* [h] counts hours; [Red], [$-43F], [>1] are no part of the value. */
			if ((code[1] | 0x20) == 'h' || (code[1] | 0x20) == 'm' ||
			    (code[1] | 0x20) == 's')
				time = true;
			for (; *code != '\0' && *code != ']'; code++)
				;
		} else if (*code == '\\' || *code == '_' || *code == '*') {
			if (code[1] != '\0')
				code++;
			continue;
		} else if (strncasecmp(code, "general", 7) == 0)
			return SHAPE_NUMBER;
		else if (c == 'd' || c == 'y')
			day = true;
		else if (c == 'h' || c == 's')
			time = true;
		if (*code == '\0')
			break;
	}
	return day && time ? SHAPE_MOMENT : day ? SHAPE_DAY : time ? SHAPE_TIME : SHAPE_NUMBER;
}

static enum xlsx_shape
known_shape(long id)
{
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
		return SHAPE_DAY;
	if (id == 22)
		return SHAPE_MOMENT;
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47))
		return SHAPE_TIME;
	return SHAPE_NUMBER;
}

static void
on_open(void *user, const char *name, const char **attr)
{
	struct reading *r = user;
	const char *id = xlsx_attr(attr, "numFmtId"), *code;
	long n = id == NULL ? 0 : strtol(id, NULL, 10);
	size_t i;

	if (strcmp(name, "cellXfs") == 0)
		r->in_cells++;
	else if (strcmp(name, "numFmt") == 0 && r->nown < OWN_FORMATS &&
		 (code = xlsx_attr(attr, "formatCode")) != NULL) {
		r->own[r->nown].id = n;
		r->own[r->nown++].shape = (unsigned char)xlsx_format_shape(code);
	} else if (strcmp(name, "xf") == 0 && r->in_cells > 0 && r->out->n < XLSX_STYLES) {
		unsigned char shape = (unsigned char)known_shape(n);

		for (i = 0; i < r->nown; i++)
			if (r->own[i].id == n)
				shape = r->own[i].shape;
		r->out->shape[r->out->n++] = shape;
	}
}

static void
on_close(void *user, const char *name)
{
	struct reading *r = user;

	if (strcmp(name, "cellXfs") == 0)
		r->in_cells--;
}

bool
xlsx_styles_read(struct table *t, struct xlsx_zip *z, struct xlsx_styles *out)
{
	static const struct xlsx_events events = { on_open, on_close, NULL };
	struct reading *r = calloc(1, sizeof *r);
	bool ok;

	out->n = 0;
	out->shape = malloc(XLSX_STYLES);
	if (r == NULL || out->shape == NULL)
		die("out of memory (xlsx)");
	r->t = t;
	r->out = out;
	ok = xlsx_part_all(t, z, "xl/styles.xml", &events, r, NULL);
	free(r);
	return ok;
}

enum { FROM_1900 = 25569, FROM_1904 = 24107, LAST = 2958465, LEAP_1900 = 60, DAY_MINUTES = 1440 };

bool
xlsx_serial_text(double serial, enum xlsx_shape shape, bool from_1904, char out[40])
{
	double whole = floor(serial);
	/* A second of rounding: 18:00 is 0.75 only nearly. */
	int minutes = (int)floor((serial - whole) * DAY_MINUTES + 1.0 / 120), day;
	int64_t n;

	if (!(serial >= 0) || serial > LAST)
		return false;
	if (minutes >= DAY_MINUTES) {
		minutes = 0;
		whole++;
	}
	if (shape == SHAPE_TIME && whole < 1) {
		snprintf(out, 40, "%02d:%02d", minutes / 60, minutes % 60);
		return true;
	}
	n = (int64_t)whole;
	if (!from_1904 && (n == 0 || n == LEAP_1900))
		return false;
	if (!from_1904 && n < LEAP_1900)
		n++;
	day = day_of_number(n - (from_1904 ? FROM_1904 : FROM_1900));
	if (!day_valid(day))
		return false;
	if (shape == SHAPE_DAY || minutes == 0)
		snprintf(out, 40, "%02d.%02d.%04d", day_dom(day), day_month(day), day_year(day));
	else
		snprintf(out, 40, "%02d.%02d.%04d %02d:%02d", day_dom(day), day_month(day),
		    day_year(day), minutes / 60, minutes % 60);
	return true;
}
