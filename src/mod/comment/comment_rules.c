/* comment_rules.c – sending a comment, deciding about it, the office's reply. One transaction each that holds the
 * article's key, so that the same form sent twice at once is one comment, and limits are counted one by one. */
#include "core/mail.h"
#include "core/setting.h"
#include "kind/vault.h"
#include "mod/comment/comment_inner.h"

#include <string.h>

#include "base/utf8.h"

enum { DAYS_OPEN = 90, A_DAY = 10, A_DAY_IN_ALL = 30, MANY = 3 };

int64_t
comment_key(int64_t article)
{
	struct comment c = { .article = article };
	int64_t key[1];

	(void)kind_hot_keys(&comment_kind, &c, key);
	return key[0];
}

/* How the program writes for somebody whose right was looked at by a rule: the account stays the actor's. */
struct actor
comment_house(const struct actor *who)
{
	struct actor a = actor_system;

	a.account = who->account;
	a.person = who->person;
	a.login = who->login;
	a.name = who->name;
	return a;
}

/* ---- whether comments are taken ---- */

int
comment_closed(struct ctx *cx, int64_t article, bool *closed)
{
	int64_t n;

	TRY(db_int(cx, &n, "SELECT count(*) FROM comment_closed WHERE article = $1",
	    VALS(v_int(article))));
	*closed = n > 0;
	return RC_OK;
}

/* RULE comment-3 */
int
comment_open(struct ctx *cx, const struct article *a, const char **why)
{
	int64_t days;
	bool closed;

	*why = NULL;
	TRY(setting_number(cx, "comment_days", DAYS_OPEN, &days));
	if (!article_public(a, cx->today)) {
		*why = tr(cx, "The article is not published.");
		return RC_OK;
	}
	if (days == 0 || cx->today > day_add(a->published_on, (int)days)) {
		*why = tr(cx, "No more comments are taken under this article.");
		return RC_OK;
	}
	TRY(comment_closed(cx, a->rec.id, &closed));
	if (closed)
		*why = tr(cx, "The office has closed the comments under this article.");
	return RC_OK;
}

struct closing {
	int64_t article;
	bool close;
};

static int
close_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct closing *c = arg;
	struct article a;
	int64_t n;

	TRY(kind_get(cx, &article_kind, c->article, &a));
	TRY(c->close
		? tx_run(cx, tx, &n,
		      "INSERT INTO comment_closed (article, moderator, closed_on) VALUES ($1, "
		      "$2, $3) ON CONFLICT (article) DO NOTHING",
		      VALS(v_int(c->article), v_int_or(cx->actor->account, 0), v_int(cx->today)))
		: tx_run(cx, tx, &n, "DELETE FROM comment_closed WHERE article = $1",
		      VALS(v_int(c->article))));
	if (n == 0)
		return RC_OK;
	tx_touch(tx, kind_number(&comment_kind));
	return audit_tx(
	    cx, tx, c->close ? "close" : "open", "article", c->article, "comment_closed");
}

int
comment_close(struct ctx *cx, int64_t article, bool close)
{
	struct closing c = { article, close };

	if (!may(cx, CAP_EVENT_APPROVE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, close_fn, &c);
}

/* ---- the moment of the form ---- */

static const char *
moment_mac(struct ctx *cx, int64_t article, int64_t at)
{
	return vault_mac_hex(cx->arena, VAULT_CSRF,
	    arena_printf(cx->arena, "comment|%lld|%lld", (long long)article, (long long)at));
}

const char *
comment_moment(struct ctx *cx, int64_t article)
{
	return arena_printf(
	    cx->arena, "%lld.%s", (long long)cx->now, moment_mac(cx, article, cx->now));
}

/* Seconds since it was drawn; false: not ours, or of another article's form. */
static bool
moment_age(struct ctx *cx, int64_t article, const char *moment, int64_t *age)
{
	const char *dot = moment == NULL ? NULL : strchr(moment, '.');
	int64_t at = 0;

	if (dot == NULL || !num_parse(arena_strn(cx->arena, moment, (size_t)(dot - moment)), &at) ||
	    !vault_equal(dot + 1, moment_mac(cx, article, at)))
		return false;
	*age = (cx->now - at) / US_PER_SECOND;
	return true;
}

bool
comment_moment_holds(struct ctx *cx, int64_t article, const char *moment)
{
	int64_t age;

	return moment_age(cx, article, moment, &age) && age <= COMMENT_MOST_S;
}

/* RULE comment-11 */
static int
check_moment(struct ctx *cx, int64_t article, const char *moment)
{
	int64_t age;

	if (!moment_age(cx, article, moment, &age) || age > COMMENT_MOST_S)
		return fail(cx, RC_RULE,
		    N_("The form was open too long. Look through it and send it once more."));
	if (age < COMMENT_LEAST_S)
		return fail(
		    cx, RC_RULE, N_("That was very fast. Read it once more, then send it again."));
	return RC_OK;
}

/* ---- sending ---- */

struct sending {
	const struct comment_in *in;
	struct article a;
	struct comment c;
	struct comment_sender s;
	struct comment_made out;
};

static int
sent_before(struct ctx *cx, struct sending *m)
{
	int rc;

	if (m->in->nonce == NULL)
		return RC_OK;
	rc = db_int(cx, &m->out.id,
	    "SELECT comment FROM comment_sent WHERE article = $1 AND nonce = $2",
	    VALS(v_int(m->in->article), v_text(m->in->nonce)));
	m->out.again = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
full(struct ctx *cx)
{
	return fail(cx, RC_RULE,
	    N_("Many comments wait to be read under this article. Try again tomorrow."));
}

/* RULE comment-12 */
static int
check_limits(struct ctx *cx, struct sending *m)
{
	int64_t waiting, here, all, limit;

	TRY(db_int(cx, &waiting,
	    "SELECT count(*) FROM comment WHERE article = $1 AND state = 'waiting' AND text IS NOT "
	    "NULL",
	    VALS(v_int(m->in->article))));
	if (waiting >= COMMENT_WAITING_MAX)
		return full(cx);
	if (m->s.address_mac == NULL)
		return RC_OK;
	TRY(setting_number(cx, "comment_a_day", A_DAY, &limit));
	TRY(db_int(cx, &all,
	    "SELECT count(*) FROM comment_origin WHERE address_mac = $1 AND entered_on = $2",
	    VALS(v_text(m->s.address_mac), v_int(cx->today))));
	TRY(db_int(cx, &here,
	    "SELECT count(*) FROM comment_origin o JOIN comment c ON c.id = o.comment WHERE "
	    "o.address_mac = $1 AND o.entered_on = $2 AND c.article = $3",
	    VALS(v_text(m->s.address_mac), v_int(cx->today), v_int(m->in->article))));
	if (here >= limit || all >= limit + (A_DAY_IN_ALL - A_DAY))
		return fail(cx, RC_RULE, "%s",
		    trn(cx, here >= limit ? here : all,
			"%s comment has come from here today; write again tomorrow.",
			"%s comments have come from here today; write again tomorrow.",
			num(cx, here >= limit ? here : all)));
	if (all >= MANY)
		m->c.marks = comment_add_mark(cx->arena, m->c.marks, "many");
	return RC_OK;
}

/* A secret that is none is no reason to refuse what somebody wrote. */
static int
find_author(struct ctx *cx, struct sending *m)
{
	struct comment earlier;
	int rc;

	if (m->in->as == NULL || *m->in->as == '\0')
		return RC_OK;
	rc = comment_by_secret(cx, m->in->as, &earlier);
	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		return RC_OK;
	}
	TRY(rc);
	m->c.first = earlier.first != 0 ? earlier.first : earlier.rec.id;
	m->s.author_mac = comment_author_mac(cx->arena, m->c.first);
	return RC_OK;
}

static int
check_ban(struct ctx *cx, const struct comment_sender *s)
{
	int until;

	TRY(comment_banned(cx, s, &until));
	return until == 0 ? RC_OK
			  : fail(cx, RC_RULE,
				N_("The office takes no comments from this sender until %s."),
				day_text(cx, until));
}

/* RULE comment-9: a standing yes is a moderator's; what bears a mark waits all the same. */
static int
decide_at_once(struct ctx *cx, struct sending *m)
{
	int64_t moderator;

	m->c.state = "waiting";
	TRY(comment_trusted(cx, &m->s, &moderator));
	if (moderator == 0 || m->c.marks != NULL)
		return RC_OK;
	m->c.state = "shown";
	m->c.moderator = moderator;
	m->c.standing = true;
	m->c.decided_on = cx->today;
	m->out.shown = true;
	return RC_OK;
}

static int
fill(struct ctx *cx, struct sending *m)
{
	const struct comment_in *in = m->in;
	struct comment *c = &m->c;

	kind_empty(&comment_kind, c);
	c->article = in->article;
	c->entered_on = cx->today;
	c->name = comment_read_name(cx, in->name);
	c->text = comment_read_text(cx, in->text, "text");
	m->s.mail = utf8_trim(cx->arena, in->mail);
	if (m->s.mail != NULL && !mail_address(m->s.mail))
		fail_field(cx, "mail", N_("This is not an e-mail address."));
	TRY(fields_rc(cx));
	m->s.mail_mac = comment_mail_mac(cx->arena, m->s.mail);
	m->s.address_mac = comment_address_mac(cx, in->peer);
	TRY(check_moment(cx, in->article, in->moment));
	TRY(find_author(cx, m));
	TRY(check_ban(cx, &m->s));
	TRY(comment_read_marks(cx, c->name, c->text, &c->marks));
	TRY(check_limits(cx, m));
	return decide_at_once(cx, m);
}

static int
write_comment(struct ctx *cx, struct tx *tx, struct sending *m)
{
	TRY(kind_insert_tx(cx, tx, &comment_kind, &m->c));
	m->out.id = m->c.rec.id;
	TRY(comment_origin_put_tx(cx, tx, &m->c, &m->s));
	return m->in->nonce == NULL
		   ? RC_OK
		   : tx_run(cx, tx, NULL,
			 "INSERT INTO comment_sent (article, nonce, comment) VALUES ($1, $2, $3)",
			 VALS(v_int(m->c.article), v_text(m->in->nonce), v_int(m->c.rec.id)));
}

static int
send_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct sending *m = arg;
	const struct actor *who = cx->actor;
	struct actor house = comment_house(who);
	const char *why;
	int rc;

	m->out = (struct comment_made){ 0 };
	m->s = (struct comment_sender){ 0 };
	TRY(kind_get(cx, &article_kind, m->in->article, &m->a));
	TRY(sent_before(cx, m));
	if (m->out.again)
		return RC_OK;
	TRY(comment_open(cx, &m->a, &why));
	if (why != NULL)
		return fail(cx, RC_RULE, "%s", why);
	TRY(fill(cx, m));
	cx->actor = &house;
	rc = write_comment(cx, tx, m);
	cx->actor = who;
	return rc;
}

int
comment_send(struct ctx *cx, const struct comment_in *in, struct comment_made *out)
{
	struct sending *m = arena_new(cx->arena, struct sending);
	int64_t key = comment_key(in->article);

	m->in = in;
	TRY(db_write_keys(cx, &key, 1, send_fn, m));
	*out = m->out;
	return RC_OK;
}

/* ---- deciding ---- */

static const struct decision {
	const char *action, *state;
	bool trusts, bans;
} decisions[] = {
	{ "show", "shown", false, false },
	{ "trust", "shown", true, false },
	{ "refuse", "refused", false, false },
	{ "ban", "refused", false, true },
	{ "wait", "waiting", false, false },
};

static bool
is_code(const struct option *o, const char *code)
{
	for (; o->code != NULL; o++)
		if (code != NULL && strcmp(o->code, code) == 0)
			return true;
	return false;
}

static const struct decision *
decision_of(const char *action)
{
	size_t i;

	for (i = 0; action != NULL && i < ARRAY_LEN(decisions); i++)
		if (strcmp(decisions[i].action, action) == 0)
			return &decisions[i];
	return NULL;
}

static int
gone(struct ctx *cx)
{
	return fail(cx, RC_RULE, N_("The comment was removed by its author, or its term is over."));
}

static int
decide(
    struct ctx *cx, const struct decision *n, const struct comment_decision *d, struct comment *c)
{
	bool waits = strcmp(n->state, "waiting") == 0;

	if (c->text == NULL || strcmp(c->state, "withdrawn") == 0)
		return gone(cx);
	c->reason = NULL;
	if (strcmp(n->state, "refused") == 0) {
		if (!is_code(comment_reasons, d->reason))
			return fail(cx, RC_RULE, N_("Choose the reason of the refusal."));
		c->reason = d->reason;
	}
	c->state = n->state;
	c->standing = false;
	c->moderator = waits ? 0 : cx->actor->account;
	c->decided_on = waits ? 0 : cx->today;
	return RC_OK;
}

static bool
is_same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static int
has_rule(struct ctx *cx, int64_t comment, bool *has)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM comment_rule WHERE comment = $1 AND ended_on IS NULL AND "
	    "(until_day IS NULL OR until_day >= $2)",
	    VALS(v_int(comment), v_int(cx->today))));
	*has = n > 0;
	return RC_OK;
}

/* RULE comment-10: what waits from the same hand goes with it. One address on the net may be a school's: it tells a hand
 * only where a flood came from it. */
static int
refuse_alike(struct ctx *cx, struct tx *tx, const struct comment *c)
{
	struct comment *v;
	void *rows;
	size_t n, i;

	TRY(kind_load_all(cx, &comment_kind,
	    "SELECT c.id FROM comment c LEFT JOIN comment_origin o ON o.comment = c.id JOIN "
	    "comment b "
	    "ON b.id = $1 LEFT JOIN comment_origin p ON p.comment = b.id WHERE c.id <> b.id AND "
	    "c.state = 'waiting' AND c.text IS NOT NULL AND (coalesce(c.first, c.id) = "
	    "coalesce(b.first, b.id) OR o.mail_mac = p.mail_mac OR (o.address_mac = p.address_mac "
	    "AND o.entered_on = p.entered_on AND c.marks LIKE '%many%' AND b.marks LIKE '%many%')) "
	    "ORDER BY c.id LIMIT 100",
	    c->rec.id, &rows, &n));
	for (v = rows, i = 0; i < n; i++) {
		v[i].state = c->state;
		v[i].reason = c->reason;
		v[i].moderator = c->moderator;
		v[i].decided_on = c->decided_on;
		TRY(kind_update_tx(cx, tx, &comment_kind, &v[i]));
	}
	return RC_OK;
}

/* RULE comment-4: another decision takes back what the one before it said of the sender. */
static int
write_decision(struct ctx *cx, struct tx *tx, const struct decision *n, const struct comment *c)
{
	const struct actor *who = cx->actor;
	struct actor house = comment_house(who);
	struct comment copy = *c;
	int rc;

	TRY(comment_rules_of_tx(cx, tx, c->rec.id));
	if (n->trusts || n->bans)
		TRY(comment_rule_put_tx(cx, tx, c, n->bans));
	cx->actor = &house;
	rc = kind_update_tx(cx, tx, &comment_kind, &copy);
	if (rc == RC_OK && n->bans)
		rc = refuse_alike(cx, tx, c);
	cx->actor = who;
	return rc;
}

static int
decide_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct comment_decision *d = arg;
	const struct decision *n = decision_of(d->action);
	struct comment c, was;
	bool ruled;

	if (n == NULL)
		return fail(cx, RC_RULE, N_("Choose what becomes of the comment."));
	TRY(kind_get(cx, &comment_kind, d->id, &c));
	was = c;
	TRY(decide(cx, n, d, &c));
	TRY(has_rule(cx, c.rec.id, &ruled));
	if (is_same(c.state, was.state) && is_same(c.reason, was.reason) &&
	    ruled == (n->trusts || n->bans) && c.standing == was.standing)
		return RC_OK; /* two clicks: it is so already, and who said it first stays */
	if (was.rec.version != d->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	TRY(write_decision(cx, tx, n, &c));
	return strcmp(c.state, "shown") == 0 ? comment_tell_tx(cx, tx, &c, d->base, false) : RC_OK;
}

static int
moderates(struct ctx *cx)
{
	return may(cx, CAP_EVENT_APPROVE)
		   ? RC_OK
		   : fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

int
comment_decide(struct ctx *cx, const struct comment_decision *d)
{
	struct comment_decision copy = *d;
	struct comment c;
	int64_t key;

	TRY(moderates(cx));
	TRY(kind_get(cx, &comment_kind, d->id, &c));
	key = comment_key(c.article);
	return db_write_keys(cx, &key, 1, decide_fn, &copy);
}

/* ---- the office's reply ---- */

static int
reply_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct comment_answer *a = arg;
	const struct actor *who = cx->actor;
	struct actor house = comment_house(who);
	const char *text = comment_read_text(cx, a->text, "reply");
	struct comment c;
	int rc;

	TRY(fields_rc(cx));
	TRY(kind_get(cx, &comment_kind, a->id, &c));
	if (c.text == NULL)
		return gone(cx);
	if (strcmp(c.state, "shown") != 0)
		return fail(cx, RC_RULE, N_("Show the comment first; then the office can reply."));
	if (is_same(c.reply, text))
		return RC_OK;
	if (c.rec.version != a->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	c.reply = text;
	c.replier = text == NULL ? 0 : who->account;
	c.replied_on = text == NULL ? 0 : cx->today;
	cx->actor = &house;
	rc = kind_update_tx(cx, tx, &comment_kind, &c);
	cx->actor = who;
	TRY(rc);
	return text == NULL ? RC_OK : comment_tell_tx(cx, tx, &c, a->base, true);
}

int
comment_reply(struct ctx *cx, const struct comment_answer *a)
{
	struct comment_answer copy = *a;
	struct comment c;
	int64_t key;

	TRY(moderates(cx));
	TRY(kind_get(cx, &comment_kind, a->id, &c));
	key = comment_key(c.article);
	return db_write_keys(cx, &key, 1, reply_fn, &copy);
}
