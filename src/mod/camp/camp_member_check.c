/* camp_member_check.c – what must be true of a member: one name, the right age, a free place, and a consent that fits
 * whoever gave it. */
#include "mod/camp/camp_inner.h"

/* ---- age ---- */

/* The youngest and oldest that somebody may be on a day, in full years; the year of birth alone leaves two. */
struct ages {
	int64_t least, most;
	bool known;
};

static struct ages
ages_on(int day, int birth_day, int64_t birth_year)
{
	int64_t years = day_year(day);

	if (birth_day != 0 && birth_day % 10000 != 0) {
		years -= day_year(birth_day);
		years -= day % 10000 < birth_day % 10000;
		return (struct ages){ years, years, true };
	}
	if (birth_day != 0)
		birth_year = day_year(birth_day);
	if (birth_year == INT_NONE)
		return (struct ages){ 0, 0, false };
	years -= birth_year;
	return (struct ages){ years - 1, years, true };
}

static int
ages_of(struct ctx *cx, const struct camp *c, const struct camp_member *m, struct ages *out)
{
	struct person p = { 0 };

	if (m->person != 0)
		TRY(kind_load(cx, &person_kind, m->person, &p));
	*out = ages_on(c->from_day, p.birth_day, m->birth_year);
	return RC_OK;
}

/* RULE camp-3: whoever may still be under 18 on the first day is a minor. */
int
camp_member_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct camp_member *m = rec;
	struct ages a;
	struct camp c;

	if (old == NULL && camp_blank(m->consent))
		m->consent = "missing";
	if (m->camp == 0)
		return RC_OK;
	TRY(kind_load(cx, &camp_kind, m->camp, &c));
	TRY(ages_of(cx, &c, m, &a));
	m->minor = !a.known || a.least < CAMP_ADULT;
	return RC_OK;
}

static int
check_age(struct ctx *cx, const struct camp *c, const struct camp_member *m)
{
	const char *field = m->person != 0 ? "person" : "birth_year";
	struct ages a;

	TRY(ages_of(cx, c, m, &a));
	if (!a.known)
		fail_field(cx, "birth_year", N_("The year of birth is needed."));
	else if (c->age_from != INT_NONE && a.most < c->age_from)
		fail_field(
		    cx, field, N_("The camp takes people from %s years on."), num(cx, c->age_from));
	else if (c->age_to != INT_NONE && a.least > c->age_to)
		fail_field(
		    cx, field, N_("The camp takes people up to %s years."), num(cx, c->age_to));
	return RC_OK;
}

/* ---- who, and whether there is a place ---- */

static int
check_name(struct ctx *cx, const struct camp_member *m)
{
	int64_t n;

	if (m->person == 0 && camp_blank(m->guest))
		fail_field(cx, "guest", N_("A name is needed, or a person on record."));
	if (m->person != 0 && !camp_blank(m->guest))
		fail_field(cx, "guest", N_("Either a person on record or a name, not both."));
	if (m->person == 0)
		return RC_OK;
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM camp_member WHERE camp = $1 AND person = $2 AND id <> $3",
	    VALS(v_int(m->camp), v_int(m->person), v_int(m->rec.id))));
	if (n > 0)
		fail_field(cx, "person", N_("This person is in the camp already."));
	return RC_OK;
}

static int
check_full(
    struct ctx *cx, const struct camp_member *m, const char *column, int64_t id, int64_t places)
{
	bool group = strcmp(column, "camp_group") == 0;
	int64_t n;

	if (places == INT_NONE)
		return RC_OK;
	TRY(db_int(cx, &n,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM camp_member WHERE %s = $1 AND left_on IS NULL AND id <> $2",
		column),
	    VALS(v_int(id), v_int(m->rec.id))));
	if (n < places)
		return RC_OK;
	if (group)
		fail_field(cx, "camp_group",
		    N_("The group is full: %1$s of %2$s places are taken."), num(cx, n),
		    num(cx, places));
	else
		fail_field(cx, "camp_group", N_("The camp is full: %1$s of %2$s places are taken."),
		    num(cx, n), num(cx, places));
	return RC_OK;
}

/* RULE camp-2: only who comes anew, comes back or changes the group needs a place. */
static int
check_place(struct ctx *cx, const struct camp *c, const struct camp_member *was,
    const struct camp_member *m)
{
	bool comes = m->left_on == 0 && (was == NULL || was->left_on != 0);
	struct camp_group g;

	if (m->camp_group == 0)
		return RC_OK; /* named by the kind */
	TRY(kind_load(cx, &camp_group_kind, m->camp_group, &g));
	if (g.camp != m->camp) {
		fail_field(cx, "camp_group", N_("This group belongs to another camp."));
		return RC_OK;
	}
	if (comes)
		TRY(check_full(cx, m, "camp", m->camp, c->places));
	if (cx->err.fields == NULL &&
	    (comes || (m->left_on == 0 && was->camp_group != m->camp_group)))
		TRY(check_full(cx, m, "camp_group", g.rec.id, g.places));
	return RC_OK;
}

/* ---- the consent ---- */

static bool
has(const struct sealed *s)
{
	return s->fresh != NULL ? !camp_blank(s->fresh) : s->present && !s->clear;
}

/* RULE camp-4: a minor's is given by a parent or another representative, who is named; an adult's by nobody else. */
static void
check_giver(struct ctx *cx, const struct camp_member *m)
{
	bool self = camp_is(m->consent_by, "self");

	if (camp_blank(m->consent_by))
		fail_field(cx, "consent_by", N_("Say who gave it."));
	else if (m->minor && self)
		fail_field(cx, "consent_by",
		    N_("Under age, or not certainly 18: a parent or representative consents."));
	else if (!m->minor && !self)
		fail_field(cx, "consent_by", N_("An adult consents for themselves."));
	else if (m->minor && !has(&m->parent))
		fail_field(cx, "parent", N_("The parent's or guardian's name is needed."));
}

static void
check_consent(struct ctx *cx, const struct camp_member *m)
{
	bool missing = camp_is(m->consent, "missing");

	if (missing) {
		if (m->consent_on != 0 || !camp_blank(m->consent_way) || !camp_blank(m->consent_by))
			fail_field(cx, "consent",
			    N_("A consent that is missing has no day, no way and no giver: choose "
			       "“given”, or empty them."));
		return;
	}
	if (m->consent_on == 0)
		fail_field(cx, "consent_on", N_("The day is needed."));
	else if (m->consent_on > cx->today)
		fail_field(cx, "consent_on", N_("This day has not come yet."));
	if (camp_blank(m->consent_way))
		fail_field(cx, "consent_way", N_("Say how it was given."));
	check_giver(cx, m);
}

int
camp_member_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct camp_member *m = rec;
	struct camp c;

	if (m->camp == 0)
		return RC_OK; /* named by the kind */
	TRY(kind_load(cx, &camp_kind, m->camp, &c));
	TRY(check_name(cx, m));
	TRY(check_age(cx, &c, m));
	TRY(check_place(cx, &c, old, m));
	check_consent(cx, m);
	return RC_OK;
}
