/* fmt.c – see fmt.h. The formats handed to snprintf are literals, so gcc checks them as well. */
#include "text/fmt.h"

#include <stdio.h>

enum { WIDTH_MAX = 40 };
enum size { SIZE_INT, SIZE_LONG, SIZE_LLONG, SIZE_Z };

struct conv {
	int width, precision; /* precision -1 = none */
	bool zero, left;
	enum size size;
};

static bool
read_number(const char **p, struct fmt_args *args, int *out)
{
	int n = 0;

	if (**p == '*') {
		(*p)++;
		*out = va_arg(args->ap, int);
		return true;
	}
	for (; **p >= '0' && **p <= '9'; (*p)++) {
		n = n * 10 + (**p - '0');
		if (n > 100000)
			return false;
	}
	*out = n;
	return true;
}

static bool
read_conv(const char **p, struct fmt_args *args, struct conv *c)
{
	*c = (struct conv){ .precision = -1 };
	for (;; (*p)++) {
		if (**p == '0')
			c->zero = true;
		else if (**p == '-')
			c->left = true;
		else
			break;
	}
	if (!read_number(p, args, &c->width))
		return false;
	if (**p == '.') {
		(*p)++;
		if (!read_number(p, args, &c->precision))
			return false;
	}
	if (**p == 'z' || **p == 't' || **p == 'j') {
		c->size = SIZE_Z;
		(*p)++;
	} else if (**p == 'l') {
		c->size = SIZE_LONG;
		if (*++*p == 'l') {
			c->size = SIZE_LLONG;
			(*p)++;
		}
	}
	return true;
}

static enum fmt_kind
print_int(char type, const struct conv *c, struct fmt_args *args, struct fmt_piece *out)
{
	bool is_signed = type == 'd' || type == 'i';
	int w = c->left ? -c->width : c->width, n;
	long long v;

	if (c->precision >= 0 || c->width < 0 || c->width > WIDTH_MAX)
		return FMT_REFUSED;
	if (c->size == SIZE_INT)
		v = is_signed ? va_arg(args->ap, int) : (long long)va_arg(args->ap, unsigned);
	else if (c->size == SIZE_LLONG)
		v = va_arg(args->ap, long long);
	else
		v = va_arg(args->ap, long);
	if (is_signed)
		n = c->zero && !c->left ? snprintf(out->num, sizeof out->num, "%0*lld", w, v)
					: snprintf(out->num, sizeof out->num, "%*lld", w, v);
	else if (type == 'u')
		n = c->zero && !c->left
			? snprintf(out->num, sizeof out->num, "%0*llu", w, (unsigned long long)v)
			: snprintf(out->num, sizeof out->num, "%*llu", w, (unsigned long long)v);
	else
		n = c->zero && !c->left
			? snprintf(out->num, sizeof out->num, "%0*llx", w, (unsigned long long)v)
			: snprintf(out->num, sizeof out->num, "%*llx", w, (unsigned long long)v);
	out->p = out->num;
	out->n = (size_t)n;
	return FMT_PLAIN;
}

static enum fmt_kind
print_real(char type, const struct conv *c, struct fmt_args *args, struct fmt_piece *out)
{
	int w = c->left ? -c->width : c->width, prec = c->precision < 0 ? 6 : c->precision, n;
	double v = va_arg(args->ap, double);

	if (c->zero || c->size != SIZE_INT || c->width < 0 || c->width > WIDTH_MAX)
		return FMT_REFUSED;
	if (prec > 17)
		prec = 17;
	if (type == 'f')
		n = snprintf(out->num, sizeof out->num, "%*.*f", w, prec, v);
	else if (type == 'g')
		n = snprintf(out->num, sizeof out->num, "%*.*g", w, prec, v);
	else
		n = snprintf(out->num, sizeof out->num, "%*.*e", w, prec, v);
	if (n < 0 || (size_t)n >= sizeof out->num)
		return FMT_REFUSED;
	out->p = out->num;
	out->n = (size_t)n;
	return FMT_PLAIN;
}

/* A precision may cut a letter in two; the torn piece at the end is left out. */
static size_t
whole_letters(const char *s, size_t n)
{
	size_t back = 0, need;
	unsigned char lead;

	while (back < 3 && back < n && ((unsigned char)s[n - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back == n)
		return n;
	lead = (unsigned char)s[n - 1 - back];
	need = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
	return need > back ? n - 1 - back : n;
}

static enum fmt_kind
take_text(const struct conv *c, struct fmt_args *args, struct fmt_piece *out)
{
	out->p = va_arg(args->ap, const char *);
	if (c->width != 0 || c->zero || c->left || c->size != SIZE_INT)
		return FMT_REFUSED;
	if (out->p == NULL)
		out->p = "", out->n = 0;
	else if (c->precision < 0)
		out->n = strlen(out->p);
	else
		out->n = whole_letters(out->p, strnlen(out->p, (size_t)c->precision));
	return FMT_TEXT;
}

static enum fmt_kind
plain_int(int v, struct fmt_piece *out)
{
	char *p = out->num + sizeof out->num;
	unsigned u = v < 0 ? 0U - (unsigned)v : (unsigned)v;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u != 0);
	if (v < 0)
		*--p = '-';
	out->p = p;
	out->n = (size_t)(out->num + sizeof out->num - p);
	return FMT_PLAIN;
}

enum fmt_kind
fmt_next(const char **fmt, struct fmt_args *args, struct fmt_piece *out)
{
	static const struct conv none = { .precision = -1 };
	struct conv c;
	char type = **fmt;

	if (type == 's' || type == 'd' || type == '%') { /* nearly all there is */
		(*fmt)++;
		if (type == 's')
			return take_text(&none, args, out);
		if (type == 'd')
			return plain_int(va_arg(args->ap, int), out);
		out->p = "%";
		out->n = 1;
		return FMT_PLAIN;
	}
	if (!read_conv(fmt, args, &c))
		return FMT_REFUSED;
	type = **fmt;
	if (type == '\0')
		return FMT_REFUSED;
	(*fmt)++;
	if (type == 's')
		return take_text(&c, args, out);
	if (type == 'd' || type == 'i' || type == 'u' || type == 'x')
		return print_int(type, &c, args, out);
	if (type == 'f' || type == 'g' || type == 'e')
		return print_real(type, &c, args, out);
	return FMT_REFUSED;
}
