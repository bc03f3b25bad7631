/* fmt.h – reads one printf conversion of a literal format; shared by html.c and url.c.
 *
 * Both writers have the same grammar: %s and %.*s are text, which the caller must encode; integers,
 * %f %g %e and %% become plain ASCII that may stand anywhere. Everything else is refused (%c, %p,
 * %n, %ls, %1$s, a width on text): gcc has checked the arguments, so a refusal is a bug of the
 * author and the rest of the format cannot be trusted. */
#ifndef TEXT_FMT_H
#define TEXT_FMT_H

#include "base/buf.h"

struct fmt_args {
	va_list ap; /* in a struct, because a va_list may be an array and then decays */
};
struct fmt_piece {
	const char *p;
	size_t n;
	char num[64];
};
enum fmt_kind { FMT_TEXT, FMT_PLAIN, FMT_REFUSED };

/* *fmt stands behind the '%' and is moved behind the conversion. */
enum fmt_kind fmt_next(const char **fmt, struct fmt_args *args, struct fmt_piece *out);

#endif
