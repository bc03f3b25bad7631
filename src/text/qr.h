/* qr.h – a QR code of a short text (an address): as modules, as SVG, as PNG. Over libqrcodegen.
 *
 * Level M, the smallest version that holds it, up to 20 (97 modules a side): at 30 mm a module is still
 * 0.3 mm. A quiet edge of four modules is part of the picture, since readers need it. */
#ifndef TEXT_QR_H
#define TEXT_QR_H

#include "text/html.h"

enum { QR_QUIET = 4, QR_TEXT_MAX = 300 };
struct qr {
	int size;		   /* modules a side, without the quiet edge */
	const unsigned char *dark; /* size × size bytes, 0 or 1, row by row */
};
/* RC_TOOBIG: it does not fit; RC_INVALID: empty. */
int qr_make(struct arena *a, const char *text, struct qr *out) MUST;
static inline bool
qr_dark(const struct qr *q, int x, int y)
{
	return q->dark[y * q->size + x] != 0;
}
/* <svg class='qr'> with a title; runs of a row are one rect. */
void qr_svg(struct html *h, const struct qr *q, const char *title);
/* One bit a pixel, black on white; scale: pixels a module, 1–32. */
int qr_png(struct arena *a, const struct qr *q, int scale, struct slice *out) MUST;

#endif
