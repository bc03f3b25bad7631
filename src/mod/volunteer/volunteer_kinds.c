/* volunteer_kinds.c – volunteers, shifts, needs, sign-ups and corrections as record kinds. Shifts and needs are for
 * whoever sees the headquarters' totals; whatever names somebody is for CAP_RELIEF_WRITE. */
#include "core/account.h"
#include "kind/internal.h"
#include "mod/volunteer/volunteer_inner.h"

#define SKILLS                                                                              \
	{ "first_aid", N_("first aid") }, { "medic", N_("doctor or nurse") },               \
	    { "psychologist", N_("psychologist") }, { "cook", N_("cook") },                 \
	    { "driver", N_("driver") }, { "loader", N_("loading and carrying") },           \
	    { "builder", N_("building and repair") }, { "rescue", N_("rescue and boats") }, \
	    { "child_care", N_("care of children") }, { "interpreter", N_("interpreter") }, \
	    { "desk", N_("reception and lists") },                                          \
	{                                                                                   \
		"technician", N_("communication, computers")                                \
	}

const struct option volunteer_skills[] = { SKILLS, { NULL, NULL } };
const struct option shift_roles[] = { { "helper", N_("helper (no skill needed)") }, SKILLS,
	{ NULL, NULL } };
const struct option volunteer_languages[] = {
	{ "kk", N_("Kazakh") },
	{ "ru", N_("Russian") },
	{ "en", N_("English") },
	{ "sign", N_("sign language") },
	{ NULL, NULL },
};
const struct option volunteer_ways[] = {
	{ "page", N_("public page") },
	{ "desk", N_("desk") },
	{ NULL, NULL },
};
const struct option signup_marks[] = {
	{ "signed", N_("signed up") },
	{ "arrived", N_("here") },
	{ "left", N_("left again") },
	{ "no_show", N_("did not come") },
	{ "withdrawn", N_("withdrew") },
	{ NULL, NULL },
};

static const struct field volunteer_fields[] = {
	F_TEXT(volunteer, code, .label = N_("Code"), .max = RELIEF_CODE,
	    .flags = F_RULED | F_UNIQUE, .privacy = PRIV_SEALED),
	F_REF(volunteer, person, &person_kind, .label = N_("Person on record"),
	    .help = N_("Or the name below, if there is no record."), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_TEXT(volunteer, name, .label = N_("Surname and name"), .flags = F_LIST | F_SEARCH,
	    .privacy = PRIV_STAFF, .max = 200),
	F_SEALED(volunteer, phone, .label = N_("Telephone"), .max = 40, .form = "tel",
	    .privacy = PRIV_SEALED),
	F_TEXT(volunteer, phone_mac, .label = N_("Mark of the telephone"), .flags = F_RULED,
	    .privacy = PRIV_SEALED),
	F_INT(volunteer, birth_year, .label = N_("Year of birth"),
	    .help = N_("Where no record tells it."), .privacy = PRIV_STAFF, .min = 1900,
	    .max = 2200),
	F_TEXT(volunteer, skills, .label = N_("Skills"), .valid = volunteer_skills_error,
	    .flags = F_LIST, .privacy = PRIV_STAFF),
	F_TEXT(volunteer, languages, .label = N_("Languages"), .valid = volunteer_languages_error,
	    .flags = F_LIST, .privacy = PRIV_STAFF),
	F_TEXT(volunteer, words, .label = N_("In own words"), .max = 300, .privacy = PRIV_STAFF),
	F_DAY(volunteer, briefed_on, .label = N_("Briefed on"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_REF(volunteer, briefed_by, &account_kind, .label = N_("Briefed by"), .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_DAY(volunteer, adult_on, .label = N_("18 years old by a document, seen on"),
	    .help = N_("Where the year of birth alone leaves it open."), .privacy = PRIV_STAFF),
	F_DAY(volunteer, consent_on, .label = N_("Consent of a parent, given on"),
	    .help = N_("Written, for those of 16 and 17."), .privacy = PRIV_STAFF),
	F_SEALED(volunteer, consent_by, .label = N_("Name of the parent or representative"),
	    .max = 200, .privacy = PRIV_SEALED),
	F_SEALED(volunteer, injury, .label = N_("Injury"), .max = 1000,
	    .help = N_("What happened, when, who helped. Kept encrypted."), .privacy = PRIV_SEALED),
	F_ENUM(volunteer, way, volunteer_ways, .label = N_("Came by"), .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_DAY(volunteer, since, .label = N_("Volunteer since"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_REF(volunteer, same_as, &volunteer_kind, .label = N_("The same person as"),
	    .flags = F_RULED, .privacy = PRIV_STAFF),
};
static struct kind_state volunteer_state;
const struct kind volunteer_kind = {
	.name = "volunteer",
	.plural_name = "volunteers",
	.label = N_("Volunteer"),
	.plural = N_("Volunteers"),
	.size = sizeof(struct volunteer),
	.fields = volunteer_fields,
	.nfields = ARRAY_LEN(volunteer_fields),
	.named_by = { "person" },
	.subject = "person",
	.read = CAP_RELIEF_WRITE,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_WRITE,
	.sealed = CAP_RELIEF_WRITE,
	.scope = volunteer_scope,
	.prepare = volunteer_prepare,
	.check = volunteer_check,
	.path = "/volunteers/%lld",
	.state = &volunteer_state,
};

static const struct field shift_fields[] = {
	F_REF(shift, headquarters, &headquarters_kind, .label = N_("Headquarters"),
	    .flags = F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(shift, event, &event_kind, .label = N_("Event"), .flags = F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT3(shift, task, .label = N_("Task"),
	    .help = N_("Everybody reads it; no names of people."),
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC, .max = 200),
	F_TIME(shift, starts_at, .label = N_("Starts at"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TIME(shift, ends_at, .label = N_("Ends at"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(shift, day, .label = N_("Day"), .flags = F_RULED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(shift, relief_place, &relief_place_kind, .label = N_("Place of the headquarters"),
	    .flags = F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(shift, hall, &hall_kind, .label = N_("Hall"), .privacy = PRIV_PUBLIC),
	F_TEXT(shift, place, .label = N_("Where to come"), .max = 200, .privacy = PRIV_PUBLIC),
	F_BOOL(shift, dangerous, .label = N_("Dangerous work"),
	    .help = N_("Adults alone, and after a briefing."), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_BOOL(shift, briefed, .label = N_("Only after a briefing"), .privacy = PRIV_PUBLIC),
	F_BOOL(shift, open, .label = N_("On the public page"),
	    .help = N_("Anybody may sign up there without an account."), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_INT(shift, overrun, .label = N_("Minutes beyond the shift that count"), .min = 0,
	    .max = 480, .help = N_("Empty: 60."), .privacy = PRIV_PUBLIC),
	F_TEXT(
	    shift, note, .label = N_("Note"), .max = 500, .flags = F_LONG, .privacy = PRIV_STAFF),
};
static struct kind_state shift_state;
const struct kind shift_kind = {
	.name = "shift",
	.plural_name = "shifts",
	.label = N_("Shift"),
	.plural = N_("Shifts"),
	.size = sizeof(struct shift),
	.fields = shift_fields,
	.nfields = ARRAY_LEN(shift_fields),
	.title = { "task" },
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_WRITE,
	.prepare = shift_prepare,
	.check = shift_check,
	.path = "/shifts/%lld",
	.state = &shift_state,
};

static const struct field shift_need_fields[] = {
	F_REF(shift_need, shift, &shift_kind, .label = N_("Shift"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(shift_need, role, shift_roles, .label = N_("Role"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(shift_need, people, .label = N_("People"), .min = 1, .max = 500,
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
};
static struct kind_state shift_need_state;
const struct kind shift_need_kind = {
	.name = "shift_need",
	.plural_name = "shift-needs",
	.label = N_("Need of a shift"),
	.plural = N_("Needs of shifts"),
	.size = sizeof(struct shift_need),
	.fields = shift_need_fields,
	.nfields = ARRAY_LEN(shift_need_fields),
	.named_by = { "shift" },
	.hot = "shift",
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_READ,
	.check = shift_need_check,
	.state = &shift_need_state,
};

static const struct field shift_signup_fields[] = {
	F_REF(shift_signup, shift, &shift_kind, .label = N_("Shift"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(shift_signup, volunteer, &volunteer_kind, .label = N_("Volunteer"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(shift_signup, role, shift_roles, .label = N_("Role"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(shift_signup, state, signup_marks, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(shift_signup, way, volunteer_ways, .label = N_("Came by"), .flags = F_REQUIRED,
	    .privacy = PRIV_PUBLIC),
	F_REF(shift_signup, entered_by, &account_kind, .label = N_("Entered by"),
	    .privacy = PRIV_PUBLIC),
	F_TIME(shift_signup, signed_at, .label = N_("Signed up at"), .flags = F_REQUIRED,
	    .privacy = PRIV_PUBLIC),
	F_TIME(shift_signup, arrived_at, .label = N_("Came at"), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TIME(
	    shift_signup, left_at, .label = N_("Left at"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_TIME(shift_signup, withdrawn_at, .label = N_("Withdrew at"), .privacy = PRIV_PUBLIC),
	F_DAY(shift_signup, day, .label = N_("Day"), .flags = F_REQUIRED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_INT(
	    shift_signup, minutes, .label = N_("Minutes"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(shift_signup, hours, .label = N_("Whole hours"), .privacy = PRIV_PUBLIC),
};
static struct kind_state shift_signup_state;
const struct kind shift_signup_kind = {
	.name = "shift_signup",
	.plural_name = "shift-signups",
	.label = N_("Sign-up for a shift"),
	.plural = N_("Sign-ups for shifts"),
	.size = sizeof(struct shift_signup),
	.fields = shift_signup_fields,
	.nfields = ARRAY_LEN(shift_signup_fields),
	.named_by = { "shift", "volunteer" },
	.hot = "shift",
	.read = CAP_RELIEF_WRITE,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_WRITE,
	.scope = shift_signup_scope,
	.state = &shift_signup_state,
};

static const struct field correction_fields[] = {
	F_REF(shift_correction, shift_signup, &shift_signup_kind,
	    .label = N_("Sign-up for a shift"), .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TIME(shift_correction, arrived_at, .label = N_("Came at"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TIME(shift_correction, left_at, .label = N_("Left at"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT(shift_correction, reason, .label = N_("Reason"), .max = 300,
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_REF(shift_correction, author, &account_kind, .label = N_("Author"),
	    .flags = F_FIXED | F_LIST, .privacy = PRIV_STAFF),
};
static struct kind_state correction_state;
const struct kind shift_correction_kind = {
	.name = "shift_correction",
	.plural_name = "shift-corrections",
	.label = N_("Correction of hours"),
	.plural = N_("Corrections of hours"),
	.size = sizeof(struct shift_correction),
	.fields = correction_fields,
	.nfields = ARRAY_LEN(correction_fields),
	.named_by = { "shift_signup" },
	.read = CAP_RELIEF_WRITE,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_WRITE,
	.check = shift_correction_check,
	.state = &correction_state,
};
