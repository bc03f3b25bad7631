/* contest_jury_kinds.c – jurors, their conflicts and points, certificates, as record kinds. */
#include "kind/internal.h"
#include "mod/contest/contest_inner.h"

const struct option conflict_grounds[] = {
	{ "declared", N_("declared by the juror") },
	{ "relative", N_("of the same family") },
	{ "member", N_("of the same association") },
	{ "other", N_("another reason") },
	{ NULL, NULL },
};
const struct option conflict_decisions[] = {
	{ "excluded", N_("left out") },
	{ "allowed", N_("may score") },
	{ NULL, NULL },
};
const struct option certificate_types[] = {
	{ "winner", N_("diploma of a winner") },
	{ "entrant", N_("certificate of taking part") },
	{ "juror", N_("letter of thanks to a juror") },
	{ "thanks", N_("letter of thanks") },
	{ NULL, NULL },
};
static const struct option score_sources[] = {
	{ "screen", N_("on the screen") },
	{ "paper", N_("from paper") },
	{ NULL, NULL },
};

static const struct field juror_fields[] = {
	F_REF(juror, contest, &contest_kind, .label = N_("Contest"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(juror, person, &person_kind, .label = N_("Person"),
	    .help = N_("With an account of the own the juror signs in; else a personal link is "
		       "printed."),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_TEXT3(juror, office, .label = N_("Office or title"),
	    .help = N_("As it stands in the protocol."), .flags = F_LIST, .privacy = PRIV_STAFF,
	    .max = 200),
	F_BOOL(
	    juror, chair, .label = N_("Chair of the jury"), .flags = F_LIST, .privacy = PRIV_STAFF),
	F_BOOL(juror, ended, .label = N_("No longer on the jury"),
	    .help = N_("All points of this juror are left out then."), .privacy = PRIV_STAFF),
};
static struct kind_state juror_state;
const struct kind juror_kind = {
	.name = "juror",
	.plural_name = "jurors",
	.named_by = { "person" },
	.label = N_("Juror"),
	.plural = N_("Jurors"),
	.size = sizeof(struct juror),
	.fields = juror_fields,
	.nfields = ARRAY_LEN(juror_fields),
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = juror_scope,
	.writable = juror_writable,
	.check = juror_check,
	.path = "/jurors/%lld",
	.state = &juror_state,
};

static const struct field juror_conflict_fields[] = {
	F_REF(juror_conflict, juror, &juror_kind, .label = N_("Juror"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(juror_conflict, entry, &contest_entry_kind, .label = N_("Contest entry"),
	    .flags = F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_REF(juror_conflict, body, &body_kind, .label = N_("Body"),
	    .help = N_("All entries of this body and the bodies beneath it."),
	    .flags = F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_REF(juror_conflict, person, &person_kind, .label = N_("Person"),
	    .help = N_("All entries in which this person takes part."), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_ENUM(juror_conflict, ground, conflict_grounds, .label = N_("Ground"),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_STAFF),
	F_ENUM(juror_conflict, decision, conflict_decisions, .label = N_("Decision"),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_STAFF),
	F_TEXT(juror_conflict, note, .label = N_("Reason"), .max = 500,
	    .help = N_("Needed where the juror may score all the same."), .privacy = PRIV_STAFF),
};
static struct kind_state juror_conflict_state;
const struct kind juror_conflict_kind = {
	.name = "juror_conflict",
	.plural_name = "juror_conflicts",
	.named_by = { "juror" },
	.label = N_("Conflict of interest"),
	.plural = N_("Conflicts of interest"),
	.size = sizeof(struct juror_conflict),
	.fields = juror_conflict_fields,
	.nfields = ARRAY_LEN(juror_conflict_fields),
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = juror_conflict_scope,
	.writable = juror_conflict_writable,
	.check = juror_conflict_check,
	.state = &juror_conflict_state,
};

/* Written by rules only (contest_score.c): a juror with a link has no capability. So are certificates. */
static const struct field contest_score_fields[] = {
	F_REF(contest_score, juror, &juror_kind, .label = N_("Juror"),
	    .flags = F_REQUIRED | F_RULED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(contest_score, entry, &contest_entry_kind, .label = N_("Contest entry"),
	    .flags = F_REQUIRED | F_RULED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(contest_score, criterion, &criterion_kind, .label = N_("Criterion"),
	    .flags = F_REQUIRED | F_RULED | F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_INT(contest_score, value, .label = N_("Points"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_STAFF, .min = 0, .max = 1000),
	F_ENUM(contest_score, source, score_sources, .label = N_("Given"),
	    .flags = F_REQUIRED | F_RULED | F_LIST, .privacy = PRIV_STAFF),
};
static struct kind_state contest_score_state;
const struct kind contest_score_kind = {
	.name = "contest_score",
	.plural_name = "contest_scores",
	.named_by = { "juror", "entry" },
	.label = N_("Points of a juror"),
	.plural = N_("Points of jurors"),
	.size = sizeof(struct contest_score),
	.fields = contest_score_fields,
	.nfields = ARRAY_LEN(contest_score_fields),
	.hot = "juror",
	.read = CAP_EVENT_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_EVENT_READ,
	.scope = contest_score_scope,
	.state = &contest_score_state,
};

static const struct field certificate_fields[] = {
	F_INT(certificate, number, .label = N_("Number"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_UNIQUE, .privacy = PRIV_STAFF, .min = 1,
	    .max = INT64_C(1) << 40),
	F_REF(certificate, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_RULED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(certificate, entry, &contest_entry_kind, .label = N_("Contest entry"),
	    .flags = F_RULED | F_FIXED, .privacy = PRIV_STAFF),
	F_REF(certificate, person, &person_kind, .label = N_("Person"),
	    .flags = F_RULED | F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_REF(certificate, body, &body_kind, .label = N_("Body"),
	    .flags = F_RULED | F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_ENUM(certificate, type, certificate_types, .label = N_("Sort"),
	    .flags = F_REQUIRED | F_RULED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_INT(certificate, place, .label = N_("Place won"), .flags = F_RULED | F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF, .min = 1, .max = 60000),
	F_DAY(certificate, day, .label = N_("Day"),
	    .flags = F_REQUIRED | F_RULED | F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_DAY(certificate, withdrawn_on, .label = N_("Withdrawn on"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_TEXT(certificate, reason, .label = N_("Why it was withdrawn"), .max = 500,
	    .flags = F_RULED, .privacy = PRIV_STAFF),
};
static struct kind_state certificate_state;
const struct kind certificate_kind = {
	.name = "certificate",
	.plural_name = "certificates",
	.label = N_("Certificate"),
	.plural = N_("Certificates"),
	.size = sizeof(struct certificate),
	.fields = certificate_fields,
	.nfields = ARRAY_LEN(certificate_fields),
	.read = CAP_EVENT_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_EVENT_READ,
	.scope = certificate_scope,
	.path = "/certificates/%lld",
	.state = &certificate_state,
};
