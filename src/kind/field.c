/* field.c – the behaviour of each field type: parse, print, compare, bind, JSON. Data stands in the
 * rows of the kinds; a new type is a new case in each function here. */
#include "kind/internal.h"

#include <math.h>
#include <stdlib.h>
#include "base/utf8.h"

const void *
field_at(const struct field *f, const void *rec)
{
	return (const char *)rec + f->offset;
}

void *
field_at_rw(const struct field *f, void *rec)
{
	return (char *)rec + f->offset;
}

#define AT(T) (*(T const *)field_at(f, rec))

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

bool
field_empty(const struct field *f, const void *rec)
{
	const struct text3 *t;

	switch (f->type) {
	case FT_TEXT:
	case FT_ENUM:
		return blank(AT(const char *));
	case FT_TEXT3:
		t = field_at(f, rec);
		return blank(t->kk) && blank(t->ru) && blank(t->en);
	case FT_INT:
		return AT(int64_t) == INT_NONE;
	case FT_REAL:
		return isnan(AT(double)) != 0;
	case FT_DAY:
		return AT(int) == 0;
	case FT_TIME:
	case FT_REF:
		return AT(int64_t) == 0;
	case FT_BOOL:
		return false;
	case FT_SEALED:
		return AT(struct sealed).fresh == NULL &&
		       (!AT(struct sealed).present || AT(struct sealed).clear);
	}
	return true;
}

static bool
text_same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

bool
field_same(const struct field *f, const void *a, const void *b)
{
	const struct text3 *s, *t;

	switch (f->type) {
	case FT_TEXT:
	case FT_ENUM:
		return text_same(
		    *(const char *const *)field_at(f, a), *(const char *const *)field_at(f, b));
	case FT_TEXT3:
		s = field_at(f, a);
		t = field_at(f, b);
		return text_same(s->kk, t->kk) && text_same(s->ru, t->ru) &&
		       text_same(s->en, t->en);
	case FT_INT:
	case FT_TIME:
	case FT_REF:
		return *(const int64_t *)field_at(f, a) == *(const int64_t *)field_at(f, b);
	case FT_REAL: {
		double x = *(const double *)field_at(f, a), y = *(const double *)field_at(f, b);

		return (isnan(x) && isnan(y)) || (x <= y && x >= y);
	}
	case FT_DAY:
		return *(const int *)field_at(f, a) == *(const int *)field_at(f, b);
	case FT_BOOL:
		return *(const bool *)field_at(f, a) == *(const bool *)field_at(f, b);
	case FT_SEALED: {
		const struct sealed *x = field_at(f, b);

		return x->fresh == NULL && !x->clear;
	}
	}
	return false;
}

struct val
field_val(const struct field *f, const void *rec, int part)
{
	const char *s;

	switch (f->type) {
	case FT_TEXT:
	case FT_ENUM:
		s = AT(const char *);
		return v_text(blank(s) ? NULL : s);
	case FT_TEXT3:
		s = text3_at(field_at(f, rec), (enum lang)part);
		return v_text(blank(s) ? NULL : s);
	case FT_INT:
		return v_int_or(AT(int64_t), INT_NONE);
	case FT_REAL:
		return isnan(AT(double)) ? v_null(V_REAL) : v_real(AT(double));
	case FT_DAY:
		return v_int_or(AT(int), 0);
	case FT_TIME:
	case FT_REF:
		return v_int_or(AT(int64_t), 0);
	case FT_BOOL:
		return v_int(AT(bool) ? 1 : 0);
	case FT_SEALED:
		break;
	}
	return v_null(V_BLOB);
}

void
kind_read_row(const struct rows *r, const struct kind *k, void *rec)
{
	struct rec *h = rec;
	size_t i;
	int c = 4;

	h->id = row_int(r, 0);
	h->version = row_int(r, 1);
	h->created_at = row_int(r, 2);
	h->changed_at = row_int(r, 3);
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		void *at = field_at_rw(f, rec);

		switch (f->type) {
		case FT_TEXT:
		case FT_ENUM:
			*(const char **)at = row_text(r, c);
			break;
		case FT_TEXT3:
			*(struct text3 *)at = (struct text3){ row_text(r, c), row_text(r, c + 1),
				row_text(r, c + 2) };
			break;
		case FT_INT:
			*(int64_t *)at = row_int_or(r, c, INT_NONE);
			break;
		case FT_REAL:
			*(double *)at = row_null(r, c) ? (double)NAN : row_real(r, c);
			break;
		case FT_DAY:
			*(int *)at = (int)row_int(r, c);
			break;
		case FT_TIME:
		case FT_REF:
			*(int64_t *)at = row_int(r, c);
			break;
		case FT_BOOL:
			*(bool *)at = row_int(r, c) != 0;
			break;
		case FT_SEALED:
			*(struct sealed *)at = (struct sealed){ .present = !row_null(r, c) };
			break;
		}
		c += field_columns(f);
	}
}

const char *
option_label(const struct ctx *cx, const struct option *o, const char *code)
{
	for (; o->code != NULL; o++)
		if (code != NULL && strcmp(o->code, code) == 0)
			return tr(cx, o->label);
	return code == NULL ? "" : code;
}

const char *
field_text(struct ctx *cx, const struct field *f, const void *rec, const char *ref_title)
{
	if (field_empty(f, rec))
		return "";
	switch (f->type) {
	case FT_TEXT:
		return AT(const char *);
	case FT_TEXT3:
		return tr3(cx, field_at(f, rec), NULL);
	case FT_INT:
		return num(cx, AT(int64_t));
	case FT_REAL:
		return num_real(cx, AT(double), 4);
	case FT_DAY:
		return day_text(cx, AT(int));
	case FT_TIME:
		return moment_text(cx, AT(int64_t));
	case FT_BOOL:
		return AT(bool) ? tr(cx, "yes") : tr(cx, "no");
	case FT_ENUM:
		return option_label(cx, f->options, AT(const char *));
	case FT_REF:
		return ref_title != NULL ? ref_title
					 : arena_printf(cx->arena, "%lld", (long long)AT(int64_t));
	case FT_SEALED:
		return "••••••";
	}
	return "";
}

const char *
field_form(struct ctx *cx, const struct field *f, const void *rec, enum lang l)
{
	int digits;

	if (field_empty(f, rec) && f->type != FT_BOOL)
		return "";
	switch (f->type) {
	case FT_TEXT:
	case FT_ENUM:
		return AT(const char *);
	case FT_TEXT3: {
		const char *s = text3_at(field_at(f, rec), l);

		return s == NULL ? "" : s;
	}
	case FT_INT:
	case FT_REF:
		return arena_printf(cx->arena, "%lld", (long long)AT(int64_t));
	case FT_REAL: /* the shortest text that reads back as the same number */
		for (digits = 15; digits < 17; digits++) {
			const char *s = arena_printf(cx->arena, "%.*g", digits, AT(double));

			if (!islessgreater(strtod(s, NULL), AT(double)))
				return s;
		}
		return arena_printf(cx->arena, "%.17g", AT(double));
	case FT_DAY:
		return day_text(cx, AT(int));
	case FT_TIME:
		return moment_text(cx, AT(int64_t));
	case FT_BOOL:
		return AT(bool) ? "1" : "";
	case FT_SEALED:
		return AT(struct sealed).fresh == NULL ? "" : AT(struct sealed).fresh;
	}
	return "";
}

/* Spaces at both ends are the typist's, not the text's. Other characters stay as typed. */
static const char *
trimmed(struct ctx *cx, const char *s)
{
	size_t n;

	while (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
		s++;
	n = strlen(s);
	while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
		n--;
	return arena_strn(cx->arena, s, n);
}

/* One or two digits at *s, advancing it; -1 otherwise. */
static int
two_digits(const char **s)
{
	int v = 0;
	size_t n = strspn(*s, "0123456789");

	if (n < 1 || n > 2)
		return -1;
	for (; n > 0; n--)
		v = v * 10 + *(*s)++ - '0';
	return v;
}

static bool
parse_moment(const char *s, int64_t *out)
{
	char dayt[16];
	int h, m, day;
	const char *sp = strchr(s, ' ');

	if (moment_parse_rfc3339(s, out))
		return true;
	if (sp == NULL || (size_t)(sp - s) >= sizeof dayt)
		return false;
	memcpy(dayt, s, (size_t)(sp - s));
	dayt[sp - s] = '\0';
	sp++;
	if (!day_parse(dayt, &day) || (h = two_digits(&sp)) < 0 || *sp++ != ':' ||
	    (m = two_digits(&sp)) < 0 || *sp != '\0' || h > 23 || m > 59)
		return false;
	*out = day_start(day) + ((int64_t)h * 60 + m) * 60 * US_PER_SECOND;
	return true;
}

/* Decimal digits only: strtod alone would take "nan", "inf" and hexadecimal. */
static bool
parse_real(const char *s, double *out)
{
	char *end;
	double v = strtod(s, &end);

	if (s[strspn(s, "0123456789.eE+-")] != '\0' || *end != '\0' || end == s || !isfinite(v))
		return false;
	*out = v;
	return true;
}

static void
parse_present(struct ctx *cx, const struct field *f, const char *s, void *at)
{
	const struct option *o;

	switch (f->type) {
	case FT_INT:
		if (!num_parse(s, at)) {
			*(int64_t *)at = INT_NONE;
			fail_field(cx, f->name,
			    N_("Write a whole number in digits, or leave it empty if it is not "
			       "known."));
		}
		break;
	case FT_REAL:
		if (!parse_real(s, at))
			fail_field(cx, f->name, N_("Write a number."));
		break;
	case FT_DAY:
		if (!day_parse(s, at)) {
			*(int *)at = 0;
			fail_field(cx, f->name,
			    N_("There is no such day: “%s”. Write it as 15.11.2024."), s);
		}
		break;
	case FT_TIME:
		if (!parse_moment(s, at))
			fail_field(cx, f->name, N_("Write day and time as 15.11.2024 18:00."));
		break;
	case FT_ENUM:
		for (o = f->options; o->code != NULL && strcmp(o->code, s) != 0; o++)
			;
		if (o->code == NULL)
			fail_field(cx, f->name, N_("Choose one of the values offered."));
		else
			*(const char **)at = o->code;
		break;
	case FT_REF:
		if (!num_parse(s, at) || *(int64_t *)at <= 0) {
			*(int64_t *)at = 0;
			fail_field(cx, f->name, N_("Choose one of the records offered."));
		}
		break;
	case FT_TEXT:
	case FT_TEXT3:
	case FT_BOOL:
	case FT_SEALED:
		break;
	}
}

void
field_parse(struct ctx *cx, const struct field *f, const char *text, enum lang l, void *rec)
{
	void *at = field_at_rw(f, rec);
	const char *s = trimmed(cx, text == NULL ? "" : text);

	switch (f->type) {
	case FT_TEXT:
		*(const char **)at = *s == '\0' ? NULL : s;
		return;
	case FT_TEXT3:
		*text3_slot(at, l) = *s == '\0' ? NULL : s;
		return;
	case FT_BOOL:
		*(bool *)at = strcmp(s, "1") == 0 || strcmp(s, "on") == 0 || strcmp(s, "true") == 0;
		return;
	case FT_SEALED:
		((struct sealed *)at)->fresh = *s == '\0' ? NULL : s;
		return;
	case FT_INT:
		*(int64_t *)at = INT_NONE;
		break;
	case FT_REAL:
		*(double *)at = (double)NAN;
		break;
	case FT_DAY:
		*(int *)at = 0;
		break;
	case FT_TIME:
	case FT_REF:
		*(int64_t *)at = 0;
		break;
	case FT_ENUM:
		*(const char **)at = NULL;
		break;
	}
	if (*s != '\0')
		parse_present(cx, f, s, at);
}

void
field_json(struct json *j, const struct field *f, const void *rec)
{
	char day[16], moment[32];

	if (field_empty(f, rec) && f->type != FT_BOOL && f->type != FT_TEXT3) {
		json_nil(j, f->name);
		return;
	}
	switch (f->type) {
	case FT_TEXT:
	case FT_ENUM:
		json_str(j, f->name, AT(const char *));
		break;
	case FT_TEXT3: {
		const struct text3 *t = field_at(f, rec);

		json_open(j, f->name, '{');
		json_str(j, "kk", t->kk);
		json_str(j, "ru", t->ru);
		json_str(j, "en", t->en);
		json_close(j, '}');
		break;
	}
	case FT_INT:
	case FT_REF:
		json_num(j, f->name, AT(int64_t));
		break;
	case FT_REAL:
		json_double(j, f->name, AT(double));
		break;
	case FT_DAY:
		day_iso(AT(int), day);
		json_str(j, f->name, day);
		break;
	case FT_TIME:
		moment_rfc3339(AT(int64_t), moment);
		json_str(j, f->name, moment);
		break;
	case FT_BOOL:
		json_bool(j, f->name, AT(bool));
		break;
	case FT_SEALED:
		json_bool(j, f->name, true);
		break;
	}
}

const char *
code_error(const char *code)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

	if (*code == '-' || *code == '_' || strspn(code, letters) != strlen(code))
		return N_("A code holds small Latin letters, digits, dashes and underscores.");
	return NULL;
}
