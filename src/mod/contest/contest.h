/* contest.h – contests of an event from the first entry to the signed protocol and its certificates.
 *
 * Chain: contest > nominations, age groups, criteria > entries > scores of jurors > ranks > places >
 * protocol > certificates. States go draft → open → judging → closed → signed; what decides over places
 * (scale, weights, tie rule, blindness, what counts) is fixed when judging opens. Entrants, members of
 * teams and jurors are people on record; no other names are kept. RULE contest-1 … contest-10. */
#ifndef MOD_CONTEST_H
#define MOD_CONTEST_H

#include "mod/event/event.h"
#include "mod/registry/registry.h"

struct contest {
	struct rec rec;
	int64_t event;
	struct text3 name;
	const char *rules;
	const char *state;	      /* draft, open, judging, closed, signed */
	int64_t min_score, max_score; /* whole points, both ends in */
	const char *tie_rule;	      /* criteria, chair, shared */
	const char *decides;	      /* raw, normal: by which mean places are given */
	bool blind;		      /* jurors see numbers drawn by lot, never names */
	const char *note;
	const char *document; /* of the signed protocol: its number, day, who signed */
	int document_day;
	const char *signer;
	int64_t signed_at;
	const char *sha256;
};
struct nomination {
	struct rec rec;
	int64_t contest;
	struct text3 name;
	int64_t rank;
};
struct age_group {
	struct rec rec;
	int64_t contest;
	struct text3 name;
	int64_t from_age,
	    to_age; /* whole years on the event's first day, both in; INT_NONE = open */
};
struct criterion {
	struct rec rec;
	int64_t contest;
	struct text3 name;
	int64_t weight, rank;
};
struct contest_entry {
	struct rec rec;
	int64_t contest, number; /* 1, 2, 3 … in the contest */
	const char *type;	 /* person, team, body */
	int64_t person;		 /* 0: a team or body, or an erased person */
	const char *team;
	int64_t body; /* the entrant itself, or who sends it */
	int64_t nomination, age_group;
	const char *work, *note;
	int64_t code; /* drawn by lot when judging opens; INT_NONE before */
	int withdrawn_on;
	const char *withdraw_reason;
	int64_t place; /* given at closing; INT_NONE = none */
	const char *prize;
	bool decided; /* place or prize by a decision, not by the ranks */
	const char *decision;
};
struct contest_member {
	struct rec rec;
	int64_t entry, person;
	bool ended;
};
struct juror {
	struct rec rec;
	int64_t contest, person;
	struct text3 office;
	bool chair, ended;
};
struct juror_conflict {
	struct rec rec;
	int64_t juror, entry, body, person; /* one of the last three */
	const char *ground;		    /* declared, relative, member, other */
	const char *decision;		    /* excluded, allowed */
	const char *note;
};
struct contest_score {
	struct rec rec;
	int64_t juror, entry, criterion, value;
	const char *source; /* screen, paper */
};
struct certificate {
	struct rec rec;
	int64_t number; /* 1, 2, 3 … over the whole assembly */
	int64_t event, entry, person, body;
	const char *type; /* winner, entrant, juror, thanks */
	int64_t place;
	int day, withdrawn_on;
	const char *reason;
};
extern const struct kind contest_kind, nomination_kind, age_group_kind, criterion_kind,
    contest_entry_kind, contest_member_kind, juror_kind, juror_conflict_kind, contest_score_kind,
    certificate_kind;
extern const struct option contest_states[], contest_tie_rules[], contest_bases[],
    contest_entry_types[], conflict_grounds[], conflict_decisions[], certificate_types[];
extern const struct person_link contest_links[];
extern const size_t contest_nlinks;

/* ---- contest_rules.c: steps ---- */
/* action: open, judge, close, back (one state earlier, with a reason once judging began). RC_RULE says what
 * stands in the way; the lead body's staff. Closing gives the places. */
struct contest_step {
	int64_t id, version;
	const char *action, *reason;
};
int contest_move(struct ctx *cx, const struct contest_step *s) MUST;
/* Removes a nomination, age group or criterion that nothing names yet. */
int contest_child_remove(struct ctx *cx, const struct kind *k, int64_t id) MUST;
/* RULE contest-3: withdrawn entries stay on record; before and after the results. */
int contest_entry_withdraw(struct ctx *cx, int64_t id, int64_t version, const char *reason) MUST;
/* RULE contest-7: a place or prize other than the ranks gave, with its reason; place 0 = none. */
struct contest_decision {
	int64_t entry, version, place;
	const char *prize, *reason;
};
int contest_decide(struct ctx *cx, const struct contest_decision *d) MUST;

/* RULE contest-9: entries of minors for whom no parent or guardian consented. */
int contest_unconsented(struct ctx *cx, int64_t contest, int64_t **out, size_t *n) MUST;

/* ---- contest_jury.c: conflicts and links ---- */
/* What the records suggest: the same family, the same association. Undecided ones only. */
struct conflict_hint {
	int64_t juror, entry;
	const char *ground; /* relative, member */
	const char *why;    /* in the reader's language */
};
int contest_hints(struct ctx *cx, int64_t contest, struct conflict_hint **out, size_t *n) MUST;
/* The juror declares it himself, during judging too: the pair is left out from then on. */
int conflict_declare(struct ctx *cx, int64_t juror, int64_t entry, const char *note) MUST;
/* A personal link without an account: the secret, shown once; a second call ends the first. */
int juror_link_make(struct ctx *cx, int64_t juror, const char **secret) MUST;
int juror_link_revoke(struct ctx *cx, int64_t juror) MUST;
/* The juror behind a secret; RC_NOTFOUND: none, revoked, or no longer on the jury. */
int juror_of_link(struct ctx *cx, const char *secret, struct juror *out) MUST;

#include "mod/contest/contest_table.h"

/* ---- contest_certificate.c ---- */
struct certificate_in {
	int64_t event, entry, person, body;
	const char *type;
	int64_t place;
};
int certificate_issue_tx(
    struct ctx *cx, struct tx *tx, const struct certificate_in *in, struct certificate *out) MUST;
/* One for each entry that has none, winners first; *made: how many. One whose place is not that of the signed
 * protocol (it was taken back and signed anew) is withdrawn and issued again; that of an entry withdrawn
 * meanwhile is withdrawn. */
int certificates_of_contest(struct ctx *cx, int64_t contest, int64_t *made) MUST;
/* Letters of thanks to everybody whose attendance of the event stands by name. */
int certificates_of_event(struct ctx *cx, int64_t event, int64_t *made) MUST;
int certificate_withdraw(struct ctx *cx, int64_t id, int64_t version, const char *reason) MUST;
/* Whose it is; open = for everybody (contest_open_name). "" when the person was erased, whoever sent him. */
int certificate_holder(
    struct ctx *cx, const struct certificate *c, bool open, const char **out) MUST;
/* Number, day and place signed with the house's key (core/signature.h), as text for a QR code. */
const char *certificate_code(struct ctx *cx, const struct certificate *c);
/* RC_NOTFOUND: not of this house, or forged; *out is read whoever asks. */
int certificate_of_code(struct ctx *cx, const char *code, struct certificate *out) MUST;

struct verify_check;
extern const struct verify_check contest_check; /* contest_protocol.c */

#endif
