/* comment_inner.h – what the files of this module share. Other modules use comment.h. */
#ifndef MOD_COMMENT_INNER_H
#define MOD_COMMENT_INNER_H

#include "kind/cut.h"
#include "mod/comment/comment.h"

/* ---- comment_text.c: what was typed */
/* One line, without what cannot be seen; fail_field() on "name". */
const char *comment_read_name(struct ctx *cx, const char *typed);
const char *comment_read_text(struct ctx *cx, const char *typed, const char *field);
/* Codes of comment_marks that the text earns, without those that tell of the sender. RULE comment-7 */
int comment_read_marks(struct ctx *cx, const char *name, const char *text, const char **out) MUST;
const char *comment_add_mark(struct arena *a, const char *marks, const char *code);

/* ---- comment_sender.c: who it is, as far as a keyed hash can tell */
struct comment_sender {
	const char *mail;				 /* plain, NULL = none */
	const char *mail_mac, *address_mac, *author_mac; /* NULL = not known */
};
const char *comment_mail_mac(struct arena *a, const char *mail);
const char *comment_address_mac(struct ctx *cx, const char *peer);
const char *comment_author_mac(struct arena *a, int64_t first);
int comment_origin_put_tx(
    struct ctx *cx, struct tx *tx, const struct comment *c, const struct comment_sender *s) MUST;
int comment_origin_of(struct ctx *cx, const struct comment *c, struct comment_sender *out) MUST;
int comment_origin_drop_tx(struct ctx *cx, struct tx *tx, int64_t comment) MUST;
/* The e-mail address at once; the rest with its day (comment_purge). */
int comment_origin_forget_tx(struct ctx *cx, struct tx *tx, int64_t comment) MUST;
/* Until which day nothing is taken from this sender; 0 = not banned. */
int comment_banned(struct ctx *cx, const struct comment_sender *s, int *until) MUST;
/* Who gave the author a standing yes; 0 = nobody. */
int comment_trusted(struct ctx *cx, const struct comment_sender *s, int64_t *moderator) MUST;
int comment_rule_put_tx(struct ctx *cx, struct tx *tx, const struct comment *c, bool ban) MUST;
int comment_rules_of_tx(
    struct ctx *cx, struct tx *tx, int64_t comment) MUST; /* ends what it brought about */
/* A letter to the author, once of each sort, if there is an address and letters are sent at all. */
int comment_tell_tx(
    struct ctx *cx, struct tx *tx, const struct comment *c, const char *base, bool reply) MUST;

/* ---- comment_reads.c */
/* Path of a shown comment, on the page on which it stands. */
int comment_place(struct ctx *cx, const struct comment *c, const char **path) MUST;

/* ---- comment_kinds.c, comment_rules.c, comment_own.c */
void comment_scope(struct ctx *cx, struct query *q);
int64_t comment_key(int64_t article);
struct actor comment_house(const struct actor *who);
int comment_cut_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums) MUST;

#endif
