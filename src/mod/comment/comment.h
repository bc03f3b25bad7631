/* comment.h – what readers write under an article: sent by anybody without an account, seen by everybody only after
 * a moderator's yes, removed by whoever holds its secret address.
 *
 * A comment is a record with the name and the text that may be shown. The e-mail address and the address on the net
 * from which it came lie in a table of their own (comment_origin), sealed and as keyed hashes; no kind, so no list,
 * export, API, search, history or audit holds them. A moderator's standing yes (trusted) or no (banned) is a row of
 * comment_rule. RULE comment-1 … -14 in docs/rules.md, ADR 0040. */
#ifndef MOD_COMMENT_H
#define MOD_COMMENT_H

#include "mod/news/news.h"

struct comment {
	struct rec rec;
	int64_t article;
	int64_t first; /* the first comment of the same secret address; 0 = this one */
	const char *name,
	    *text; /* NULL once taken back by the author, or the term of a refused one is over */
	const char *marks;  /* codes of comment_marks with spaces between; NULL = none */
	const char *state;  /* waiting, shown, refused, withdrawn */
	const char *reason; /* of a refusal, also once its author has taken it back */
	int64_t moderator;  /* account */
	bool standing;	    /* shown by the standing yes that `moderator` gave its author */
	const char *reply;  /* the office's, under the comment */
	int64_t replier;    /* account */
	int entered_on, decided_on, replied_on;
};
extern const struct kind comment_kind;
extern const struct option comment_states[], comment_reasons[], comment_marks[], comment_bases[];

enum {
	COMMENT_NAME_MAX = 80,
	COMMENT_TEXT_MAX = 3000,
	COMMENT_PAGE = 50,
	COMMENT_QUEUE = 20,
	COMMENT_WAITING_MAX = 500, /* of one article: no flood makes the queue longer */
	COMMENT_LEAST_S = 3,	   /* nobody reads and writes faster */
	COMMENT_MOST_S =
	    12 * 3600 /* before the form's other marks end, so that nothing typed is lost */
};

bool comment_has_mark(const char *marks, const char *code);

/* ---- sending ---- */
/* The moment at which a form was drawn, signed for its article. */
const char *comment_moment(struct ctx *cx, int64_t article);
/* Ours, of this article's form and not too old. */
bool comment_moment_holds(struct ctx *cx, int64_t article, const char *moment);
struct comment_in {
	int64_t article;
	const char *nonce, *moment; /* of the form */
	const char *name, *text, *mail;
	const char *as; /* secret of an earlier comment of the same author; NULL or "" = none */
	const char
	    *peer; /* address on the net; NULL = not known (then neither limit nor ban by it) */
};
struct comment_made {
	int64_t id;
	bool again; /* this form was sent before: nothing was written */
	bool shown; /* by a standing yes */
};
/* Anybody, without an account. RC_NOTFOUND: no article for guests. RC_RULE with the reason in words: closed, too fast,
 * too old, too many, banned. RC_INVALID: name, text, mail. */
int comment_send(struct ctx *cx, const struct comment_in *in, struct comment_made *out) MUST;
/* Why nobody can write now, in words; NULL = open. */
int comment_open(struct ctx *cx, const struct article *a, const char **why) MUST;
int comment_close(struct ctx *cx, int64_t article, bool close) MUST; /* CAP_EVENT_APPROVE */
int comment_closed(struct ctx *cx, int64_t article, bool *closed) MUST;

/* ---- the author's own ---- */
const char *comment_secret(struct arena *a, const struct comment *c);
/* RC_NOTFOUND: no such secret, taken back, or cut. */
int comment_by_secret(struct ctx *cx, const char *secret, struct comment *out) MUST;
/* Name, text and the office's reply are removed at once, from history, too, and the e-mail address; the hash of the
 * address on the net when its day is over. Twice: RC_OK. */
int comment_withdraw(struct ctx *cx, const char *secret, int64_t *article) MUST;

/* ---- moderation: CAP_EVENT_APPROVE ---- */
/* action: show, trust (show, and the author's next ones at once), refuse, ban (refuse with what waits from the same
 * sender, and nothing more from there for a term), wait (taken back, with what was said of the sender). What is so already is RC_OK and written no
 * second time. RC_CONFLICT: version is not the stored one; RC_RULE: no reason, taken back by its author, or cut. */
struct comment_decision {
	int64_t id, version;
	const char *action, *reason;
	const char *base; /* of the letter's link: "https://host"; NULL = no letter */
};
int comment_decide(struct ctx *cx, const struct comment_decision *d) MUST;
/* "" or NULL takes it away. RC_RULE: not shown. */
struct comment_answer {
	int64_t id, version;
	const char *text, *base;
};
int comment_reply(struct ctx *cx, const struct comment_answer *a) MUST;

struct comment_rule {
	int64_t id, comment;
	const char *verdict, *basis, *moderator; /* name of the account; NULL = none */
	int made_on, until_day;			 /* until_day 0 = until it is ended */
};
/* In force, newest first. */
enum { COMMENT_RULES = 200 };
int comment_rules(struct ctx *cx, struct comment_rule **out, size_t *n) MUST;
int comment_rule_end(struct ctx *cx, int64_t id) MUST; /* twice: RC_OK */

int comment_waiting(struct ctx *cx, int64_t *n) MUST; /* 0 for whoever does not moderate */

/* ---- what everybody sees ---- */
struct comment_shown {
	int64_t id;
	const char *name, *text, *reply;
	int day, replied_on;
};
struct comment_page {
	struct comment_shown row[COMMENT_PAGE];
	size_t n;
	int64_t all; /* shown under the article; known only when `whole` is false */
	bool more, whole;
};
/* Oldest first behind the comment `after` (0 = from the first); one read where all fit on the page. */
int comment_shown(struct ctx *cx, int64_t article, int64_t after, struct comment_page *out) MUST;

struct figure;
extern const struct figure *const comment_figures[];
extern const size_t comment_nfigures;
struct cut_term;
extern const struct cut_term comment_terms[];
/* Job: what lies apart goes 30 days after the last decision, half a year after a comment that nobody decided about; and
 * so do rules that are over. */
int comment_purge(struct ctx *cx, int64_t *n) MUST;

#endif
