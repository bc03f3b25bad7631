/* news_rules.c – the steps of an article, and taking a link away. The table of steps is in news_kinds.c. */
#include "mod/news/news_inner.h"

int
article_may_step(struct ctx *cx, const struct article *a, const struct article_step *s)
{
	if (!may(cx, s->cap))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (actor_scoped(cx->actor) && (a->body == 0 || !actor_in_scope(cx->actor, a->body)))
		return fail(cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	return RC_OK;
}

static const struct article_step *
find_step(const char *from, const char *action)
{
	size_t i;

	for (i = 0; i < article_nsteps; i++)
		if (strcmp(article_steps[i].from, from) == 0 &&
		    strcmp(article_steps[i].action, action) == 0)
			return &article_steps[i];
	return NULL;
}

/* What goes to the editor or to readers has a text, and its figures can be asked. */
static int
ready(struct ctx *cx, const struct article *a)
{
	enum lang l = LANG_KK;

	(void)lang_parse(a->original, &l);
	if (article_blank(article_in(&a->text, l)))
		return fail(cx, RC_RULE, N_("The original has no text yet."));
	return kind_check(cx, &article_kind, NULL, a);
}

static int
do_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct article_move *m = arg;
	const struct article_step *s;
	struct article a;

	TRY(kind_get(cx, &article_kind, m->id, &a));
	if (a.rec.version != m->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	s = find_step(a.state, m->action);
	if (s == NULL)
		return fail(cx, RC_RULE, N_("This step is not possible: the article is “%s”."),
		    option_label(cx, article_states, a.state));
	TRY(article_may_step(cx, &a, s));
	if (s->reason && article_blank(m->reason)) {
		fail_field(cx, "reason", N_("A reason is needed."));
		return RC_INVALID;
	}
	if (strcmp(s->to, "review") == 0 || strcmp(s->to, "published") == 0)
		TRY(ready(cx, &a));
	a.state = s->to;
	a.state_reason = article_blank(m->reason) ? NULL : m->reason;
	if (strcmp(s->to, "published") == 0) {
		a.published_on = a.publish_on > cx->today ? a.publish_on : cx->today;
		a.corrected_on = 0;
		a.correction = NULL;
	}
	return kind_rewrite_tx(cx, tx, &article_kind, &a);
}

int
article_do(struct ctx *cx, const struct article_move *m)
{
	return db_write(cx, do_fn, (void *)(uintptr_t)m);
}

static int
link_may_go(struct ctx *cx, const struct kind *k, const void *rec)
{
	(void)cx, (void)k, (void)rec;
	return RC_OK;
}

int
article_link_remove(struct ctx *cx, int64_t id)
{
	return kind_remove(cx, &(struct kind_removal){ &article_link_kind, id, link_may_go,
				   "article,event,body,programme" });
}
