/* latin_back.c – Latin of 2021 back to Cyrillic, word by word.
 *
 * Four letters fell together on the way out: и and й, х and һ, е and э, and the signs ь and ъ; four
 * others became pairs that other letters may make as well: я = и + а, ц = т + с … So every word is
 * read in all ways that give its Latin (a lattice, of which the BEST cheapest paths are kept). What a
 * way costs, says the neighbourhood: «й» after a vowel, «я» rather than «иа», «тс» before the endings
 * -са, -се, -сыз and «ц» elsewhere, «тш» before the -шы of trades. The stems of loan words
 * (data/kk_latin_words.csv) cost less than nothing, and the lexicon says which of the cheapest are
 * words. Costs are in tenths of the surprise that one exception is. */
#include "lang/latin.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/latin_inner.h"
#include "lang/letters.h"
#include "lang/lexicon.h"

enum {
	CYR_MAX = 2 * WORD_MAX,
	BEST = 32,  /* paths kept at every place */
	ASKED = 24, /* paths that the lexicon is asked about */
	STEM_COST = -40,
	INNER_COST = -20, /* inside a word */
	LISTED_BONUS = 45,
	DERIVED_BONUS = 30,
};

struct path {
	int cost;
	uint8_t n;
	uint8_t from[CYR_MAX]; /* which Latin letter each came of */
	uint16_t cyr[CYR_MAX];
};
struct place {
	struct path best[BEST];
	size_t n, room; /* of best: few for what is too long to be a word */
};
/* One way to read some letters: what it consumes, gives and costs. */
struct way {
	size_t consumes, n;
	uint16_t cyr[2];
	int cost;
};

/* ---- the lattice ---- */

static bool
same_path(const struct path *p, const struct path *was, const struct way *w)
{
	size_t n = (size_t)was->n + w->n;

	return p->n == n && memcmp(p->cyr, was->cyr, was->n * sizeof p->cyr[0]) == 0 &&
	       memcmp(p->cyr + was->n, w->cyr, w->n * sizeof p->cyr[0]) == 0;
}

/* Puts the path that `was` and a way make among the best of a place. */
static void
keep(struct place *to, const struct path *was, const struct way *w, size_t from)
{
	int cost = was->cost + w->cost;
	size_t i = to->n, j;
	struct path *p;

	if ((size_t)was->n + w->n > CYR_MAX || (i == to->room && to->best[i - 1].cost <= cost))
		return;
	for (j = 0; j < to->n; j++)
		if (same_path(&to->best[j], was, w)) {
			if (to->best[j].cost <= cost)
				return;
			memmove(
			    &to->best[j], &to->best[j + 1], (to->n - j - 1) * sizeof to->best[0]);
			to->n--;
			break;
		}
	i = to->n < to->room ? to->n++ : to->room - 1;
	for (; i > 0 && to->best[i - 1].cost > cost; i--)
		to->best[i] = to->best[i - 1];
	p = &to->best[i];
	*p = *was;
	p->cost = cost;
	for (j = 0; j < w->n; j++) {
		p->cyr[p->n] = w->cyr[j];
		p->from[p->n++] = (uint8_t)from;
	}
}

static void
spread(struct place *places, size_t from, const struct way *w)
{
	size_t i;

	for (i = 0; i < places[from].n; i++)
		keep(&places[from + w->consumes], &places[from].best[i], w, from);
}

static bool
matches(const struct source *s, size_t i, const char32_t *latin, size_t n)
{
	size_t j;

	for (j = 0; j < n; j++)
		if (latin_at(s, i + j) != (int32_t)latin[j])
			return false;
	return true;
}

/* Stems in «ь» take front endings: модельдер, and руль is not in рулар. The sign is lost before the
 * possessive, моделі. */
static bool
stem_fits(const struct source *s, size_t i, const struct latin_stem *t)
{
	size_t end = i + t->nlatin, j = end;

	if (t->cyrillic[t->ncyrillic - 1] != U'ь' || end == s->n)
		return true;
	while (j < s->n && !latin_vowel(s->cp[j]) && s->cp[j] != 'i')
		j++;
	return j < end + 3 && (latin_at(s, j) == 'e' || latin_at(s, j) == 0x131);
}

/* The longest stem that begins at a letter; NULL if none does. */
static const struct latin_stem *
stem_at(const struct source *s, size_t i)
{
	const struct latin_stem *found = NULL;
	size_t lo = 0, hi = latin_nstems;

	while (lo < hi) { /* the first stem with this letter */
		size_t mid = lo + (hi - lo) / 2;

		if ((int32_t)latin_stems[mid].latin[0] < s->cp[i])
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < latin_nstems && (int32_t)latin_stems[lo].latin[0] == s->cp[i]; lo++) {
		const struct latin_stem *t = &latin_stems[lo];

		if (!matches(s, i, t->latin, t->nlatin) || (t->place != LATIN_ANY && i > 0) ||
		    (t->place == LATIN_WHOLE && t->nlatin != s->n))
			continue;
		if (!stem_fits(s, i, t))
			continue;
		if (found == NULL || t->nlatin >= found->nlatin)
			found = t;
	}
	return found;
}

static void
spread_stem(const struct source *s, struct place *places, size_t i, const struct latin_stem *t)
{
	struct place *to = &places[i + t->nlatin];
	size_t n = t->ncyrillic, j, k;

	if (t->cyrillic[n - 1] == U'ь' && latin_at(s, i + t->nlatin) == 0x131)
		n--;
	for (j = 0; j < places[i].n && j < BEST / 2; j++) {
		struct path p = places[i].best[j];
		struct way last = { 0, 0, { 0, 0 }, i == 0 ? STEM_COST : INNER_COST };
		size_t from = i;

		if (p.n + n > CYR_MAX)
			continue;
		for (k = 0; k < n; k++) {
			const struct latin_letter *l = latin_find((int32_t)t->cyrillic[k]);
			size_t len = 0;

			while (l != NULL && l->latin[len] != 0)
				len++;
			p.cyr[p.n] = (uint16_t)t->cyrillic[k];
			p.from[p.n++] = (uint8_t)(len == 0 && from > i ? from - 1 : from);
			from += len;
		}
		keep(to, &p, &last, i);
	}
}

static void
spread_all(const struct source *s, struct place *places, size_t i)
{
	const struct latin_stem *t = stem_at(s, i);
	size_t j;

	if (t != NULL)
		spread_stem(s, places, i, t);
	for (j = 0; j < latin_nbacks; j++) {
		const struct latin_back *b = &latin_backs[j];
		struct way w = { b->n, 1, { (uint16_t)b->cyrillic, 0 }, 0 };
		int sign;

		if (!matches(s, i, b->latin, b->n))
			continue;
		w.cost = latin_cost(s, i, b);
		spread(places, i, &w);
		if (b->n > 1 || b->foreign || latin_vowel(s->cp[i]) || s->cp[i] == 'i')
			continue;
		w.n = 2;
		w.cyr[1] = U'ь';
		sign = latin_sign_cost(s, i, false);
		if (sign < NO_SIGN) {
			w.cost += sign;
			spread(places, i, &w);
			w.cost -= sign;
		}
		w.cyr[1] = U'ъ';
		sign = latin_sign_cost(s, i, true);
		if (sign < NO_SIGN) {
			w.cost += sign;
			spread(places, i, &w);
		}
	}
}

/* ---- words ---- */

static size_t
path_utf8(const struct path *p, char *out)
{
	size_t n = 0, i;

	for (i = 0; i < p->n; i++)
		n += utf8_put(out + n, p->cyr[i]);
	return n;
}

static const struct path *
choose(const struct place *last)
{
	const struct path *best = &last->best[0];
	int cost = INT32_MAX;
	char text[CYR_MAX * 4];
	size_t i;

	for (i = 0; i < last->n && i < ASKED; i++) {
		const struct path *p = &last->best[i];
		int c = p->cost;

		if (c - LISTED_BONUS >= cost)
			break; /* not even a listed word would be cheaper */
		switch (lexicon_word(text, path_utf8(p, text))) {
		case WORD_LISTED:
			c -= LISTED_BONUS;
			break;
		case WORD_DERIVED:
			c -= DERIVED_BONUS;
			break;
		default:
			break;
		}
		if (c < cost) {
			cost = c;
			best = p;
		}
	}
	return best;
}

static void
put_path(struct buf *b, const struct source *s, const struct path *p)
{
	size_t i, capitals = 0;
	bool all;

	for (i = 0; i < s->n; i++)
		capitals += s->upper[i];
	all = capitals == s->n && capitals > 1;
	for (i = 0; i < p->n; i++) {
		bool sign = p->cyr[i] == U'ь' || p->cyr[i] == U'ъ';
		bool upper = all || (s->upper[p->from[i]] && !sign);
		char out[4];

		buf_put(b, out, utf8_put(out, upper ? utf8_upper(p->cyr[i]) : p->cyr[i]));
	}
}

/* False where some letter is of no table: then the word is none of ours. */
static bool
put_word(struct place *places, struct buf *b, const struct source *s)
{
	size_t i;

	for (i = 0; i <= s->n; i++) {
		places[i].n = 0;
		places[i].room = s->n < WORD_MAX ? BEST : 2;
	}
	places[0].n = 1; /* the empty path */
	for (i = 0; i < s->n; i++)
		spread_all(s, places, i);
	if (places[s->n].n == 0)
		return false;
	put_path(b, s, choose(&places[s->n]));
	return true;
}

/* ---- text ---- */

/* One letter with its mark; *cp = −1 or what is no letter otherwise. */
static void
take(const char **p, const char *end, int32_t *cp, bool *upper)
{
	int32_t c = utf8_next(p, end);
	const char *mark = *p;

	*upper = false;
	*cp = c;
	if (c < 0 || !letter_is(c))
		return;
	/* Both capitals of i are those of Kazakh here. */
	*cp = c == 'I' ? 0x131 : c == 0x130 ? 'i' : c == 0x1F4 ? 0x1F5 : utf8_lower(c);
	*upper = *cp != c;
	if (mark < end && ((unsigned char)*mark & 0xFE) == 0xCC) {
		int32_t whole = letter_composed(*cp, utf8_next(&mark, end));

		if (whole != *cp) {
			*cp = whole;
			*p = mark;
		}
	}
}

static bool
is_latin(int32_t cp)
{
	return cp > 0 && cp < 0x250 && letter_is(cp);
}

static bool
is_acute(int32_t cp)
{
	static const char32_t set[] = U"áǵńóúý";
	size_t i;

	for (i = 0; set[i] != 0; i++)
		if ((int32_t)set[i] == cp)
			return true;
	return false;
}

/* The rest of a word of Latin letters, whole words only; *p stands on its first letter. */
static void
take_word(struct place *places, struct buf *b, const char **p, const char *end)
{
	struct source s = { .n = 0 };
	const char *begin = *p;

	while (*p < end && s.n < WORD_MAX) {
		const char *q = *p;
		int32_t cp;
		bool upper;

		take(&q, end, &cp, &upper);
		if (!is_latin(cp))
			break;
		s.cp[s.n] = cp;
		s.upper[s.n++] = upper;
		s.acute = s.acute || is_acute(cp);
		*p = q;
	}
	if (!put_word(places, b, &s))
		buf_put(b, begin, (size_t)(*p - begin));
}

const char *
kk_cyrillic(struct arena *a, const char *text, size_t n, size_t *out_n)
{
	const char *p = text, *end = text + n;
	struct place *places;
	struct buf b;

	/* One lattice for all words; places[0] stays the empty path. */
	places = arena_array(a, struct place, WORD_MAX + 1);
	buf_init(&b, a, 0);
	buf_reserve(&b, 2 * n + 16);
	while (p < end) {
		const char *q = p;
		int32_t cp;
		bool upper;

		take(&q, end, &cp, &upper);
		if (is_latin(cp)) {
			take_word(places, &b, &p, end);
			continue;
		}
		buf_put(&b, p, (size_t)(q - p));
		p = q;
	}
	*out_n = b.n;
	return b.p;
}
