/* lexicon.c – see lexicon.h. Two sets of hashes, one of words in Kazakh letters and one of their
 * skeletons; see lexicon_inner.h. */
#include "lang/lexicon.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uchar.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "lang/letters.h"
#include "lang/lexicon_cache.h"
#include "lang/lexicon_inner.h"
#include "lang/skeleton.h"
#include "lang/sounds.h"

/* Pronouns whose forms no suffix explains. */
static const struct {
	const char *stem, *forms;
} irregular[] = {
	{ "мен", "маған мені менің менде менен менімен мендегі менікі" },
	{ "сен", "саған сені сенің сенде сенен сенімен сендегі сенікі" },
	{ "ол", "оның оған оны онда одан онымен ондағы онікі" },
	{ "бұл", "бұның мұның бұған мұны бұны мұнда бұнда бұдан мұнан бұнымен мұнымен мұндағы" },
	{ "сол", "соның соған соны сонда содан сонан сонымен сондағы" },
	{ "осы", "осының осыған осыны осында осыдан осымен осындағы" },
	{ "біз", "біздің бізге бізді бізде бізден бізбен біздегі біздікі" },
	{ "сіз", "сіздің сізге сізді сізде сізден сізбен сіздегі сіздікі" },
	{ "не", "ненің неге нені неде неден немен" },
	{ "кім", "кімнің кімге кімді кімде кімнен кіммен кімнің" },
};
enum { NIRREGULAR = 128 };

static struct {
	struct lex_irregular {
		uint64_t hash;
		uint8_t stem[4], n;
	} odd[2][NIRREGULAR];
	size_t nodd;
	struct lex_set {
		uint64_t *slots; /* hash with the flags in its lowest byte; 0 = free */
		size_t mask, used;
	} of[2];
	bool hunspell;
	void *kept; /* the block of a kept lexicon, in which the slots lie */
} lexicon;

/* While loading: every word once, a byte of length before its letters. */
struct pool {
	uint8_t *p;
	size_t n, cap;
};

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

/* Loading beside everything else: who asks meanwhile waits, but for the loader itself. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t there;
	_Atomic bool loading;
	struct lexicon_sources from;
	void (*warn)(const char *warning);
} lexicon_aside = { .lock = PTHREAD_MUTEX_INITIALIZER, .there = PTHREAD_COND_INITIALIZER };
static _Thread_local bool lexicon_loader;

void
lexicon_wait(void)
{
	if (!lexicon_aside.loading || lexicon_loader)
		return;
	pthread_mutex_lock(&lexicon_aside.lock);
	while (lexicon_aside.loading)
		pthread_cond_wait(&lexicon_aside.there, &lexicon_aside.lock);
	pthread_mutex_unlock(&lexicon_aside.lock);
}

unsigned
lex_find(enum kk_space space, uint64_t hash)
{
	const struct lex_set *s = &lexicon.of[space];

	lexicon_wait();
	return s->slots == NULL ? 0 : (unsigned)(*place(s, hash) & FLAG_MASK);
}

/* Room for one more, at most half full. */
static bool
room(struct lex_set *s)
{
	struct lex_set more = { .mask = s->slots == NULL ? 0x3FF : s->mask * 4 + 3,
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

/* Returns whether the word is new. */
static bool
put(enum kk_space space, const uint8_t *w, size_t n, unsigned flags)
{
	struct lex_set *s = &lexicon.of[space];
	uint64_t h = hash_of(w, n), *at;
	bool fresh;

	if (n == 0 || !room(s))
		return false;
	at = place(s, h);
	fresh = *at == 0;
	if (fresh) {
		*at = h & ~FLAG_MASK;
		s->used++;
	}
	*at |= flags;
	return fresh;
}

static void
add(struct pool *pool, const uint8_t *w, size_t n, unsigned flags)
{
	if (!put(KK_CYRILLIC, w, n, flags))
		return;
	if (pool->n + n + 1 > pool->cap) {
		size_t cap = pool->cap == 0 ? 4096 : pool->cap * 2;
		uint8_t *more = realloc(pool->p, cap);

		if (more == NULL)
			die("lexicon.c: out of memory");
		pool->p = more;
		pool->cap = cap;
	}
	pool->p[pool->n++] = (uint8_t)n;
	memcpy(pool->p + pool->n, w, n);
	pool->n += n;
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
put_infinitive(struct pool *pool, uint8_t *w, size_t n)
{
	uint8_t stem[AFFIX_MAX + 1], last;

	/* Our list knows better which words in -у are nouns: отау, қару. */
	if ((*slot_of(KK_CYRILLIC, w, n) & LEX_COMMON) != 0)
		return;
	add(pool, w, n, LEX_INFINITIVE);
	memcpy(stem, w, n);
	if (w[n - 1] == C_YU) {
		stem[n - 1] = C_SHORT_I;
		if (n > 1 && stem[n - 2] == C_I)
			n--; /* кию: ки */
		add(pool, stem, n, LEX_VERB);
		if (n > 3) { /* баю: байы */
			stem[n] = kk_harmony(stem, n) == 'f' ? C_II : C_Y;
			add(pool, stem, n + 1, LEX_VERB_I);
		}
		return;
	}
	n--;
	last = n > 0 ? stem[n - 1] : 0;
	if (hardened(KK_CYRILLIC, last) != 0) {
		stem[n - 1] = hardened(KK_CYRILLIC, last);
		add(pool, stem, n, LEX_VERB);
		stem[n - 1] = last;
	} else if (n < 2 || kk_is_vowel(last) || kk_is_vowel(stem[n - 2]) ||
		   may_end_verb(stem[n - 2], last))
		add(pool, stem, n, LEX_VERB);
	if (n > 0 && !kk_is_vowel(last)) {
		stem[n] = kk_harmony(stem, n) == 'f' ? C_II : C_Y;
		add(pool, stem, n + 1, LEX_VERB_I);
	}
}

/* көмег: the stem as some endings show it, listed beside көмек. */
static bool
softened(const uint8_t *w, size_t n)
{
	uint8_t hard[AFFIX_MAX];

	if (n < 2 || w[n - 1] != C_G)
		return w[n - 1] == C_GH;
	memcpy(hard, w, n);
	hard[n - 1] = C_K;
	return (*slot_of(KK_CYRILLIC, hard, n) & LEX_WORD) != 0;
}

size_t
lex_irregular(enum kk_space space, uint64_t hash, const uint8_t **stem)
{
	size_t i;

	for (i = 0; i < lexicon.nodd; i++)
		if (lexicon.odd[space][i].hash == hash) {
			*stem = lexicon.odd[space][i].stem;
			return lexicon.odd[space][i].n;
		}
	return 0;
}

static void
put_irregular(struct pool *pool, const uint8_t *form, size_t n, const uint8_t *stem, size_t nstem)
{
	uint8_t skel[SKELETON_MAX + 4];
	struct lex_irregular *a, *b;
	size_t m;

	if (lexicon.nodd == NIRREGULAR || nstem > sizeof a->stem)
		die("lexicon.c: too many pronouns");
	add(pool, form, n, LEX_WORD | LEX_CORE | LEX_COMMON | LEX_IRREGULAR);
	a = &lexicon.odd[KK_CYRILLIC][lexicon.nodd];
	b = &lexicon.odd[KK_SKELETON][lexicon.nodd++];
	a->hash = hash_of(form, n);
	a->n = (uint8_t)nstem;
	memcpy(a->stem, stem, nstem);
	m = skeleton_of(form, n, skel);
	b->hash = hash_of(skel, m);
	b->n = (uint8_t)skeleton_of(stem, nstem, skel);
	memcpy(b->stem, skel, b->n);
}

static void
load_irregular(struct pool *pool)
{
	uint8_t stem[AFFIX_MAX], form[AFFIX_MAX];
	size_t i, n;

	for (i = 0; i < sizeof irregular / sizeof irregular[0]; i++) {
		const char *p = irregular[i].forms, *end;

		n = codes_of(irregular[i].stem, strlen(irregular[i].stem), stem);
		for (; *p != '\0'; p = *end == ' ' ? end + 1 : end) {
			end = p + strcspn(p, " ");
			put_irregular(pool, form, codes_of(p, (size_t)(end - p), form), stem, n);
		}
	}
}

typedef void line_fn(struct pool *pool, const char *line, size_t n);

static void
each_line(struct pool *pool, const char *p, const char *end, line_fn *fn)
{
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl == NULL ? end : nl;

		fn(pool, p, (size_t)(stop - p) - (stop > p && stop[-1] == '\r'));
		p = nl == NULL ? end : nl + 1;
	}
}

/* One line of kk_KZ.dic: word, or word/FLAGS. Words in -у are verbs: flags with M, or none. */
static void
hunspell_line(struct pool *pool, const char *line, size_t n)
{
	const char *slash = memchr(line, '/', n), *flags = slash == NULL ? line + n : slash;
	uint8_t w[AFFIX_MAX];
	size_t len = codes_of(line, (size_t)(flags - line), w);
	bool verb = slash == NULL || memchr(flags, 'M', (size_t)(line + n - flags)) != NULL;

	if (len < 2)
		return;
	if (verb && (w[len - 1] == C_U || w[len - 1] == C_YU))
		put_infinitive(pool, w, len);
	else
		add(pool, w, len, LEX_WORD);
}

/* word,kind – see data/README.md. A verb is given by its stem: оқы, бар. */
static void
own_line(struct pool *pool, const char *line, size_t n)
{
	const char *comma = memchr(line, ',', n), *kind;
	uint8_t w[AFFIX_MAX];
	size_t len, nkind;

	if (comma == NULL)
		return;
	kind = comma + 1;
	nkind = (size_t)(line + n - kind);
	len = codes_of(line, (size_t)(comma - line), w);
	if (len == 0)
		return;
	if (memmem(kind, nkind, "verb", 4) != NULL)
		add(pool, w, len, LEX_VERB | LEX_COMMON_VERB);
	if (nkind != 4 || memcmp(kind, "verb", 4) != 0)
		add(pool, w, len, LEX_WORD | LEX_CORE | LEX_COMMON);
}

/* The smallest that is at most half full: less to keep, to read and to reach over. */
static void
tighten(struct lex_set *s)
{
	struct lex_set less = { .mask = 0x3FF, .used = s->used };
	size_t i;

	while (less.mask <= s->used * 2)
		less.mask = less.mask * 2 + 1;
	if (less.mask >= s->mask ||
	    (less.slots = calloc(less.mask + 1, sizeof *less.slots)) == NULL)
		return;
	for (i = 0; i <= s->mask; i++)
		if (s->slots[i] != 0)
			*place(&less, s->slots[i]) = s->slots[i];
	free(s->slots);
	*s = less;
}

/* When all words are in: which are forms of others; then the same set in the skeleton. */
static void
settle(const struct pool *pool)
{
	uint8_t skel[SKELETON_MAX + 4];
	size_t i, n;

	for (i = 0; i < pool->n; i += n) {
		const uint8_t *w = pool->p + i + 1;
		uint64_t *at;

		n = (size_t)pool->p[i] + 1;
		at = slot_of(KK_CYRILLIC, w, n - 1);
		if ((*at & LEX_WORD) != 0 && !affix_inflected(w, n - 1) && !softened(w, n - 1))
			*at |= LEX_CORE;
		/* A passive is only the second choice: жасалды is of жасау. */
		if ((*at & (LEX_VERB | LEX_COMMON_VERB)) == LEX_VERB && affix_passive(w, n - 1))
			*at ^= LEX_VERB | LEX_VERB_I;
	}
	for (i = 0; i < pool->n; i += n) {
		const uint8_t *w = pool->p + i + 1;

		n = (size_t)pool->p[i] + 1;
		put(KK_SKELETON, skel, skeleton_of(w, n - 1, skel),
		    (unsigned)(*slot_of(KK_CYRILLIC, w, n - 1) & FLAG_MASK));
	}
	tighten(&lexicon.of[KK_CYRILLIC]);
	tighten(&lexicon.of[KK_SKELETON]);
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

/* Which dictionary is read; NULL = none. */
static const char *
hunspell_path(const char *path)
{
	static const char *const usual[] = {
		"/usr/share/hunspell/kk_KZ.dic",
		"/usr/share/myspell/dicts/kk_KZ.dic",
		"/usr/local/share/hunspell/kk_KZ.dic",
	};
	size_t i;

	if (path != NULL)
		return *path == '\0' ? NULL : path;
	for (i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (access(usual[i], R_OK) == 0)
			return usual[i];
	return NULL;
}

/* ---- kept from the last time ---- */

enum { KEPT_ODD, KEPT_WORDS, KEPT_SKELETONS, KEPT_PIECES };

/* As settle() leaves one: at most half full, so that each search ends. */
static bool
is_set(const struct lex_piece *piece)
{
	const uint64_t *slot = piece->p;
	size_t slots = piece->n / sizeof *slot, used = 0, i;

	for (i = 0; i < slots; i++)
		used += slot[i] != 0;
	return slots >= 0x400 && (slots & (slots - 1)) == 0 && used * 2 <= slots;
}

static bool
is_odd(const struct lex_piece *piece)
{
	const struct lex_irregular *odd = piece->p;
	size_t i;

	if (piece->n != sizeof lexicon.odd)
		return false;
	for (i = 0; i < 2 * NIRREGULAR; i++)
		if (odd[i].n > sizeof odd[i].stem)
			return false;
	return true;
}

static bool
take_kept(const char *path, const uint64_t key[LEX_KEY])
{
	struct lex_piece piece[KEPT_PIECES];
	void *kept = lexicon_cache_read(path, key, piece, KEPT_PIECES);
	int space;

	if (kept == NULL)
		return false;
	if (!is_odd(&piece[KEPT_ODD]) || !is_set(&piece[KEPT_WORDS]) ||
	    !is_set(&piece[KEPT_SKELETONS])) {
		free(kept);
		return false;
	}
	memcpy(lexicon.odd, piece[KEPT_ODD].p, sizeof lexicon.odd);
	while (lexicon.nodd < NIRREGULAR && lexicon.odd[0][lexicon.nodd].hash != 0)
		lexicon.nodd++;
	for (space = 0; space < 2; space++)
		lexicon.of[space] = (struct lex_set){ .slots = piece[KEPT_WORDS + space].p,
			.mask = piece[KEPT_WORDS + space].n / sizeof(uint64_t) - 1 };
	lexicon.kept = kept;
	lexicon.hunspell = true;
	return true;
}

/* key: as it was before the dictionary was read; one that was replaced meanwhile is not kept under it. */
static void
keep(const struct lexicon_sources *s, const char *dictionary, const uint64_t key[LEX_KEY])
{
	uint64_t after[LEX_KEY];
	const struct lex_piece piece[KEPT_PIECES] = {
		[KEPT_ODD] = { lexicon.odd, sizeof lexicon.odd },
		[KEPT_WORDS] = { lexicon.of[0].slots, (lexicon.of[0].mask + 1) * sizeof(uint64_t) },
		[KEPT_SKELETONS] = { lexicon.of[1].slots,
		    (lexicon.of[1].mask + 1) * sizeof(uint64_t) },
	};

	if (lexicon_key(dictionary, s->own_words, after) && memcmp(after, key, sizeof after) == 0)
		lexicon_cache_write(s->cache, key, piece, KEPT_PIECES);
}

static void
make(const char *own_words, const char *dic, size_t n)
{
	struct pool pool = { NULL, 0, 0 };

	load_irregular(&pool);
	if (own_words != NULL)
		each_line(&pool, own_words, own_words + strlen(own_words), own_line);
	if (dic != NULL) {
		each_line(&pool, dic, dic + n, hunspell_line);
		lexicon.hunspell = true;
	}
	settle(&pool);
	free(pool.p);
}

void
lexicon_load(const struct lexicon_sources *s, const char **warning)
{
	const char *path = hunspell_path(s->hunspell);
	uint64_t key[LEX_KEY];
	bool keeps = s->cache != NULL && path != NULL && lexicon_key(path, s->own_words, key);
	char *dic;
	size_t n = 0;

	lexicon_free();
	if (!keeps || !take_kept(s->cache, key)) {
		dic = path == NULL ? NULL : slurp(path, &n);
		make(s->own_words, dic, n);
		free(dic);
		if (keeps && lexicon.hunspell)
			keep(s, path, key);
	}
	if (warning != NULL)
		*warning = lexicon.hunspell ? NULL
					    : "no Kazakh dictionary (hunspell-kk): words are cut "
					      "by rules and our own list alone";
}

void
lexicon_free(void)
{
	if (lexicon.kept == NULL) {
		free(lexicon.of[0].slots);
		free(lexicon.of[1].slots);
	}
	free(lexicon.kept);
	memset(&lexicon, 0, sizeof lexicon);
}

static void *
load_aside(void *unused)
{
	const char *warning;

	lexicon_loader = true;
	lexicon_load(&lexicon_aside.from, &warning);
	if (warning != NULL && lexicon_aside.warn != NULL)
		lexicon_aside.warn(warning);
	pthread_mutex_lock(&lexicon_aside.lock);
	lexicon_aside.loading = false;
	pthread_cond_broadcast(&lexicon_aside.there);
	pthread_mutex_unlock(&lexicon_aside.lock);
	return unused;
}

void
lexicon_load_aside(const struct lexicon_sources *s, void (*warn)(const char *warning))
{
	pthread_attr_t attr;
	pthread_t thread;

	lexicon_aside.from = *s;
	lexicon_aside.warn = warn;
	lexicon_aside.loading = true;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attr, load_aside, NULL) != 0) {
		load_aside(NULL);
		lexicon_loader = false;
	}
	pthread_attr_destroy(&attr);
}

bool
lexicon_has_hunspell(void)
{
	lexicon_wait();
	return lexicon.hunspell;
}

enum { COST_OF_A_WORD = 60 };

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
	if ((lex_find(KK_CYRILLIC, h) & (LEX_WORD | LEX_VERB | LEX_INFINITIVE)) != 0)
		return WORD_LISTED;
	affix_cut(KK_CYRILLIC, w, len, &c);
	/* Dearer readings explain misspellings more often than words. */
	return c.listed && c.cost <= COST_OF_A_WORD ? WORD_DERIVED : WORD_UNKNOWN;
}
