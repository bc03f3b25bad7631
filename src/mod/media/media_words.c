/* media_words.c – what an item of a feed is held against: names of the assembly, of bodies and programmes in their three
 * languages, the words of the office and of the outlet. Compared are the keys of words (lang/key.h), so that script and
 * ending do not matter. RULE media-8 */
#include "core/setting.h"
#include "lang/key.h"
#include "mod/media/media_feed.h"

enum { PHRASES = 1200, WORDS_MAX = 8 };

/* What the office looks for unless the settings say otherwise; not for translation. */
static const char usual[] = "Қазақстан халқы Ассамблеясы\nАссамблея народа Казахстана\nAssembly of "
			    "People of Kazakhstan\nДостық үйі\nДом дружбы\nэтномәдени бірлестік\n"
			    "этнокультурное объединение";

/* " stem stem stem ", and how many. */
static const char *
stems(struct arena *a, const char *text, size_t n, size_t *words)
{
	struct key_token *t;
	struct buf b;
	size_t i;

	*words = key_tokens(a, text, n, &t);
	buf_init(&b, a, 0);
	buf_char(&b, ' ');
	for (i = 0; i < *words; i++) {
		buf_str(&b, t[i].stem);
		buf_char(&b, ' ');
	}
	return b.p;
}

static void
add(struct ctx *cx, struct media_words *w, const char *text, size_t n, size_t least)
{
	const char *key;
	size_t words;

	if (w->n == PHRASES || n == 0 || n > 400)
		return;
	key = stems(cx->arena, text, n, &words);
	if (words < least || words > WORDS_MAX || strlen(key) < 5)
		return;
	w->stem[w->n] = key;
	w->said[w->n++] = arena_strn(cx->arena, text, n);
}

/* A name of which a part stands in «…» is called by that part; one word alone says too little. */
static void
add_name(struct ctx *cx, struct media_words *w, const char *name)
{
	const char *open = name == NULL ? NULL : strstr(name, "«"),
		   *shut = open == NULL ? NULL : strstr(open, "»");

	if (name == NULL)
		return;
	if (shut != NULL)
		add(cx, w, open + strlen("«"), (size_t)(shut - open) - strlen("«"), 2);
	else
		add(cx, w, name, strlen(name), 2);
}

static void
add_lines(struct ctx *cx, struct media_words *w, const char *lines)
{
	size_t n;

	for (; lines != NULL && *lines != '\0'; lines += n + (lines[n] != '\0')) {
		n = strcspn(lines, "\n\r,;");
		add(cx, w, lines, n, 1);
	}
}

int
media_words(struct ctx *cx, const char *own, struct media_words *out)
{
	AUTO_ROWS r = { 0 };
	const char *set;
	struct institution i;

	*out = (struct media_words){ .stem = arena_array(cx->arena, const char *, PHRASES),
		.said = arena_array(cx->arena, const char *, PHRASES) };
	TRY(setting_get(cx, "feed_keywords", &set));
	add_lines(cx, out, *set == '\0' ? usual : set);
	add_lines(cx, out, own);
	TRY(setting_institution(cx, &i));
	add_name(cx, out, i.name.kk);
	add_name(cx, out, i.name.ru);
	add_name(cx, out, i.name.en);
	TRY(db_rows(cx, &r,
	    "SELECT name_kk, name_ru, name_en FROM programme UNION ALL SELECT name_kk, name_ru, "
	    "name_en FROM body LIMIT 400",
	    NO_VALS));
	while (rows_next(&r)) {
		int c;

		for (c = 0; c < 3; c++)
			add_name(cx, out, row_text(&r, c));
	}
	return rows_end(&r);
}

const char *
media_match(struct arena *a, const struct media_words *w, const char *text)
{
	size_t words, i;
	const char *key = stems(a, text, strlen(text), &words);

	for (i = 0; i < w->n; i++)
		if (strstr(key, w->stem[i]) != NULL)
			return w->said[i];
	return NULL;
}
