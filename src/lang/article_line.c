/* article_line.c – one line of a page measured: words, letters, how it ends, what of it is furniture. */
#include "lang/article_inner.h"

#include "base/utf8.h"
#include "lang/letters.h"

struct tokens {
	char text[TOKENS_MAX][TOKEN_BYTES];
	uint8_t len[TOKENS_MAX];
	bool number[TOKENS_MAX];
	size_t n;
	size_t before_colon; /* words before the first colon; 0 = none */
};
struct cover {
	unsigned kind;
	size_t longest; /* words of the phrase that says so */
};

/* One word of a phrase against one of the line; *row moves behind it. */
static bool
word_fits(struct slice *row, const struct tokens *t, size_t at)
{
	const char *p = row->p, *space = memchr(p, ' ', row->n);
	size_t n = space == NULL ? row->n : (size_t)(space - p);
	bool open = p[n - 1] == '*', fits;

	row->p += n + (space != NULL);
	row->n -= n + (space != NULL);
	if (p[0] == '#')
		return t->number[at];
	if (open)
		n--;
	fits = open ? t->len[at] >= n : t->len[at] == n;
	return fits && memcmp(p, t->text[at], n) == 0;
}

/* How many words of the line from `at` the phrase covers; 0 if it does not stand there. */
static size_t
phrase_fits(struct slice row, const struct tokens *t, size_t at)
{
	size_t n = 0;

	while (row.n > 0) {
		if (at + n >= t->n || !word_fits(&row, t, at + n))
			return 0;
		n++;
	}
	return n;
}

/* The longest phrase says what a word is: «басты бет» is no rubric. */
static void
furnish_at(struct line *l, const struct vocabulary *v, const struct tokens *t, size_t i,
    struct cover *cover)
{
	const struct phrase *ph =
	    t->number[i] ? vocabulary_chain(v, "#", 1) : vocabulary_chain(v, t->text[i], t->len[i]);

	for (; ph != NULL; ph = ph->next) {
		size_t n = phrase_fits(ph->words, t, i), j;

		if (n == 0)
			continue;
		l->strong |= ph->strong;
		for (j = i; j < i + n; j++)
			if (n > cover[j].longest)
				cover[j] = (struct cover){ ph->kind, n };
	}
}

static void
furnish(struct line *l, const struct vocabulary *v, const struct tokens *t)
{
	struct cover cover[TOKENS_MAX] = { 0 };
	size_t i;
	unsigned bit;

	for (i = 0; i < t->n; i++)
		furnish_at(l, v, t, i, cover);
	for (i = 0; i < t->before_colon; i++)
		l->label = i == 0 || cover[i].kind == l->label ? cover[i].kind : 0;
	for (i = 0; i < t->n; i++) {
		l->furniture |= cover[i].kind;
		l->covered += (cover[i].kind & ~(unsigned)(F_ROLE | F_PERSON)) != 0;
		for (bit = 0; bit < FURNITURE_KINDS; bit++)
			l->by_kind[bit] += cover[i].kind >> bit & 1;
	}
}

static void
token_letter(struct tokens *t, int32_t cp, bool *inside)
{
	bool digit = cp >= '0' && cp <= '9';
	size_t at;

	if (!digit && !letter_is(cp)) {
		*inside = false;
		return;
	}
	if (!*inside) {
		if (t->n == TOKENS_MAX)
			return;
		t->n++;
		t->number[t->n - 1] = true;
		*inside = true;
	}
	at = t->n - 1;
	t->number[at] = t->number[at] && digit;
	if (t->len[at] + 4 <= TOKEN_BYTES)
		t->len[at] = (uint8_t)(t->len[at] + utf8_put(t->text[at] + t->len[at], cp));
}

static bool
ends_sentence(const struct line *l)
{
	static const char *const behind[] = { "»", "”", "“", "\"", "'", ")", "]", "’" };
	static const char *const ends[] = { ".", "!", "?", "…", ":", ";" };
	const char *p = l->s.p;
	size_t n = l->s.n, i;
	bool again = true;

	while (again && n > 0) {
		again = false;
		for (i = 0; i < ARRAY_LEN(behind); i++) {
			size_t k = strlen(behind[i]);

			if (n > k && memcmp(p + n - k, behind[i], k) == 0) {
				n -= k;
				again = true;
			}
		}
	}
	for (i = 0; i < ARRAY_LEN(ends); i++) {
		size_t k = strlen(ends[i]);

		if (n >= k && memcmp(p + n - k, ends[i], k) == 0)
			return true;
	}
	return false;
}

static bool
ends_with(struct slice s, const char *end)
{
	size_t n = strlen(end);

	return s.n >= n && memcmp(s.p + s.n - n, end, n) == 0;
}

static bool
begins_as_item(const struct line *l)
{
	static const char *const signs[] = { "–", "—", "-", "•", "*", "·", "►", "✓" };
	size_t i, n;

	for (i = 0; i < ARRAY_LEN(signs); i++) {
		n = strlen(signs[i]);
		if (l->s.n > n && memcmp(l->s.p, signs[i], n) == 0 && l->s.p[n] == ' ')
			return true;
	}
	for (i = 0; i < l->s.n && i < 3 && l->s.p[i] >= '0' && l->s.p[i] <= '9'; i++)
		;
	return i > 0 && i + 1 < l->s.n && (l->s.p[i] == '.' || l->s.p[i] == ')') &&
	       l->s.p[i + 1] == ' ';
}

void
line_measure(struct line *l, const struct vocabulary *v)
{
	const char *p = l->s.p, *end = p + l->s.n;
	struct tokens t;
	bool inside = false, space = true, upper;

	t.n = t.before_colon = 0;
	memset(t.len, 0, sizeof t.len);
	l->same = 0xcbf29ce484222325U;
	while (p < end) {
		int32_t cp = letter_next(&p, end, &upper);
		bool blank = cp == ' ' || cp == '\t' || cp == 0xA0;

		l->words += space && !blank;
		space = blank;
		if (cp == 0)
			continue;
		token_letter(&t, cp, &inside);
		if (cp == ':' && t.before_colon == 0 && t.n < TOKENS_MAX)
			t.before_colon = t.n;
		if (cp >= '0' && cp <= '9')
			l->digits++;
		else if (cp > 0 && letter_is(cp)) {
			l->letters++;
			l->capitals += upper;
		} else
			continue;
		l->same = (l->same ^ (uint64_t)cp) * 0x100000001b3U;
	}
	l->tokens = t.n;
	l->sentence = ends_sentence(l);
	l->cut_off = ends_with(l->s, "…") || ends_with(l->s, "...") || ends_with(l->s, "...]") ||
		     ends_with(l->s, "…]");
	l->numbered = begins_as_item(l);
	furnish(l, v, &t);
}

/* Capital letter, then letters (a surname in capitals, too), a hyphen inside; an initial with its
 * point. At the end of the word one comma. */
static bool
word_is_name(const char *p, const char *end, bool *initial)
{
	size_t letters = 0;
	bool upper, point = false, first = true;

	while (p < end) {
		int32_t cp = letter_next(&p, end, &upper);

		if (cp == 0)
			continue;
		if (first && (!letter_is(cp) || !upper))
			return false;
		first = false;
		if (cp > 0 && letter_is(cp)) {
			if (point && !upper)
				return false;
			letters++;
		} else if (cp == '.')
			point = true;
		else if (cp == ',' && p == end)
			break;
		else if (cp != '-' && cp != '\'' && cp != 0x2019)
			return false;
	}
	*initial = point;
	return letters > 1 || point;
}

bool
line_is_person(const struct line *l)
{
	const char *p = l->s.p, *end = p + l->s.n;
	size_t full = 0, initials = 0;

	if (l->words < 1 || l->words > 4 || l->digits > 0)
		return false;
	while (p < end) {
		const char *from = p;
		bool initial;

		while (p < end && *p != ' ' && *p != '\t')
			p++;
		if (p > from) {
			if (!word_is_name(from, p, &initial))
				return false;
			*(initial ? &initials : &full) += 1;
		}
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
	}
	return full >= 2 || (full == 1 && initials >= 1) || (initials == 1 && l->letters >= 5);
}
