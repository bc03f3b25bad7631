/* registry_alike.c – likely the same person: the keys by which people are found, and how alike two are.
 *
 * No save and no page compares one person with all: each row leaves a few keys in person_key (its name
 * in order of the parts, telephones, day and year of birth with a part of the name), and only people
 * who share one are compared. Names are compared as fold keys, so script, keyboard and order of the
 * parts do not matter; a single typing error leaves the other part to be found by.
 *
 * RULE person-1: the same IIN is certainly the same person; the same name and day of birth is asked for.
 * RULE person-2: likely is a likeness of LIKELY or more: half of it is the name, the rest birth and
 * telephone; a different year of birth speaks against it. */
#include "mod/registry/registry_alike.h"

#include <stdio.h>
#include <stdlib.h>

#include "kind/vault.h"
#include "lang/order.h"

static const char *
fold(struct ctx *cx, const char *s)
{
	return s == NULL ? "" : fold_key(cx->arena, s);
}

/* ---- names in parts ---- */

static void
add_parts(struct ctx *cx, struct name_parts *p, const char *text)
{
	char *save = NULL, *s = arena_str(cx->arena, fold(cx, text)), *w;

	for (w = strtok_r(s, " ", &save); w != NULL && p->n < NAME_PARTS;
	     w = strtok_r(NULL, " ", &save))
		p->v[p->n++] = w;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "асан касимов": the parts in order, one space between. */
static const char *
in_order(struct ctx *cx, const struct name_parts *p)
{
	struct name_parts s = *p;
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	if (s.n > 0)
		qsort(s.v, s.n, sizeof s.v[0], by_text);
	for (i = 0; i < s.n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_str(&b, s.v[i]);
	}
	return b.p;
}

void
alike_names(struct ctx *cx, const struct person *p, struct names *out)
{
	*out = (struct names){ .whole = { .n = 0 } };
	add_parts(cx, &out->core, p->surname);
	add_parts(cx, &out->core, p->given);
	out->whole = out->core;
	add_parts(cx, &out->father, p->patronymic);
	add_parts(cx, &out->whole, p->patronymic);
	add_parts(cx, &out->latin, p->latin_surname);
	add_parts(cx, &out->latin, p->latin_given);
}

/* ---- how alike two words are ---- */

enum { WORD_LETTERS = 48 };

static size_t
letters(const char *s, uint32_t out[WORD_LETTERS])
{
	size_t n = 0;

	while (*s != '\0' && n < WORD_LETTERS) {
		uint32_t c = (unsigned char)*s++;

		for (; (*s & 0xC0) == 0x80; s++)
			c = c << 6 | ((unsigned char)*s & 0x3F);
		out[n++] = c;
	}
	return n;
}

/* Changes of one letter, or of two neighbours exchanged, that lead from one word to the other. */
static size_t
distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
	size_t d[3][WORD_LETTERS + 1], i, j;

	for (j = 0; j <= nb; j++)
		d[0][j] = j;
	for (i = 1; i <= na; i++) {
		size_t *now = d[i % 3], *was = d[(i + 2) % 3], *before = d[(i + 1) % 3];

		now[0] = i;
		for (j = 1; j <= nb; j++) {
			size_t best = was[j - 1] + (a[i - 1] != b[j - 1]);

			if (was[j] + 1 < best)
				best = was[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
	}
	return d[na % 3][nb];
}

double
alike_words(const char *a, const char *b)
{
	uint32_t la[WORD_LETTERS], lb[WORD_LETTERS];
	size_t na, nb, longer;
	double by_letters, by_parts;

	if (strcmp(a, b) == 0)
		return 1;
	na = letters(a, la);
	nb = letters(b, lb);
	if (na == 0 || nb == 0)
		return 0;
	if (na == 1 || nb == 1) /* an initial says little, but does not contradict */
		return la[0] == lb[0] ? 0.8 : 0;
	longer = na > nb ? na : nb;
	by_letters = 1 - (double)distance(la, na, lb, nb) / (double)longer;
	by_parts = fold_similarity(a, b);
	return by_letters > by_parts ? by_letters : by_parts;
}

/* Each part of the shorter name finds its best partner in the longer one, the best pair first. */
static double
alike_parts(const struct name_parts *a, const struct name_parts *b, double *weakest)
{
	const struct name_parts *small = a->n <= b->n ? a : b, *large = a->n <= b->n ? b : a;
	bool used_s[NAME_PARTS] = { false }, used_l[NAME_PARTS] = { false };
	double sum = 0, weight = 0;
	size_t round, i, j;

	*weakest = 1;
	if (small->n == 0)
		return 0;
	for (round = 0; round < small->n; round++) {
		double best = -1;
		size_t bi = 0, bj = 0;

		for (i = 0; i < small->n; i++)
			for (j = 0; j < large->n; j++) {
				double s = used_s[i] || used_l[j]
					       ? -1
					       : alike_words(small->v[i], large->v[j]);

				if (s > best) {
					best = s;
					bi = i;
					bj = j;
				}
			}
		used_s[bi] = used_l[bj] = true;
		*weakest = best < *weakest ? best : *weakest;
		sum += best * (double)strlen(small->v[bi]);
		weight += (double)strlen(small->v[bi]);
	}
	return sum / weight;
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* 0 … 1, and the reasons that concern the name. */
static double
compare_names(struct ctx *cx, const struct person *a, const struct person *b,
    const struct names *na, const struct names *nb, unsigned *reasons)
{
	double s, weakest = 1, ignored;
	bool fathers = na->father.n > 0 && nb->father.n > 0;

	/* A lone surname fits too many. */
	if (na->core.n < 2 && nb->core.n < 2 && na->whole.n < 2 && nb->whole.n < 2)
		s = strcmp(in_order(cx, &na->core), in_order(cx, &nb->core)) == 0 ? 0.6 : 0;
	else if (na->core.n < 2 || nb->core.n < 2)
		s = 0.6 * alike_parts(&na->core, &nb->core, &ignored);
	else
		s = alike_parts(&na->core, &nb->core, &weakest);
	/* A patronymic may stand among the given names of one of them. */
	if ((na->father.n == 0) != (nb->father.n == 0) && na->core.n > 1 && nb->core.n > 1) {
		double w, whole = alike_parts(&na->whole, &nb->whole, &w);

		if (whole > s) {
			s = whole;
			weakest = w;
		}
	}
	if (na->latin.n > 1 && nb->latin.n > 1)
		s = larger(s, alike_parts(&na->latin, &nb->latin, &ignored));
	else if (na->latin.n > 1 && nb->core.n > 1)
		s = larger(s, alike_parts(&na->latin, &nb->core, &ignored));
	else if (nb->latin.n > 1 && na->core.n > 1)
		s = larger(s, alike_parts(&nb->latin, &na->core, &ignored));
	/* One part quite different is a brother or a namesake; so is another father's name. */
	if (weakest < 0.5 && s < 0.95)
		s -= 0.25;
	if (fathers && alike_parts(&na->father, &nb->father, &ignored) < 0.6)
		s -= 0.35;
	/* Who married may have another surname. */
	if (fathers && a->birth_day != 0 && a->birth_day == b->birth_day && s < 0.6 &&
	    same_text(fold(cx, a->given), fold(cx, b->given)) &&
	    same_text(fold(cx, a->patronymic), fold(cx, b->patronymic))) {
		*reasons |= OTHER_SURNAME;
		return 0.6;
	}
	if (s >= 1) {
		*reasons |= SAME_NAME;
		if (!same_text(fold(cx, a->surname), fold(cx, b->surname)))
			*reasons |= OTHER_ORDER;
		else if (!same_text(a->surname, b->surname) || !same_text(a->given, b->given))
			*reasons |= OTHER_LETTERS;
	} else if (s >= 0.7)
		*reasons |= SIMILAR_NAME;
	return s < 0 ? 0 : s;
}

/* ---- births and telephones ---- */

/* One digit mistyped, or day and month exchanged, or only the year known (1 January). */
static bool
near_days(int a, int b)
{
	int ma = a / 100 % 100, mb = b / 100 % 100, da = a % 100, db = b % 100, i, differ = 0;

	if (a / 10000 == b / 10000 &&
	    ((ma == db && da == mb) || a % 10000 == 101 || b % 10000 == 101))
		return true;
	for (i = 0; i < 8; i++, a /= 10, b /= 10)
		differ += a % 10 != b % 10;
	return differ == 1;
}

/* Numbers of a telephone field, the last ten digits of each: +7 and 8 in front mean the same. */
size_t
alike_phones(struct ctx *cx, const char *text, const char *out[PHONES])
{
	const char *s = text == NULL ? "" : text;
	char digits[40];
	size_t n = 0, d = 0;

	for (;; s++) {
		if (*s >= '0' && *s <= '9' && d < sizeof digits - 1)
			digits[d++] = *s;
		if (*s != '\0' && strchr(",;/\n", *s) == NULL)
			continue;
		digits[d] = '\0';
		if (d >= 6 && n < PHONES)
			out[n++] = arena_str(cx->arena, d > 10 ? digits + d - 10 : digits);
		d = 0;
		if (*s == '\0')
			return n;
	}
}

static bool
share_phone(struct ctx *cx, const struct person *a, const struct person *b)
{
	const char *pa[PHONES], *pb[PHONES];
	size_t na = alike_phones(cx, a->phone, pa), nb = alike_phones(cx, b->phone, pb), i, j;

	for (i = 0; i < na; i++)
		for (j = 0; j < nb; j++)
			if (strcmp(pa[i], pb[j]) == 0)
				return true;
	return false;
}

static double
compare_births(const struct person *a, const struct person *b, unsigned *reasons)
{
	if (a->birth_day == 0 || b->birth_day == 0) {
		*reasons |= UNKNOWN_BIRTH;
		return 60;
	}
	if (a->birth_day == b->birth_day) {
		*reasons |= SAME_BIRTH;
		return 350;
	}
	if (near_days(a->birth_day, b->birth_day)) {
		*reasons |= NEAR_BIRTH;
		return 220;
	}
	if (day_year(a->birth_day) == day_year(b->birth_day)) {
		return 40; /* namesakes of one year are many */
	}
	return -150;
}

/* RULE person-2 */
int
alike_persons(struct ctx *cx, const struct person *a, const struct names *na,
    const struct person *b, const struct names *nb, unsigned *reasons)
{
	double score;

	*reasons = 0;
	score = 500 * compare_names(cx, a, b, na, nb, reasons);
	score += compare_births(a, b, reasons);
	if (share_phone(cx, a, b)) {
		*reasons |= SAME_PHONE;
		score += 200;
	}
	if (a->sex != NULL && b->sex != NULL && !same_text(a->sex, b->sex))
		score -= 200;
	if (a->iin_mac != NULL && b->iin_mac != NULL) {
		if (strcmp(a->iin_mac, b->iin_mac) == 0) {
			*reasons |= SAME_IIN;
			return 1000;
		}
		score -= 300; /* two IINs are two people, unless one is mistyped */
	}
	return score < 0 ? 0 : score > 999 ? 999 : (int)score;
}

/* ---- keys ---- */

static void
add_key(struct alike_keys *k, char sort, const char *name)
{
	size_t i;

	if (*name == '\0' || k->n == ALIKE_KEYS)
		return;
	for (i = 0; i < k->n; i++)
		if (k->v[i].sort == sort && strcmp(k->v[i].name, name) == 0)
			return;
	k->v[k->n].sort = sort;
	k->v[k->n++].name = name;
}

static const char *
first_two(struct ctx *cx, const char *word)
{
	size_t n = 0, i;

	for (i = 0; i < 2 && word[n] != '\0'; i++)
		for (n++; (word[n] & 0xC0) == 0x80; n++)
			;
	return arena_strn(cx->arena, word, n);
}

static void
birth_keys(struct ctx *cx, struct alike_keys *k, const struct name_parts *p, int day)
{
	size_t i;

	for (i = 0; i < p->n && day != 0; i++) {
		add_key(k, 'd', arena_printf(cx->arena, "%08d %s", day, first_two(cx, p->v[i])));
		add_key(k, 'y', arena_printf(cx->arena, "%04d %s", day_year(day), p->v[i]));
	}
}

void
alike_keys_of(struct ctx *cx, const struct person *p, const struct names *n, struct alike_keys *out)
{
	const char *phone[PHONES];
	size_t phones = alike_phones(cx, p->phone, phone), i;

	out->n = 0;
	add_key(out, 'n', in_order(cx, &n->core));
	add_key(out, 'n', in_order(cx, &n->whole));
	add_key(out, 'n', in_order(cx, &n->latin));
	for (i = 0; i < phones; i++)
		add_key(out, 't', phone[i]);
	birth_keys(cx, out, &n->core, p->birth_day);
	birth_keys(cx, out, &n->latin, p->birth_day);
}

/* Ids that share a key with p: at most NEIGHBOURS, so that a key that thousands share (a telephone of
 * a school) costs no more than others. */
enum { NEIGHBOURS = 400 };

/* One look into the index a key. WHY no IN and no UNION: SQLite would build a table for each. */
static int
neighbours(
    struct ctx *cx, const struct person *p, const struct alike_keys *k, int64_t *out, size_t *n)
{
	struct val v[2 * ALIKE_KEYS + 1];
	AUTO_ROWS r = { 0 };
	struct buf sql;
	size_t nv = 0, i, j;

	*n = 0;
	if (k->n == 0)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	v[nv++] = v_int(p->rec.id);
	for (i = 0; i < k->n; i++) {
		buf_str(&sql, i == 0 ? "" : " UNION ALL ");
		buf_str(&sql, "SELECT person FROM person_key WHERE sort = $");
		buf_int(&sql, (int64_t)nv + 1);
		buf_str(&sql, " AND name = $");
		buf_int(&sql, (int64_t)nv + 2);
		buf_str(&sql, " AND person <> $1");
		v[nv++] = v_text(arena_strn(cx->arena, &k->v[i].sort, 1));
		v[nv++] = v_text(k->v[i].name);
	}
	buf_printf(&sql, " LIMIT %d", NEIGHBOURS);
	TRY(db_rows(cx, &r, sql.p, (struct vals){ v, nv }));
	while (rows_next(&r) && *n < NEIGHBOURS) {
		for (j = 0; j < *n && out[j] != row_int(&r, 0); j++)
			;
		if (j == *n)
			out[(*n)++] = row_int(&r, 0);
	}
	return rows_end(&r);
}

/* ---- who may be the same ---- */

static int
by_likeness(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->likeness != y->likeness)
		return x->likeness < y->likeness ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

static int
compare_all(struct query *q, const struct person *p, const struct names *np, struct candidate *out,
    size_t *n)
{
	struct ctx *cx = q->cx;
	struct names nc;
	struct list l;
	size_t i;

	do {
		TRY(query_list(q, &l));
		for (i = 0; i < l.n; i++) {
			const struct person *c = list_row(&l, &person_kind, i);
			struct candidate *o = &out[*n];
			unsigned reasons;
			int likeness;

			alike_names(cx, c, &nc);
			likeness = alike_persons(cx, p, np, c, &nc, &reasons);
			if (likeness < LIKELY)
				continue;
			*o = (struct candidate){ .id = c->rec.id,
				.certain = (reasons & SAME_IIN) != 0,
				.same = (reasons & (SAME_NAME | SAME_BIRTH)) ==
					(SAME_NAME | SAME_BIRTH),
				.likeness = likeness,
				.reasons = reasons,
				.title = kind_title(cx, &person_kind, c),
				.hint = person_hint(cx, c) };
			++*n;
		}
		q->after = l.next;
	} while (l.next != NULL);
	return RC_OK;
}

int
person_candidates(struct ctx *cx, const struct person *in, struct candidate **out, size_t *n)
{
	int64_t *ids = arena_array(cx->arena, int64_t, NEIGHBOURS);
	struct person p = *in;
	struct alike_keys k;
	struct names np;
	struct query q;
	struct buf b;
	size_t nids, i;

	*n = 0;
	*out = NULL;
	if (p.iin.fresh != NULL && iin_error(p.iin.fresh) == NULL)
		p.iin_mac = vault_mac_hex(cx->arena, VAULT_IIN, p.iin.fresh);
	alike_names(cx, &p, &np);
	alike_keys_of(cx, &p, &np, &k);
	TRY(neighbours(cx, &p, &k, ids, &nids));
	if (nids == 0 && p.iin_mac == NULL && may(cx, person_kind.read))
		return RC_OK; /* nobody is asked about most of those who come in */
	buf_init(&b, cx->arena, 0);
	buf_str(&b, "person.id <> ? AND (person.iin_mac = ? OR person.id IN (0");
	for (i = 0; i < nids; i++)
		buf_printf(&b, ",%lld", (long long)ids[i]);
	buf_str(&b, "))");
	TRY(query_init(cx, &q, &person_kind));
	query_and(&q, b.p, VALS(v_int(p.rec.id), v_text(p.iin_mac)));
	q.limit = nids + 2 < QUERY_LIMIT_MAX ? (int)nids + 2 : QUERY_LIMIT_MAX;
	*out = arena_array(cx->arena, struct candidate, nids + 2);
	TRY(compare_all(&q, &p, &np, *out, n));
	if (*n > 0)
		qsort(*out, *n, sizeof **out, by_likeness);
	return RC_OK;
}

const char *
person_reasons_text(struct ctx *cx, unsigned reasons)
{
	static const struct {
		unsigned bit;
		const char *text;
	} words[] = { { SAME_IIN, N_("the same IIN") }, { SAME_NAME, N_("the same name") },
		{ OTHER_ORDER, N_("parts of the name in another order") },
		{ OTHER_LETTERS, N_("written with other letters") },
		{ SIMILAR_NAME, N_("a similar name") },
		{ OTHER_SURNAME, N_("the same given name and patronymic, another surname") },
		{ SAME_BIRTH, N_("the same day of birth") },
		{ NEAR_BIRTH, N_("a near day of birth") }, { SAME_PHONE, N_("the same telephone") },
		{ UNKNOWN_BIRTH, N_("a day of birth is not known") } };
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	for (i = 0; i < ARRAY_LEN(words); i++)
		if ((reasons & words[i].bit) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", tr(cx, words[i].text));
	return b.p;
}

/* ---- the job ---- */

enum { BATCH = 1000 };
struct batch {
	int limit;
	int64_t done;
};

static int
compare_one(struct ctx *cx, struct tx *tx, int64_t id)
{
	struct person p;
	struct candidate *c;
	int64_t keys;
	size_t n = 0, i;

	TRY(kind_load(cx, &person_kind, id, &p));
	/* Only people from before there were keys have none. */
	TRY(db_int(
	    cx, &keys, "SELECT count(*) FROM person_key WHERE person = $1", VALS(v_int(id))));
	if (keys == 0)
		TRY(alike_store_keys(cx, tx, &p, true));
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM person_pair WHERE one = $1 OR two = $1", VALS(v_int(id))));
	if (p.merged_into == 0)
		TRY(person_candidates(cx, &p, &c, &n));
	for (i = 0; i < n; i++)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO person_pair (one, two, distance, reasons) VALUES ($1, $2, $3, $4)",
		    VALS(v_int(id < c[i].id ? id : c[i].id), v_int(id < c[i].id ? c[i].id : id),
			v_int(1000 - c[i].likeness), v_int(c[i].reasons))));
	return tx_run(cx, tx, NULL, "DELETE FROM person_due WHERE person = $1", VALS(v_int(id)));
}

static int
compare_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct batch *b = arg;
	int64_t ids[BATCH];
	AUTO_ROWS r = { 0 };
	size_t n = 0, i;

	TRY(db_rows(cx, &r,
	    arena_printf(
		cx->arena, "SELECT person FROM person_due ORDER BY person LIMIT %d", b->limit),
	    NO_VALS));
	while (n < ARRAY_LEN(ids) && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(compare_one(cx, tx, ids[i]));
		arena_rewind(cx->arena, mark);
	}
	b->done = (int64_t)n;
	return RC_OK;
}

int
people_compare(struct ctx *cx, int limit, int64_t *done)
{
	struct batch b = { limit < 1 ? 1 : limit > BATCH ? BATCH : limit, 0 };
	int64_t due;

	*done = 0;
	TRY(db_int(cx, &due, "SELECT count(*) FROM person_due", NO_VALS));
	if (due == 0)
		return RC_OK;
	TRY(db_write(cx, compare_fn, &b));
	*done = b.done;
	return RC_OK;
}
