/* camp_kinds.c – camps, groups, members, slots and marks as record kinds. Camp, groups and timetable are public with
 * the event, who leads them is for its staff; members and marks are for its staff alone. A member is called by
 * the group, so that no list of titles names a child. */
#include "kind/internal.h"
#include "mod/camp/camp_inner.h"

const struct option camp_consents[] = {
	{ "missing", N_("missing") },
	{ "given", N_("given") },
	{ "withdrawn", N_("taken back") },
	{ NULL, NULL },
};
const struct option camp_ways[] = {
	{ "paper", N_("signed on paper") },
	{ "office", N_("signed in front of us") },
	{ "message", N_("by a letter or message") },
	{ NULL, NULL },
};
const struct option camp_givers[] = {
	{ "parent", N_("a parent") },
	{ "guardian", N_("a guardian or other representative") },
	{ "self", N_("the person") },
	{ NULL, NULL },
};
const struct option camp_mark_states[] = {
	{ "present", N_("present") },
	{ "absent", N_("absent") },
	{ "excused", N_("excused") },
	{ NULL, NULL },
};

static const struct field camp_fields[] = {
	F_REF(camp, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(camp, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_DAY(camp, from_day, .label = N_("First day"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_DAY(camp, to_day, .label = N_("Last day"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_INT(camp, age_from, .label = N_("Age from"), .help = N_("Full years on the first day."),
	    .privacy = PRIV_PUBLIC, .min = 0, .max = 120),
	F_INT(camp, age_to, .label = N_("Age to"), .help = N_("Full years on the first day."),
	    .privacy = PRIV_PUBLIC, .min = 0, .max = 120),
	F_INT(camp, places, .label = N_("Places in all"), .help = N_("Empty: no limit."),
	    .flags = F_LIST, .privacy = PRIV_PUBLIC, .min = 1, .max = 10000),
	F_TEXT3(camp, consent, .label = N_("Added to the consent form"),
	    .help = N_("What parents must know of this camp: the way there, swimming, mountains."),
	    .flags = F_LONG, .privacy = PRIV_PUBLIC, .max = 1200),
};
static struct kind_state camp_state;
const struct kind camp_kind = {
	.name = "camp",
	.plural_name = "camps",
	.label = N_("Camp"),
	.plural = N_("Camps"),
	.size = sizeof(struct camp),
	.fields = camp_fields,
	.nfields = ARRAY_LEN(camp_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = camp_scope,
	.writable = camp_writable,
	.check = camp_check,
	.path = "/camps/%lld",
	.state = &camp_state,
};

#define OF_CAMP(S)                                      \
	F_REF(S, camp, &camp_kind, .label = N_("Camp"), \
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC)

static const struct field camp_group_fields[] = {
	OF_CAMP(camp_group),
	F_TEXT(camp_group, name, .label = N_("Name of the group"),
	    .help = N_("Everybody reads it; no names of people."), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC, .max = 120),
	F_INT(camp_group, places, .label = N_("Places in the group"),
	    .help = N_("Empty: only the camp's own limit."), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC, .min = 1, .max = 1000),
	F_ENUM(camp_group, lang, event_langs, .label = N_("Language of the group"),
	    .flags = F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(camp_group, leader, &person_kind, .label = N_("Leader of the group"), .flags = F_LIST,
	    .privacy = PRIV_STAFF),
};
static struct kind_state camp_group_state;
const struct kind camp_group_kind = {
	.name = "camp_group",
	.plural_name = "camp_groups",
	.label = N_("Group of a camp"),
	.plural = N_("Groups of camps"),
	.size = sizeof(struct camp_group),
	.fields = camp_group_fields,
	.nfields = ARRAY_LEN(camp_group_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = camp_group_scope,
	.writable = camp_group_writable,
	.inside = camp_group_inside,
	.check = camp_group_check,
	.path = "/camp-groups/%lld",
	.state = &camp_group_state,
};

static const struct field camp_member_fields[] = {
	OF_CAMP(camp_member),
	F_REF(camp_member, camp_group, &camp_group_kind, .label = N_("Group"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(camp_member, person, &person_kind, .label = N_("Person on record"),
	    .help = N_("Or the name below, if there is no record."), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(camp_member, guest, .label = N_("Surname and name"), .flags = F_LIST,
	    .privacy = PRIV_SUBJECT, .max = 200),
	F_INT(camp_member, birth_year, .label = N_("Year of birth"),
	    .help = N_("Where no record tells it."), .flags = F_LIST, .privacy = PRIV_SUBJECT,
	    .min = 1900, .max = 2200),
	F_BOOL(
	    camp_member, minor, .label = N_("Under age"), .flags = F_RULED, .privacy = PRIV_STAFF),
	F_ENUM(camp_member, consent, camp_consents, .label = N_("Consent"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_DAY(camp_member, consent_on, .label = N_("Day of the consent"),
	    .help = N_("When it was given; of one that was taken back, when that was."),
	    .flags = F_LIST, .privacy = PRIV_STAFF),
	F_ENUM(camp_member, consent_way, camp_ways, .label = N_("How it was given"),
	    .privacy = PRIV_STAFF),
	F_ENUM(
	    camp_member, consent_by, camp_givers, .label = N_("Given by"), .privacy = PRIV_STAFF),
	F_SEALED(camp_member, parent, .label = N_("Name of the parent or representative"),
	    .max = 200, .help = N_("Needed for a minor. Kept encrypted."), .privacy = PRIV_SEALED),
	F_SEALED(camp_member, phone, .label = N_("Telephone of the parent"), .max = 40,
	    .help = N_("Kept encrypted; opened by the staff of the event alone."), .form = "tel",
	    .privacy = PRIV_SEALED),
	F_SEALED(camp_member, needs, .label = N_("Needs attention"), .max = 500,
	    .help = N_("Only what the staff must know to keep them safe, for example an allergy. "
		       "Kept encrypted."),
	    .privacy = PRIV_SEALED),
	F_DAY(camp_member, left_on, .label = N_("No longer there from"),
	    .help = N_("The place is free again; the record stays."), .privacy = PRIV_STAFF),
};
static struct kind_state camp_member_state;
const struct kind camp_member_kind = {
	.name = "camp_member",
	.plural_name = "camp_members",
	.label = N_("Member of a camp"),
	.plural = N_("Members of camps"),
	.size = sizeof(struct camp_member),
	.fields = camp_member_fields,
	.nfields = ARRAY_LEN(camp_member_fields),
	.named_by = { "camp_group" },
	.subject = "person",
	.hot = "camp",
	.read = CAP_PEOPLE_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = camp_member_scope,
	.writable = camp_member_writable,
	.prepare = camp_member_prepare,
	.check = camp_member_check,
	.path = "/camp-members/%lld",
	.state = &camp_member_state,
};

static const struct field camp_slot_fields[] = {
	OF_CAMP(camp_slot),
	F_DAY(camp_slot, day, .label = N_("Day"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(camp_slot, starts, .label = N_("Starts at"), .help = N_("For example 17:00."),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC, .max = 5, .valid = time_error),
	F_TEXT(camp_slot, ends, .label = N_("Ends at"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC, .max = 5, .valid = time_error),
	F_TEXT3(camp_slot, name, .label = N_("What"),
	    .help = N_("Everybody reads it; no names of people."), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC, .max = 200),
	F_REF(camp_slot, camp_group, &camp_group_kind, .label = N_("Group"),
	    .help = N_("Empty: all groups."), .flags = F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(camp_slot, place, .label = N_("Place"), .flags = F_LIST | F_OPTION_COLUMN,
	    .privacy = PRIV_PUBLIC, .max = 200),
	F_REF(camp_slot, leader, &person_kind, .label = N_("Who leads"), .flags = F_LIST,
	    .privacy = PRIV_STAFF),
};
static struct kind_state camp_slot_state;
const struct kind camp_slot_kind = {
	.name = "camp_slot",
	.plural_name = "camp_slots",
	.label = N_("Slot of a timetable"),
	.plural = N_("Slots of timetables"),
	.size = sizeof(struct camp_slot),
	.fields = camp_slot_fields,
	.nfields = ARRAY_LEN(camp_slot_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = camp_slot_scope,
	.writable = camp_slot_writable,
	.inside = camp_slot_inside,
	.check = camp_slot_check,
	.state = &camp_slot_state,
};

static const struct field camp_mark_fields[] = {
	OF_CAMP(camp_mark),
	F_REF(camp_mark, member, &camp_member_kind, .label = N_("Member of a camp"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(camp_mark, day, .label = N_("Day"), .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(camp_mark, slot, &camp_slot_kind, .label = N_("Slot of a timetable"),
	    .flags = F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(camp_mark, state, camp_mark_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
};
static struct kind_state camp_mark_state;
const struct kind camp_mark_kind = {
	.name = "camp_mark",
	.plural_name = "camp_marks",
	.label = N_("Mark of a roll call"),
	.plural = N_("Marks of roll calls"),
	.size = sizeof(struct camp_mark),
	.fields = camp_mark_fields,
	.nfields = ARRAY_LEN(camp_mark_fields),
	.named_by = { "member" },
	.hot = "camp",
	.read = CAP_PEOPLE_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_EVENT_READ,
	.scope = camp_mark_scope,
	.state = &camp_mark_state,
};
