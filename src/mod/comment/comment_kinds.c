/* comment_kinds.c – comments as a record kind: a const table. Written by rules alone (comment.h): a guest has no right
 * to write anything. Only moderators read it; guests get comment_shown(). A comment is called by its article, so that
 * no list of titles names people. */
#include "core/account.h"
#include "kind/internal.h"
#include "mod/comment/comment_inner.h"

const struct option comment_states[] = {
	{ "waiting", N_("waits for a moderator") },
	{ "shown", N_("shown to readers") },
	{ "refused", N_("refused by a moderator") },
	{ "withdrawn", N_("removed by its author") },
	{ NULL, NULL },
};
/* RULE comment-4. discord: Criminal Code of 3 July 2014, art. 174. */
const struct option comment_reasons[] = {
	{ "off_subject", N_("not on the subject") },
	{ "offends", N_("offends somebody") },
	{ "personal", N_("tells of somebody's private life or names their data") },
	{ "advert", N_("advertising") },
	{ "untrue", N_("not true") },
	{ "discord", N_("incites discord (Criminal Code, art. 174)") },
	{ "flood", N_("one of many alike") },
	{ NULL, NULL },
};
const struct option comment_marks[] = {
	{ "stop", N_("a word of the list") },
	{ "discord", N_("a word that may incite discord") },
	{ "link", N_("a web address") },
	{ "mixed", N_("letters of two alphabets in one word") },
	{ "many", N_("many from one place today") },
	{ NULL, NULL },
};
const struct option comment_bases[] = {
	{ "author", N_("the author's secret address") },
	{ "mail", N_("the e-mail address") },
	{ "address", N_("the address on the net") },
	{ NULL, NULL },
};

#define OWN_BODIES                                                                                 \
	"(WITH RECURSIVE own(id) AS (SELECT ? UNION SELECT b.id FROM body b JOIN own ON b.parent " \
	"= own.id) SELECT own.id FROM own)"

/* Moderators are the secretariat; should one be bound to a body, those of its own articles. */
void
comment_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q,
		    "EXISTS (SELECT 1 FROM article WHERE article.id = comment.article AND "
		    "article.body IN " OWN_BODIES ")",
		    VALS(v_int(cx->actor->body)));
}

static const struct field comment_fields[] = {
	F_REF(comment, article, &article_kind, .label = N_("Article"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(comment, first, &comment_kind, .label = N_("First comment of the same author"),
	    .flags = F_FIXED, .privacy = PRIV_STAFF),
	F_TEXT(comment, name, .label = N_("Name of the author"), .flags = F_LIST | F_SEARCH,
	    .privacy = PRIV_STAFF, .max = COMMENT_NAME_MAX),
	F_TEXT(comment, text, .label = N_("Text"), .flags = F_LIST | F_LONG | F_SEARCH,
	    .privacy = PRIV_STAFF, .max = COMMENT_TEXT_MAX),
	F_TEXT(comment, marks, .label = N_("Marks"), .privacy = PRIV_STAFF, .max = 100),
	F_ENUM(comment, state, comment_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(comment, reason, comment_reasons, .label = N_("Reason"), .flags = F_FILTER,
	    .privacy = PRIV_STAFF),
	F_REF(comment, moderator, &account_kind, .label = N_("Decided by"), .privacy = PRIV_STAFF),
	F_BOOL(comment, standing, .label = N_("Shown by a standing yes"), .privacy = PRIV_STAFF),
	F_TEXT(comment, reply, .label = N_("Reply of the office"), .flags = F_LONG | F_SEARCH,
	    .privacy = PRIV_STAFF, .max = COMMENT_TEXT_MAX),
	F_REF(comment, replier, &account_kind, .label = N_("Replied by"), .privacy = PRIV_STAFF),
	F_DAY(comment, entered_on, .label = N_("Entered on"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(comment, decided_on, .label = N_("Decided on"), .flags = F_FILTER,
	    .privacy = PRIV_STAFF),
	F_DAY(comment, replied_on, .label = N_("Replied on"), .privacy = PRIV_STAFF),
};
static struct kind_state comment_state;
const struct kind comment_kind = {
	.name = "comment",
	.plural_name = "comments",
	.label = N_("Comment"),
	.plural = N_("Comments"),
	.size = sizeof(struct comment),
	.fields = comment_fields,
	.nfields = ARRAY_LEN(comment_fields),
	.named_by = { "article" },
	.hot = "article",
	.read = CAP_EVENT_APPROVE,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_EVENT_APPROVE,
	.scope = comment_scope,
	.path = "/comments/%lld",
	.state = &comment_state,
};
