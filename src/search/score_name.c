/* score_name.c – how well the name of one person answers a question, in integers.
 *
 * Each part of the question goes with the part of the name that looks (keys) or is spelled (letters)
 * most like it, whatever their order. Parts of the name that were not asked for weigh a little against
 * it, most of all the surname: one word that is a surname here and a given name there finds the family
 * first. Where no letter decides, the spelling that more people have is the likelier one. */
#include "search/score.h"

#include <stdlib.h>

#include "lang/spelling.h"

enum {
	NAME_PARTS_MAX = 16,
	SEEN_SLOTS = 1 << 12, /* parts of candidates: at most CHOSEN_MAX × NAME_PARTS_MAX */
	UNASKED = 8,	      /* thousandths for each part of the name that was not asked for */
	UNASKED_SURNAME = 24, /* … and once more if it is the surname */
	WRITTEN_ALIKE = 15,   /* thousandths of a part: letters as typed, where the keys are one */
	APART_MAX = 500,      /* thousandths of a letter: from here on nothing is alike */
	APART_WEIGHT = 167, /* hundredths: a letter that differs also spoils two 3-grams of a key */
	SPELLED_FROM = 400, /* least likeness of keys for which letters are compared */
	BARE = 980,	    /* thousandths: what is left without a case ending */
	ENDING = 30,	    /* the same, as thousandths of a letter */
	SAME_LETTERS = 8,   /* letters nearer than this were meant */
	OFTEN = 1500,	    /* millionths of a part for each doubling of those who have it */
	OFTEN_MAX = 10,	    /* doublings */
	IN_ORDER = 400,	    /* millionths: parts in the order of the question */
};

/* A part of a name: alike for all who have it, so it is weighed once. */
struct part {
	const char *key, *written;
	bool surname;
	enum surname_form form;
	struct {
		int like, apart, often; /* to each word of the question */
	} to[];
};
struct name_scorer {
	struct arena *arena;
	const struct question *q;
	const struct use *use;
	size_t nuse;
	struct spelling typed[ASK_GROUPS];
	size_t ending[ASK_GROUPS]; /* sounds of a case ending behind it */
	struct part *seen[SEEN_SLOTS];
};

struct name_scorer *
name_scorer(struct arena *a, const struct question *q, const struct use *u, size_t n)
{
	struct name_scorer *s = arena_new(a, struct name_scorer);
	size_t g;

	s->arena = a;
	s->q = q;
	s->use = u;
	s->nuse = n;
	for (g = 0; g < q->n; g++) {
		const struct ask_group *w = &q->group[g];

		spelling_read(w->typed, strlen(w->typed), &s->typed[g]);
		s->ending[g] = strlen(w->name_exact) - strlen(w->name_bare);
	}
	return s;
}

/* ---- one part ---- */

/* Doublings of those found who have this part. */
static int
how_often(const struct name_scorer *s, size_t g, const char *key)
{
	int64_t df = 0;
	size_t i;
	int n = 0;

	for (i = 0; i < s->nuse; i++)
		if (s->use[i].group == g && strcmp(s->use[i].key, key) == 0)
			df += s->use[i].df;
	for (; df > 1 && n < OFTEN_MAX; df /= 2)
		n++;
	return n;
}

/* By the keys, or by the letters where these are nearer: Айтхожин is Айтқожин. */
static void
weigh(const struct name_scorer *s, size_t g, const struct spelling *written, struct part *p)
{
	const struct ask_group *w = &s->q->group[g];
	int like = likeness(w->name_exact, p->key), apart = APART_MAX, bare;
	size_t n = s->typed[g].n, m = written->n;

	if (s->ending[g] > 0) {
		bare = likeness(w->name_bare, p->key) * BARE / 1000;
		like = bare > like ? bare : like;
	}
	if (like >= SPELLED_FROM && n > 0 && m > 0) {
		apart = spelling_distance(&s->typed[g], 0, written);
		if (s->ending[g] > 0) {
			bare = spelling_distance(&s->typed[g], s->ending[g], written) + ENDING;
			apart = bare < apart ? bare : apart;
		}
		bare = 1000 - apart * APART_WEIGHT / 100 / (int)(n > m ? n : m);
		like = bare > like ? bare : like;
	}
	p->to[g].like = like;
	p->to[g].apart = apart;
	p->to[g].often = apart < SAME_LETTERS ? OFTEN_MAX : how_often(s, g, p->key);
}

static struct part *
part_of(struct name_scorer *s, const char *key, const char *written, bool surname)
{
	size_t i = (size_t)term_of(surname, written == NULL ? key : written) % SEEN_SLOTS, g;
	struct part *p;
	struct spelling letters = { .n = 0 };

	for (; (p = s->seen[i]) != NULL; i = (i + 1) % SEEN_SLOTS)
		if (p->surname == surname && strcmp(p->key, key) == 0 &&
		    (written == NULL ? p->written == NULL
				     : p->written != NULL && strcmp(p->written, written) == 0))
			return p;
	p = s->seen[i] = arena_alloc(s->arena, sizeof *p + s->q->n * sizeof p->to[0]);
	p->key = key;
	p->written = written;
	p->surname = surname;
	p->form = surname_form(key);
	if (written != NULL)
		spelling_read(written, strlen(written), &letters);
	for (g = 0; g < s->q->n; g++)
		weigh(s, g, &letters, p);
	return p;
}

/* The parts that a record's keys name, as terms.c wrote them. */
static size_t
parts_of(struct name_scorer *s, const char *keys, struct part **out)
{
	char *save = NULL, *w, *next;
	size_t n = 0;

	w = strtok_r(arena_str(s->arena, keys), " ", &save);
	while (w != NULL && n < NAME_PARTS_MAX) {
		bool surname;

		next = strtok_r(NULL, " ", &save);
		surname = next != NULL && *next == WRITTEN_SURNAME;
		if (surname || (next != NULL && *next == WRITTEN)) {
			out[n++] = part_of(s, w, next + 1, surname);
			next = strtok_r(NULL, " ", &save);
		} else
			out[n++] = part_of(s, w, NULL, false);
		w = next;
	}
	return n;
}

/* ---- one name ---- */

struct pair {
	size_t asked, has;
	int like, apart;
};

static int
by_like(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->like != y->like)
		return y->like - x->like;
	if (x->apart != y->apart)
		return x->apart - y->apart;
	if (x->asked != y->asked)
		return x->asked < y->asked ? -1 : 1;
	return (x->has > y->has) - (x->has < y->has);
}

struct match {
	int64_t sum, alike, often, letters;
	size_t place[ASK_GROUPS]; /* which part goes with a word; NAME_PARTS_MAX = none */
	size_t rest;		  /* parts not asked for */
};

static void
take(const struct name_scorer *s, const struct pair *p, const struct part *part, struct match *m)
{
	int64_t len = (int64_t)strlen(s->q->group[p->asked].name_exact);

	m->place[p->asked] = p->has;
	m->rest--;
	m->sum += p->like * len;
	if (p->apart < APART_MAX)
		m->alike += (1000 - p->apart * 1000 / APART_MAX) * len;
	m->often += part->to[p->asked].often * len;
}

static void
pair_up(const struct name_scorer *s, struct part *const *part, size_t n, struct match *m)
{
	struct pair pairs[ASK_GROUPS * NAME_PARTS_MAX];
	size_t np = 0, i, g;
	bool has_done[NAME_PARTS_MAX] = { false };

	m->rest = n;
	for (g = 0; g < s->q->n; g++) {
		m->letters += (int64_t)strlen(s->q->group[g].name_exact);
		m->place[g] = NAME_PARTS_MAX;
		for (i = 0; i < n; i++)
			pairs[np++] =
			    (struct pair){ g, i, part[i]->to[g].like, part[i]->to[g].apart };
	}
	qsort(pairs, np, sizeof pairs[0], by_like);
	for (i = 0; i < np; i++) {
		if (m->place[pairs[i].asked] != NAME_PARTS_MAX || has_done[pairs[i].has])
			continue;
		has_done[pairs[i].has] = true;
		take(s, &pairs[i], part[pairs[i].has], m);
	}
}

/* A part is the surname by its field; where no field says so, by its form. */
static bool
is_surname(struct part *const *part, size_t n, size_t i)
{
	enum surname_form best = SURNAME_NO;
	size_t k;

	for (k = 0; k < n; k++) {
		if (part[k]->surname)
			return part[i]->surname;
		best = part[k]->form > best ? part[k]->form : best;
	}
	return best != SURNAME_NO && part[i]->form == best;
}

/* Whether the surname is among what was not asked for. */
static bool
surname_unasked(struct part *const *part, size_t n, const struct match *m, size_t asked)
{
	bool any = false;
	size_t i, g;

	for (g = 0; g < asked; g++)
		if (m->place[g] < n && is_surname(part, n, m->place[g]))
			return false;
	for (i = 0; i < n; i++)
		any = any || is_surname(part, n, i);
	return any;
}

/* The order in which it was asked: as the parts stand, or with a comma the surname first. */
static bool
in_order(const struct question *q, struct part *const *part, size_t n, const struct match *m)
{
	size_t g, next = 0;

	if (q->comma)
		return m->place[0] < n && is_surname(part, n, m->place[0]);
	for (g = 0; g < q->n; next = m->place[g++])
		if (m->place[g] < next)
			return false;
	return true;
}

int64_t
score_name(struct name_scorer *s, const char *keys)
{
	struct part *part[NAME_PARTS_MAX];
	struct match m = { 0 };
	size_t n;
	int64_t score;

	if (keys == NULL)
		return 0;
	n = parts_of(s, keys, part);
	pair_up(s, part, n, &m);
	if (m.letters == 0)
		return 0;
	/* 1 000 000 = every part by its key, and no other. */
	score = (m.sum * 1000 + m.alike * WRITTEN_ALIKE + m.often * OFTEN) / m.letters;
	score -= (int64_t)m.rest * 1000 * UNASKED;
	if (surname_unasked(part, n, &m, s->q->n))
		score -= 1000 * UNASKED_SURNAME;
	return score + in_order(s->q, part, n, &m) * IN_ORDER;
}
