/* lexicon.c – see lexicon.h. Two sets of hashes, one of words in Kazakh letters and one of their
 * skeletons; see lexicon_inner.h. */
#include "lang/lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uchar.h>

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

static uint64_t
hash_of(const uint8_t *w, size_t n)
{
	uint64_t h = LEX_SEED;
	size_t i;

	for (i = 0; i < n; i++)
		h = lex_step(h, w[i]);
	return h;
}

static void
put(enum kk_space space, const uint8_t *w, size_t n, unsigned flags)
{
	struct lex_set *s = &lexicon.of[space];
	uint64_t h = hash_of(w, n), *at;

	if (n == 0 || !room(s))
		return;
	at = place(s, h);
	if (*at == 0) {
		*at = h & ~FLAG_MASK;
		s->used++;
	}
	*at |= flags;
}

static uint64_t *
slot_of(enum kk_space space, const uint8_t *w, size_t n)
{
	return place(&lexicon.of[space], hash_of(w, n));
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

/* Codes of affix.h. */
enum {
	CODE_B = 2,
	CODE_G = 4,
	CODE_SHORT_I = 10,
	CODE_K = 11,
	CODE_P = 16,
	CODE_U = 20,
	CODE_Y = 28,
	CODE_YU = 31,
	CODE_GH = 35,
	CODE_Q = 36,
	CODE_I = 42,
	CODE_II = 9 /* и */
};

/* Whether a verb's stem may end in these two consonants: айт, тарт, балқ; not аңд (аңды). */
static bool
may_end_verb(uint8_t before, uint8_t last)
{
	static const char32_t first[] = U"йрлнң", second[] = U"тқкпс";
	const char32_t *a = first, *b = second;

	while (*a != 0 && (int32_t)*a != kk_letter(before))
		a++;
	while (*b != 0 && (int32_t)*b != kk_letter(last))
		b++;
	return *a != 0 && *b != 0;
}

/* The stem of a verb given by its infinitive in -у, -ю: the infinitive may have swallowed ы or і
 * (оқу: оқы), softened a consonant (жығу: жық), or joined й and у (сүю: сүй). */
static void
put_infinitive(uint8_t *w, size_t n, unsigned more)
{
	uint8_t stem[AFFIX_MAX + 1], last;

	put_both(w, n, LEX_WORD | more);
	memcpy(stem, w, n);
	if (w[n - 1] == CODE_YU) {
		stem[n - 1] = CODE_SHORT_I;
		if (n > 1 && stem[n - 2] == CODE_II)
			n--; /* кию: ки */
		put_both(stem, n, LEX_VERB | more);
		if (n > 3) { /* баю: байы */
			stem[n] = kk_harmony(stem, n) == 'f' ? CODE_I : CODE_Y;
			put_both(stem, n + 1, LEX_VERB_I);
		}
		return;
	}
	n--;
	last = n > 0 ? stem[n - 1] : 0;
	if (last == CODE_B || last == CODE_G || last == CODE_GH) {
		stem[n - 1] = last == CODE_B ? CODE_P : last == CODE_G ? CODE_K : CODE_Q;
		put_both(stem, n, LEX_VERB | more);
		stem[n - 1] = last;
	} else if (n < 2 || kk_is_vowel(last) || kk_is_vowel(stem[n - 2]) ||
		   may_end_verb(stem[n - 2], last))
		put_both(stem, n, LEX_VERB | more);
	if (n > 0 && !kk_is_vowel(last)) {
		stem[n] = kk_harmony(stem, n) == 'f' ? CODE_I : CODE_Y;
		put_both(stem, n + 1, LEX_VERB_I);
	}
}

/* A passive is only the second choice: жасалды is of жасау. */
static void
demote(const uint8_t *w, size_t n)
{
	uint8_t skel[SKELETON_MAX + 4];
	uint64_t *at[2] = { slot_of(KK_CYRILLIC, w, n),
		slot_of(KK_SKELETON, skel, skeleton_of(w, n, skel)) };
	size_t i;

	for (i = 0; i < 2; i++)
		if ((*at[i] & (LEX_VERB | LEX_COMMON)) == LEX_VERB)
			*at[i] ^= LEX_VERB | LEX_VERB_I;
}

/* көмег: the stem as some endings show it, listed beside көмек. */
static bool
softened(const uint8_t *w, size_t n)
{
	uint8_t hard[AFFIX_MAX];

	if (n < 2 || w[n - 1] != CODE_G)
		return w[n - 1] == CODE_GH;
	memcpy(hard, w, n);
	hard[n - 1] = CODE_K;
	return (*slot_of(KK_CYRILLIC, hard, n) & LEX_WORD) != 0;
}

enum pass { PASS_WORDS, PASS_CORE };

/* One line of kk_KZ.dic: word, or word/FLAGS. M… are the flags of verbs, A… and B… those of nouns. */
static void
hunspell_line(const char *line, size_t n, enum pass pass)
{
	const char *slash = memchr(line, '/', n), *flags = slash == NULL ? line + n : slash;
	uint8_t w[AFFIX_MAX], last;
	size_t len = codes_of(line, (size_t)(flags - line), w);
	bool verb = memchr(flags, 'M', (size_t)(line + n - flags)) != NULL;

	if (len < 2)
		return;
	last = w[len - 1];
	verb = (verb || slash == NULL) && (last == CODE_U || last == CODE_YU);
	if (pass == PASS_CORE) {
		if (!affix_inflected(w, len) && !softened(w, len))
			put_both(w, len, LEX_CORE);
		if (verb && last == CODE_U && affix_passive(w, len - 1))
			demote(w, len - 1);
	} else if (verb)
		put_infinitive(w, len, 0);
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
	/* A verb is given by its stem: оқы, бар. */
	if (memmem(kind, (size_t)(line + n - kind), "verb", 4) != NULL)
		put_both(w, len, LEX_VERB | LEX_COMMON);
	if ((size_t)(line + n - kind) > 4 || memcmp(kind, "verb", 4) != 0)
		put_both(w, len, LEX_WORD | LEX_CORE | LEX_COMMON);
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
