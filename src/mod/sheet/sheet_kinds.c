/* sheet_kinds.c – sheets, their rows, their pictures and slips of counted heads as record kinds. None of
 * them is in the API: a sheet is made with its rows, and a row is typed, by the rules of this module. */
#include "kind/internal.h"
#include "mod/sheet/sheet_inner.h"

const struct option sheet_lists[] = {
	{ "signups", N_("Who has signed up") },
	{ "members", N_("Members of the lead organiser") },
	{ "blank", N_("Empty rows only") },
	{ NULL, NULL },
};
const struct option sheet_langs[] = {
	{ "kk", "Қазақша" },
	{ "ru", "Русский" },
	{ NULL, NULL },
};
const struct option row_states[] = {
	{ "open", N_("Not typed yet") },
	{ "came", N_("Has come") },
	{ "absent", N_("Did not come") },
	{ NULL, NULL },
};
const struct option slip_bases[] = {
	{ "head", N_("Counted on the spot") },
	{ "declared", N_("Said, not counted") },
	{ NULL, NULL },
};

static const struct field sheet_fields[] = {
	F_REF(sheet, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(sheet, list, sheet_lists, .label = N_("Who stands on it"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_ENUM(sheet, lang, sheet_langs, .label = N_("Language"), .flags = F_REQUIRED | F_FIXED,
	    .privacy = PRIV_PUBLIC),
	F_INT(sheet, listed, .label = N_("Rows with names"), .min = 0, .max = SHEET_LINES_MAX,
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(sheet, spare, .label = N_("Spare rows"), .min = 0, .max = SHEET_SPARE_MAX,
	    .flags = F_REQUIRED | F_FIXED, .privacy = PRIV_PUBLIC),
	F_BOOL(
	    sheet, withdrawn, .label = N_("Withdrawn"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
};
static struct kind_state sheet_state;
const struct kind sheet_kind = {
	.name = "sheet",
	.label = N_("Sheet for signatures"),
	.plural = N_("Sheets for signatures"),
	.named_by = { "event" },
	.size = sizeof(struct sheet),
	.fields = sheet_fields,
	.nfields = ARRAY_LEN(sheet_fields),
	.hot = "event",
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = sheet_scope,
	.writable = sheet_writable,
	.check = sheet_check,
	.path = "/sheets/%lld",
	.state = &sheet_state,
};

static const struct field sheet_row_fields[] = {
	F_REF(sheet_row, sheet, &sheet_kind, .label = N_("Sheet for signatures"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_REF(sheet_row, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(sheet_row, line, .label = N_("Row"), .min = 1, .max = SHEET_LINES_MAX,
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_REF(sheet_row, person, &person_kind, .label = N_("Person"), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_REF(sheet_row, ticket, &ticket_kind, .label = N_("Ticket"), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(sheet_row, state, row_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST, .privacy = PRIV_PUBLIC),
	F_ENUM(sheet_row, second, row_states, .label = N_("Second reading"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_REF(sheet_row, attendance, &attendance_kind, .label = N_("Attendance"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TIME(
	    sheet_row, typed_at, .label = N_("Typed at"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
};
static struct kind_state sheet_row_state;
const struct kind sheet_row_kind = {
	.name = "sheet_row",
	.label = N_("Row of a sheet"),
	.plural = N_("Rows of sheets"),
	.named_by = { "sheet" },
	.size = sizeof(struct sheet_row),
	.fields = sheet_row_fields,
	.nfields = ARRAY_LEN(sheet_row_fields),
	.hot = "event",
	.read = CAP_PEOPLE_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = sheet_row_scope,
	.writable = sheet_row_writable,
	.state = &sheet_row_state,
};

static const struct field sheet_picture_fields[] = {
	F_REF(sheet_picture, sheet, &sheet_kind, .label = N_("Sheet for signatures"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_REF(sheet_picture, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED, .privacy = PRIV_PUBLIC),
	F_REF(sheet_picture, file, &file_kind, .label = N_("File"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(sheet_picture, from_line, .label = N_("From row"), .min = 1, .max = SHEET_LINES_MAX,
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(sheet_picture, to_line, .label = N_("To row"), .min = 1, .max = SHEET_LINES_MAX,
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_BOOL(sheet_picture, withdrawn, .label = N_("Withdrawn"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state sheet_picture_state;
const struct kind sheet_picture_kind = {
	.name = "sheet_picture",
	.label = N_("Picture of a sheet"),
	.plural = N_("Pictures of sheets"),
	.named_by = { "sheet" },
	.size = sizeof(struct sheet_picture),
	.fields = sheet_picture_fields,
	.nfields = ARRAY_LEN(sheet_picture_fields),
	.hot = "event",
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = sheet_picture_scope,
	.writable = sheet_picture_writable,
	.check = sheet_picture_check,
	.state = &sheet_picture_state,
};

static const struct field count_slip_fields[] = {
	F_REF(count_slip, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_ENUM(count_slip, basis, slip_bases, .label = N_("Basis"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(count_slip, people, .label = N_("Number of people"), .min = 1, .max = 1000000,
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT(count_slip, place, .label = N_("Where and when"),
	    .help = N_("For example: north entrance, 17:30."), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(count_slip, counted_by, .label = N_("Who counted"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_BOOL(count_slip, withdrawn, .label = N_("Withdrawn"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state count_slip_state;
const struct kind count_slip_kind = {
	.name = "count_slip",
	.label = N_("Slip of a count"),
	.plural = N_("Slips of counts"),
	.named_by = { "event" },
	.size = sizeof(struct count_slip),
	.fields = count_slip_fields,
	.nfields = ARRAY_LEN(count_slip_fields),
	.hot = "event",
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = count_slip_scope,
	.writable = count_slip_writable,
	.check = count_slip_check,
	.state = &count_slip_state,
};

/* Two rows of one person stay two rows of the paper. */
const struct person_link sheet_links[] = {
	{ &sheet_row_kind, "person", NULL, person_cut_links },
};
const size_t sheet_nlinks = ARRAY_LEN(sheet_links);
