/* challenge.h – online challenges: people publish a work of their own (a poem read aloud, a photograph with the
 * flag) in a network and send its address here; a moderator looks at it, and then everybody sees it.
 *
 * A challenge belongs to an event or to a programme. An entry holds what was typed, no reference to people.
 * Nothing of it is public before a moderator says so, and of a minor the given name alone ever is. The program
 * never opens a link itself. Whoever sent an entry holds a secret address (challenge_secret()), derived from
 * D.key. RULE challenge-1 … -9 in docs/rules.md, ADR 0026. */
#ifndef MOD_CHALLENGE_H
#define MOD_CHALLENGE_H

#include "kind/kind.h"
#include "mod/event/event.h"

struct challenge {
	struct rec rec;
	int64_t event, programme; /* one of them; 0 = not this one */
	struct text3 name;
	const char *rules;
	int from_day, to_day; /* both in */
	bool asks_work;	      /* the work that is read, e.g. the title of a poem */
	const char *consent, *consent_version;
	const char *state; /* open, closed */
};
struct challenge_entry {
	struct rec rec;
	int64_t challenge;
	const char *surname, *given; /* NULL once the term is over or the author took it back */
	bool minor;
	const char *parent;
	const char *link, *network; /* network: of the link's host */
	const char *lang;	    /* kk, ru, other */
	const char *work;
	const char *consent_version;
	int64_t consented_at;
	const char *state;  /* waiting, shown, refused, withdrawn */
	const char *reason; /* of a refusal */
	int64_t moderator;  /* account */
	int entered_on, decided_on;
};
extern const struct kind challenge_kind, challenge_entry_kind;
extern const struct option challenge_states[], challenge_entry_states[], challenge_networks[],
    challenge_langs[], challenge_reasons[];

/* ---- entering ---- */
struct challenge_in {
	int64_t challenge;
	const char *nonce; /* of the form; NULL = none */
	const char *surname, *given, *parent, *link, *lang, *work;
	const char *consent_version;	       /* of the text that was read */
	bool minor, consents, parent_consents; /* a parent's name or consent makes a minor, too */
};
struct challenge_made {
	int64_t id;
	bool again; /* this form was sent before: nothing was written */
};
/* Anybody, without an account. RC_NOTFOUND: no challenge for this actor. RC_RULE: not open, in words.
 * RC_INVALID with fields surname, given, parent, link, lang, work, consent, parent_consent. */
int challenge_enter(struct ctx *cx, const struct challenge_in *in, struct challenge_made *out) MUST;
/* Why nobody can enter now, in words; NULL = open. */
int challenge_open(struct ctx *cx, const struct challenge *c, const char **why) MUST;

/* ---- the author's own ---- */
const char *challenge_secret(struct arena *a, const struct challenge_entry *e);
/* RC_NOTFOUND: no such secret, taken back, or the term is over. */
int challenge_by_secret(struct ctx *cx, const char *secret, struct challenge_entry *out) MUST;
/* Name, work and link are removed at once, from history, too. Once more with the same secret: RC_OK. *challenge:
 * whose entry it was. RC_NOTFOUND: no such secret, or the term is over. */
int challenge_withdraw(struct ctx *cx, const char *secret, int64_t *challenge) MUST;

/* ---- moderation ---- */
/* action: show, refuse (with a reason of challenge_reasons), wait (a decision taken back). What is so already is
 * RC_OK and written no second time. RC_DENIED outside the scope; RC_CONFLICT: version is not the stored one;
 * RC_RULE: taken back by its author, or cut. */
struct challenge_decision {
	int64_t id, version;
	const char *action, *reason;
};
int challenge_decide(struct ctx *cx, const struct challenge_decision *d) MUST;
/* RC_OK when this actor moderates: staff of the lead body of its event or programme, the secretariat. */
int challenge_run_by(struct ctx *cx, const struct challenge *c) MUST;

/* ---- what everybody sees ---- */
struct challenge_shown {
	int64_t id;
	const char *name; /* of a minor: the given name alone */
	const char *work, *link, *host, *network, *lang;
	int day;
};
enum { CHALLENGE_PAGE = 30, CHALLENGE_QUEUE = 20 };
struct challenge_want {
	int64_t challenge;
	const char *network, *lang; /* "" = any */
	int64_t before;		    /* ids below this one; 0 = from the newest */
};
/* Newest first, at most CHALLENGE_PAGE; *more: there are others after them. Those whose names are removed
 * stand in the counts and not here. */
int challenge_shown(struct ctx *cx, const struct challenge_want *w,
    struct challenge_shown out[CHALLENGE_PAGE], size_t *n, bool *more) MUST;
/* Shown entries by network (lang false) or by language: out[i] of the option of the same place. */
enum { CHALLENGE_CODES = 8 };
int challenge_counts(
    struct ctx *cx, int64_t challenge, bool lang, int64_t out[CHALLENGE_CODES]) MUST;
/* Entries that wait and are not cut: of one challenge, or of all in the scope (0). */
int challenge_waiting(struct ctx *cx, int64_t challenge, int64_t *n) MUST;

struct figure;
extern const struct figure *const challenge_figures[];
extern const size_t challenge_nfigures;

/* Retention: what names somebody goes, of one entry; what counts stays. */
struct cut_sums;
int challenge_expire_tx(
    struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums) MUST;
struct cut_term;
extern const struct cut_term challenge_terms[];

#endif
