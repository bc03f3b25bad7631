/* near.c – a question's words, and the words of the index that look like them.
 *
 * Likeness is looked for in the vocabulary, never in documents: 4-grams of stems and 3-grams of
 * names, both with the word's ends. The database counts common grams, this file measures the best
 * few exactly. Beginnings count too: who types «ассам» means «ассамблея». */
#include "search/inner.h"

#include <stdlib.h>

#include "lang/key.h"
#include "lang/spelling.h"

enum {
	CANDIDATES = 64, /* looked at per word of a name */
	CANDIDATES_TEXT = 48,
	NEAR_TEXT = 12,	   /* that may stand for a word of a text; for names ASK_NEAR */
	BONES = 4,	   /* as many 3-grams is it worth that the consonants are one */
	PREFIX_MIN = 3,	   /* letters of a beginning */
	PREFIX_WORDS = 12, /* words that begin so, the shortest first */
	FEW_WORDS = 3,	   /* up to so many, each word looks for its like */
	OTHER_READING = 950,
	LIKE_TEXT = 450, /* least likeness of stems */
	LIKE_NAME = 350, /* of names, whose spelling wanders more */
};

/* ---- grams ---- */

static bool
is_number(const char *w)
{
	return *w != '\0' && w[strspn(w, "0123456789")] == '\0';
}

/* What is left of a name when only the consonants count and their kin are one: Ким and Gim, Көшім and
 * Кучум share no 3-gram, but this. */
static int64_t
bones(int64_t scope, const char *word)
{
	static const char bone[] = "?pkt?fkk?sklmn?pkrst?fsk?s"; /* of a … z */
	char out[NEAR_MAX + 1];
	size_t n = 0;

	out[n++] = '=';
	for (; *word != '\0' && n < NEAR_MAX; word++) {
		char c = *word >= 'a' && *word <= 'z' ? bone[*word - 'a'] : *word;

		if (c == '?' && n > 1)
			continue;
		if (out[n - 1] != c)
			out[n++] = c;
	}
	return gram_of(scope, out, n);
}

size_t
word_grams(int64_t scope, const char *word, bool name, int64_t *out)
{
	char padded[NEAR_MAX + 2];
	size_t n = strlen(word), len = name ? 3 : 4, i, k = 0;
	const char *whole = word;

	/* 2024 is not nearly 2025. An end in itself would join half of all words: endings are few. */
	if (is_number(word) || n < 2)
		return 0;
	if (n > NEAR_MAX)
		n = NEAR_MAX;
	padded[0] = '^';
	memcpy(padded + 1, word, n);
	n += 1;
	for (i = 0; i + len <= n; i++) {
		int64_t g = gram_of(scope, padded + i, len);
		size_t j;

		for (j = 0; j < k && out[j] != g; j++)
			;
		if (j == k)
			out[k++] = g;
	}
	if (name)
		out[k++] = bones(scope, whole);
	return k;
}

/* ---- likeness ---- */

/* Sounds that spellings of one word disagree about: another vowel, a neighbour of the consonant, a
 * glide more or less cost half of any other difference. */
enum { VOWEL = 1, LIPS = 2, TEETH = 4, BACK = 8, HISS = 16, NOSE = 32, ROUND = 64, FLOW = 128 };
static const uint8_t kin[256] = { ['a'] = VOWEL,
	['e'] = VOWEL,
	['i'] = VOWEL,
	['o'] = VOWEL,
	['u'] = VOWEL | ROUND,
	['v'] = LIPS | ROUND,
	['p'] = LIPS,
	['b'] = LIPS,
	['f'] = LIPS,
	['t'] = TEETH,
	['d'] = TEETH,
	['k'] = BACK,
	['g'] = BACK,
	['h'] = BACK,
	['s'] = HISS,
	['z'] = HISS,
	['j'] = HISS,
	['w'] = HISS,
	['m'] = NOSE,
	['n'] = NOSE,
	['l'] = FLOW,
	['r'] = FLOW };

static int
change_cost(char a, char b)
{
	if (a == b)
		return 0;
	return (kin[(unsigned char)a] & kin[(unsigned char)b]) != 0 ? 500 : 1000;
}

static int
loss_cost(char c)
{
	return c == 'i' || c == 'h' ? 500 : 1000;
}

/* Letters that differ, in thousandths: insertions, deletions, changes, neighbours swapped. */
static int
distance(const char *a, int n, const char *b, int m)
{
	int row[3][NEAR_MAX + 1], i, j;

	row[0][0] = 0;
	for (j = 1; j <= m; j++)
		row[0][j] = row[0][j - 1] + loss_cost(b[j - 1]);
	for (i = 1; i <= n; i++) {
		int *now = row[i % 3], *up = row[(i - 1) % 3], *up2 = row[(i + 1) % 3];

		now[0] = up[0] + loss_cost(a[i - 1]);
		for (j = 1; j <= m; j++) {
			int best = up[j - 1] + change_cost(a[i - 1], b[j - 1]),
			    less = up[j] + loss_cost(a[i - 1]),
			    more = now[j - 1] + loss_cost(b[j - 1]);

			best = less < best ? less : best;
			best = more < best ? more : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    up2[j - 2] + 1000 < best)
				best = up2[j - 2] + 1000;
			now[j] = best;
		}
	}
	return row[n % 3][m];
}

/* Dice over 3-grams of ^word$, in thousandths. */
static int
dice(const char *a, int n, const char *b, int m)
{
	char x[NEAR_MAX + 3], y[NEAR_MAX + 3];
	bool used[NEAR_MAX + 3] = { false };
	int i, j, same = 0;

	x[0] = y[0] = '^';
	memcpy(x + 1, a, (size_t)n);
	memcpy(y + 1, b, (size_t)m);
	x[n + 1] = y[m + 1] = '$';
	for (i = 0; i < n; i++)
		for (j = 0; j < m; j++)
			if (!used[j] && memcmp(x + i, y + j, 3) == 0) {
				used[j] = true;
				same++;
				break;
			}
	return 2000 * same / (n + m);
}

int
likeness(const char *a, const char *b)
{
	int n = (int)strnlen(a, NEAR_MAX), m = (int)strnlen(b, NEAR_MAX), longer = n > m ? n : m;
	int d, e;

	if (n == m && memcmp(a, b, (size_t)n) == 0)
		return 1000;
	if (n == 0 || m == 0)
		return 0;
	d = dice(a, n, b, m);
	e = 1000 - distance(a, n, b, m) / longer;
	return (d + 2 * (e < 0 ? 0 : e)) / 3;
}

/* ---- the vocabulary ---- */

/* Names are not stemmed – Бек and Бекова are two – but a case ending may stand behind one. Longer
 * endings first. What doubles at the joint stays with the name: Григоряннан is Григорян and -нан. */
static size_t
case_ending(const char *key, const struct spelling *typed)
{
	static const char *const ends[] = { "nin", "din", "tin", "nan", "nen", "dan", "den", "tan",
		"ten", "men", "ben", "pen", "nda", "nde", "ga", "ge", "ka", "ke", "na", "ne", "ni",
		"di", "ti", "da", "de", "ta", "te" };
	enum { LEAST = 3 };
	size_t n = strlen(key), i;

	for (i = 0; i < ARRAY_LEN(ends); i++) {
		size_t m = strlen(ends[i]), joint;

		if (n < m || strcmp(key + n - m, ends[i]) != 0)
			continue;
		joint = typed->n > m && typed->times[typed->n - m] > 1;
		if (n - m + joint >= LEAST)
			return m - joint;
	}
	return 0;
}

static const char *
bare_name(struct arena *a, const char *key, const char *typed)
{
	struct spelling s;

	spelling_read(typed, strlen(typed), &s);
	return arena_strn(a, key, strlen(key) - case_ending(key, &s));
}

struct near {
	const char *key;
	int like;
	bool begins;
};

static int
by_likeness(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	return x->like != y->like ? y->like - x->like : strcmp(x->key, y->key);
}

struct seek {
	struct ctx *cx;
	const struct ask_group *g;
	const char *whole; /* the word as typed, as a key */
	const char *other; /* the stem; of a name, without a case ending */
	bool one;	   /* nothing was cut */
	uint64_t readers;
	bool name;
	struct near found[CANDIDATES + PREFIX_WORDS];
	size_t n;
	bool known;
};

static void
note_near(struct seek *s, const char *key, bool prefix)
{
	size_t i, typed = strlen(s->whole), whole = strlen(key);
	int like, other;

	if (strcmp(key, s->other) == 0 || strcmp(key, s->whole) == 0) {
		s->known = true;
		return;
	}
	like = likeness(s->whole, key);
	other = s->one ? like : likeness(s->other, key);
	like = other > like ? other : like;
	/* A beginning stands for its word the better the more of it was typed. */
	if (prefix && like < 400 + (int)(500 * typed / whole))
		like = 400 + (int)(500 * typed / whole);
	for (i = 0; i < s->n; i++)
		if (strcmp(s->found[i].key, key) == 0) {
			if (s->found[i].like < like)
				s->found[i].like = like;
			s->found[i].begins = s->found[i].begins || prefix;
			return;
		}
	if (like >= (s->name ? LIKE_NAME : LIKE_TEXT) && s->n < ARRAY_LEN(s->found))
		s->found[s->n++] = (struct near){ key, like, prefix };
}

static size_t
scopes(const struct seek *s, int64_t out[CAP_COUNT])
{
	size_t n = 0;
	int a;

	for (a = 0; a < CAP_COUNT; a++)
		if ((s->readers & READER(a)) != 0)
			out[n++] = scope_of((enum cap)a, s->name);
	return n;
}

static int
seek_grams(struct seek *s)
{
	AUTO_ROWS r = { 0 };
	int64_t scope[CAP_COUNT], g[2 * CAP_COUNT * (NEAR_MAX + 2)], b[2 * CAP_COUNT];
	struct val v[2 * IN_MAX];
	size_t nscope = scopes(s, scope), i, n = 0, nb = 0, nv = 0;
	struct buf sql;

	for (i = 0; i < nscope; i++) {
		n += word_grams(scope[i], s->other, s->name, g + n);
		b[nb++] = bones(scope[i], s->other);
		if (s->one)
			continue;
		n += word_grams(scope[i], s->whole, s->name, g + n);
		b[nb++] = bones(scope[i], s->whole);
	}
	if (n == 0)
		return RC_OK;
	n = n < IN_MAX ? n : IN_MAX;
	buf_init(&sql, s->cx->arena, 0);
	buf_str(&sql, "SELECT word, ");
	if (s->name) {
		buf_str(&sql, "sum(CASE WHEN gram");
		in_list(&sql, v, &nv, b, nb);
		buf_printf(&sql, " THEN %d ELSE 1 END)", BONES);
	} else
		buf_str(&sql, "count(*)");
	buf_str(&sql, " AS common FROM search_gram WHERE gram");
	in_list(&sql, v, &nv, g, n);
	buf_printf(&sql, " GROUP BY word ORDER BY common DESC, word LIMIT %d",
	    s->name ? CANDIDATES : CANDIDATES_TEXT);
	TRY(db_rows(s->cx, &r, sql.p, (struct vals){ v, nv }));
	while (rows_next(&r))
		note_near(s, row_text(&r, 0), false);
	return rows_end(&r);
}

static int
seek_beginnings(struct seek *s)
{
	AUTO_ROWS r = { 0 };
	int64_t scope[CAP_COUNT];
	struct val v[80];
	size_t nscope = scopes(s, scope), nv = 2, n = strlen(s->whole);
	struct buf sql;
	char *end;

	if (n < PREFIX_MIN || is_number(s->whole))
		return RC_OK;
	end = arena_printf(s->cx->arena, "%s~", s->whole);
	v[0] = v_text(s->whole);
	v[1] = v_text(end);
	buf_init(&sql, s->cx->arena, 0);
	buf_str(&sql, "SELECT DISTINCT word, length(word) AS letters FROM search_word"
		      " WHERE word > $1 AND word < $2 AND scope");
	in_list(&sql, v, &nv, scope, nscope);
	buf_printf(&sql, " ORDER BY letters, word LIMIT %d", PREFIX_WORDS);
	TRY(db_rows(s->cx, &r, sql.p, (struct vals){ v, nv }));
	while (rows_next(&r))
		note_near(s, row_text(&r, 0), true);
	return rows_end(&r);
}

/* A Latin c is k for some and ц for others (Coy is Цой): the key of the other reading, or NULL. */
static const char *
with_ts(struct arena *a, const char *typed)
{
	struct key_token *t;
	struct buf b;
	const char *p;

	if (strchr(typed, 'c') == NULL)
		return NULL;
	buf_init(&b, a, 0);
	for (p = typed; *p != '\0'; p++)
		if (*p == 'c' && p[1] != 'h' && p[1] != 'k')
			buf_str(&b, "ts");
		else
			buf_char(&b, *p);
	return key_tokens(a, b.p, b.n, &t) == 0 ? NULL : name_key(a, t[0].exact);
}

static int
seek_near(struct ctx *cx, struct ask_group *g, uint64_t readers, bool name, bool few)
{
	const char *other = name ? g->name_bare : g->stem;
	const char *whole = name ? g->name_exact : g->exact;
	const char *ts = name ? with_ts(cx->arena, g->typed) : NULL;
	struct seek s = { .cx = cx,
		.g = g,
		.readers = readers,
		.name = name,
		.whole = whole,
		.other = other,
		.one = strcmp(whole, other) == 0 };
	struct ask_word *to = name ? g->name : g->text;
	size_t n = 0, i;

	to[n++] = (struct ask_word){ other, 1000, false, false };
	if (!s.one)
		to[n++] = (struct ask_word){ whole, 1000, false, false };
	if (ts != NULL)
		to[n++] = (struct ask_word){ ts, OTHER_READING, true, false };
	s.known = name ? g->name_known : g->text_known;
	/* In a long question the words help each other; their like then only mend unknown ones. */
	if (few || !s.known)
		TRY(seek_grams(&s));
	TRY(seek_beginnings(&s));
	qsort(s.found, s.n, sizeof s.found[0], by_likeness);
	for (i = 0; i < s.n && i < (size_t)(name ? ASK_NEAR : NEAR_TEXT); i++)
		to[n++] =
		    (struct ask_word){ s.found[i].key, s.found[i].like, true, s.found[i].begins };
	if (name) {
		g->nname = n;
		g->name_known = s.known;
	} else {
		g->ntext = n;
		g->text_known = s.known;
	}
	return RC_OK;
}

/* Which words of the question stand in the vocabulary themselves: asked at once for all. */
static int
seek_known(struct ctx *cx, struct question *q)
{
	enum { TEXTS_MAX = 4 * ASK_GROUPS };
	AUTO_ROWS r = { 0 };
	int64_t scope[2 * CAP_COUNT];
	struct val v[TEXTS_MAX + 128];
	size_t i, g, n = 0, nv = 0, want = q->n <= 3 ? 12 : TEXTS_MAX;
	struct buf sql;

	for (i = 0; i < CAP_COUNT; i++)
		if ((q->readers & READER(i)) != 0) {
			scope[n++] = scope_of((enum cap)i, false);
			scope[n++] = scope_of((enum cap)i, true);
		}
	if (n == 0 || q->n == 0)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql, "SELECT scope, word FROM search_word WHERE word IN (");
	for (i = 0; i < want; i++) {
		const struct ask_group *a = &q->group[i / 4 < q->n ? i / 4 : 0];
		const char *const words[] = { a->exact, a->stem, a->name_exact, a->name_bare };

		v[nv] = v_text(words[i % 4]);
		buf_str(&sql, i == 0 ? "$" : ", $");
		buf_int(&sql, (int64_t)++nv);
	}
	buf_str(&sql, ") AND scope");
	in_list(&sql, v, &nv, scope, n);
	TRY(db_rows(cx, &r, sql.p, (struct vals){ v, nv }));
	while (rows_next(&r)) {
		bool name = row_int(&r, 0) % 2 == 1;
		const char *word = row_text(&r, 1);

		for (g = 0; g < q->n; g++) {
			struct ask_group *a = &q->group[g];

			if (name)
				a->name_known = a->name_known || strcmp(word, a->name_exact) == 0 ||
						strcmp(word, a->name_bare) == 0;
			else
				a->text_known = a->text_known || strcmp(word, a->exact) == 0 ||
						strcmp(word, a->stem) == 0;
		}
	}
	return rows_end(&r);
}

int
question_read(struct ctx *cx, const char *text, uint64_t readers, unsigned of, struct question *out)
{
	struct key_token *t;
	size_t n = key_tokens(cx->arena, text, strlen(text), &t), i, j;

	*out = (struct question){ .readers = readers };
	out->comma =
	    n > 1 && memchr(text + t[0].at + t[0].n, ',', t[1].at - t[0].at - t[0].n) != NULL;
	for (i = 0; i < n && out->n < ASK_GROUPS; i++) {
		struct ask_group *g = &out->group[out->n];

		for (j = 0; j < out->n; j++)
			if (strcmp(out->group[j].exact, t[i].exact) == 0)
				break;
		if (j < out->n || *t[i].exact == '\0')
			continue;
		g->exact = t[i].exact;
		g->stem = t[i].stem;
		g->typed = small_letters(cx->arena, text + t[i].at, t[i].n);
		g->name_exact = name_key(cx->arena, g->exact);
		g->name_bare = bare_name(cx->arena, g->name_exact, g->typed);
		out->n++;
	}
	TRY(seek_known(cx, out));
	for (i = 0; i < out->n; i++) {
		if ((of & ASK_TEXTS) != 0)
			TRY(seek_near(cx, &out->group[i], readers, false, out->n <= FEW_WORDS));
		if ((of & ASK_NAMES) != 0)
			TRY(seek_near(cx, &out->group[i], readers, true, true));
	}
	return RC_OK;
}
