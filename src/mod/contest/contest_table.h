/* contest_table.h – one contest as a table: entries by jurors by criteria, with what is left out, what is
 * missing, ranks and places; the points; the protocol. Part of contest.h. Read whoever asks: pages ask first
 * whether they may. */
#ifndef MOD_CONTEST_TABLE_H
#define MOD_CONTEST_TABLE_H

#include "mod/contest/contest.h"
#include "mod/contest/rank.h"

struct contest_table {
	struct contest c;
	struct event event;
	struct nomination *nomination; /* by rank, then id */
	struct age_group *age_group;
	struct criterion *criterion;
	struct contest_entry *entry; /* not withdrawn; by number, while judging blind by code */
	struct juror *juror;	     /* not ended */
	size_t nnominations, nages, ncriteria, nentries, njurors;
	const char *
	    *ground; /* [jurors × entries]: why the pair is left out, a code; NULL = it is not */
	struct rank_in in;
	struct ranked *rank; /* [entries] */
};
int contest_table(struct ctx *cx, int64_t contest, struct contest_table *out) MUST;
/* The same without points and ranks (in.score, rank are NULL): jurors who save at once do not read what the
 * others write. */
int contest_frame(struct ctx *cx, int64_t contest, struct contest_table *out) MUST;
/* Why the pair is left out: code of conflict_grounds or "self"; NULL = it is not. */
static inline const char *
contest_ground(const struct contest_table *t, size_t juror, size_t entry)
{
	return t->ground[juror * t->nentries + entry];
}
/* Entries that this juror has still to score; those he may score at all. */
size_t contest_missing(const struct contest_table *t, size_t juror, size_t *of);
/* Index of a record by its id; −1 = not in the table. */
ptrdiff_t contest_entry_at(const struct contest_table *t, int64_t id);
ptrdiff_t contest_juror_at(const struct contest_table *t, int64_t id);
ptrdiff_t contest_code_at(const struct contest_table *t, int64_t code);
/* What stands for an entry on paper of the jury: its drawn number, else its own. */
int64_t contest_row_code(const struct contest_table *t, size_t entry);
/* Entries in the order of a result: group by group, place by place. In t's arena. */
const size_t *contest_order(struct ctx *cx, const struct contest_table *t);
/* "Nomination · age group"; "" where the contest has neither. */
const char *contest_class(struct ctx *cx, const struct contest_table *t, size_t entry);

/* The same of one entry, withdrawn or not, without its table. */
int contest_class_of(struct ctx *cx, const struct contest_entry *e, const char **out) MUST;

/* ---- names ---- */
/* For the staff: person, team or body. */
int contest_entrant(struct ctx *cx, const struct contest_entry *e, const char **out) MUST;
/* RULE contest-8: for everybody: a body's or team's name, a grown-up's name with the consent "publish", a minor's
 * given name alone with it, else "entry 5". */
int contest_entrant_public(struct ctx *cx, const struct contest_entry *e, const char **out) MUST;

/* ---- points (contest_score.c) ---- */
struct score_in {
	int64_t juror, entry;
	const int64_t *value; /* one for each criterion in its order; INT_NONE = leave as it is */
	size_t n;
	const char *source; /* screen, paper */
};
/* Saves at once what is given, as versions. RC_RULE: not judging, the pair is left out, withdrawn;
 * RC_INVALID names "c1", "c2" … whose points are off the scale. Whose right it is was asked by the caller. */
int contest_score(struct ctx *cx, const struct score_in *in) MUST;

/* ---- protocol (contest_protocol.c) ---- */
struct protocol_signing {
	int64_t contest, version;
	const char *document; /* number; may be "" */
	int document_day;     /* 0 = the business day */
	const char *signer;   /* office and name */
};
/* RULE contest-10: the head, or the chair of the jury with the own account; a closed contest. */
int contest_sign(struct ctx *cx, const struct protocol_signing *s) MUST;
/* Takes the signature back with a reason: the contest is closed again, the text stays on record. */
int contest_unsign(struct ctx *cx, int64_t contest, int64_t version, const char *reason) MUST;
bool contest_may_sign(struct ctx *cx, const struct contest_table *t);
/* The text as it would be signed now: JSON, ids and numbers, no name of a person. */
int contest_protocol_text(struct ctx *cx, const struct contest_table *t, const char **out) MUST;
/* The signed one; RC_NOTFOUND. */
int contest_protocol_signed(struct ctx *cx, int64_t contest, const char **out) MUST;
/* contest_signed.c: the table as it is shown: of a signed contest as it was signed, else as it is now. */
int contest_shown(struct ctx *cx, int64_t contest, struct contest_table *out) MUST;
/* Lines in the reader's language: what moved since it was signed. */
int contest_protocol_changes(
    struct ctx *cx, const struct contest_table *t, const char ***out, size_t *n) MUST;

#endif
