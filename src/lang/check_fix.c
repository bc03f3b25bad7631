/* check_fix.c – repairs that are certain: a token's characters read once, each rule looks at what stands
 * on both sides of one place.
 *
 * A rule must never touch what is right: А.Құнанбайұлының, Отан.KZ, 40-тан, 5-ші, 15:30, 2,5 %, т.б.,
 * ҚазТАГ, addresses, hashtags. So each asks for whole words on both sides, of at least two or three
 * letters, and where that says too little, for the lexicon. */
#include "lang/check_inner.h"

#include <uchar.h>

#include "base/rc.h"
#include "base/utf8.h"
#include "lang/derivation.h"
#include "lang/letters.h"
#include "lang/skeleton.h"

/* -- quotations -- */

static const struct {
	int32_t open, close;
} marks[] = {
	{ 0xAB, 0xBB },	    /* « » */
	{ 0x201C, 0x201D }, /* “ ” */
	{ 0x201E, 0x201C }, /* „ “ */
	{ 0x201E, 0x201D },
	{ 0x2018, 0x2019 }, /* ‘ ’ */
	{ '"', '"' },
};

static bool
closes(int32_t open, int32_t cp)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(marks); i++)
		if (marks[i].open == open && marks[i].close == cp)
			return true;
	return false;
}

static bool
opens(int32_t cp)
{
	return cp == 0xAB || cp == 0x201C || cp == 0x201E || cp == 0x2018 || cp == '"';
}

static void
quote_add(struct quotes *q, size_t from, size_t to)
{
	if (q->n == QUOTES_MAX)
		q->to[QUOTES_MAX - 1] = to; /* so many: all between is taken as quoted */
	else {
		q->from[q->n] = from;
		q->to[q->n++] = to;
	}
}

/* Where a mark has no partner, the rest of the line is its quotation, or all before it. */
void
quotes_find(const char *line, size_t n, struct quotes *out)
{
	const char *p = line, *end = line + n;
	int32_t open = 0;
	size_t from = 0, depth = 0;

	out->n = 0;
	while (p < end) {
		size_t at = (size_t)(p - line);
		int32_t cp;

		/* All marks but the straight one begin with these bytes. */
		if (*p != '"' && (unsigned char)*p != 0xC2 && (unsigned char)*p != 0xE2) {
			p++;
			continue;
		}
		cp = utf8_next(&p, end);
		if (open != 0 && closes(open, cp)) {
			if (depth-- > 1)
				continue;
			quote_add(out, from, (size_t)(p - line));
			open = 0;
		} else if (open == 0 && opens(cp)) {
			open = cp;
			from = at;
			depth = 1;
		} else if (open == cp)
			depth++;
		else if (open == 0 && (cp == 0xBB || cp == 0x201D)) {
			out->n = 0;
			quote_add(out, 0, (size_t)(p - line));
		}
	}
	if (open == 0x2018)
		return; /* an apostrophe */
	if (open != 0)
		quote_add(out, from, n + 1);
}

bool
quotes_hold(const struct quotes *q, size_t at)
{
	size_t i;

	for (i = 0; i < q->n; i++)
		if (at > q->from[i] && at < q->to[i])
			return true;
	return false;
}

/* -- a token's characters -- */

static bool
is_cyrillic(int32_t cp)
{
	return cp >= 0x400 && cp < 0x530;
}

static bool
is_latin(int32_t cp)
{
	return letter_is(cp) && !is_cyrillic(cp) && cp < 0x300;
}

static bool
is_digit(int32_t cp)
{
	return cp >= '0' && cp <= '9';
}

struct summary {
	bool digit, cyrillic, latin, upper_inside, inner, invisible, address;
};

/* False for what no rule reads: too long, broken bytes, addresses. */
static bool
token_read(const char *p, size_t n, struct token *t, struct summary *s)
{
	const char *from = p, *end = p + n;
	bool was_lower = false;

	*s = (struct summary){ 0 };
	t->n = 0;
	t->spaces = t->changes = false;
	while (p < end) {
		struct token_char *c = &t->c[t->n];

		if (t->n == TOKEN_MAX || *p == '\0')
			return false;
		t->at[t->n] = (size_t)(p - from);
		*c = (struct token_char){ 0 };
		c->cp = letter_next(&p, end, &c->upper);
		if (c->cp < 0)
			return false;
		t->n++;
		if (is_cyrillic(c->cp)) {
			s->cyrillic = true;
			s->upper_inside |= was_lower && c->upper;
			was_lower = !c->upper;
			continue;
		}
		was_lower = false;
		s->digit |= is_digit(c->cp);
		s->latin |= is_latin(c->cp);
		s->invisible |= c->cp == 0 || c->cp == 0xAC;
		s->inner |= p < end && !letter_is(c->cp) && !is_digit(c->cp);
		s->address |= c->cp == '@' || c->cp == '#' || c->cp == '_' || c->cp == '\\' ||
			      (c->cp == '/' && t->n > 1 && t->c[t->n - 2].cp == '/');
	}
	t->at[t->n] = n;
	return s->cyrillic && !s->address && !(n > 4 && memcmp(from, "www.", 4) == 0);
}

static int32_t
at(const struct token *t, size_t i)
{
	return i < t->n ? t->c[i].cp : 0;
}

static bool
letter_at(const struct token *t, size_t i)
{
	return i < t->n && is_cyrillic(t->c[i].cp);
}

/* Letters of Cyrillic before and from a place. */
static size_t
run_before(const struct token *t, size_t i)
{
	size_t n = 0;

	while (n < i && letter_at(t, i - n - 1))
		n++;
	return n;
}

static size_t
run_from(const struct token *t, size_t i)
{
	size_t n = 0;

	while (letter_at(t, i + n))
		n++;
	return n;
}

/* Codes of n letters; false if one is not Kazakh or there are too many. */
static bool
codes_of(const struct token *t, size_t from, size_t n, uint8_t w[AFFIX_MAX])
{
	size_t i;

	if (n == 0 || n > AFFIX_MAX)
		return false;
	for (i = 0; i < n; i++)
		if ((w[i] = kk_code(t->c[from + i].cp)) == 0)
			return false;
	return true;
}

static bool
is_one_of(const struct token *t, size_t from, size_t n, const char *const *list, size_t count)
{
	size_t i, k;

	for (i = 0; i < count; i++) {
		const char *p = list[i], *end = p + strlen(p);

		for (k = 0; k < n && p < end && utf8_next(&p, end) == t->c[from + k].cp; k++)
			;
		if (k == n && p == end)
			return true;
	}
	return false;
}

/* -- letters -- */

/* Roman numbers are written with the letters of either script. */
static bool
is_roman(const struct token *t, size_t from, size_t n)
{
	static const int32_t letters[] = { 'i', 'v', 'x', 'l', 'c', 'd', 'm', 0x456, 0x445, 0x441,
		0x43C, 0x442 };
	size_t i, k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < ARRAY_LEN(letters) && letters[k] != t->c[from + i].cp; k++)
			;
		if (k == ARRAY_LEN(letters) || !t->c[from + i].upper)
			return false;
	}
	return true;
}

static void
repair_word(struct token *t, size_t from, size_t n)
{
	struct letter w[WORD_MAX + 1];
	size_t i, cyrillic = 0, latin = 0, changed = 0;
	bool kazakh = false;
	uint8_t codes[AFFIX_MAX];

	if (n < 2 || n >= WORD_MAX || is_roman(t, from, n))
		return;
	for (i = 0; i < n; i++) {
		w[i] = (struct letter){ t->c[from + i].cp, t->c[from + i].upper };
		cyrillic += is_cyrillic(w[i].cp);
		latin += is_latin(w[i].cp);
		kazakh |= w[i].cp > 0x45F && w[i].cp < 0x530;
	}
	if (cyrillic == 0 || latin == 0)
		return;
	/* ә ө һ have Latin twins, but no Latin word has them: one sure letter more says so. */
	w[n] = (struct letter){ kazakh ? U'қ' : 0, false };
	word_repair(w, n + kazakh);
	cyrillic = latin = 0;
	for (i = 0; i < n; i++) {
		changed += w[i].cp != t->c[from + i].cp;
		cyrillic += is_cyrillic(w[i].cp);
		latin += is_latin(w[i].cp);
		if (n <= AFFIX_MAX)
			codes[i] = kk_code(w[i].cp);
	}
	/* Where more than half was the other script, only a word that is one is believed. */
	if (changed == 0 || (cyrillic > 0 && latin > 0) ||
	    (2 * changed > n && !kazakh && !(latin == 0 && n <= AFFIX_MAX && word_known(codes, n))))
		return;
	for (i = 0; i < n; i++)
		if (w[i].cp != t->c[from + i].cp) {
			t->c[from + i].cp = w[i].cp;
			t->c[from + i].changed = t->changes = true;
		}
}

/* Soft hyphens and the like between letters, and the ¬ that scanners write for them. */
static void
drop_invisible(struct token *t)
{
	size_t i, k;

	for (i = 1; i + 1 < t->n; i++) {
		if (t->c[i].cp != 0 && t->c[i].cp != 0xAC)
			continue;
		for (k = i + 1; k < t->n && (t->c[k].cp == 0 || t->c[k].cp == 0xAC); k++)
			;
		if (letter_is(at(t, i - 1)) && letter_is(at(t, k))) {
			for (; i < k; i++) {
				t->c[i].cp = 0;
				t->c[i].changed = t->changes = true;
			}
		}
	}
}

static void
repair_letters(struct token *t)
{
	size_t i, n;

	for (i = 0; i<t->n; i += n> 0 ? n : 1) {
		for (n = 0; i + n < t->n && letter_is(t->c[i + n].cp); n++)
			;
		repair_word(t, i, n);
	}
}

/* -- places where a space belongs -- */

/* 14|мыңнан, but not 40тан, 5ші, А4пішім, 2ГИС. */
static bool
after_digits(const struct token *t, size_t i)
{
	static const char *const endings[] = { "дан", "ден", "тан", "тен", "нан", "нен", "ның",
		"нің", "дың", "дің", "тың", "тің", "мен", "бен", "пен", "дағы", "дегі", "тағы",
		"тегі", "ыншы", "інші", "ншы", "нші", "шысы", "шісі", "лап", "леп", "дап", "деп",
		"тап", "теп", "дай", "дей", "тай", "тей", "лық", "лік", "дық", "дік", "тық", "тік",
		"лаған", "леген", "даған", "деген", "таған", "теген", "ыншысы", "іншісі", "шының",
		"шінің", "шыға", "шіге", "лар", "лер", "дар", "дер", "тар", "тер", "шыдан", "шіден",
		"шыда", "шіде" };
	size_t n = run_from(t, i), k = i, upper = 0, j;

	if (n < 3)
		return false;
	while (k > 0 && (is_digit(at(t, k - 1)) || ((at(t, k - 1) == '.' || at(t, k - 1) == ',') &&
						       k > 1 && is_digit(at(t, k - 2)))))
		k--;
	if (k > 0 && letter_is(at(t, k - 1)))
		return false;
	for (j = 0; j < n; j++)
		upper += t->c[i + j].upper;
	if (upper > 1 || (upper == 1 && !t->c[i].upper))
		return false;
	return !is_one_of(t, i, n, endings, ARRAY_LEN(endings));
}

/* сөз,|сөз – a mark that ends a part, whole words on both sides. */
static bool
after_mark(const struct token *t, size_t i)
{
	int32_t mark = at(t, i - 1), next = at(t, i);
	size_t left = i - 1, n;

	if (mark != ',' && mark != ';' && mark != ':' && mark != '!' && mark != '?')
		return false;
	while (left > 0 &&
	       (at(t, left - 1) == '!' || at(t, left - 1) == '?' || at(t, left - 1) == '.'))
		left--;
	if (left > 0 && (at(t, left - 1) == 0xBB || at(t, left - 1) == ')'))
		return run_from(t, i) >= 2;
	n = run_before(t, left);
	if (n < 2)
		return n == 0 && left > 0 && is_digit(at(t, left - 1)) &&
		       (mark == ',' || mark == ';') && run_from(t, i) >= 3;
	if (is_digit(next))
		return true;
	if (next == 0xAB || next == 0x201C || next == 0x201E)
		return true;
	return run_from(t, i) >= 2 || (is_latin(next) && is_latin(at(t, i + 1)));
}

/* факторы.|Қазақстан, but not А.Құнанбаев, Дж.Байден, проф.Сәтбаев, Отан.KZ. */
static bool
after_stop(const struct token *t, size_t i)
{
	static const char *const shortened[] = { "проф", "акад", "доц", "канд", "мыс", "обл", "ауд",
		"респ", "көш", "қал", "тел", "ред", "корр", "ген", "полк", "кап", "инж", "им", "ат",
		"ул", "пр", "просп", "мкр", "ық", "шағ", "ст", "гл", "ғыл", "хат", "басп", "құраст",
		"ауд", "студ", "млн", "млрд", "мың", "сағ", "мин", "св", "әл", "бк", "стр", "бет",
		"кв", "пер", "зам", "нач", "дир", "мин", "пос", "рис", "сур", "тр", "табл", "айм",
		"қаб", "кең", "ком", "деп", "адв", "др" };
	size_t left = i - 1, n;

	if (at(t, left) != '.' && at(t, left) != 0x2026)
		return false;
	while (left > 0 && at(t, left - 1) == '.')
		left--;
	n = run_before(t, left);
	if (n < 2 || t->c[left - 1].upper || (n <= 3 && t->c[left - n].upper))
		return false;
	if (at(t, i) != 0xAB &&
	    !(letter_at(t, i) && t->c[i].upper && letter_at(t, i + 1) && !t->c[i + 1].upper))
		return false;
	/* «де» and «деп» end sentences, too: a known word of the language is no shortening. */
	return !is_one_of(t, left - n, n, shortened, ARRAY_LEN(shortened));
}

/* бағытында|Ассамблеяның, but not ҚазМұнайГаз, НұрОтан. */
static bool
before_capital(const struct token *t, size_t i)
{
	size_t n = run_before(t, i), right = run_from(t, i), k;
	uint8_t w[AFFIX_MAX];
	struct cut c;

	if (n < 3 || right < 3 || !t->c[i].upper || t->c[i - 1].upper || t->c[i + 1].upper)
		return false;
	for (k = 1; k < n; k++)
		if (t->c[i - k].upper)
			n = k; /* the part since the last capital */
	if (n < 3 || !codes_of(t, i - n, n, w))
		return false;
	if (!t->c[i - n].upper)
		return word_known(w, n);
	affix_cut(KK_CYRILLIC, w, n, &c);
	return n >= 6 && c.known && !c.whole;
}

/* сөз|«…» and «…»|сөзі; endings behind a quotation («Отан»ның) belong to it. */
static bool
at_quotation(const struct token *t, size_t i)
{
	uint8_t w[AFFIX_MAX];
	size_t n;

	if (at(t, i) == 0xAB || at(t, i) == 0x201E)
		return run_before(t, i) >= 3;
	if (at(t, i - 1) != 0xBB)
		return false;
	n = run_from(t, i);
	return n >= 4 && codes_of(t, i, n, w) && word_known(w, n) && !word_only_ending(w, n);
}

bool
token_fix(const char *p, size_t n, struct token *t)
{
	struct summary s;
	size_t i;

	if (!token_read(p, n, t, &s))
		return false;
	if (s.invisible)
		drop_invisible(t);
	if (s.latin)
		repair_letters(t);
	if (!s.digit && !s.inner && !s.upper_inside && !t->changes)
		return false;
	for (i = 1; i < t->n; i++) {
		bool space = (is_digit(at(t, i - 1)) && letter_at(t, i) && after_digits(t, i)) ||
			     (letter_at(t, i - 1) && letter_at(t, i) && before_capital(t, i)) ||
			     (!letter_at(t, i - 1) && (after_mark(t, i) || after_stop(t, i))) ||
			     (letter_at(t, i) != letter_at(t, i - 1) && at_quotation(t, i));

		t->c[i].space = space;
		t->spaces |= space;
	}
	return t->spaces || t->changes;
}

bool
token_write(
    const char *p, const struct token *t, size_t where, const struct quotes *q, struct buf *out)
{
	bool changed = false;
	size_t i;
	char bytes[4];

	for (i = 0; i < t->n; i++) {
		const struct token_char *c = &t->c[i];
		bool free = q == NULL || !quotes_hold(q, where + t->at[i]);

		if (c->space && free)
			buf_char(out, ' ');
		if (c->changed && free) {
			if (c->cp != 0)
				buf_put(out, bytes,
				    utf8_put(bytes, c->upper ? utf8_upper(c->cp) : c->cp));
		} else
			buf_put(out, p + t->at[i], t->at[i + 1] - t->at[i]);
		changed |= free && (c->space || c->changed);
	}
	return changed;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static void
line_fix(const char *line, size_t n, struct buf *out)
{
	const char *p = line, *end = line + n, *done = line;
	struct quotes q;
	struct token t;
	bool quotes_known = false;

	while (p < end) {
		const char *from;

		while (p < end && is_space(*p))
			p++;
		for (from = p; p < end && !is_space(*p);)
			p++;
		if (p == from || !token_fix(from, (size_t)(p - from), &t))
			continue;
		if (!quotes_known)
			quotes_find(line, n, &q);
		quotes_known = true;
		buf_put(out, done, (size_t)(from - done));
		token_write(from, &t, (size_t)(from - line), &q, out);
		done = p;
	}
	buf_put(out, done, (size_t)(end - done));
}

void
text_fix(const char *text, size_t n, struct buf *out)
{
	const char *p = text, *end = text + n;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t len = nl == NULL ? (size_t)(end - p) : (size_t)(nl - p);

		line_fix(p, len, out);
		if (nl != NULL)
			buf_char(out, '\n');
		p = nl == NULL ? end : nl + 1;
	}
}
