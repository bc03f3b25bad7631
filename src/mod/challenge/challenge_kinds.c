/* challenge_kinds.c – challenges and their entries as record kinds. Entries are written by rules alone
 * (challenge.h): a guest has no right to write anything. What names somebody is a subject's data; an entry is
 * called by its challenge, so that no list of titles names people. */
#include "core/account.h"
#include "kind/internal.h"
#include "mod/challenge/challenge_inner.h"
#include "mod/challenge/challenge_link.h"

const struct option challenge_states[] = {
	{ "open", N_("takes entries") },
	{ "closed", N_("no longer takes entries") },
	{ NULL, NULL },
};
const struct option challenge_entry_states[] = {
	{ "waiting", N_("waits for the moderator") },
	{ "shown", N_("shown") },
	{ "refused", N_("refused by the moderator") },
	{ "withdrawn", N_("taken back by the author") },
	{ NULL, NULL },
};
const struct option challenge_networks[] = {
	{ "instagram", N_("Instagram") },
	{ "tiktok", N_("TikTok") },
	{ "youtube", N_("YouTube") },
	{ "facebook", N_("Facebook") },
	{ "telegram", N_("Telegram") },
	{ "vk", N_("VK") },
	{ "other", N_("another site") },
	{ NULL, NULL },
};
const struct option challenge_langs[] = {
	{ "kk", N_("Kazakh") },
	{ "ru", N_("Russian") },
	{ "other", N_("another language") },
	{ NULL, NULL },
};
const struct option challenge_reasons[] = {
	{ "no_consent", N_("somebody in it did not agree") },
	{ "off_subject", N_("not on the subject") },
	{ "offends", N_("offends somebody") },
	{ "discord", N_("sows discord between people") },
	{ "unreachable", N_("cannot be opened") },
	{ NULL, NULL },
};

static const struct field challenge_fields[] = {
	F_TEXT3(challenge, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_REF(challenge, event, &event_kind, .label = N_("Event"), .flags = F_FIXED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(challenge, programme, &programme_kind, .label = N_("Programme"),
	    .flags = F_FIXED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(challenge, rules, .label = N_("What to do"),
	    .help = N_("For example: read a work by Abai aloud, publish the video, send its link."),
	    .flags = F_LONG, .privacy = PRIV_PUBLIC, .max = 8000),
	F_DAY(challenge, from_day, .label = N_("Entries from"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(challenge, to_day, .label = N_("Entries until"),
	    .help = N_("The last day. A year after it names and links are removed."),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_BOOL(challenge, asks_work, .label = N_("Ask which work is read"), .privacy = PRIV_PUBLIC),
	F_TEXT(challenge, consent, .label = N_("Text that the author agrees to"),
	    .help = N_("For what, which data, how long."), .flags = F_REQUIRED | F_LONG,
	    .privacy = PRIV_PUBLIC, .max = 4000),
	F_TEXT(challenge, consent_version, .label = N_("Version of the text"),
	    .help = N_("Number or day of the form, for example 3 or 01.02.2026."),
	    .flags = F_REQUIRED, .privacy = PRIV_PUBLIC, .max = 40),
	F_ENUM(challenge, state, challenge_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
};
static struct kind_state challenge_state;
const struct kind challenge_kind = {
	.name = "challenge",
	.plural_name = "challenges",
	.label = N_("Online challenge"),
	.plural = N_("Online challenges"),
	.size = sizeof(struct challenge),
	.fields = challenge_fields,
	.nfields = ARRAY_LEN(challenge_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = challenge_scope,
	.writable = challenge_writable,
	.prepare = challenge_prepare,
	.check = challenge_check,
	.path = "/challenges/%lld",
	.state = &challenge_state,
};

static const struct field challenge_entry_fields[] = {
	F_REF(challenge_entry, challenge, &challenge_kind, .label = N_("Online challenge"),
	    .flags = F_REQUIRED | F_FIXED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(challenge_entry, surname, .label = N_("Surname"), .flags = F_LIST,
	    .privacy = PRIV_SUBJECT, .max = 80),
	F_TEXT(challenge_entry, given, .label = N_("Given name"), .flags = F_LIST,
	    .privacy = PRIV_SUBJECT, .max = 80),
	F_BOOL(challenge_entry, minor, .label = N_("Under age"), .flags = F_FIXED,
	    .privacy = PRIV_STAFF),
	F_TEXT(challenge_entry, parent, .label = N_("Parent or guardian"), .privacy = PRIV_SUBJECT,
	    .max = 200),
	F_TEXT(challenge_entry, link, .label = N_("Link"), .flags = F_LIST | F_OPTION_COLUMN,
	    .privacy = PRIV_SUBJECT, .max = CHALLENGE_LINK_MAX),
	F_ENUM(challenge_entry, network, challenge_networks, .label = N_("Network"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(challenge_entry, lang, challenge_langs, .label = N_("Language"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(challenge_entry, work, .label = N_("Work that is read"),
	    .flags = F_LIST | F_OPTION_COLUMN, .privacy = PRIV_SUBJECT, .max = 200),
	F_TEXT(challenge_entry, consent_version, .label = N_("Version of the text"),
	    .privacy = PRIV_STAFF, .max = 40),
	F_TIME(challenge_entry, consented_at, .label = N_("Agreed at"), .privacy = PRIV_STAFF),
	F_ENUM(challenge_entry, state, challenge_entry_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(challenge_entry, reason, challenge_reasons, .label = N_("Reason"), .flags = F_FILTER,
	    .privacy = PRIV_STAFF),
	F_REF(challenge_entry, moderator, &account_kind, .label = N_("Decided by"),
	    .privacy = PRIV_STAFF),
	F_DAY(challenge_entry, entered_on, .label = N_("Entered on"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(challenge_entry, decided_on, .label = N_("Decided on"), .privacy = PRIV_STAFF),
};
static struct kind_state challenge_entry_state;
const struct kind challenge_entry_kind = {
	.name = "challenge_entry",
	.plural_name = "challenge_entries",
	.label = N_("Challenge entry"),
	.plural = N_("Challenge entries"),
	.size = sizeof(struct challenge_entry),
	.fields = challenge_entry_fields,
	.nfields = ARRAY_LEN(challenge_entry_fields),
	.named_by = { "challenge" },
	.hot = "challenge",
	.read = CAP_PEOPLE_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_EVENT_READ,
	.scope = challenge_entry_scope,
	.path = "/challenges/entries/%lld",
	.state = &challenge_entry_state,
};
