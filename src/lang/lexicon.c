/* lexicon.c – see lexicon.h. Two sets of hashes, one of words in Kazakh letters and one of their
 * skeletons; see lexicon_inner.h. */
#include "lang/lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "lang/letters.h"
#include "lang/lexicon_inner.h"
#include "lang/skeleton.h"

static struct {
	struct lex_set {
		uint64_t *slots; /* hash with the flags in its lowest byte; 0 = free */
		size_t mask, used;
	} of[2];
	bool hunspell;
} lexicon;

#define FLAG_MASK UINT64_C(0xFF)

static uint64_t *
place(const struct lex_set *s, uint64_t hash)
{
	uint64_t key = hash & ~FLAG_MASK;
	size_t i = (size_t)(hash >> 32) * 0x9E3779B1U >> 7 & s->mask;

	while (s->slots[i] != 0 && (s->slots[i] & ~FLAG_MASK) != key)
		i = (i + 1) & s->mask;
	return &s->slots[i];
}

unsigned
lex_find(enum kk_space space, uint64_t hash)
{
	const struct lex_set *s = &lexicon.of[space];

	return s->slots == NULL ? 0 : (unsigned)(*place(s, hash) & FLAG_MASK);
}

static bool
room(struct lex_set *s)
{
	struct lex_set more = { .mask = s->slots == NULL ? 0x3FFFF : s->mask * 2 + 1,
		.used = s->used };
	size_t i;

	if (s->slots != NULL && s->used * 2 < s->mask)
		return true;
	more.slots = calloc(more.mask + 1, sizeof *more.slots);
	if (more.slots == NULL)
		return s->slots != NULL && s->used + 1 < s->mask;
	for (i = 0; s->slots != NULL && i <= s->mask; i++)
		if (s->slots[i] != 0)
			*place(&more, s->slots[i]) = s->slots[i];
	free(s->slots);
	*s = more;
	return true;
}

static void
put(enum kk_space space, const uint8_t *w, size_t n, unsigned flags)
{
	struct lex_set *s = &lexicon.of[space];
	uint64_t h = LEX_SEED, *at;
	size_t i;

	if (n == 0 || !room(s))
		return;
	for (i = 0; i < n; i++)
		h = lex_step(h, w[i]);
	at = place(s, h);
	if (*at == 0) {
		*at = h & ~FLAG_MASK;
		s->used++;
	}
	*at |= flags;
}

/* A word as codes; 0 if it is too long or no Kazakh Cyrillic. */
static size_t
codes_of(const char *p, size_t n, uint8_t out[AFFIX_MAX])
{
	const char *end = p + n;
	size_t len = 0;
	bool upper;

	while (p < end) {
		int32_t cp = letter_next(&p, end, &upper);

		if (cp == 0)
			continue;
		if (len == AFFIX_MAX || (out[len] = kk_code(cp)) == 0)
			return 0;
		len++;
	}
	return len;
}

static size_t
skeleton_of(const uint8_t *codes, size_t n, uint8_t *out)
{
	struct letter w[AFFIX_MAX + 1];
	size_t i, m;

	for (i = 0; i < n; i++)
		w[i] = (struct letter){ kk_letter(codes[i]), false };
	m = skeleton(w, n, (char *)out);
	for (i = 0; i < m; i++)
		if (out[i] == 'w')
			out[i] = 's';
	return m;
}

static void
put_both(const uint8_t *w, size_t n, unsigned flags)
{
	uint8_t skel[SKELETON_MAX + 4];

	put(KK_CYRILLIC, w, n, flags);
	put(KK_SKELETON, skel, skeleton_of(w, n, skel), flags);
}

enum { CODE_U = 20, CODE_YU = 31, CODE_SHORT_I = 10, CODE_Y = 28, CODE_I = 42 };

/* The stem of a verb given by its infinitive in -у, -ю. */
static void
put_infinitive(uint8_t *w, size_t n)
{
	uint8_t stem[AFFIX_MAX + 1];

	put_both(w, n, LEX_WORD);
	memcpy(stem, w, n - 1);
	if (w[n - 1] == CODE_YU) {
		stem[n - 1] = CODE_SHORT_I;
		put_both(stem, n, LEX_VERB);
		return;
	}
	put_both(stem, n - 1, LEX_VERB);
	if (n > 1 && !kk_is_vowel(stem[n - 2])) {
		stem[n - 1] = kk_harmony(stem, n - 1) == 'f' ? CODE_I : CODE_Y;
		put_both(stem, n, LEX_VERB_I);
	}
}

enum pass { PASS_WORDS, PASS_CORE };

/* One line of kk_KZ.dic: word, or word/FLAGS. M… are the flags of verbs, A… and B… those of nouns. */
static void
hunspell_line(const char *line, size_t n, enum pass pass)
{
	const char *slash = memchr(line, '/', n), *flags = slash == NULL ? line + n : slash;
	uint8_t w[AFFIX_MAX];
	size_t len = codes_of(line, (size_t)(flags - line), w);
	bool verb = memchr(flags, 'M', (size_t)(line + n - flags)) != NULL;

	if (len < 2)
		return;
	verb = verb && (w[len - 1] == CODE_U || w[len - 1] == CODE_YU);
	if (pass == PASS_CORE) {
		if (!affix_inflected(w, len))
			put_both(w, len, LEX_CORE);
	} else if (verb)
		put_infinitive(w, len);
	else
		put_both(w, len, LEX_WORD | (slash != NULL ? LEX_NOUN : 0));
}

static void
each_line(
    const char *p, const char *end, enum pass pass, void (*fn)(const char *, size_t, enum pass))
{
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl == NULL ? end : nl;

		fn(p, (size_t)(stop - p) - (stop > p && stop[-1] == '\r'), pass);
		p = nl == NULL ? end : nl + 1;
	}
}

/* word,kind – see data/README.md. The first row is the header. */
static void
own_line(const char *line, size_t n, enum pass pass)
{
	const char *comma = memchr(line, ',', n), *kind;
	uint8_t w[AFFIX_MAX];
	size_t len;

	if (comma == NULL)
		return;
	kind = comma + 1;
	len = codes_of(line, (size_t)(comma - line), w);
	if (len == 0 || pass == PASS_CORE)
		return;
	if ((size_t)(line + n - kind) == 4 && memcmp(kind, "verb", 4) == 0)
		put_both(w, len, LEX_VERB);
	else
		put_both(w, len, LEX_WORD | LEX_CORE | LEX_NOUN);
}

/* The whole file; NULL if it cannot be read or is larger than any dictionary. */
static char *
slurp(const char *path, size_t *n)
{
	enum { LARGEST = 32 << 20 };
	FILE *f = fopen(path, "rbe");
	struct stat st;
	char *p = NULL;

	if (f == NULL)
		return NULL;
	if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    st.st_size <= LARGEST && (p = malloc((size_t)st.st_size)) != NULL)
		*n = fread(p, 1, (size_t)st.st_size, f);
	fclose(f);
	return p;
}

static char *
read_hunspell(const char *path, size_t *n)
{
	static const char *const usual[] = {
		"/usr/share/hunspell/kk_KZ.dic",
		"/usr/share/myspell/dicts/kk_KZ.dic",
		"/usr/local/share/hunspell/kk_KZ.dic",
	};
	char *p = NULL;
	size_t i;

	if (path != NULL)
		return *path == '\0' ? NULL : slurp(path, n);
	for (i = 0; p == NULL && i < sizeof usual / sizeof usual[0]; i++)
		p = slurp(usual[i], n);
	return p;
}

void
lexicon_load(const struct lexicon_sources *s, const char **warning)
{
	size_t n = 0;
	char *dic = read_hunspell(s->hunspell, &n);

	lexicon_free();
	if (s->own_words != NULL)
		each_line(s->own_words, s->own_words + strlen(s->own_words), PASS_WORDS, own_line);
	if (dic != NULL) {
		each_line(dic, dic + n, PASS_WORDS, hunspell_line);
		each_line(dic, dic + n, PASS_CORE, hunspell_line);
		lexicon.hunspell = true;
	}
	free(dic);
	if (warning != NULL)
		*warning = lexicon.hunspell ? NULL
					    : "no Kazakh dictionary (hunspell-kk): words are cut "
					      "by rules and our own list alone";
}

void
lexicon_free(void)
{
	free(lexicon.of[0].slots);
	free(lexicon.of[1].slots);
	memset(&lexicon, 0, sizeof lexicon);
}

bool
lexicon_has_hunspell(void)
{
	return lexicon.hunspell;
}

enum known
lexicon_word(const char *word, size_t n)
{
	uint8_t w[AFFIX_MAX];
	struct cut c;
	size_t len = codes_of(word, n, w), i;
	uint64_t h = LEX_SEED;

	if (len == 0)
		return WORD_UNKNOWN;
	for (i = 0; i < len; i++)
		h = lex_step(h, w[i]);
	if ((lex_find(KK_CYRILLIC, h) & (LEX_WORD | LEX_VERB)) != 0)
		return WORD_LISTED;
	affix_cut(KK_CYRILLIC, w, len, &c);
	return c.known && c.n >= 2 ? WORD_DERIVED : WORD_UNKNOWN;
}
