/* contest_kinds.c – contests, what they are judged by, and their entries, as record kinds. */
#include "kind/internal.h"
#include "mod/contest/contest_inner.h"

const struct option contest_states[] = {
	{ "draft", N_("being prepared") },
	{ "open", N_("entries are taken") },
	{ "judging", N_("the jury scores") },
	{ "closed", N_("scored, places given") },
	{ "signed", N_("protocol signed") },
	{ NULL, NULL },
};
const struct option contest_tie_rules[] = {
	{ "criteria", N_("the criteria in their order, then the chair") },
	{ "chair", N_("the chair's points") },
	{ "shared", N_("nothing: the place is shared") },
	{ NULL, NULL },
};
const struct option contest_bases[] = {
	{ "raw", N_("the mean of the points") },
	{ "normal", N_("the mean evened out between strict and mild jurors") },
	{ NULL, NULL },
};
const struct option contest_entry_types[] = {
	{ "person", N_("one person") },
	{ "team", N_("a team") },
	{ "body", N_("a body") },
	{ NULL, NULL },
};

static const struct field contest_fields[] = {
	F_REF(contest, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(contest, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_TEXT(contest, rules, .label = N_("Rules of the contest"), .flags = F_LONG,
	    .privacy = PRIV_PUBLIC, .max = 20000),
	F_ENUM(contest, state, contest_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(contest, min_score, .label = N_("Lowest points"), .flags = F_REQUIRED,
	    .privacy = PRIV_PUBLIC, .min = 0, .max = 1000),
	F_INT(contest, max_score, .label = N_("Highest points"), .flags = F_REQUIRED,
	    .privacy = PRIV_PUBLIC, .min = 1, .max = 1000),
	F_ENUM(contest, tie_rule, contest_tie_rules, .label = N_("Equal means are parted by"),
	    .help = N_("Fixed before the jury begins, so that nobody chooses it afterwards."),
	    .flags = F_REQUIRED, .privacy = PRIV_PUBLIC),
	F_ENUM(contest, decides, contest_bases, .label = N_("Places follow"),
	    .help = N_("Both means are always shown side by side; this one gives the places."),
	    .flags = F_REQUIRED, .privacy = PRIV_PUBLIC),
	F_BOOL(contest, blind, .label = N_("The jury sees numbers, not names"),
	    .help = N_("Numbers are drawn by lot when the jury begins."), .privacy = PRIV_PUBLIC),
	F_TEXT(contest, note, .label = N_("Note"), .flags = F_LONG, .privacy = PRIV_STAFF,
	    .max = 4000),
	F_TEXT(contest, document, .label = N_("Number of the protocol"), .max = 40,
	    .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_DAY(contest, document_day, .label = N_("Day of the protocol"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(contest, signer, .label = N_("Signed by"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_TIME(
	    contest, signed_at, .label = N_("Signed at"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_TEXT(contest, sha256, .label = N_("Digest (SHA-256)"), .max = 64, .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state contest_state;
const struct kind contest_kind = {
	.name = "contest",
	.plural_name = "contests",
	.label = N_("Contest"),
	.plural = N_("Contests"),
	.size = sizeof(struct contest),
	.fields = contest_fields,
	.nfields = ARRAY_LEN(contest_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = contest_scope,
	.writable = contest_writable,
	.prepare = contest_prepare,
	.check = contest_check_fixed,
	.path = "/contests/%lld",
	.state = &contest_state,
};

/* ---- what it is judged by ---- */

#define ORDER(S)                                                                               \
	F_INT(S, rank, .label = N_("Order"), .help = N_("1 stands first; empty: at the end."), \
	    .privacy = PRIV_PUBLIC, .min = 1, .max = 1000)
#define OF_CONTEST(S)                                            \
	F_REF(S, contest, &contest_kind, .label = N_("Contest"), \
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC)
#define NAMED(S)                                                            \
	F_TEXT3(S, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST, \
	    .privacy = PRIV_PUBLIC, .max = 200)

static const struct field nomination_fields[] = {
	OF_CONTEST(nomination),
	NAMED(nomination),
	ORDER(nomination),
};
static struct kind_state nomination_state;
const struct kind nomination_kind = {
	.name = "nomination",
	.plural_name = "nominations",
	.label = N_("Nomination"),
	.plural = N_("Nominations"),
	.size = sizeof(struct nomination),
	.fields = nomination_fields,
	.nfields = ARRAY_LEN(nomination_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = nomination_scope,
	.writable = contest_child_writable,
	.state = &nomination_state,
};

static const struct field age_group_fields[] = {
	OF_CONTEST(age_group),
	NAMED(age_group),
	F_INT(age_group, from_age, .label = N_("From age"), .privacy = PRIV_PUBLIC, .min = 0,
	    .max = 120),
	F_INT(age_group, to_age, .label = N_("To age"),
	    .help = N_("Whole years on the first day of the event, this one included."),
	    .privacy = PRIV_PUBLIC, .min = 0, .max = 120),
};
static struct kind_state age_group_state;
const struct kind age_group_kind = {
	.name = "age_group",
	.plural_name = "age_groups",
	.label = N_("Age group"),
	.plural = N_("Age groups"),
	.size = sizeof(struct age_group),
	.fields = age_group_fields,
	.nfields = ARRAY_LEN(age_group_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = age_group_scope,
	.writable = contest_child_writable,
	.check = age_group_check,
	.state = &age_group_state,
};

static const struct field criterion_fields[] = {
	OF_CONTEST(criterion),
	NAMED(criterion),
	F_INT(criterion, weight, .label = N_("Weight"),
	    .help = N_("A criterion of weight 2 counts twice as much as one of weight 1."),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC, .min = 1, .max = 100),
	ORDER(criterion),
};
static struct kind_state criterion_state;
const struct kind criterion_kind = {
	.name = "criterion",
	.plural_name = "criteria",
	.label = N_("Criterion"),
	.plural = N_("Criteria"),
	.size = sizeof(struct criterion),
	.fields = criterion_fields,
	.nfields = ARRAY_LEN(criterion_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = criterion_scope,
	.writable = contest_child_writable,
	.state = &criterion_state,
};

/* ---- entries: named by the work, never by a person ---- */

static const struct field contest_entry_fields[] = {
	OF_CONTEST(contest_entry),
	F_INT(contest_entry, number, .label = N_("Number"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_STAFF, .min = 1, .max = 100000),
	F_ENUM(contest_entry, type, contest_entry_types, .label = N_("Who takes part"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(contest_entry, person, &person_kind, .label = N_("Person"),
	    .help = N_("For one person: the record among people."), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_TEXT(contest_entry, team, .label = N_("Name of the team"),
	    .help = N_("For a team; its people are named afterwards."), .flags = F_LIST | F_SEARCH,
	    .privacy = PRIV_STAFF),
	F_REF(contest_entry, body, &body_kind, .label = N_("Body"),
	    .help = N_("Which takes part itself or sends the entrant."), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_REF(contest_entry, nomination, &nomination_kind, .label = N_("Nomination"),
	    .flags = F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(contest_entry, age_group, &age_group_kind, .label = N_("Age group"),
	    .help = N_("Empty: taken from the day of birth."), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_TEXT(contest_entry, work, .label = N_("Title of the work"),
	    .help = N_("What the jury judges: a dish, a song, a drawing. Without names of people."),
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_STAFF),
	F_TEXT(contest_entry, note, .label = N_("Note"), .flags = F_LONG, .privacy = PRIV_STAFF,
	    .max = 4000),
	F_INT(contest_entry, code, .label = N_("Number for the jury"), .flags = F_RULED,
	    .privacy = PRIV_STAFF, .min = 1, .max = 100000),
	F_DAY(contest_entry, withdrawn_on, .label = N_("Withdrawn on"), .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_TEXT(contest_entry, withdraw_reason, .label = N_("Why it was withdrawn"), .max = 500,
	    .flags = F_RULED, .privacy = PRIV_STAFF),
	F_INT(contest_entry, place, .label = N_("Place won"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_STAFF, .min = 1, .max = 100000),
	F_TEXT(contest_entry, prize, .label = N_("Prize"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_BOOL(contest_entry, decided, .label = N_("By decision"), .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_TEXT(contest_entry, decision, .label = N_("Reason of the decision"), .max = 500,
	    .flags = F_RULED, .privacy = PRIV_STAFF),
};
static struct kind_state contest_entry_state;
const struct kind contest_entry_kind = {
	.name = "contest_entry",
	.plural_name = "contest_entries",
	.label = N_("Contest entry"),
	.plural = N_("Contest entries"),
	.size = sizeof(struct contest_entry),
	.fields = contest_entry_fields,
	.nfields = ARRAY_LEN(contest_entry_fields),
	.title = { "work" },
	.hot = "contest",
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = contest_entry_scope,
	.writable = contest_entry_writable,
	.prepare = contest_entry_prepare,
	.check = contest_entry_check,
	.path = "/entries/%lld",
	.state = &contest_entry_state,
};

static const struct field contest_member_fields[] = {
	F_REF(contest_member, entry, &contest_entry_kind, .label = N_("Contest entry"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(contest_member, person, &person_kind, .label = N_("Person"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_BOOL(contest_member, ended, .label = N_("No longer in the team"), .privacy = PRIV_STAFF),
};
static struct kind_state contest_member_state;
const struct kind contest_member_kind = {
	.name = "contest_member",
	.plural_name = "contest_members",
	.named_by = { "entry", "person" },
	.label = N_("Member of a team"),
	.plural = N_("Members of teams"),
	.size = sizeof(struct contest_member),
	.fields = contest_member_fields,
	.nfields = ARRAY_LEN(contest_member_fields),
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = contest_member_scope,
	.writable = contest_member_writable,
	.check = contest_member_check,
	.state = &contest_member_state,
};
