/* qr.c – see qr.h. A PNG is a head and three chunks, each with its length and CRC (ISO 15948). */
#include "text/qr.h"

#include <qrcodegen/qrcodegen.h>
#include <zlib.h>

enum { VERSION_MAX = 20, SCALE_MAX = 32 };

int
qr_make(struct arena *a, const char *text, struct qr *out)
{
	uint8_t work[qrcodegen_BUFFER_LEN_FOR_VERSION(VERSION_MAX)];
	uint8_t code[qrcodegen_BUFFER_LEN_FOR_VERSION(VERSION_MAX)];
	unsigned char *dark;
	int x, y;

	*out = (struct qr){ 0, NULL };
	if (text == NULL || *text == '\0')
		return RC_INVALID;
	if (strlen(text) > QR_TEXT_MAX ||
	    !qrcodegen_encodeText(text, work, code, qrcodegen_Ecc_MEDIUM, qrcodegen_VERSION_MIN,
		VERSION_MAX, qrcodegen_Mask_AUTO, true))
		return RC_TOOBIG;
	out->size = qrcodegen_getSize(code);
	dark = arena_alloc(a, (size_t)out->size * (size_t)out->size);
	for (y = 0; y < out->size; y++)
		for (x = 0; x < out->size; x++)
			dark[y * out->size + x] = qrcodegen_getModule(code, x, y) ? 1 : 0;
	out->dark = dark;
	return RC_OK;
}

void
qr_svg(struct html *h, const struct qr *q, const char *title)
{
	int all = q->size + 2 * QR_QUIET, x, y, run;

	html(h, "<svg class='qr' viewBox='0 0 %d %d' role='img' shape-rendering='crispEdges'>", all,
	    all);
	html(h, "<title>%s</title><rect width='%d' height='%d' fill='#fff'/>", title, all, all);
	for (y = 0; y < q->size; y++)
		for (x = 0; x < q->size; x += run + 1) {
			for (run = 0; x + run < q->size && qr_dark(q, x + run, y); run++)
				;
			if (run > 0)
				html(h,
				    "<rect x='%d' y='%d' width='%d' height='1' fill='#000' "
				    "stroke='none'/>",
				    x + QR_QUIET, y + QR_QUIET, run);
		}
	html(h, "</svg>");
}

/* ---- PNG ---- */

static void
put_u32(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)(v >> 24);
	p[1] = (unsigned char)(v >> 16);
	p[2] = (unsigned char)(v >> 8);
	p[3] = (unsigned char)v;
}

static void
put_chunk(struct buf *b, const char *type, const void *data, size_t n)
{
	unsigned char four[4];
	uLong crc = crc32(0, (const Bytef *)type, 4);

	put_u32(four, (uint32_t)n);
	buf_put(b, four, 4);
	buf_put(b, type, 4);
	if (n > 0) {
		buf_put(b, data, n);
		crc = crc32(crc, data, (uInt)n);
	}
	put_u32(four, (uint32_t)crc);
	buf_put(b, four, 4);
}

/* A row of pixels: a filter byte (none), then a bit a pixel; 1 is white. */
static void
put_row(unsigned char *row, const struct qr *q, int y, int scale)
{
	int side = (q->size + 2 * QR_QUIET) * scale, x;

	for (x = 0; x < side; x++) {
		int mx = x / scale - QR_QUIET, my = y / scale - QR_QUIET;
		bool dark =
		    mx >= 0 && my >= 0 && mx < q->size && my < q->size && qr_dark(q, mx, my);

		if (!dark)
			row[1 + x / 8] |= (unsigned char)(0x80 >> (x % 8));
	}
}

int
qr_png(struct arena *a, const struct qr *q, int scale, struct slice *out)
{
	int side = (q->size + 2 * QR_QUIET) * scale, y;
	size_t stride = (size_t)(side + 7) / 8 + 1;
	unsigned char *raw, *packed, head[13] = { 0 };
	uLongf n;
	struct buf b;

	*out = (struct slice){ "", 0 };
	if (scale < 1 || scale > SCALE_MAX || q->size == 0)
		return RC_INVALID;
	raw = arena_alloc(a, stride * (size_t)side);
	for (y = 0; y < side; y++)
		put_row(raw + stride * (size_t)y, q, y, scale);
	n = compressBound((uLong)(stride * (size_t)side));
	packed = arena_alloc(a, n);
	if (compress2(packed, &n, raw, (uLong)(stride * (size_t)side), 9) != Z_OK)
		return RC_STORAGE;
	put_u32(head, (uint32_t)side);
	put_u32(head + 4, (uint32_t)side);
	head[8] = 1; /* bits a pixel; the rest are zeros: grey, deflate, no interlace */
	buf_init(&b, a, 0);
	buf_put(&b, "\x89PNG\r\n\x1a\n", 8);
	put_chunk(&b, "IHDR", head, sizeof head);
	put_chunk(&b, "IDAT", packed, n);
	put_chunk(&b, "IEND", NULL, 0);
	*out = (struct slice){ b.p, b.n };
	return RC_OK;
}
