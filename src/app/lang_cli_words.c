/* lang_cli_words.c – `lang stem` and `lang key`. */
#include "app/lang_cli_words.h"

#include "lang/key.h"
#include "lang/stem.h"

void
lang_stem_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	buf_put(out, line, n);
	buf_char(out, '\t');
	buf_str(out, kk_stem(a, line, n));
}

void
lang_key_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	struct key_token *t;
	size_t len = key_tokens(a, line, n, &t), i;

	for (i = 0; i < len; i++) {
		if (i > 0)
			buf_char(out, ' ');
		buf_str(out, t[i].exact);
	}
	buf_char(out, '\t');
	for (i = 0; i < len; i++) {
		if (i > 0)
			buf_char(out, ' ');
		buf_str(out, t[i].stem);
	}
}
