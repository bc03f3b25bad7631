/* news_check.c – who sees and writes articles, what the machine fills in, what is refused.
 *
 * RULE news-2: the state of each language follows from the texts themselves, whoever writes them and by
 * which door. RULE news-3: the words of a published original change only with a word of what was corrected. */
#include "base/utf8.h"
#include "mod/news/news_figure.h"
#include "mod/news/news_inner.h"
#include "text/hash.h"
#include "text/markdown.h"

bool
article_blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

bool
article_out(const char *state)
{
	return state != NULL &&
	       (strcmp(state, "published") == 0 || strcmp(state, "corrected") == 0);
}

bool
article_public(const struct article *a, int today)
{
	return article_out(a->state) && a->publish_on <= today;
}

bool
article_open(const void *rec)
{
	return article_out(((const struct article *)rec)->state);
}

/* ---- scopes ---- */

void
article_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_EVENT_READ))
		query_and(q, ARTICLE_PUBLIC, VALS(v_int(cx->today)));
	else if (actor_scoped(cx->actor))
		query_and(q, ARTICLE_PUBLIC " OR article.body IN " ARTICLE_OWN_BODIES,
		    VALS(v_int(cx->today), v_int(cx->actor->body)));
}

void
article_link_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_EVENT_READ))
		query_and(q,
		    "EXISTS (SELECT 1 FROM article WHERE article.id = article_link.article "
		    "AND " ARTICLE_PUBLIC ")",
		    VALS(v_int(cx->today)));
	else if (actor_scoped(cx->actor))
		query_and(q,
		    "EXISTS (SELECT 1 FROM article WHERE article.id = article_link.article AND "
		    "(" ARTICLE_PUBLIC " OR article.body IN " ARTICLE_OWN_BODIES "))",
		    VALS(v_int(cx->today), v_int(cx->actor->body)));
}

static bool
own(struct ctx *cx, int64_t body)
{
	return !actor_scoped(cx->actor) || (body != 0 && actor_in_scope(cx->actor, body));
}

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

int
article_may_change(struct ctx *cx, const struct article *a)
{
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (!own(cx, a->body))
		return outside(cx);
	if (strcmp(a->state, "withdrawn") == 0)
		return fail(cx, RC_RULE, N_("The article is withdrawn; its text stands."));
	if (strcmp(a->state, "draft") == 0 || may(cx, CAP_EVENT_APPROVE))
		return RC_OK;
	return fail(cx, RC_DENIED,
	    strcmp(a->state, "review") == 0
		? N_("The article is with the editor. Take it back to go on writing.")
		: N_("The article is published: the editor corrects it."));
}

int
article_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct article *is = rec;

	if (!own(cx, is->body))
		return actor_scoped(cx->actor) && is->body == 0
			   ? fail(cx, RC_DENIED, N_("Say of which body of yours the news is."))
			   : outside(cx);
	return old == NULL ? RC_OK : article_may_change(cx, old);
}

int
article_link_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct article_link *l = rec;
	struct article a;
	int rc;

	(void)old; /* the article is fixed */
	rc = l->article == 0 ? RC_NOTFOUND : kind_load(cx, &article_kind, l->article, &a);
	if (rc == RC_NOTFOUND)
		return RC_OK; /* named as missing */
	TRY(rc);
	if (!may(cx, CAP_EVENT_WRITE) || !own(cx, a.body))
		return outside(cx);
	return RC_OK;
}

int
article_link_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct article_link *l = rec;

	(void)old;
	if ((l->event != 0) + (l->body != 0) + (l->programme != 0) != 1)
		fail_field(
		    cx, "event", N_("A link leads to one event, one body or one programme."));
	return RC_OK;
}

/* ---- texts ---- */

const char *
article_in(const struct text3 *t, enum lang l)
{
	const char *s = l == LANG_KK ? t->kk : l == LANG_RU ? t->ru : t->en;

	return s == NULL ? "" : s;
}

static const char **
state_slot(struct article *a, enum lang l)
{
	return l == LANG_KK ? &a->kk_state : l == LANG_RU ? &a->ru_state : &a->en_state;
}

static const char **
from_slot(struct article *a, enum lang l)
{
	return l == LANG_KK ? &a->kk_from : l == LANG_RU ? &a->ru_from : &a->en_from;
}

const char *
article_lang_state(const struct article *a, enum lang l)
{
	return l == LANG_KK ? a->kk_state : l == LANG_RU ? a->ru_state : a->en_state;
}

static enum lang
original(const struct article *a)
{
	enum lang l = LANG_KK;

	(void)(a->original == NULL || lang_parse(a->original, &l));
	return l;
}

enum lang
article_lang(const struct ctx *cx, const struct article *a)
{
	return article_lang_state(a, cx->lang) != NULL ? cx->lang : original(a);
}

static bool
bears_meaning(int32_t cp)
{
	return (cp >= '0' && cp <= '9') || utf8_lower(cp) != utf8_upper(cp) ||
	       cp > 0x2e7f /* letters without case */ || cp == '%' || cp == 0x20b8 /* ₸ */ ||
	       cp == '$' || cp == 0x20ac || cp == 0x2116 /* № */;
}

static void
put_meaning(struct buf *out, const char *p)
{
	const char *end = p + strlen(p);
	bool gap = true;

	while (p < end) {
		int32_t cp = utf8_next(&p, end);
		char c[4];

		if (cp > 0 && bears_meaning(cp)) {
			buf_put(out, c, utf8_put(c, utf8_lower(cp)));
			gap = false;
		} else if (!gap && cp != 0xad) { /* a soft hyphen parts no word */
			buf_char(out, ' ');
			gap = true;
		}
	}
	if (!gap)
		buf_char(out, ' ');
}

static void
put_spec(void *self, const struct markdown_embed *e)
{
	(void)self;
	buf_printf(e->plain, " figure %s ", e->spec);
}

const char *
article_meaning(struct arena *a, const struct article *art, enum lang l)
{
	struct markdown m = { .arena = a, .embed = put_spec };
	struct buf plain, out;

	buf_init(&plain, a, 0);
	buf_init(&out, a, 0);
	put_meaning(&out, article_in(&art->title, l));
	put_meaning(&out, article_in(&art->lead, l));
	if (markdown_plain(&m, article_in(&art->text, l), &plain) != RC_OK)
		buf_str(&plain, article_in(&art->text, l)); /* refused as too long anyway */
	put_meaning(&out, plain.p);
	return out.n == 0 ? "" : sha256_of(a, out.p);
}

/* ---- RULE news-2 ---- */

static bool
is(const char *a, const char *b)
{
	return a != NULL && strcmp(a, b) == 0;
}

static bool
same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* What the writer says of a translation counts when it is new; else the original's words decide. */
static void
translation(
    struct ctx *cx, const struct article *was, struct article *a, enum lang l, const char *now)
{
	const char **state = state_slot(a, l), **from = from_slot(a, l);
	const char *before = was == NULL ? NULL : article_lang_state(was, l);

	if (article_blank(article_in(&a->title, l))) {
		*state = *from = NULL;
		return;
	}
	if (is(*state, "original")) { /* it was until now, or somebody is mistaken */
		*state = was != NULL && is(before, "original") ? "checked" : "machine";
		before = NULL;
	}
	if (*state == NULL || **state == '\0')
		*state = "machine";
	if (is(*state, "machine")) {
		*from = NULL;
		return;
	}
	if (!same(*state, before)) { /* said just now */
		*from = is(*state, "checked") ? now : "";
		return;
	}
	if (is(*state, "stale")) { /* the original's words are again what they were */
		if (*from != NULL && **from != '\0' && strcmp(*from, now) == 0)
			*state = "checked";
		return;
	}
	if (same(*from, now))
		return;
	if (strcmp(article_meaning(cx->arena, was, l), article_meaning(cx->arena, a, l)) != 0)
		*from = now; /* both were changed in one go */
	else
		*state = "stale";
}

/* Readers have seen it. */
static bool
seen(const struct ctx *cx, const struct article *was)
{
	return was != NULL && article_public(was, cx->today);
}

static bool
words_changed(struct ctx *cx, const struct article *was, const struct article *a)
{
	enum lang l = original(was);

	return strcmp(article_meaning(cx->arena, was, l), article_meaning(cx->arena, a, l)) != 0;
}

int
article_prepare(struct ctx *cx, const void *old, void *rec)
{
	const struct article *was = old;
	struct article *a = rec;
	enum lang o = original(a), l;
	const char *now = article_meaning(cx->arena, a, o);

	if (was == NULL && article_blank(a->state))
		a->state = "draft";
	for (l = LANG_KK; l < LANG_COUNT; l++)
		if (l != o)
			translation(cx, was, a, l, now);
	*state_slot(a, o) = article_blank(article_in(&a->title, o)) ? NULL : "original";
	*from_slot(a, o) = NULL;
	if (seen(cx, was) && article_out(a->state) && words_changed(cx, was, a)) {
		a->state = "corrected";
		a->corrected_on = cx->today;
	}
	return RC_OK;
}

/* ---- checks ---- */

/* Signs that turn the direction of writing hide what a title says. */
static bool
turns(const char *s)
{
	const char *end = s + strlen(s);

	while (s < end) {
		int32_t cp = utf8_next(&s, end);

		if ((cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) ||
		    cp == 0x200e || cp == 0x200f || cp == 0x61c)
			return true;
	}
	return false;
}

static void
check_signs(struct ctx *cx, const char *field, const char *text)
{
	if (text != NULL && turns(text))
		fail_field(cx, field,
		    N_("There is a hidden sign in the text that turns the direction of writing. "
		       "Type the place anew."));
}

static void
check_text(struct ctx *cx, const char *text)
{
	struct markdown m = { .arena = cx->arena };
	struct news_figure f;
	const char **spec, *why;
	struct buf plain;
	size_t n, i;

	buf_init(&plain, cx->arena, 0);
	if (markdown_plain(&m, text, &plain) != RC_OK)
		fail_field(cx, "text",
		    N_("The text has too many parts: tables this large are "
		       "better sent as a file."));
	markdown_embeds(cx->arena, text, &spec, &n);
	for (i = 0; i < n; i++)
		if (news_figure_read(cx, spec[i], &f, &why) != RC_OK) {
			fail_field(cx, "text", N_("{figure:%1$s}: %2$s"), spec[i], why);
			return;
		}
}

int
article_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct article *was = old, *a = rec;
	enum lang o = original(a), l;

	if (article_blank(article_in(&a->title, o)))
		fail_field(cx, "title", N_("The original needs a title."));
	for (l = LANG_KK; l < LANG_COUNT; l++) {
		const char *text = article_in(&a->text, l);

		check_signs(cx, "title", article_in(&a->title, l));
		check_signs(cx, "lead", article_in(&a->lead, l));
		check_signs(cx, "text", text);
		if (!article_blank(text) && article_blank(article_in(&a->title, l)))
			fail_field(
			    cx, "title", N_("The text in %s needs a title."), lang_own_name(l));
		check_text(cx, text);
	}
	check_signs(cx, "author", a->author);
	check_signs(cx, "office", a->office);
	if (was == NULL)
		return RC_OK;
	if (seen(cx, was) && was->publish_on != a->publish_on)
		fail_field(cx, "publish_on", N_("The article is published already."));
	if (seen(cx, was) && article_out(a->state) && words_changed(cx, was, a) &&
	    (article_blank(a->correction) || same(a->correction, was->correction)))
		fail_field(cx, "correction",
		    N_("The article is published: say in a sentence what was corrected."));
	return RC_OK;
}

/* RULE news-6 */
int
article_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct article *was = old, *a = rec;

	if (!article_out(a->state))
		return RC_OK;
	return news_freeze_tx(cx, tx, a, was == NULL || !article_out(was->state));
}
