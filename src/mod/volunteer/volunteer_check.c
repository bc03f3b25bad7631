/* volunteer_check.c – what the machine fills and what must be true of a volunteer, a shift, a need, a correction; and
 * who sees those whose record is restricted. */
#include "kind/vault.h"
#include "mod/volunteer/volunteer_inner.h"

#include <string.h>

void
volunteer_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "volunteer.person");
}

void
shift_signup_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(
	    cx, q, "(SELECT v.person FROM volunteer v WHERE v.id = shift_signup.volunteer)");
}

/* ---- lists of codes ---- */

static bool
known(const struct option *o, const char *code, size_t n)
{
	for (; o->code != NULL; o++)
		if (strlen(o->code) == n && memcmp(o->code, code, n) == 0)
			return true;
	return false;
}

static const char *
codes_error(const struct option *o, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, ",");

		if (!known(o, text, n))
			return N_("Choose one of the values offered.");
		text += n + (text[n] == ',');
	}
	return NULL;
}

const char *
volunteer_skills_error(const char *text)
{
	return codes_error(volunteer_skills, text);
}

const char *
volunteer_languages_error(const char *text)
{
	return codes_error(volunteer_languages, text);
}

bool
volunteer_has(const char *list, const char *code)
{
	size_t want = strlen(code);

	while (list != NULL && *list != '\0') {
		size_t n = strcspn(list, ",");

		if (n == want && memcmp(list, code, n) == 0)
			return true;
		list += n + (list[n] == ',');
	}
	return false;
}

const char *
volunteer_codes_text(struct ctx *cx, const struct option *o, const char *list)
{
	struct buf b;

	buf_init(&b, cx->arena, 0);
	buf_str(&b, "");
	for (; o->code != NULL; o++)
		if (volunteer_has(list, o->code))
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", tr(cx, o->label));
	return b.n == 0 ? "" : b.p;
}

/* ---- a volunteer ---- */

/* The first record of the same telephone and year: in all numbers the two are one. RULE volunteer-1 */
static int
find_same(struct ctx *cx, struct volunteer *v)
{
	int64_t id;
	int rc;

	if (v->phone_mac == NULL || v->birth_year == INT_NONE)
		return RC_OK;
	rc = db_int(cx, &id,
	    "SELECT coalesce(same_as, id) FROM volunteer WHERE phone_mac = $1 AND birth_year = $2 "
	    "ORDER BY id LIMIT 1",
	    VALS(v_text(v->phone_mac), v_int(v->birth_year)));
	if (rc == RC_OK)
		v->same_as = id;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
volunteer_prepare(struct ctx *cx, const void *old, void *rec)
{
	const struct volunteer *was = old;
	struct volunteer *v = rec;

	v->phone_mac = was == NULL ? NULL : was->phone_mac;
	if (v->phone.fresh != NULL && *v->phone.fresh != '\0') {
		const char *d = relief_digits(cx->arena, v->phone.fresh);

		v->phone_mac = strlen(d) < 5 ? NULL : vault_mac_hex(cx->arena, VAULT_RELIEF, d);
	} else if (v->phone.clear)
		v->phone_mac = NULL;
	if (was == NULL) {
		if (v->code == NULL)
			TRY(relief_code_new(cx, volunteer_kind.name, &v->code));
		v->since = cx->today;
		if (v->way == NULL)
			v->way = "desk";
		if (v->same_as == 0)
			TRY(find_same(cx, v));
	}
	return RC_OK;
}

static int
check_person(struct ctx *cx, const struct volunteer *v)
{
	int64_t n;

	TRY(db_int(
	    cx, &n, "SELECT count(*) FROM volunteer WHERE person = $1", VALS(v_int(v->person))));
	if (n > 0)
		fail_field(cx, "person", N_("This person is among the volunteers already."));
	return RC_OK;
}

/* RULE volunteer-1, volunteer-2 */
int
volunteer_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct volunteer *v = rec;
	int64_t age;

	if (v->person == 0 && (v->name == NULL || *v->name == '\0'))
		fail_field(cx, "name", N_("Write a name, or choose a person on record."));
	if (v->phone.fresh != NULL && *v->phone.fresh != '\0' &&
	    strlen(relief_digits(cx->arena, v->phone.fresh)) < 5)
		fail_field(cx, "phone", N_("This is no telephone number."));
	if (v->birth_year != INT_NONE && v->birth_year > day_year(cx->today))
		fail_field(cx, "birth_year", N_("This year lies ahead."));
	if (v->adult_on > cx->today)
		fail_field(cx, "adult_on", N_("This day lies ahead."));
	else if (v->adult_on != 0 && v->birth_year != INT_NONE &&
		 day_year(v->adult_on) - v->birth_year < VOLUNTEER_ADULT)
		fail_field(cx, "adult_on", N_("By the year of birth this person is not 18 yet."));
	if (v->consent_on > cx->today)
		fail_field(cx, "consent_on", N_("This day lies ahead."));
	if (old == NULL && v->person != 0)
		TRY(check_person(cx, v));
	TRY(volunteer_age(cx, v, cx->today, &age));
	if (age == INT_NONE)
		fail_field(cx, "birth_year", N_("The year of birth is needed."));
	/* The year alone leaves two ages: whoever may be 16 is taken down, each shift asks again. */
	else if (age + 1 < VOLUNTEER_LEAST_AGE)
		fail_field(cx, "birth_year", N_("One can help from the age of %s."),
		    num(cx, VOLUNTEER_LEAST_AGE));
	return RC_OK;
}

/* ---- a shift ---- */

int
shift_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct shift *s = rec;

	(void)cx;
	(void)old;
	s->day = s->starts_at == 0 ? 0 : day_of_moment(s->starts_at);
	if (s->dangerous)
		s->briefed = true;
	return RC_OK;
}

static int
check_home(struct ctx *cx, const struct shift *s)
{
	struct relief_place p;

	if ((s->headquarters == 0) == (s->event == 0)) {
		fail_field(
		    cx, "headquarters", N_("A shift belongs to a headquarters or to an event."));
		return RC_OK;
	}
	if (s->relief_place != 0) {
		TRY(kind_load(cx, &relief_place_kind, s->relief_place, &p));
		if (p.headquarters != s->headquarters)
			fail_field(
			    cx, "relief_place", N_("This place belongs to another headquarters."));
	}
	return s->headquarters == 0 ? RC_OK : headquarters_takes(cx, s->headquarters);
}

/* People have signed up for these hours: they stay. */
static int
check_times(struct ctx *cx, const struct shift *was, const struct shift *s)
{
	int64_t n;

	if (s->starts_at == 0 || s->ends_at == 0)
		return RC_OK; /* named by the kind */
	if (s->ends_at <= s->starts_at)
		fail_field(cx, "ends_at", N_("It ends before it begins."));
	else if (s->ends_at - s->starts_at > US_PER_DAY)
		fail_field(cx, "ends_at", N_("A shift lasts a day at most."));
	if (was == NULL || (was->starts_at == s->starts_at && was->ends_at == s->ends_at &&
			       was->dangerous == s->dangerous && was->briefed == s->briefed))
		return RC_OK;
	TRY(db_int(cx, &n, "SELECT count(*) FROM shift_signup WHERE shift = $1 AND " HAS_PLACE,
	    VALS(v_int(s->rec.id))));
	if (n > 0)
		fail_field(cx, "starts_at",
		    N_("%s people have signed up for these hours. Make a further shift."),
		    num(cx, n));
	return RC_OK;
}

int
shift_check(struct ctx *cx, const void *old, const void *rec)
{
	TRY(check_home(cx, rec));
	return check_times(cx, old, rec);
}

int
shift_need_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct shift_need *n = rec;
	int64_t need, filled, others;
	struct shift s;

	if (n->shift == 0 || n->role == NULL)
		return RC_OK; /* named by the kind */
	TRY(kind_load(cx, &shift_kind, n->shift, &s));
	if (s.headquarters != 0)
		TRY(headquarters_takes(cx, s.headquarters));
	TRY(shift_filled(cx, n->shift, n->role, &need, &filled));
	if (n->people != INT_NONE && n->people < filled)
		fail_field(cx, "people", N_("%s people have a place already."), num(cx, filled));
	TRY(db_int(cx, &others,
	    "SELECT count(*) FROM shift_need WHERE shift = $1 AND role = $2 AND id <> $3",
	    VALS(v_int(n->shift), v_text(n->role), v_int(n->rec.id))));
	if (others > 0)
		fail_field(cx, "role", N_("This role is there already."));
	(void)old;
	return RC_OK;
}

int
shift_correction_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct shift_correction *c = rec;

	(void)old;
	if (c->arrived_at == 0 || c->left_at == 0)
		return RC_OK; /* named by the kind */
	if (c->left_at <= c->arrived_at)
		fail_field(cx, "left_at", N_("It ends before it begins."));
	else if (c->left_at > cx->now)
		fail_field(cx, "left_at", N_("This moment lies ahead."));
	else if (c->left_at - c->arrived_at > 2 * US_PER_DAY)
		fail_field(cx, "left_at", N_("A shift lasts a day at most."));
	return RC_OK;
}
