/* demo_people.c – invented people and what they belong to.
 *
 * The associations' memberships add up to 2 245 (column members of data/associations.csv) held by
 * 2 118 persons: from the second association on, some members come from the one before, none from
 * two. Branch members belong to their association once; some are in both. Around them stand those
 * that must not be counted: each is marked TRAP. */
#include "app/demo_inner.h"

enum { SHARED = DEMO_MEMBERS - DEMO_PERSONS, BOTH = 6, ASSOCIATIONS = 17 };

static const struct {
	const char *body;
	const char *role;
	int members, fresh; /* so many of them are nobody else's members */
	int born_from, born_to;
	bool women;
} councils[] = {
	{ "council", "member", 27, 4, 1950, 1990, false },
	{ "secretariat", "employee", 6, 6, 1970, 1998, false },
	{ "house", "employee", 19, 19, 1965, 2000, false },
	{ "elders", "member", 21, 9, 1938, 1958, false },
	{ "mothers", "member", 34, 14, 1950, 1988, true },
	{ "mediators", "member", 15, 6, 1955, 1992, false },
	{ "mediation-room", "employee", 4, 0, 1960, 1992, false },
	{ "journalists", "member", 28, 22, 1968, 2001, false },
	{ "zhomart", "member", 11, 7, 1955, 1990, false },
	{ "experts", "member", 13, 11, 1952, 1992, false },
	{ "youth", "member", 142, 104, 1990, 2006, false },
	{ "volunteers", "volunteer", 36, 4, 1992, 2007, false },
	{ "mamile", "learner", 43, 24, 1955, 2006, false },
	{ "abay-course", "learner", 26, 8, 1958, 2005, false },
	{ "qazaqvibe", "learner", 31, 12, 1980, 2007, false },
};

static const struct {
	const char *branch;
	int members;
} branches[] = { { "eca02-martuk", 41 }, { "eca02-kargaly", 26 }, { "eca03-martuk", 38 } };

static int
new_person(
    struct demo *d, const struct demo_body *of, int born_from, int born_to, int sex, size_t *at)
{
	static const char *const tongues_[] = { "kk", "ru", "kk", "ru", "kk" };
	struct demo_person *out = &d->people[d->npeople];
	struct demo_name name;
	struct person p;
	bool female = sex < 0 ? demo_dice(d, 100) < 54 : sex == 1;

	if (d->npeople == PEOPLE_MAX)
		die("demo: too many people");
	demo_name(d, female, &name);
	kind_empty(&person_kind, &p);
	p.surname = name.surname;
	p.given = name.given;
	p.patronymic = name.patronymic;
	p.birth_day = demo_day(d, day_make(born_from, 1, 1), day_make(born_to, 12, 31));
	p.sex = female ? "f" : "m";
	p.body = of->id;
	/* Six in ten live where the body is, the others anywhere. */
	p.district = d->places[demo_dice(d, 10) < 6 ? (size_t)of->district
						    : 1 + demo_dice(d, (unsigned)d->nplaces - 1)]
			 .id;
	p.lang = tongues_[demo_dice(d, ARRAY_LEN(tongues_))];
	if (demo_dice(d, 3) == 0)
		p.phone = arena_printf(
		    d->cx->arena, "+7 700 000 %02u %02u", demo_dice(d, 100), demo_dice(d, 100));
	TRY(demo_insert(d, d->tx, &person_kind, &p));
	*out = (struct demo_person){ p.rec.id, day_year(p.birth_day), female };
	*at = d->npeople++;
	return RC_OK;
}

static int
put_stay(struct demo *d, size_t person, const char *body, const char *role, int from, int to)
{
	static const char *const reasons[] = { "own_wish", "moved", "own_wish", "health", "moved" };
	struct membership m;

	kind_empty(&membership_kind, &m);
	m.person = d->people[person].id;
	m.body = demo_body(d, body)->id;
	m.role = role;
	m.from_day = from;
	m.to_day = to;
	m.end_reason = to == 0 ? NULL : reasons[demo_dice(d, ARRAY_LEN(reasons))];
	m.document = strcmp(role, "learner") == 0 ? NULL : "Өтініш";
	return demo_insert(d, d->tx, &membership_kind, &m);
}

/* Most joined long ago, one in twelve this year. */
static int
joined(struct demo *d, int since)
{
	if (demo_dice(d, 12) == 0)
		return demo_day(d, 20240105, 20241101);
	return demo_day(d, day_make(since, 1, 10), 20231215);
}

static const char *
member_role(struct demo *d)
{
	return demo_dice(d, 33) == 0 ? "honorary" : "member";
}

/* Where the k-th member of an association is enrolled: branches first, the rest in it. */
static const char *
branch_of(const char *eca, int k)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(branches); i++)
		if (strncmp(branches[i].branch, eca, strlen(eca)) == 0) {
			if (k < branches[i].members)
				return branches[i].branch;
			k -= branches[i].members;
		}
	return NULL;
}

/* Members that should not be counted on the business day, besides the counted ones. */
static int
uncounted(struct demo *d, const struct demo_body *b, int i)
{
	size_t p;
	int k;

	/* TRAP: members who ended, with the first day of not being one up to the business day itself. */
	for (k = 0; k < 3; k++) {
		int from = demo_day(d, 20150110, 20220101);

		TRY(new_person(d, b, 1950, 2002, -1, &p));
		TRY(put_stay(d, p, b->code, "member", from, demo_day(d, 20220601, 20241001)));
	}
	if (i % 5 == 0) {
		TRY(new_person(d, b, 1950, 2002, -1, &p));
		TRY(put_stay(d, p, b->code, "member", 20190301, DEMO_TODAY));
	}
	if (i % 6 == 0) { /* TRAP: admitted from a day that has not come */
		TRY(new_person(d, b, 1950, 2002, -1, &p));
		TRY(put_stay(d, p, b->code, "member", 20241201, 0));
	}
	/* TRAP: volunteers and employees of an association are no members of it. */
	TRY(new_person(d, b, 1960, 2004, -1, &p));
	return put_stay(d, p, b->code, i % 2 == 0 ? "volunteer" : "employee", joined(d, 2018), 0);
}

static int
enrol(struct demo *d, const struct demo_body *b, size_t person, int k)
{
	const char *branch = branch_of(b->code, k);
	int from = joined(d, 2010);

	/* TRAP: somebody who ended and came back counts once. */
	if (k == 70) {
		TRY(put_stay(d, person, b->code, "member", 20160405, 20210901));
		return put_stay(d, person, b->code, "member", 20230210, 0);
	}
	if (branch == NULL)
		return put_stay(d, person, b->code, member_role(d), from, 0);
	TRY(put_stay(d, person, branch, "member", from, 0));
	/* TRAP: in the branch and in the association itself. */
	return k % 41 < BOTH ? put_stay(d, person, b->code, "member", joined(d, 2012), 0) : RC_OK;
}

/* One association: `shared` members come from the one before, who begin at `first`. */
static int
put_association(struct demo *d, const struct demo_body *b, int i, size_t *first)
{
	int shared = i == 0 ? 0 : SHARED / (ASSOCIATIONS - 1) + (i <= SHARED % (ASSOCIATIONS - 1)),
	    k;
	size_t began = d->npeople, p;

	for (k = 0; k < b->members; k++) {
		if (k >= b->members - shared)
			p = *first +
			    (size_t)(b->members - k) * 5; /* in the association before only */
		else
			TRY(new_person(d, b, 1946, 2006, -1, &p));
		TRY(enrol(d, b, p, k));
		if (k == b->members / 2)
			d->chairs[i] = p;
	}
	/* TRAP: the chair is a member, too; the chair's seat is no second membership. */
	TRY(put_stay(d, d->chairs[i], b->code, "chair", 20230301, 0));
	TRY(uncounted(d, b, i));
	*first = began;
	return RC_OK;
}

static int
put_associations(struct demo *d)
{
	size_t j, first = 0;
	int i = 0;

	for (j = 0; j < d->nbodies; j++)
		if (d->bodies[j].members > 0)
			TRY(put_association(d, &d->bodies[j], i++, &first));
	return RC_OK;
}

/* The two that are no longer accredited: everybody's membership ended with the standing. */
static int
put_lapsed(struct demo *d)
{
	static const struct {
		const char *code;
		int people, until;
	} lapsed[] = { { "eca18", 52, 20241016 }, { "eca19", 44, 20240902 } };
	size_t i, p;
	int k;

	for (i = 0; i < ARRAY_LEN(lapsed); i++)
		for (k = 0; k < lapsed[i].people; k++) {
			TRY(new_person(d, demo_body(d, lapsed[i].code), 1948, 2003, -1, &p));
			TRY(put_stay(d, p, lapsed[i].code, "member",
			    demo_day(d, 20110110, 20230101), lapsed[i].until));
		}
	return RC_OK;
}

/* Somebody of the associations with the years and the sex of the council; *from goes on. */
static size_t
existing(const struct demo *d, size_t *from, int born_from, int born_to, bool women)
{
	for (;; *from += 7) {
		const struct demo_person *p = &d->people[*from % DEMO_PERSONS];

		if (p->birth_year >= born_from && p->birth_year <= born_to &&
		    (!women || p->female)) {
			*from += 7;
			return (*from - 7) % DEMO_PERSONS;
		}
	}
}

static int
put_councils(struct demo *d)
{
	size_t i, p, from = 11;
	int k;

	for (i = 0; i < ARRAY_LEN(councils); i++)
		for (k = 0; k < councils[i].members; k++) {
			const struct demo_body *b = demo_body(d, councils[i].body);

			if (k < councils[i].fresh)
				TRY(new_person(d, b, councils[i].born_from, councils[i].born_to,
				    councils[i].women ? 1 : -1, &p));
			else if (strcmp(b->code, "council") == 0 &&
				 k - councils[i].fresh < ASSOCIATIONS)
				p = d->chairs[k - councils[i].fresh];
			else
				p = existing(d, &from, councils[i].born_from, councils[i].born_to,
				    councils[i].women);
			TRY(put_stay(d, p, b->code, councils[i].role,
			    strcmp(councils[i].role, "learner") == 0
				? demo_day(d, 20240905, 20241025)
				: joined(d, 2019),
			    0));
			if (strcmp(b->code, "elders") == 0 && k == 0)
				d->member_person = d->people[p].id;
		}
	/* TRAP: last season's learners of the club are not this season's. */
	for (k = 0; k < 17; k++)
		TRY(put_stay(d, existing(d, &from, 1955, 2006, false), "mamile", "learner",
		    20230911, 20240601));
	return RC_OK;
}

static int
put_district_councils(struct demo *d)
{
	size_t i, p, from = 5;
	int k;

	for (i = 0; i < d->nbodies; i++) {
		const struct demo_body *b = &d->bodies[i];
		bool mothers = strncmp(b->code, "mothers-", 8) == 0;

		if (!mothers && strncmp(b->code, "accord-", 7) != 0)
			continue;
		for (k = 0; k < (mothers ? 5 : 7); k++) {
			if (k < 3)
				TRY(new_person(d, b, 1955, 1992, mothers ? 1 : -1, &p));
			else
				p = existing(d, &from, 1955, 1992, mothers);
			TRY(put_stay(d, p, b->code, "member", joined(d, 2018), 0));
		}
	}
	return RC_OK;
}

/* The first office of the body, or the one that another brings with it. */
static int
hold(struct demo *d, const char *body, int nth, size_t person, int from, int to)
{
	struct office_holder h;

	kind_empty(&office_holder_kind, &h);
	TRY(db_int(d->cx, &h.office,
	    "SELECT id FROM office WHERE body = $1 ORDER BY id LIMIT 1 OFFSET $2",
	    VALS(v_int(demo_body(d, body)->id), v_int(nth))));
	h.person = d->people[person].id;
	h.from_day = from;
	h.to_day = to;
	h.end_reason = to == 0 ? NULL : "rotation";
	return demo_insert(d, d->tx, &office_holder_kind, &h);
}

static int
put_holders(struct demo *d)
{
	static const char *const led[] = { "elders", "mothers", "mediators", "journalists",
		"zhomart", "experts", "youth" };
	size_t akim, head, director, i, p, from = 29;
	int eca = 0;

	TRY(new_person(d, demo_body(d, "akimat"), 1968, 1978, 0, &akim));
	TRY(new_person(d, demo_body(d, "secretariat"), 1970, 1985, 1, &head));
	TRY(new_person(d, demo_body(d, "house"), 1970, 1985, 0, &director));
	/* The akim chairs the Assembly and its Council ex officio: three offices, one person. */
	TRY(hold(d, "akimat", 0, akim, 20220905, 0));
	TRY(hold(d, "apk", 0, akim, 20220905, 0));
	TRY(hold(d, "council", 0, akim, 20220905, 0));
	TRY(hold(d, "apk", 1, d->chairs[4], 20210401, 20230401));
	TRY(hold(d, "apk", 1, d->chairs[7], 20230401, 0));
	TRY(hold(d, "secretariat", 0, head, 20200115, 0));
	TRY(hold(d, "house", 0, director, 20210301, 0));
	for (i = 0; i < d->nbodies; i++)
		if (d->bodies[i].members > 0) {
			TRY(hold(d, d->bodies[i].code, 0, d->chairs[eca], 20230301, 0));
			eca++;
		}
	for (i = 0; i < ARRAY_LEN(led); i++) {
		p = existing(d, &from, i == 6 ? 1990 : 1950, i == 6 ? 2002 : 1975, i == 1);
		TRY(hold(d, led[i], 0, p, 20220401, 0));
	}
	return RC_OK;
}

int
demo_people_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct demo *d = arg;

	d->tx = tx;
	d->npeople = 0;
	demo_begin(d, cx, 2);
	TRY(put_associations(d));
	TRY(put_lapsed(d));
	TRY(put_councils(d));
	TRY(put_district_councils(d));
	return put_holders(d);
}
