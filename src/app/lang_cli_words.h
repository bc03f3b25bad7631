/* lang_cli_words.h – the filters of single words: rows of the table in lang_cli.c. */
#ifndef APP_LANG_CLI_WORDS_H
#define APP_LANG_CLI_WORDS_H

#include "base/buf.h"

void lang_stem_line(struct arena *a, const char *line, size_t n, struct buf *out);
void lang_key_line(struct arena *a, const char *line, size_t n, struct buf *out);

#endif
