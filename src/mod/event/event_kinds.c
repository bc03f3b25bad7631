/* event_kinds.c – events and what belongs to them as record kinds: const tables, no behaviour.
 *
 * Events that are approved, held, reported, postponed or cancelled are public; plans and merged
 * reports are not (event_scope). The secretary's notes, reasons and the co-organisers' own numbers
 * are for staff. Attendances name persons, so reading them takes CAP_PEOPLE_READ, and a guest's name
 * is a subject's data. What only rules may change (state, merging, hashes of files) is F_RULED.
 * Lists of options and the reference kinds are in event_lists.c. */
#include "kind/internal.h"
#include "mod/event/event_inner.h"

#define COUNT_BOUNDS .min = 0, .max = 1000000

static const struct field programme_fields[] = {
	F_ENUM(programme, sort, programme_sorts, .label = N_("Sort"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT3(programme, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_REF(programme, parent, &programme_kind, .label = N_("Part of"), .privacy = PRIV_PUBLIC),
	F_REF(programme, body, &body_kind, .label = N_("Body"), .flags = F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(programme, from_day, .label = N_("From"), .flags = F_LIST | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_DAY(programme, to_day, .label = N_("Until"), .privacy = PRIV_PUBLIC),
	F_TEXT(programme, note, .label = N_("Note"), .flags = F_LONG, .privacy = PRIV_STAFF, .max = 4000),
};
static struct kind_state programme_state;
const struct kind programme_kind = {
	.name = "programme", .plural_name = "programmes", .label = N_("Programme"), .plural = N_("Programmes"),
	.size = sizeof(struct programme), .fields = programme_fields, .nfields = ARRAY_LEN(programme_fields),
	.title = { "name" }, .small = true, .read = CAP_PUBLIC, .create = CAP_EVENT_WRITE, .edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ, .writable = programme_writable, .check = programme_check, .state = &programme_state,
};

static const struct field event_fields[] = {
	F_TEXT3(event, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC,
	    .max = 300),
	F_REF(event, kind, &event_kind_kind, .label = N_("Kind"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(event, programme, &programme_kind, .label = N_("Programme, project or campaign"), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(event, observance, &observance_kind, .label = N_("For the day"), .privacy = PRIV_PUBLIC),
	F_REF(event, body, &body_kind, .label = N_("Lead organiser"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_DAY(event, first_day, .label = N_("First day"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_DAY(event, last_day, .label = N_("Last day"), .help = N_("Empty when the event takes one day."),
	    .privacy = PRIV_PUBLIC),
	F_TEXT(event, starts, .label = N_("Starts at"), .help = N_("For example 17:00."), .privacy = PRIV_PUBLIC,
	    .max = 5, .valid = time_error),
	F_TEXT(event, ends, .label = N_("Ends at"), .privacy = PRIV_PUBLIC, .max = 5, .valid = time_error),
	F_TEXT(event, place, .label = N_("Place"), .flags = F_LIST | F_OPTION_COLUMN | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_REF(event, district, &district_kind, .label = N_("District"), .flags = F_LIST | F_OPTION_COLUMN | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(event, lang, event_langs, .label = N_("Language"), .privacy = PRIV_PUBLIC),
	F_ENUM(event, goal, event_goals, .label = N_("Goal"), .flags = F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(event, summary, .label = N_("About the event"), .flags = F_LONG | F_SEARCH, .privacy = PRIV_PUBLIC,
	    .max = 8000),
	F_ENUM(event, state, event_states, .label = N_("State"), .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(event, state_reason, .label = N_("Reason"), .flags = F_RULED, .privacy = PRIV_STAFF, .max = 500),
	F_REF(event, moved_to, &event_kind, .label = N_("Moved to"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_REF(event, merged_into, &event_kind, .label = N_("Merged into"), .flags = F_RULED, .privacy = PRIV_STAFF),
	F_INT(event, head_count, .label = N_("Head count"),
	    .help = N_("People counted on the spot. Leave empty when nobody counted: unknown is not zero."),
	    .privacy = PRIV_PUBLIC, COUNT_BOUNDS),
	F_INT(event, declared_count, .label = N_("Declared count"),
	    .help = N_("What the organiser says without having counted."), .privacy = PRIV_PUBLIC, COUNT_BOUNDS),
	F_TEXT(event, note, .label = N_("Note of the secretariat"), .flags = F_LONG, .privacy = PRIV_STAFF,
	    .max = 4000),
};
static struct kind_state event_state;
const struct kind event_kind = {
	.name = "event", .plural_name = "events", .label = N_("Event"), .plural = N_("Events"),
	.size = sizeof(struct event), .fields = event_fields, .nfields = ARRAY_LEN(event_fields), .title = { "name" },
	.read = CAP_PUBLIC, .create = CAP_EVENT_WRITE, .edit = CAP_EVENT_WRITE, .staff = CAP_EVENT_READ,
	.scope = event_scope, .writable = event_writable, .prepare = event_prepare, .check = event_check,
	.changed = event_changed, .hint = event_hint, .path = "/events/%lld", .state = &event_state,
};

static const struct field part_fields[] = {
	F_REF(part, event, &event_kind, .label = N_("Event"), .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT3(part, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC,
	    .max = 300),
	F_REF(part, kind, &event_kind_kind, .label = N_("Kind"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT(part, starts, .label = N_("Starts at"), .flags = F_LIST, .privacy = PRIV_PUBLIC, .max = 5,
	    .valid = time_error),
	F_INT(part, people, .label = N_("People"), .help = N_("Never added to the count of the event."),
	    .privacy = PRIV_PUBLIC, COUNT_BOUNDS),
	F_TEXT(part, result, .label = N_("Result"), .flags = F_LONG, .privacy = PRIV_PUBLIC, .max = 4000),
};
static struct kind_state part_state;
const struct kind part_kind = {
	.name = "part", .plural_name = "parts", .label = N_("Part"), .plural = N_("Parts"),
	.size = sizeof(struct part), .fields = part_fields, .nfields = ARRAY_LEN(part_fields), .title = { "name" },
	.read = CAP_PUBLIC, .create = CAP_EVENT_WRITE, .edit = CAP_EVENT_WRITE, .staff = CAP_EVENT_READ,
	.scope = part_scope, .writable = part_writable, .state = &part_state,
};

static const struct field organiser_fields[] = {
	F_REF(organiser, event, &event_kind, .label = N_("Event"), .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(organiser, body, &body_kind, .label = N_("Body"), .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(organiser, via_event, &event_kind, .label = N_("Own report"), .flags = F_RULED, .privacy = PRIV_STAFF),
	F_BOOL(organiser, ended, .label = N_("No longer an organiser"), .privacy = PRIV_PUBLIC),
	F_INT(organiser, scanned_count, .label = N_("Own count: scanned"), .privacy = PRIV_STAFF, COUNT_BOUNDS),
	F_INT(organiser, listed_count, .label = N_("Own count: listed"), .privacy = PRIV_STAFF, COUNT_BOUNDS),
	F_INT(organiser, head_count, .label = N_("Own head count"), .privacy = PRIV_STAFF, COUNT_BOUNDS),
	F_INT(organiser, declared_count, .label = N_("Own declared count"), .privacy = PRIV_STAFF, COUNT_BOUNDS),
	F_TEXT(organiser, note, .label = N_("Note"), .flags = F_LONG, .privacy = PRIV_STAFF, .max = 4000),
};
static struct kind_state organiser_state;
const struct kind organiser_kind = {
	.name = "organiser", .plural_name = "organisers", .label = N_("Co-organiser"), .plural = N_("Co-organisers"),
	.size = sizeof(struct organiser), .fields = organiser_fields, .nfields = ARRAY_LEN(organiser_fields),
	.hot = "event", .read = CAP_PUBLIC, .create = CAP_EVENT_WRITE, .edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ, .scope = organiser_scope, .writable = organiser_writable, .check = organiser_check,
	.changed = organiser_changed, .state = &organiser_state,
};

/* No title: it would stand in the sort key, and a guest's name does not belong there. */
static const struct field attendance_fields[] = {
	F_REF(attendance, event, &event_kind, .label = N_("Event"), .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(attendance, person, &person_kind, .label = N_("Person"), .flags = F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(attendance, guest, .label = N_("Guest"), .help = N_("The name on the list when the person has no record."),
	    .flags = F_LIST, .privacy = PRIV_SUBJECT),
	F_ENUM(attendance, basis, attendance_bases, .label = N_("Basis"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_DAY(attendance, day, .label = N_("Day"), .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TIME(attendance, came_at, .label = N_("Came at"), .privacy = PRIV_PUBLIC),
	F_TEXT(attendance, sheet_row, .label = N_("Row of the list"), .privacy = PRIV_PUBLIC, .max = 60),
	F_BOOL(attendance, withdrawn, .label = N_("Withdrawn"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
};
static struct kind_state attendance_state;
const struct kind attendance_kind = {
	.name = "attendance", .plural_name = "attendances", .label = N_("Attendance"), .plural = N_("Attendances"),
	.size = sizeof(struct attendance), .fields = attendance_fields, .nfields = ARRAY_LEN(attendance_fields),
	.subject = "person", .hot = "event", .read = CAP_PEOPLE_READ, .create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE, .staff = CAP_EVENT_READ, .scope = attendance_scope, .writable = attendance_writable,
	.prepare = attendance_prepare, .check = attendance_check, .changed = attendance_changed,
	.state = &attendance_state,
};

static const struct field file_fields[] = {
	F_TEXT(file, sha256, .label = N_("SHA-256"), .flags = F_REQUIRED | F_RULED, .privacy = PRIV_PUBLIC, .max = 64),
	F_INT(file, size, .label = N_("Size"), .flags = F_REQUIRED | F_RULED | F_LIST | F_OPTION_COLUMN,
	    .privacy = PRIV_PUBLIC, .min = 0, .max = INT64_C(1) << 40),
	F_TEXT(file, media, .label = N_("Media type"), .flags = F_REQUIRED | F_RULED | F_LIST, .privacy = PRIV_PUBLIC,
	    .max = 100),
	F_TEXT(file, name, .label = N_("File name"), .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC, .max = 255),
	F_REF(file, event, &event_kind, .label = N_("Event"), .flags = F_FIXED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(file, sort, file_sorts, .label = N_("Sort"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(file, link, .label = N_("Link"), .privacy = PRIV_PUBLIC, .max = 1000, .valid = link_error,
	    .form = "url"),
	F_TEXT(file, credit, .label = N_("Photo by"), .privacy = PRIV_PUBLIC),
	F_TEXT(file, caption, .label = N_("Caption"), .flags = F_LONG, .privacy = PRIV_PUBLIC, .max = 2000),
	F_BOOL(file, withdrawn, .label = N_("Withdrawn"), .privacy = PRIV_PUBLIC),
};
static struct kind_state file_state;
const struct kind file_kind = {
	.name = "file", .plural_name = "files", .label = N_("File"), .plural = N_("Files"),
	.size = sizeof(struct file), .fields = file_fields, .nfields = ARRAY_LEN(file_fields), .title = { "name" },
	.read = CAP_PUBLIC, .create = CAP_EVENT_WRITE, .edit = CAP_EVENT_WRITE, .staff = CAP_EVENT_READ,
	.scope = file_scope, .writable = file_writable, .prepare = file_prepare, .check = file_check,
	.state = &file_state,
};
