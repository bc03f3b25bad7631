/* affix.c – see affix.h. Two tries of suffixes read from the end of the word, and the cheapest way
 * through the grammar from right to left by dynamic programming over (letters left, tag). */
#include "lang/affix.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <uchar.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "lang/affix_table.h"
#include "lang/lexicon_inner.h"
#include "lang/skeleton.h"

enum { LETTERS = 44, MAX_NODES = 1200, MAX_ENTRIES = 700, FORM_MAX = 12 };

/* Classes of letters at junctions. у ю и are vowel and glide at once. */
enum { AT_V = 1, AT_N = 2, AT_Z = 4, AT_L = 8, AT_R = 16, AT_T = 32, AT_ANY = 63 };

struct entry {
	uint16_t next; /* further suffixes of the same letters; 0 = none */
	uint16_t after;
	uint32_t left_of;
	int16_t cost;
	uint8_t tag, join;
	char harmony;	 /* 'b', 'f', '*' */
	uint8_t first;	 /* its first letter is a vowel */
	uint8_t special; /* 'p', 'e' or 0 */
};
struct node {
	uint16_t child[LETTERS];
	uint16_t entries;
};
struct grammar {
	struct node nodes[MAX_NODES];
	struct entry entries[MAX_ENTRIES];
	size_t nnodes, nentries;
};
static struct {
	struct grammar of[2];
	pthread_once_t once;
} affix_state = { .once = PTHREAD_ONCE_INIT };

/* Letters by code, from 1; the order is that of Unicode. */
static const char32_t alphabet[] = U" абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі-";

uint8_t
kk_code(int32_t cp)
{
	if (cp >= 0x430 && cp <= 0x44F)
		return (uint8_t)(cp - 0x430 + 1);
	switch (cp) {
	case U'ё':
		return 33;
	case U'ә':
		return 34;
	case U'ғ':
		return 35;
	case U'қ':
		return 36;
	case U'ң':
		return 37;
	case U'ө':
		return 38;
	case U'ұ':
		return 39;
	case U'ү':
		return 40;
	case U'һ':
		return 41;
	case U'і':
		return 42;
	case '-':
		return 43;
	default:
		return 0;
	}
}

int32_t
kk_letter(uint8_t code)
{
	return (int32_t)alphabet[code < LETTERS ? code : 0];
}

#define CODE(c) ((uint8_t)((c) - U'а' + 1)) /* of the 32 letters in their row */
enum {
	C_A = CODE(U'а'),
	C_B = CODE(U'б'),
	C_G = CODE(U'г'),
	C_E = CODE(U'е'),
	C_I = CODE(U'и'),
	C_SHORT_I = CODE(U'й'),
	C_K = CODE(U'к'),
	C_M = CODE(U'м'),
	C_P = CODE(U'п'),
	C_U = CODE(U'у'),
	C_Y = CODE(U'ы'),
	C_YU = CODE(U'ю'),
	C_GH = 35,
	C_Q = 36,
	C_NG = 37,
	C_II = 42
};

/* By code: class at a junction; harmony ('b', 'f', 0). */
static const struct {
	uint8_t at;
	char harmony;
} traits[LETTERS] = {
	[CODE(U'а')] = { AT_V, 'b' },
	[CODE(U'о')] = { AT_V, 'b' },
	[CODE(U'ы')] = { AT_V, 'b' },
	[CODE(U'я')] = { AT_V, 'b' },
	[33] = { AT_V, 'b' },
	[39] = { AT_V, 'b' },
	[CODE(U'е')] = { AT_V, 'f' },
	[CODE(U'э')] = { AT_V, 'f' },
	[34] = { AT_V, 'f' },
	[38] = { AT_V, 'f' },
	[40] = { AT_V, 'f' },
	[42] = { AT_V, 'f' },
	[CODE(U'и')] = { AT_V | AT_R, 0 },
	[CODE(U'у')] = { AT_V | AT_R, 0 },
	[CODE(U'ю')] = { AT_V | AT_R, 0 },
	[CODE(U'м')] = { AT_N, 0 },
	[CODE(U'н')] = { AT_N, 0 },
	[37] = { AT_N, 0 },
	[CODE(U'з')] = { AT_Z, 0 },
	[CODE(U'ж')] = { AT_Z, 0 },
	[CODE(U'л')] = { AT_L, 0 },
	[CODE(U'р')] = { AT_R, 0 },
	[CODE(U'й')] = { AT_R, 0 },
	[CODE(U'б')] = { AT_T, 0 },
	[CODE(U'в')] = { AT_T, 0 },
	[CODE(U'г')] = { AT_T, 0 },
	[CODE(U'д')] = { AT_T, 0 },
	[CODE(U'к')] = { AT_T, 0 },
	[CODE(U'п')] = { AT_T, 0 },
	[CODE(U'с')] = { AT_T, 0 },
	[CODE(U'т')] = { AT_T, 0 },
	[CODE(U'ф')] = { AT_T, 0 },
	[CODE(U'х')] = { AT_T, 0 },
	[CODE(U'ц')] = { AT_T, 0 },
	[CODE(U'ч')] = { AT_T, 0 },
	[CODE(U'ш')] = { AT_T, 0 },
	[CODE(U'щ')] = { AT_T, 0 },
	[CODE(U'ъ')] = { AT_T, 0 },
	[CODE(U'ь')] = { AT_T, 0 },
	[35] = { AT_T, 0 },
	[36] = { AT_T, 0 },
	[41] = { AT_T, 0 },
	[43] = { AT_T, 0 },
};

bool
kk_is_vowel(uint8_t c)
{
	return c < LETTERS && (traits[c].at & AT_V) != 0;
}

char
kk_harmony(const uint8_t *codes, size_t n)
{
	while (n > 0)
		if (traits[codes[--n] % LETTERS].harmony != 0)
			return traits[codes[n] % LETTERS].harmony;
	return 0;
}

static uint8_t
class_at(enum kk_space space, uint8_t c)
{
	if (space == KK_CYRILLIC)
		return traits[c % LETTERS].at;
	switch (c) {
	case 'a':
	case 'e':
	case 'o':
		return AT_V;
	case 'i':
	case 'u':
		return AT_V | AT_R;
	case 'm':
	case 'n':
		return AT_N;
	case 'z':
	case 'j':
		return AT_Z;
	case 'l':
		return AT_L;
	case 'r':
		return AT_R;
	default:
		return AT_T;
	}
}

static char
harmony_at(enum kk_space space, uint8_t c)
{
	if (space == KK_CYRILLIC)
		return traits[c % LETTERS].harmony;
	return c == 'e' ? 'f' : c == 'a' || c == 'o' ? 'b' : 0;
}

/* Where a letter leads from a node of the trie. */
static size_t
slot(enum kk_space space, uint8_t c)
{
	if (space == KK_CYRILLIC)
		return c < LETTERS ? c : 0;
	return c >= 'a' && c <= 'z' ? (size_t)(c - 'a' + 1) : 0;
}

/* ---- the tries ---------------------------------------------------------------------------------- */

static void
add_form(enum kk_space space, const uint8_t *form, size_t n, const struct affix *x, char harmony)
{
	struct grammar *g = &affix_state.of[space];
	size_t at = 0, i;
	struct entry e = { .left_of = affix_left_of[x->tag],
		.cost = x->cost,
		.tag = x->tag,
		.join = x->join,
		.harmony = harmony };
	const char *c;

	for (c = x->after; *c != '\0'; c++)
		switch (*c) {
		case '*':
			e.after |= AT_ANY;
			break;
		case 'v':
			e.after |= AT_V;
			break;
		case 'n':
			e.after |= AT_N;
			break;
		case 'z':
			e.after |= AT_Z;
			break;
		case 's':
			e.after |= AT_L | AT_R;
			break;
		case 'l':
			e.after |= AT_L;
			break;
		case 'r':
			e.after |= AT_R;
			break;
		case 't':
			e.after |= AT_T;
			break;
		default:
			e.after |= AT_ANY;
			e.special = (uint8_t)*c;
		}
	e.first = (class_at(space, form[0]) & AT_V) != 0;
	for (i = n; i-- > 0;) {
		size_t s = slot(space, form[i]);

		if (g->nodes[at].child[s] == 0) {
			if (g->nnodes == MAX_NODES)
				die("affix.c: too many suffixes");
			g->nodes[at].child[s] = (uint16_t)g->nnodes++;
		}
		at = g->nodes[at].child[s];
	}
	/* In the skeleton several forms fall together. */
	for (i = g->nodes[at].entries; i != 0; i = g->entries[i].next) {
		struct entry *o = &g->entries[i];

		if (o->tag == e.tag && o->join == e.join && o->harmony == e.harmony &&
		    o->after == e.after && o->special == e.special) {
			if (e.cost < o->cost)
				o->cost = e.cost;
			return;
		}
	}
	if (g->nentries == MAX_ENTRIES)
		die("affix.c: too many suffixes");
	e.next = g->nodes[at].entries;
	g->nodes[at].entries = (uint16_t)g->nentries;
	g->entries[g->nentries++] = e;
}

static void
add_both(const int32_t *cps, size_t n, const struct affix *x, char harmony)
{
	uint8_t codes[FORM_MAX], skel[SKELETON_MAX + 4];
	struct letter w[FORM_MAX];
	size_t i, m;
	char seen = harmony;

	for (i = 0; i < n; i++) {
		codes[i] = kk_code(cps[i]);
		w[i] = (struct letter){ cps[i], false };
	}
	add_form(KK_CYRILLIC, codes, n, x, harmony);
	m = skeleton(w, n, (char *)skel);
	for (i = 0; i < m; i++)
		if (skel[i] == 'w')
			skel[i] = 's';
	/* а and е are all that shows there. */
	if (memchr(skel, 'a', m) == NULL && memchr(skel, 'e', m) == NULL)
		seen = '*';
	add_form(KK_SKELETON, skel, m, x, seen);
}

static int32_t
fronted(int32_t cp)
{
	switch (cp) {
	case U'а':
		return U'е';
	case U'ы':
		return U'і';
	case U'ғ':
		return U'г';
	case U'қ':
		return U'к';
	case U'ұ':
		return U'ү';
	case U'я':
		return U'е';
	default:
		return cp;
	}
}

static void
add_affix(const struct affix *x)
{
	const char *p = x->forms, *end = p + strlen(p);

	while (p < end) {
		int32_t back[FORM_MAX], front[FORM_MAX];
		size_t n = 0;
		bool as_is = *p == '=';

		p += as_is;
		while (p < end && *p != ',' && n < FORM_MAX) {
			back[n] = utf8_next(&p, end);
			front[n] = fronted(back[n]);
			n++;
		}
		p += p < end;
		if (as_is) {
			add_both(back, n, x, '*');
			continue;
		}
		add_both(back, n, x, 'b');
		if (memcmp(back, front, n * sizeof *back) != 0 || x->join != JOIN_Y)
			add_both(front, n, x, 'f');
	}
}

static void
compile(void)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		affix_state.of[i].nnodes = 1;
		affix_state.of[i].nentries = 1;
	}
	for (i = 0; i < naffixes; i++)
		add_affix(&affixes[i]);
}

/* ---- the way through a word --------------------------------------------------------------------- */

/* Set by search on our own development texts, half of them held out. */
enum {
	COST_UNKNOWN = 1696,
	COST_INFLECTED = 151, /* the stem is listed, but as a form of another */
	COST_LETTER = -56,    /* a letter cut */
	COST_VERB = -66,
	COST_STEM_1 = 358,
	COST_STEM_2 = 400,
	COST_STEM_3 = -50,
	COST_HARMONY = 100, /* skeleton: a front suffix after a or o, which may be ә or ө */
	NEVER = 1 << 28
};
enum { KIND_NOUN, KIND_VERB, NKINDS };
/* Where a stem ends, and how it is mended. */
enum { END_PLAIN, END_HARD, END_ELIDED, END_GROWN, END_Y, NENDS };

struct way {
	int cost[AFFIX_MAX + 1][NTAGS][2]; /* [1]: the last letter hardened, б → п */
	uint32_t live[AFFIX_MAX + 1][2];   /* bits of tags */
	int ends[AFFIX_MAX + 1][NENDS][NKINDS];
	uint64_t hash[AFFIX_MAX + 1];
	char harmony[AFFIX_MAX + 1];
	bool vowel[AFFIX_MAX + 1];
};

static uint8_t
hardened(enum kk_space space, uint8_t c, bool verb)
{
	if (space == KK_SKELETON)
		return c == 'b' ? 'p' : c == 'g' ? 'k' : 0;
	(void)verb;
	return c == C_B ? C_P : c == C_G ? C_K : c == C_GH ? C_Q : 0;
}

static bool
is_verbal(uint8_t tag)
{
	return tag >= TAG_PARTICIPLE;
}

static void
better(int *a, int b)
{
	if (b < *a)
		*a = b;
}

/* One suffix matched letters [j, …): where it leads. */
static void
follow(
    enum kk_space space, const uint8_t *w, struct way *y, size_t j, const struct entry *e, int cost)
{
	uint8_t last = w[j - 1], hard;
	uint32_t bit = TAG_BIT(e->tag);
	int kind = is_verbal(e->tag) ? KIND_VERB : KIND_NOUN;

	if (e->join == JOIN_I) {
		better(&y->ends[j][END_GROWN][kind], cost);
		return;
	}
	if (e->join == JOIN_Y) {
		better(&y->ends[j][END_Y][kind], cost);
		return;
	}
	if (e->join == JOIN_GROWN && (class_at(space, last) & AT_V) == 0)
		better(&y->ends[j][END_GROWN][kind], cost);
	if (e->join == JOIN_ELISION && j >= 3 && (class_at(space, last) & AT_V) == 0 &&
	    (class_at(space, w[j - 2]) & AT_V) == 0)
		better(&y->ends[j][END_ELIDED][kind], cost);
	if ((y->live[j][0] & bit) == 0 || cost < y->cost[j][e->tag][0]) {
		y->live[j][0] |= bit;
		y->cost[j][e->tag][0] = cost;
	}
	if (e->first && (e->tag == TAG_POSS || kind == KIND_VERB) &&
	    (hard = hardened(space, last, kind == KIND_VERB)) != 0 &&
	    ((y->live[j][1] & bit) == 0 || cost < y->cost[j][e->tag][1])) {
		y->live[j][1] |= bit;
		y->cost[j][e->tag][1] = cost;
	}
}

static void
try_entry(enum kk_space space, const uint8_t *w, struct way *y, size_t at, int alt, size_t j,
    const struct entry *e)
{
	uint32_t from = y->live[at][alt] & e->left_of;
	uint8_t last = w[j - 1];
	uint8_t cls = class_at(space, last);
	int cost = NEVER, extra = 0;
	char h = y->harmony[j];

	if (from == 0 || (cls & e->after) == 0 || !y->vowel[j])
		return;
	if (e->special == 'p' &&
	    !(space == KK_SKELETON ? last == 'i' : last == C_Y || last == C_II))
		return;
	if (e->special == 'e' &&
	    !(space == KK_SKELETON ? last == 'm' || last == 'n' : last == C_M || last == C_NG))
		return;
	if (space == KK_CYRILLIC) {
		if (e->harmony != '*' && h != 0 && h != e->harmony && last != C_U && last != C_YU)
			return;
	} else {
		if (e->harmony == 'b' && h == 'f')
			return;
		if (e->harmony == 'f' && h == 'b')
			extra = COST_HARMONY;
	}
	for (; from != 0; from &= from - 1)
		better(&cost, y->cost[at][__builtin_ctz(from)][alt]);
	follow(space, w, y, j, e, cost + e->cost + extra);
}

static void
step(enum kk_space space, const uint8_t *w, struct way *y, size_t at, int alt)
{
	const struct grammar *g = &affix_state.of[space];
	size_t node = 0, j = at;
	uint8_t c = alt ? hardened(space, w[at - 1], false) : w[at - 1];

	while (j > 1) {
		size_t e;

		node = g->nodes[node].child[slot(space, c)];
		if (node == 0)
			return;
		j--;
		for (e = g->nodes[node].entries; e != 0; e = g->entries[e].next)
			try_entry(space, w, y, at, alt, j, &g->entries[e]);
		c = w[j - 1];
	}
}

struct best {
	int cost;
	size_t n;
	uint8_t tail[2];
	size_t cut, ntail;
	bool known, verb, whole;
};

/* A stem of the first `keep` letters and a tail of at most two others. */
static void
weigh(enum kk_space space, const struct way *y, size_t keep, const uint8_t *tail, size_t ntail,
    size_t removed, int kind, int cost, struct best *b)
{
	uint64_t h = y->hash[keep];
	unsigned flags;
	size_t i, n = keep + ntail;
	bool ok, core, whole = removed == 0 && ntail == 0;

	if (cost >= NEVER)
		return;
	for (i = 0; i < ntail; i++)
		h = lex_step(h, tail[i]);
	flags = lex_find(space, h);
	if (kind == KIND_VERB) {
		ok = (flags & (LEX_VERB | LEX_VERB_I)) != 0;
		core = (flags & LEX_VERB) != 0;
		cost += COST_VERB;
	} else {
		ok = (flags & LEX_WORD) != 0 || (whole && (flags & (LEX_VERB | LEX_VERB_I)) != 0);
		core = (flags & LEX_CORE) != 0;
	}
	cost += COST_LETTER * (int)removed;
	cost += !ok ? COST_UNKNOWN : !core ? COST_INFLECTED : 0;
	cost += n == 1 ? COST_STEM_1 : n == 2 ? COST_STEM_2 : n == 3 ? COST_STEM_3 : 0;
	if (cost > b->cost || (cost == b->cost && n >= b->n))
		return;
	*b = (struct best){ .cost = cost,
		.n = n,
		.cut = keep,
		.ntail = ntail,
		.known = ok,
		.verb = kind == KIND_VERB,
		.whole = whole };
	memcpy(b->tail, tail, ntail);
}

/* All stems that end behind letter j. */
static void
weigh_at(enum kk_space space, const uint8_t *w, size_t n, struct way *y, size_t j, struct best *b)
{
	const uint8_t none[2] = { 0 };
	int kind, alt;
	uint32_t bits;
	bool skel = space == KK_SKELETON;
	uint8_t vowel = skel ? 'i' : y->harmony[j] == 'f' ? C_II : C_Y;

	for (alt = 0; alt < 2; alt++)
		for (bits = y->live[j][alt]; bits != 0; bits &= bits - 1) {
			int tag = __builtin_ctz(bits);

			better(&y->ends[j][alt ? END_HARD : END_PLAIN][is_verbal((uint8_t)tag)],
			    y->cost[j][tag][alt]);
		}
	for (kind = 0; kind < NKINDS; kind++) {
		const int(*ends)[NKINDS] = y->ends[j];
		uint8_t hard = hardened(space, w[j - 1], false);

		weigh(space, y, j, none, 0, n - j, kind, ends[END_PLAIN][kind], b);
		weigh(space, y, j - 1, &hard, 1, n - j, kind, ends[END_HARD][kind], b);
		weigh(space, y, j - 1, (uint8_t[]){ vowel, w[j - 1] }, 2, n - j, kind,
		    ends[END_ELIDED][kind], b);
		weigh(space, y, j, &vowel, 1, n - j, kind, ends[END_GROWN][kind], b);
		weigh(space, y, j, (uint8_t[]){ skel ? 'i' : C_SHORT_I }, 1, n - j, kind,
		    ends[END_Y][kind], b);
	}
}

void
affix_cut(enum kk_space space, const uint8_t *w, size_t n, struct cut *out)
{
	struct way y;
	struct best b = { .cost = INT_MAX };
	size_t i, k;

	pthread_once(&affix_state.once, compile);
	if (n > AFFIX_MAX)
		n = AFFIX_MAX;
	y.hash[0] = LEX_SEED;
	y.harmony[0] = 0;
	y.vowel[0] = false;
	for (i = 0; i < n; i++) {
		char h = harmony_at(space, w[i]);

		y.hash[i + 1] = lex_step(y.hash[i], w[i]);
		y.harmony[i + 1] = h != 0 ? h : y.harmony[i];
		y.vowel[i + 1] = y.vowel[i] || (class_at(space, w[i]) & AT_V) != 0;
	}
	memset(y.live, 0, (n + 1) * sizeof y.live[0]);
	for (i = 0; i <= n; i++)
		for (k = 0; k < NENDS * NKINDS; k++)
			y.ends[i][k / NKINDS][k % NKINDS] = NEVER;
	y.live[n][0] = TAG_BIT(TAG_START);
	y.cost[n][TAG_START][0] = 0;
	for (i = n; i > 0; i--) {
		if (y.live[i][0] != 0)
			step(space, w, &y, i, 0);
		if (y.live[i][1] != 0)
			step(space, w, &y, i, 1);
		weigh_at(space, w, n, &y, i, &b);
	}
	memcpy(out->stem, w, b.cut);
	memcpy(out->stem + b.cut, b.tail, b.ntail);
	out->n = b.cut + b.ntail;
	out->cost = b.cost;
	out->known = b.known;
	out->verb = b.verb;
	out->whole = b.whole;
}

/* ---- list entries that are forms of others ------------------------------------------------------ */

bool
affix_inflected(const uint8_t *w, size_t n)
{
	const struct grammar *g = &affix_state.of[KK_CYRILLIC];
	uint64_t hash[AFFIX_MAX + 1];
	size_t node = 0, j, i;

	pthread_once(&affix_state.once, compile);
	if (n > AFFIX_MAX || n < 4)
		return false;
	hash[0] = LEX_SEED;
	for (i = 0; i < n; i++)
		hash[i + 1] = lex_step(hash[i], w[i]);
	for (j = n - 1; j >= 3; j--) {
		size_t e;
		char h = kk_harmony(w, j);
		uint8_t hard = hardened(KK_CYRILLIC, w[j - 1], false);

		node = g->nodes[node].child[w[j]];
		if (node == 0)
			return false;
		for (e = g->nodes[node].entries; e != 0; e = g->entries[e].next) {
			const struct entry *x = &g->entries[e];
			bool third = x->tag == TAG_POSS && x->cost < 80 && j >= 4;

			if (!(x->tag == TAG_CASE || x->tag == TAG_PLURAL || third ||
				x->tag == TAG_POSS_CASE) ||
			    (traits[w[j - 1]].at & x->after) == 0 || x->special == 'e' ||
			    (x->harmony != '*' && h != 0 && h != x->harmony) ||
			    (x->special == 'p' && w[j - 1] != C_Y && w[j - 1] != C_II) ||
			    (x->tag != TAG_POSS && n - j < 2))
				continue;
			if ((lex_find(KK_CYRILLIC, hash[j]) & LEX_WORD) != 0 ||
			    (third && hard != 0 &&
				(lex_find(KK_CYRILLIC, lex_step(hash[j - 1], hard)) & LEX_WORD) !=
				    0))
				return true;
		}
	}
	return false;
}

/* ---- suffixes behind stems of no lexicon -------------------------------------------------------- */

void
affix_ends(const uint8_t *w, size_t n, int ends[AFFIX_MAX + 1][2])
{
	struct way y = { 0 };
	uint32_t bits;
	size_t i;

	pthread_once(&affix_state.once, compile);
	if (n > AFFIX_MAX)
		n = AFFIX_MAX;
	for (i = 0; i < n; i++) {
		char h = harmony_at(KK_CYRILLIC, w[i]);

		y.harmony[i + 1] = h != 0 ? h : y.harmony[i];
		y.vowel[i + 1] = y.vowel[i] || (class_at(KK_CYRILLIC, w[i]) & AT_V) != 0;
	}
	for (i = 0; i <= n; i++)
		ends[i][0] = ends[i][1] = AFFIX_NEVER;
	y.live[n][0] = TAG_BIT(TAG_START);
	for (i = n; i > 0; i--) {
		if (y.live[i][0] != 0)
			step(KK_CYRILLIC, w, &y, i, 0);
		for (bits = y.live[i][0]; bits != 0; bits &= bits - 1) {
			int tag = __builtin_ctz(bits);

			better(&ends[i][is_verbal((uint8_t)tag)], y.cost[i][tag][0]);
		}
	}
}
