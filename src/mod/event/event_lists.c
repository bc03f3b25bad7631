/* event_lists.c – the closed lists of the trade, the table of transitions, and the two reference
 * kinds: kinds of events and days of observance.
 *
 * Whether a kind is counted is fixed with its first save: it decides what figures of past years say,
 * so it is changed by a new kind, never under the old events. */
#include "kind/internal.h"
#include "mod/event/event_inner.h"

const struct option event_states[] = {
	{ "planned", N_("planned") },
	{ "approved", N_("approved") },
	{ "held", N_("held") },
	{ "reported", N_("reported") },
	{ "postponed", N_("postponed") },
	{ "cancelled", N_("cancelled") },
	{ NULL, NULL },
};
const struct option event_themes[] = {
	{ "mass", N_("mass events") },
	{ "contest", N_("contests and games") },
	{ "campaign", N_("campaigns") },
	{ "patriotic", N_("patriotic events") },
	{ "education", N_("education") },
	{ "youth", N_("youth") },
	{ "language", N_("languages") },
	{ "governance", N_("work of the Assembly") },
	{ "mediation", N_("mediation") },
	{ "media", N_("mass media") },
	{ "charity", N_("charity") },
	{ "relief", N_("relief") },
	{ NULL, NULL },
};
const struct option programme_sorts[] = {
	{ "programme", N_("programme") },
	{ "project", N_("project") },
	{ "campaign", N_("campaign") },
	{ NULL, NULL },
};
const struct option attendance_bases[] = {
	{ "scanned", N_("scanned at the door") },
	{ "listed", N_("on the attendance list") },
	{ NULL, NULL },
};
const struct option event_bases[] = {
	{ "scanned", N_("scanned") },
	{ "listed", N_("listed") },
	{ "head_counted", N_("head-counted") },
	{ "declared", N_("declared") },
	{ "unknown", N_("not known") },
	{ NULL, NULL },
};
const struct option file_sorts[] = {
	{ "photo", N_("photo") },
	{ "list", N_("scanned list") },
	{ "link", N_("link") },
	{ "note", N_("note") },
	{ "other", N_("other") },
	{ NULL, NULL },
};
const struct option file_consents[] = {
	{ "agreed", N_("who can be recognised has agreed") },
	{ "no_faces", N_("nobody can be recognised") },
	{ "not_asked", N_("not asked") },
	{ NULL, NULL },
};
const struct option event_goals[] = {
	{ "harmony", N_("interethnic harmony") },
	{ "stability", N_("stability in society") },
	{ "unity", N_("national unity") },
	{ "homeland", N_("love of the homeland") },
	{ "model", N_("the model of accord and unity") },
	{ "policy", N_("state national policy") },
	{ "political_stability", N_("social and political stability") },
	{ "cooperation", N_("working together") },
	{ "trust", N_("trust, accord and mutual understanding") },
	{ "equality", N_("equal rights and freedoms") },
	{ "patriotism", N_("patriotism") },
	{ "culture", N_("respect for culture and traditions") },
	{ "language", N_("the state language") },
	{ "charity", N_("charity and mutual help") },
	{ NULL, NULL },
};
const struct option event_langs[] = {
	{ "kk", N_("Kazakh") },
	{ "ru", N_("Russian") },
	{ "kk_ru", N_("Kazakh and Russian") },
	{ "en", N_("English") },
	{ "native", N_("the language of an ethnic group") },
	{ NULL, NULL },
};
/* Offered where a reason is asked for; another one may be typed. */
const struct option event_end_reasons[] = {
	{ "weather", N_("weather") },
	{ "emergency", N_("emergency") },
	{ "mourning", N_("mourning") },
	{ "health", N_("sanitary rules") },
	{ "no_place", N_("the place is not available") },
	{ "organiser", N_("decision of the organiser") },
	{ "double", N_("entered twice") },
	{ "mistake", N_("entered by mistake") },
	{ NULL, NULL },
};

/* RULE event-1: the states of an event and the steps between them. */
const struct transition event_transitions[] = {
	{ "planned", "approve", "approved", CAP_EVENT_APPROVE, false, N_("Approve") },
	{ "approved", "hold", "held", CAP_EVENT_WRITE, false, N_("It took place") },
	{ "held", "report", "reported", CAP_EVENT_WRITE, false, N_("Report is ready") },
	{ "planned", "postpone", "postponed", CAP_EVENT_WRITE, true, N_("Postpone") },
	{ "approved", "postpone", "postponed", CAP_EVENT_WRITE, true, N_("Postpone") },
	{ "planned", "cancel", "cancelled", CAP_EVENT_WRITE, true, N_("Cancel the event") },
	{ "approved", "cancel", "cancelled", CAP_EVENT_WRITE, true, N_("Cancel the event") },
	{ "postponed", "cancel", "cancelled", CAP_EVENT_WRITE, true, N_("Cancel the event") },
	{ "postponed", "plan", "planned", CAP_EVENT_WRITE, false, N_("Plan again") },
	{ "postponed", "approve", "approved", CAP_EVENT_APPROVE, false, N_("Approve") },
	{ "reported", "reopen", "held", CAP_EVENT_APPROVE, true, N_("Reopen the report") },
	{ "held", "undo", "approved", CAP_EVENT_APPROVE, true, N_("It did not take place yet") },
	{ "cancelled", "plan", "planned", CAP_EVENT_APPROVE, true, N_("Plan again") },
};
const size_t event_ntransitions = ARRAY_LEN(event_transitions);

static const struct field event_kind_fields[] = {
	F_TEXT(event_kind, code, .label = N_("Code"),
	    .flags = F_REQUIRED | F_FIXED | F_UNIQUE | F_LIST, .privacy = PRIV_PUBLIC, .max = 40),
	F_ENUM(event_kind, theme, event_themes, .label = N_("Theme"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(event_kind, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC),
	F_BOOL(event_kind, counted, .label = N_("Counted"),
	    .help =
		N_("Whether events of this kind stand in the figures. Cannot be changed later."),
	    .flags = F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(event_kind, rank, .label = N_("Order"), .privacy = PRIV_PUBLIC, .min = 0,
	    .max = 100000),
};
static struct kind_state event_kind_state;
const struct kind event_kind_kind = {
	.name = "event_kind",
	.plural_name = "event_kinds",
	.label = N_("Kind of event"),
	.plural = N_("Kinds of events"),
	.size = sizeof(struct event_kind),
	.fields = event_kind_fields,
	.nfields = ARRAY_LEN(event_kind_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_REFERENCE_WRITE,
	.edit = CAP_REFERENCE_WRITE,
	.staff = CAP_REFERENCE_WRITE,
	.check = event_kind_check,
	.state = &event_kind_state,
};

static const struct option observance_sorts[] = {
	{ "national", N_("national holiday") },
	{ "state", N_("state holiday") },
	{ "dayoff_religious", N_("religious day off") },
	{ "observance", N_("day marked in the country") },
	{ "assembly", N_("day of the Assembly") },
	{ "nauryznama", N_("decade of Nauryznama") },
	{ "ethnocultural", N_("holiday of an ethnic group") },
	{ "remembrance", N_("day of remembrance") },
	{ "intl", N_("international day") },
	{ "professional", N_("professional day") },
	{ NULL, NULL },
};
static const struct field observance_fields[] = {
	F_TEXT(observance, code, .label = N_("Code"),
	    .flags = F_REQUIRED | F_FIXED | F_UNIQUE | F_LIST, .privacy = PRIV_PUBLIC, .max = 40),
	F_INT(observance, month, .label = N_("Month"), .flags = F_LIST, .privacy = PRIV_PUBLIC,
	    .min = 1, .max = 12),
	F_INT(observance, dom, .label = N_("Day"), .flags = F_LIST, .privacy = PRIV_PUBLIC,
	    .min = 1, .max = 31),
	F_TEXT(observance, rule, .label = N_("Rule"),
	    .help = N_("nth:N:W:M (the N-th weekday W of month M), orthodox_easter, or dates."),
	    .privacy = PRIV_PUBLIC, .max = 40),
	F_TEXT(observance, dates, .label = N_("Dates"), .help = N_("2024-04-25;2025-04-24"),
	    .flags = F_LONG, .privacy = PRIV_PUBLIC, .max = 4000),
	F_TEXT3(observance, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_ENUM(observance, type, observance_sorts, .label = N_("Sort"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_BOOL(
	    observance, day_off, .label = N_("Day off"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(observance, since, .label = N_("Since the year"), .privacy = PRIV_PUBLIC, .min = 1000,
	    .max = 9999),
};
static struct kind_state observance_state;
const struct kind observance_kind = {
	.name = "observance",
	.plural_name = "observances",
	.label = N_("Day of observance"),
	.plural = N_("Days of observance"),
	.size = sizeof(struct observance),
	.fields = observance_fields,
	.nfields = ARRAY_LEN(observance_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_REFERENCE_WRITE,
	.edit = CAP_REFERENCE_WRITE,
	.staff = CAP_REFERENCE_WRITE,
	.check = observance_check,
	.state = &observance_state,
};
