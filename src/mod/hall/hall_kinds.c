/* hall_kinds.c – halls and bookings as record kinds: const tables, no behaviour.
 *
 * A hall is public: people ask whether one gets in without steps. Bookings are for staff; for which event
 * and purpose a hall is held is read inside the own body only, others see that it is taken and by whom. */
#include "kind/internal.h"
#include "mod/hall/hall_inner.h"

static const struct field hall_fields[] = {
	F_REF(hall, body, &body_kind, .label = N_("House"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT3(hall, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC),
	F_INT(hall, capacity, .label = N_("Seats"), .flags = F_LIST,
	    .help = N_("How many people it holds by its fire pass. Empty: not known."),
	    .privacy = PRIV_PUBLIC, .min = 1, .max = 100000),
	F_TEXT(hall, equipment, .label = N_("Equipment"), .flags = F_LONG, .privacy = PRIV_PUBLIC,
	    .help = N_("One thing a line: screen, microphones, piano …"), .max = 1000),
	F_BOOL(hall, step_free, .label = N_("Without steps"), .flags = F_LIST,
	    .help = N_("A wheelchair gets from the street to the seats."), .privacy = PRIV_PUBLIC),
	F_TEXT(hall, access_note, .label = N_("How to get in"), .privacy = PRIV_PUBLIC, .max = 300),
	F_DAY(hall, closed_from, .label = N_("Closed from"), .privacy = PRIV_PUBLIC),
	F_DAY(hall, closed_to, .label = N_("Closed until"),
	    .help = N_("The last day; empty: until further notice."), .privacy = PRIV_PUBLIC),
	F_TEXT(
	    hall, note, .label = N_("Note"), .flags = F_LONG, .privacy = PRIV_STAFF, .max = 2000),
	F_INT(hall, rank, .label = N_("Order"), .privacy = PRIV_PUBLIC, .min = 0, .max = 1000),
};
static struct kind_state hall_state;
const struct kind hall_kind = {
	.name = "hall",
	.plural_name = "halls",
	.label = N_("Hall"),
	.plural = N_("Halls"),
	.size = sizeof(struct hall),
	.fields = hall_fields,
	.nfields = ARRAY_LEN(hall_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_EVENT_READ,
	.writable = hall_writable,
	.check = hall_check,
	.path = "/halls/%lld",
	.state = &hall_state,
};

static const struct option booking_states[] = {
	{ "held", N_("held") },
	{ "cancelled", N_("given back") },
	{ NULL, NULL },
};
static const struct field booking_fields[] = {
	F_REF(booking, hall, &hall_kind, .label = N_("Hall"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(booking, event, &event_kind, .label = N_("Event"), .flags = F_FIXED,
	    .privacy = PRIV_STAFF),
	F_TEXT(booking, purpose, .label = N_("Purpose"),
	    .help = N_("What for, when it is no event: rehearsal, course, reception."),
	    .privacy = PRIV_STAFF),
	F_REF(booking, body, &body_kind, .label = N_("For whom"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(booking, day, .label = N_("Day"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(booking, starts, .label = N_("Starts at"), .help = N_("For example 17:00 or 17:15."),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC, .max = 5,
	    .valid = booking_time_error),
	F_TEXT(booking, ends, .label = N_("Ends at"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC, .max = 5, .valid = booking_time_error),
	F_ENUM(booking, state, booking_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(booking, state_reason, .label = N_("Reason"), .flags = F_RULED,
	    .privacy = PRIV_STAFF, .max = 300),
};
static struct kind_state booking_state;
const struct kind booking_kind = {
	.name = "booking",
	.plural_name = "bookings",
	.label = N_("Booking of a hall"),
	.plural = N_("Bookings of halls"),
	.named_by = { "hall", "body" },
	.size = sizeof(struct booking),
	.fields = booking_fields,
	.nfields = ARRAY_LEN(booking_fields),
	.hot = "hall",
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.writable = booking_writable,
	.inside = booking_inside,
	.prepare = booking_prepare,
	.check = booking_check,
	.changed = booking_changed,
	.path = "/bookings/%lld",
	.state = &booking_state,
};
