/* lang_cli_script.c – `shanyraq lang latin`, `cyrillic`, `number`, `case`, `sort`: filters that only
 * split their line and ask src/lang. */
#include "app/lang_cli.h"

#include "lang/latin.h"

void
lang_latin_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	const char *text = kk_latin(a, line, n, &n);

	buf_put(out, text, n);
}

void
lang_cyrillic_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	const char *text = kk_cyrillic(a, line, n, &n);

	buf_put(out, text, n);
}
