/* lang_cli_script.c – `shanyraq lang latin`, `cyrillic`, `number`, `case`, `sort`: filters that only
 * split their line and ask src/lang. */
#include "app/lang_cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/kazakh.h"
#include "lang/lang.h"
#include "lang/latin.h"
#include "lang/order.h"

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

/* Cuts the next cell of a line in the arena off at its tab. */
static char *
cell(char **rest)
{
	char *at = *rest, *tab = at == NULL ? NULL : strchr(at, '\t');

	*rest = tab == NULL ? NULL : tab + 1;
	if (tab != NULL)
		*tab = '\0';
	return at;
}

/* Digits, perhaps in groups, with either sign of minus; false beyond int64 too. */
static bool
read_number(struct arena *a, const char *s, int64_t *out)
{
	static const char minus[] = "\u2212";

	if (strncmp(s, minus, strlen(minus)) == 0)
		s = arena_printf(a, "-%s", s + strlen(minus));
	return num_parse(s, out);
}

/* «12,5»: он екі бүтін оннан бес; the ending follows the last word in both forms. */
static bool
decimal_line(struct arena *a, const char *number, enum kk_case c, struct buf *out)
{
	size_t whole = strcspn(number, ","), digits, i;
	const char *part = number + whole + 1;
	int64_t n, of = 1, v;

	if (number[whole] != ',' || (digits = strlen(part)) == 0 || digits > 6 ||
	    strspn(part, "0123456789") != digits ||
	    !read_number(a, arena_strn(a, number, whole), &n) || !num_parse(part, &v))
		return false;
	for (i = 0; i < digits; i++)
		of *= 10;
	buf_printf(out, "%s%s%s\t%s бүтін %s %s", number, c == KK_NOM ? "" : "-",
	    kk_num_ending(v, c), kk_words(a, n, KK_NOM), kk_words(a, of, KK_ABL),
	    kk_words(a, v, c));
	return true;
}

/* «45%», «45 %»: the number in words is followed by пайыз. */
static bool
percent_line(struct arena *a, const char *number, enum kk_case c, struct buf *out)
{
	size_t n = strcspn(number, "%");
	int64_t v;

	if (number[strlen(number) - 1] != '%' || !read_number(a, arena_strn(a, number, n), &v))
		return false;
	buf_printf(out, "%s\t%s %s", kk_word(a, number, c, false), kk_words(a, v, KK_NOM),
	    kk_word(a, "пайыз", c, false));
	return true;
}

/* The digits stand as they were given; a number beyond int64 comes back alone. */
void
lang_number_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	char *rest = arena_strn(a, line, n), *number = cell(&rest), *name = cell(&rest);
	enum kk_case c = KK_NOM;
	bool ordinal;
	int64_t v;

	if (name == NULL)
		name = "nom";
	ordinal = strcmp(name, "ord") == 0;
	if (*number == '\0' || (!ordinal && !kk_case_parse(name, &c)))
		return;
	if (!ordinal && (percent_line(a, number, c, out) || decimal_line(a, number, c, out)))
		return;
	if (!read_number(a, number, &v)) {
		buf_printf(out, "%s\t", number);
		return;
	}
	if (ordinal)
		buf_printf(out, "%s%s\t%s", number, strrchr(kk_ordinal(a, v), '-'),
		    kk_ordinal_words(a, v));
	else
		buf_printf(out, "%s\t%s", kk_word(a, number, c, false), kk_words(a, v, c));
}

void
lang_case_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	char *rest = arena_strn(a, line, n), *word = cell(&rest), *name = cell(&rest),
	     *flag = cell(&rest);
	enum kk_case c;

	if (name == NULL || !kk_case_parse(name, &c)) {
		buf_str(out, word);
		return;
	}
	buf_str(out, kk_word(a, word, c, flag != NULL && strcmp(flag, "p3") == 0));
}

/* ---- sort ---- */

struct sort_line {
	char *key, *text;
	size_t n, at;
};

static int
compare_lines(const void *x, const void *y)
{
	const struct sort_line *a = x, *b = y;
	int c = strcmp(a->key, b->key);

	return c != 0 ? c : a->at < b->at ? -1 : a->at > b->at;
}

static void
add_line(struct sort_line *l, struct arena *a, const char *line, size_t n, size_t at)
{
	struct arena_mark mark = arena_mark(a);

	l->key = strdup(order_key(a, arena_strn(a, line, n)));
	l->text = malloc(n + 1);
	if (l->key == NULL || l->text == NULL)
		die("out of memory");
	memcpy(l->text, line, n);
	l->n = n;
	l->at = at;
	arena_rewind(a, mark);
}

/* All lines are held, so not in an arena with its cap. Lines with one key keep their order. */
int
lang_sort(int argc, char **argv)
{
	struct sort_line *lines = NULL;
	size_t n = 0, room = 0, cap = 0, i;
	char *line = NULL;
	struct arena a;
	ssize_t len;

	(void)argc;
	(void)argv;
	arena_init(&a);
	while ((len = getline(&line, &cap, stdin)) >= 0) {
		if (n == room) {
			room = room * 2 + 1024;
			lines = realloc(lines, room * sizeof *lines);
			if (lines == NULL)
				die("out of memory");
		}
		if (len > 0 && line[len - 1] == '\n')
			len--;
		add_line(&lines[n], &a, line, (size_t)len, n);
		n++;
	}
	if (n > 0)
		qsort(lines, n, sizeof *lines, compare_lines);
	for (i = 0; i < n; i++) {
		fwrite(lines[i].text, 1, lines[i].n, stdout);
		putchar('\n');
		free(lines[i].key);
		free(lines[i].text);
	}
	free(lines);
	free(line);
	arena_done(&a);
	return fflush(stdout) == 0 ? 0 : 3;
}
