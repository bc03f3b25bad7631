/* search_property_test.c – random writes: the index always equals one made anew, and both engines
 * answer alike. The words are syllables put together, so that many are alike. */
#include "search/search_test.h"

#include <stdlib.h>

static unsigned seed;
static unsigned
draw(unsigned below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

static const char *
word(struct arena *a)
{
	static const char *const syllable[] = { "қа", "ла", "мә", "де", "ни", "бір", "лес", "тік",
		"тер", "дің", "өн", "ер", "шы", "ға", "нар", "ұй", "ым", "сы", "күн", "ні" };
	unsigned n = 1 + draw(3), i;
	struct buf b;

	buf_init(&b, a, 0);
	for (i = 0; i <= n; i++)
		buf_str(&b, syllable[draw(ARRAY_LEN(syllable))]);
	return b.p;
}

static const char *
words(struct arena *a, unsigned most)
{
	unsigned n = 1 + draw(most), i;
	struct buf b;

	buf_init(&b, a, 0);
	for (i = 0; i < n; i++)
		buf_printf(&b, i == 0 ? "%s" : " %s", word(a));
	return b.p;
}

/* One random write; the same on every house that begins with the same seed. */
static void
step(struct house *h, int64_t *papers, int64_t *folk)
{
	static const char *const states[] = { "open", "shut" };
	struct arena *a = h->cx.arena;

	if (*papers == 0 || draw(5) < 2)
		*papers =
		    add_paper(h, words(a, 4), words(a, 12), states[draw(2)], 4 + (int64_t)draw(2));
	else if (*folk == 0 || draw(5) < 2)
		*folk = add_folk(h, word(a), word(a), 4 + (int64_t)draw(2));
	else if (draw(3) > 0) {
		struct paper p;

		ok(h, kind_load(&h->cx, &paper_kind,
			  id_at(h, &paper_kind, 1 + draw((unsigned)*papers)), &p));
		p.name.kk = words(a, 3);
		p.matter = draw(3) == 0 ? NULL : words(a, 9);
		p.state = states[draw(2)];
		ok(h, kind_update(&h->cx, &paper_kind, &p));
	} else {
		struct folk p;

		ok(h, kind_load(
			  &h->cx, &folk_kind, id_at(h, &folk_kind, 1 + draw((unsigned)*folk)), &p));
		p.given = draw(2) == 0 ? NULL : word(a);
		ok(h, kind_update(&h->cx, &folk_kind, &p));
	}
}

static void
fill(struct house *h, unsigned from, int steps)
{
	int64_t papers = 0, folk = 0;
	int i;

	seed = from;
	for (i = 0; i < steps; i++)
		step(h, &papers, &folk);
}

/* All postings in one number, whatever their order. */
static int64_t
sum_of(struct house *h)
{
	return house_int(h, "SELECT count(*) + sum(term % 1000003) + sum(rec * 31) + sum(impact * "
			    "17) FROM search_posting");
}

static void
equals_one_made_anew_on(enum db_engine e)
{
	struct house h;
	int64_t before, n;
	unsigned round;

	for (round = 1; round <= 3; round++) {
		house_start(&h, e);
		fill(&h, round, 150);
		assert_int_equal(differences(&h), 0);
		before = sum_of(&h);
		ok(&h, search_reindex(&h.cx, test_kinds, NKINDS, &n));
		assert_int_equal(differences(&h), 0);
		assert_int_equal(sum_of(&h), before);
		house_close(&h);
	}
}

static void
equals_one_made_anew(void **state)
{
	(void)state;
	equals_one_made_anew_on(DB_SQLITE);
	if (house_has(DB_PG))
		equals_one_made_anew_on(DB_PG);
}

static void
compare_answers(struct house *a, struct house *b, int questions)
{
	struct actor leader = actor_of(ROLE_LEADER, 5), guest = actor_of(ROLE_GUEST, 0);
	const struct actor *const who[] = { &actor_system, &leader, &guest };
	int i;

	for (i = 0; i < questions; i++) {
		const char *text = words(a->cx.arena, 3);
		const struct kind *k = test_kinds[draw(2)];
		int64_t all_a, all_b;
		const char *x, *y;

		a->cx.actor = b->cx.actor = who[draw(3)];
		x = found(a, k, text, &all_a);
		y = found(b, k, text, &all_b);
		if (strcmp(x, y) != 0 || all_a != all_b)
			fail_msg("%s “%s”: %s (%lld) | %s (%lld)", k->name, text, x,
			    (long long)all_a, y, (long long)all_b);
	}
}

static void
engines_answer_alike(void **state)
{
	struct house a, b;

	(void)state;
	if (!house_has(DB_PG))
		return; /* cmocka's skip() is a failure in TAP */
	house_start(&a, DB_SQLITE);
	house_start(&b, DB_PG);
	fill(&a, 77, 400);
	fill(&b, 77, 400);
	seed = 5;
	compare_answers(&a, &b, 120);
	house_close(&a);
	house_close(&b);
}

int
main(void)
{
	static const struct CMUnitTest all[] = { cmocka_unit_test(equals_one_made_anew),
		cmocka_unit_test(engines_answer_alike) };

	lexicon_load(&(struct lexicon_sources){ NULL, "", NULL }, NULL);
	return cmocka_run_group_tests_name("search property", all, NULL, NULL);
}
