/* lang_cli.c – the table of `shanyraq lang` filters and the loop over lines. */
#include "app/lang_cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/lang_cli_index.h"
#include "app/lang_cli_words.h"
#include "core/data.h"
#include "lang/article.h"
#include "lang/lexicon.h"

const struct lang_filter lang_filters[] = {
	{ "stem", "", "a word a line: the word, a tab, its dictionary form",
	    .line = lang_stem_line },
	{ "key", "", "text a line: exact keys, a tab, keys of stems, both parted by spaces",
	    .line = lang_key_line },
	{ "index", "FILE.tsv [--names]",
	    "an index over lines of id, tab, text; then a question a line: ids, best first. With "
	    "--names the lines are names: the ten nearest, by |",
	    .whole = lang_index },
	{ "latin", "", "text in Cyrillic to Latin of 2021", .line = lang_latin_line },
	{ "cyrillic", "", "text in Latin of 2021 to Cyrillic", .line = lang_cyrillic_line },
	{ "number", "", "NUMBER, tab, CASE (nom gen dat acc loc abl ins ord): digits, a tab, words",
	    .line = lang_number_line },
	{ "case", "", "WORD, tab, CASE, and perhaps a tab and p3: the word in that case",
	    .line = lang_case_line },
	{ "sort", "", "lines in the order of the alphabet, digits by value", .whole = lang_sort },
	{ "article", "", "a news page, text or HTML, to JSON: the article apart from the site",
	    .text = lang_article },
	{ "suggest", "",
	    "a word a line: what may have been meant, by tabs, best first; empty if right",
	    .line = lang_suggest_line },
	{ "fix", "", "text a line: the text with what can be repaired without a question",
	    .line = lang_fix_line },
	{ "check", "", "a whole text to JSON: everything that may be wrong, with suggestions",
	    .text = lang_check },
	{ .name = NULL },
};
const size_t lang_nfilters = sizeof lang_filters / sizeof lang_filters[0] - 1;

static int
each_line(lang_line_fn *fn)
{
	struct arena a;
	struct buf out;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	arena_init(&a);
	while ((n = getline(&line, &cap, stdin)) >= 0) {
		size_t mark_len = (size_t)n;
		struct arena_mark mark = arena_mark(&a);

		if (mark_len > 0 && line[mark_len - 1] == '\n')
			mark_len--;
		line[mark_len] = '\0';
		buf_init(&out, &a, 0);
		fn(&a, line, mark_len, &out);
		buf_char(&out, '\n');
		fwrite(out.p, 1, out.n, stdout);
		arena_rewind(&a, mark);
	}
	free(line);
	arena_done(&a);
	return fflush(stdout) == 0 ? 0 : 3;
}

/* One byte more than is read tells the filter that there was more. */
static int
whole_text(lang_text_fn *fn)
{
	char piece[1 << 15];
	struct buf in, out;
	struct arena a;
	bool good;
	size_t n;

	arena_init(&a);
	buf_init(&in, &a, ARTICLE_BYTES + sizeof piece * 2);
	buf_init(&out, &a, 0);
	while (!in.over && in.n <= ARTICLE_BYTES && (n = fread(piece, 1, sizeof piece, stdin)) > 0)
		buf_put(&in, piece, n);
	good = fn(&a, in.p, in.n, &out) && fwrite(out.p, 1, out.n, stdout) == out.n &&
	       fflush(stdout) == 0;
	arena_done(&a);
	return good ? 0 : 3;
}

int
lang_main(int argc, char **argv)
{
	const char *warning = NULL;
	struct arena a;
	size_t i;

	tables_init(); /* hands over the lists inside the program */
	for (i = 0; argc >= 2 && i < lang_nfilters; i++)
		if (strcmp(argv[1], lang_filters[i].name) == 0) {
			arena_init(&a);
			lexicon_load(&(struct lexicon_sources){ house_data("kk_words.csv"),
					 getenv("SHANYRAQ_HUNSPELL_KK"), cache_path(&a) },
			    &warning);
			arena_done(&a);
			if (warning != NULL)
				fprintf(stderr, "shanyraq: %s\n", warning);
			return lang_filters[i].line != NULL ? each_line(lang_filters[i].line)
			       : lang_filters[i].text != NULL
				   ? whole_text(lang_filters[i].text)
				   : lang_filters[i].whole(argc - 2, argv + 2);
		}
	fprintf(stderr, "usage: shanyraq lang FILTER, text on stdin\n\n");
	for (i = 0; i < lang_nfilters; i++)
		fprintf(stderr, "  %s %s\n      %s\n", lang_filters[i].name, lang_filters[i].args,
		    lang_filters[i].help);
	return 2;
}
