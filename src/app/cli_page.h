/* cli_page.h – `import-page FILE`: a saved or pasted news page becomes a draft article, told as JSON. */
#ifndef APP_CLI_PAGE_H
#define APP_CLI_PAGE_H

#include "app/args.h"
#include "base/buf.h"
#include "base/ctx.h"

/* *found: something in the text is false. */
int cli_page(struct ctx *cx, const struct opts *o, bool *found) MUST;
/* The whole of a file, "-" = standard input, but at most one byte more than `most`. */
int cli_read_file(struct ctx *cx, const char *name, size_t most, struct buf *out) MUST;

#endif
