/* lang_cli.h – `shanyraq lang FILTER`: the language layer as filters from stdin to stdout, without a
 * database. Each filter is a row of the table in lang_cli.c; those with more to do have a file of
 * their own (lang_cli_*.c). */
#ifndef APP_LANG_CLI_H
#define APP_LANG_CLI_H

#include "base/buf.h"

/* One line in (without its line end), one line out (without one). The arena is emptied after it. */
typedef void lang_line_fn(struct arena *a, const char *line, size_t n, struct buf *out);
/* A whole text in, its answer out (for JSON with a line end); false when memory or form failed. */
typedef bool lang_text_fn(struct arena *a, const char *in, size_t n, struct buf *out);
/* For what only the command line can do. argv: words behind the name.
 * Returns the exit code. */
typedef int lang_whole_fn(int argc, char **argv);

struct lang_filter {
	const char *name, *args, *help;
	lang_line_fn *line;
	lang_whole_fn *whole;
	lang_text_fn *text;
};
extern const struct lang_filter lang_filters[];
extern const size_t lang_nfilters;

/* lang_cli_script.c */
lang_line_fn lang_latin_line, lang_cyrillic_line, lang_number_line, lang_case_line;
lang_whole_fn lang_sort;
/* lang_cli_check.c */
lang_text_fn lang_article, lang_check;
lang_line_fn lang_suggest_line, lang_fix_line;

int lang_main(int argc, char **argv); /* argv[0] = "lang" */

#endif
