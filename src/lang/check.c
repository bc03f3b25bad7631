/* check.c – see check.h: one word. The whole text is check_page.c. */
#include "lang/check_inner.h"

#include "base/utf8.h"
#include "lang/derivation.h"
#include "lang/lang.h"
#include "lang/letters.h"

static const struct {
	const char *code, *text;
} kinds[] = {
	[FIND_GLUE] = { "glue", N_("words written together") },
	[FIND_LOOKALIKE] = { "look-alike", N_("letters of another script, or invisible ones") },
	[FIND_UNKNOWN] = { "unknown", N_("a word that no dictionary has") },
	[FIND_FOREIGN] = { "foreign", N_("words of another language") },
};

const char *
finding_code(enum finding_kind k)
{
	return kinds[k].code;
}

const char *
finding_text(enum finding_kind k)
{
	return kinds[k].text;
}

bool
kk_word_read(const char *p, size_t n, struct kk_word *out)
{
	const char *from = p, *end = p + n;
	size_t capitals = 0;
	bool upper;

	*out = (struct kk_word){ .n = 0 };
	if (n == 0 || n > 250 || memchr(p, '\0', n) != NULL)
		return false;
	while (p < end) {
		size_t at = (size_t)(p - from);
		int32_t cp = letter_next(&p, end, &upper);
		uint8_t code = cp > 0 ? kk_code(cp) : 0;

		if (cp == 0)
			continue;
		if (code == 0 || out->n == AFFIX_MAX)
			return false;
		if (upper && out->n == 0)
			out->capital = true;
		out->mixed |= upper && out->n > capitals;
		capitals += upper;
		out->at[out->n] = (uint8_t)at;
		out->w[out->n++] = code;
	}
	out->at[out->n] = (uint8_t)n;
	out->all_capitals = out->n > 1 && capitals == out->n;
	return out->n > 0 && out->w[0] != kk_code('-') && out->w[out->n - 1] != kk_code('-');
}

bool
kk_word_right(const struct kk_word *k)
{
	return word_known(k->w, k->n) || word_derived(k->w, k->n, k->capital);
}

static void
put_split(struct buf *b, const char *word, const struct kk_word *k, const struct split *s)
{
	size_t i, letter = 0;

	for (i = 0; i < s->n; i++) {
		if (i > 0)
			buf_char(b, ' ');
		buf_put(
		    b, word + k->at[letter], (size_t)(k->at[letter + s->len[i]] - k->at[letter]));
		letter += s->len[i];
	}
}

static size_t
splits_of(const struct kk_word *k, struct split *out, size_t max)
{
	size_t lead;

	if (!k->all_capitals && (lead = word_particle(k->w, k->n)) > 0) {
		out[0] = (struct split){ .len = { lead, k->n - lead }, .n = 2 };
		return 1;
	}
	return kk_word_right(k) ? 0 : word_split(k, out, max);
}

/* The letters of a piece without the marks around it. */
static struct slice
letters_within(const char *p, size_t n)
{
	const char *end = p + n, *from = NULL, *to = p;

	while (p < end) {
		const char *at = p;
		int32_t cp = utf8_next(&p, end);

		if (cp > 0 && (letter_is(cp) || utf8_lower(cp) != cp)) {
			from = from == NULL ? at : from;
			to = p;
		}
	}
	return from == NULL ? (struct slice){ end, 0 }
			    : (struct slice){ from, (size_t)(to - from) };
}

/* What is wrong in one piece between spaces. */
struct piece {
	struct slice whole, core;
	struct kk_word k;
	struct split splits[3];
	size_t nsplits;
	bool readable;
};

static void
piece_look(struct piece *p, const char *from, size_t n)
{
	p->whole = (struct slice){ from, n };
	p->core = letters_within(from, n);
	p->readable = kk_word_read(p->core.p, p->core.n, &p->k);
	p->nsplits = p->readable ? splits_of(&p->k, p->splits, ARRAY_LEN(p->splits)) : 0;
}

static void
piece_put(struct buf *b, const struct piece *p, size_t split)
{
	const char *behind = p->core.p + p->core.n;

	if (split >= p->nsplits) {
		buf_put(b, p->whole.p, p->whole.n);
		return;
	}
	buf_put(b, p->whole.p, (size_t)(p->core.p - p->whole.p));
	put_split(b, p->core.p, &p->k, &p->splits[split]);
	buf_put(b, behind, (size_t)(p->whole.p + p->whole.n - behind));
}

static bool
list_add(const char **out, size_t *count, const char *s, struct slice original)
{
	size_t i;

	if (*count == SUGGESTIONS || slice_is(original, s))
		return false;
	for (i = 0; i < *count; i++)
		if (strcmp(out[i], s) == 0)
			return false;
	out[(*count)++] = s;
	return true;
}

/* The k-th reading of all pieces: the k-th split of the only piece that has several. */
static const char *
reading(struct arena *a, struct slice fixed, size_t k, struct piece *last_unknown, bool *split)
{
	const char *p = fixed.p, *end = p + fixed.n;
	struct buf b;

	buf_init(&b, a, 0);
	*split = false;
	last_unknown->readable = false;
	while (p < end) {
		const char *space = memchr(p, ' ', (size_t)(end - p)),
			   *to = space == NULL ? end : space;
		struct piece piece;

		piece_look(&piece, p, (size_t)(to - p));
		if (k < piece.nsplits)
			*split = true;
		piece_put(&b, &piece, k < piece.nsplits ? k : k == 0 ? 0 : piece.nsplits - 1);
		if (piece.readable && piece.nsplits == 0 && !kk_word_right(&piece.k))
			*last_unknown = piece;
		if (space != NULL)
			buf_char(&b, ' ');
		p = space == NULL ? end : space + 1;
	}
	return b.p;
}

size_t
word_suggest(struct arena *a, const char *word, size_t n, const char *const **out)
{
	const char **list = arena_array(a, const char *, SUGGESTIONS), *spelled[SUGGESTIONS];
	struct slice original = { word, n }, fixed = original;
	struct piece unknown;
	struct token t;
	struct buf b;
	size_t count = 0, i, nspelled;
	bool split;

	*out = list;
	if (n == 0 || n > 4 * TOKEN_MAX || memchr(word, '\0', n) != NULL)
		return 0;
	if (token_fix(word, n, &t)) {
		buf_init(&b, a, 0);
		token_write(word, &t, 0, NULL, &b);
		fixed = (struct slice){ b.p, b.n };
	}
	for (i = 0; i < 3; i++) {
		const char *s = reading(a, fixed, i, &unknown, &split);

		if (i > 0 && !split)
			break;
		list_add(list, &count, s, original);
	}
	list_add(list, &count, arena_strn(a, fixed.p, fixed.n), original);
	if (!unknown.readable || count > 0 || unknown.whole.n != n)
		return count;
	nspelled = word_spell(a, &unknown.k, spelled, SUGGESTIONS);
	for (i = 0; i < nspelled; i++) {
		buf_init(&b, a, 0);
		buf_put(&b, word, (size_t)(unknown.core.p - word));
		buf_str(&b, spelled[i]);
		buf_put(&b, unknown.core.p + unknown.core.n,
		    (size_t)(word + n - unknown.core.p - (ptrdiff_t)unknown.core.n));
		list_add(list, &count, b.p, original);
	}
	return count;
}
