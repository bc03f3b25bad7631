/* media_check.c – who writes what of the register, what the machine fills in, what is refused.
 *
 * The secretariat keeps the register. A leader enters what was published about the own body or its events, its columns
 * and their posts, and the press at its events; outlets are the secretariat's. */
#include "kind/internal.h"
#include "mod/media/media_inner.h"
#include "text/weblink.h"

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

static bool
none(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* The address in one spelling; what is none stays as it was typed, for the check. */
static void
clean_link(struct ctx *cx, const char **link, struct weblink *l)
{
	*l = (struct weblink){ 0 };
	if (none(*link))
		*link = NULL;
	else if (weblink_read(cx->arena, *link, false, l))
		*link = l->url;
	else
		l->host = NULL;
}

static void
check_link(struct ctx *cx, const char *field, const char *link)
{
	struct weblink l;

	if (link != NULL && !weblink_read(cx->arena, link, false, &l))
		fail_field(
		    cx, field, N_("This is not an address of a public page: http or https."));
}

static void
key_of_link(struct ctx *cx, const char **link, const char **key)
{
	struct weblink l;

	clean_link(cx, link, &l);
	*key = l.host == NULL ? NULL : weblink_key(cx->arena, &l);
}

/* ---- outlets ---- */

int
outlet_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old, (void)rec;
	return actor_scoped(cx->actor)
		   ? fail(cx, RC_DENIED, N_("Media outlets are kept by the secretariat."))
		   : RC_OK;
}

int
outlet_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct outlet *o = rec;
	struct weblink l;

	(void)old;
	clean_link(cx, &o->site, &l);
	/* Of a page in a network the host is the network's: it tells nothing. */
	o->host = l.host == NULL || o->type == NULL || strcmp(o->type, "account") == 0
		      ? NULL
		      : weblink_site(&l);
	clean_link(cx, &o->feed, &l);
	return RC_OK;
}

int
outlet_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct outlet *o = rec;
	int64_t others = 0;

	(void)old;
	check_link(cx, "site", o->site);
	check_link(cx, "feed", o->feed);
	if (o->host != NULL)
		TRY(db_int(cx, &others, "SELECT count(*) FROM outlet WHERE host = $1 AND id <> $2",
		    VALS(v_text(o->host), v_int(o->rec.id))));
	if (others > 0)
		fail_field(cx, "site", N_("Another outlet has this site."));
	if (o->polled && o->feed == NULL)
		fail_field(cx, "feed", N_("To be looked into, the feed needs an address."));
	return RC_OK;
}

/* ---- publications ---- */

static int
own_event_or_body(struct ctx *cx, int64_t event, int64_t body)
{
	int rc;

	if (!actor_scoped(cx->actor) || (body != 0 && actor_in_scope(cx->actor, body)))
		return RC_OK;
	if (event == 0)
		return fail(cx, RC_DENIED, N_("Say which event or body of yours it is about."));
	rc = event_in_scope(cx, event, true);
	return rc == RC_NOTFOUND ? outside(cx) : rc;
}

int
publication_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct publication *was = old, *is = rec;

	if (was != NULL)
		TRY(own_event_or_body(cx, was->event, was->body));
	return own_event_or_body(cx, is->event, is->body);
}

int
publication_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct publication *p = rec;

	(void)old;
	key_of_link(cx, &p->link, &p->link_key);
	return RC_OK;
}

/* RULE media-1: a reprint repeats an original, never another reprint, and has none of its own. */
static int
check_origin(struct ctx *cx, const struct publication *p)
{
	struct publication o;
	int64_t reprints = 0;
	int rc;

	if (p->origin == 0)
		return RC_OK;
	if (p->origin == p->rec.id) {
		fail_field(cx, "origin", N_("Nothing is a reprint of itself."));
		return RC_OK;
	}
	rc = kind_load(cx, &publication_kind, p->origin, &o);
	if (rc == RC_NOTFOUND)
		return RC_OK; /* said elsewhere */
	TRY(rc);
	if (o.origin != 0)
		fail_field(cx, "origin",
		    N_("That one is a reprint itself: name the publication that it repeats."));
	if (p->rec.id != 0)
		TRY(db_int(cx, &reprints, "SELECT count(*) FROM publication WHERE origin = $1",
		    VALS(v_int(p->rec.id))));
	if (reprints > 0)
		fail_field(cx, "origin",
		    N_("Others are named as reprints of this one; let them name its origin "
		       "first."));
	return RC_OK;
}

/* RULE media-2, said where the link stands. */
static int
check_once(struct ctx *cx, const char *sql, const char *key, int64_t id)
{
	int64_t others;

	if (key == NULL)
		return RC_OK;
	TRY(db_int(cx, &others, sql, VALS(v_text(key), v_int(id))));
	if (others > 0)
		fail_field(cx, "link", N_("This page is entered already."));
	return RC_OK;
}

/* What a register of public texts names is public: no plan of another body becomes known by it. */
static int
check_event(struct ctx *cx, int64_t event)
{
	struct event e;
	int rc = event == 0 ? RC_NOTFOUND : kind_load(cx, &event_kind, event, &e);

	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	if (strcmp(e.state, "planned") == 0)
		fail_field(cx, "event",
		    N_("The event is not approved yet, so nobody is told of it: name it later."));
	return RC_OK;
}

/* What names an event stands on its public page: of another body's event that is not a leader's to say. */
static int
check_own_event(struct ctx *cx, const struct publication *was, const struct publication *is)
{
	struct err before;
	int rc;

	if (is->event == 0 || (was != NULL && was->event == is->event))
		return RC_OK;
	before = cx->err;
	rc = event_in_scope(cx, is->event, true);
	if (rc == RC_DENIED) {
		cx->err = before; /* said of the field */
		fail_field(cx, "event",
		    N_("This event is another body's: leave it empty, or ask the secretariat."));
		return RC_OK;
	}
	return rc;
}

int
publication_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct publication *p = rec;

	TRY(check_own_event(cx, old, p));
	check_link(cx, "link", p->link);
	TRY(check_once(cx, "SELECT count(*) FROM publication WHERE link_key = $1 AND id <> $2",
	    p->link_key, p->rec.id));
	if (cx->today != 0 && p->day > cx->today)
		fail_field(cx, "day", N_("That day has not come yet."));
	TRY(check_event(cx, p->event));
	return check_origin(cx, p);
}

/* ---- columns ---- */

static int
own_body(struct ctx *cx, int64_t body)
{
	return !actor_scoped(cx->actor) || (body != 0 && actor_in_scope(cx->actor, body))
		   ? RC_OK
		   : outside(cx);
}

int
social_column_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct social_column *was = old, *is = rec;

	if (was != NULL)
		TRY(own_body(cx, was->body));
	return own_body(cx, is->body);
}

int
social_column_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct social_column *c = rec;
	struct weblink l;

	(void)old;
	clean_link(cx, &c->address, &l);
	return RC_OK;
}

int
social_column_check(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	check_link(cx, "address", ((const struct social_column *)rec)->address);
	return RC_OK;
}

int
social_post_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct social_post *p = rec;
	struct social_column c;
	int rc = kind_load(cx, &social_column_kind, p->social_column, &c);

	(void)old; /* the column is fixed */
	if (rc == RC_NOTFOUND)
		return RC_OK; /* named as missing */
	TRY(rc);
	return own_body(cx, c.body);
}

int
social_post_prepare(struct ctx *cx, const void *old, void *rec)
{
	const struct social_post *was = old;
	struct social_post *p = rec;

	key_of_link(cx, &p->link, &p->link_key);
	if (p->views == INT_NONE)
		p->views_on = 0;
	else if (p->views_on == 0 ||
		 (was != NULL && was->views != p->views && was->views_on == p->views_on))
		p->views_on = cx->today; /* RULE media-5: a number of views has its day */
	return RC_OK;
}

int
social_post_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct social_post *p = rec;

	(void)old;
	check_link(cx, "link", p->link);
	TRY(check_once(cx, "SELECT count(*) FROM social_post WHERE link_key = $1 AND id <> $2",
	    p->link_key, p->rec.id));
	if (cx->today != 0 && p->day > cx->today)
		fail_field(cx, "day", N_("That day has not come yet."));
	if (p->views_on != 0 && p->day != 0 && p->views_on < p->day)
		fail_field(cx, "views_on", N_("Views were not read before the post was there."));
	return check_event(cx, p->event);
}

/* ---- press at events ---- */

void
press_scope(struct ctx *cx, struct query *q)
{
	event_followed_own(cx, q, "press_accreditation.event");
}

int
press_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old; /* the event is fixed */
	return actor_scoped(cx->actor)
		   ? event_in_scope(cx, ((const struct press_accreditation *)rec)->event, true)
		   : RC_OK;
}

int
press_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct press_accreditation *p = rec;

	(void)cx, (void)old;
	if (none(p->state))
		p->state = "asked";
	if (none(p->name))
		p->name = NULL;
	return RC_OK;
}

/* Whom a leader may not see he may not name either: the list for the door would show the name. */
static int
check_person(struct ctx *cx, int64_t person)
{
	struct err before = cx->err;
	struct person p;
	int rc = kind_get(cx, &person_kind, person, &p);

	if (rc == RC_NOTFOUND) {
		cx->err = before;
		fail_field(cx, "person", N_("There is no such record."));
		return RC_OK;
	}
	TRY(rc);
	if (p.erased_on != 0)
		fail_field(cx, "person", N_("This record was erased."));
	else if (p.merged_into != 0)
		fail_field(cx, "person",
		    N_("This record was joined with record %s: choose that one."),
		    num(cx, p.merged_into));
	return RC_OK;
}

int
press_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct press_accreditation *p = rec;
	struct event e;
	int rc;

	/* What was cut after its term keeps neither. */
	if (old == NULL && p->person == 0 && p->name == NULL)
		fail_field(cx, "name", N_("Choose a person of the register or type a name."));
	if (p->person != 0 && p->name != NULL)
		fail_field(cx, "name",
		    N_("The person of the register has a name there: leave this empty."));
	if (old == NULL && p->person != 0)
		TRY(check_person(cx, p->person));
	if (p->valid_on == 0 || p->event == 0)
		return RC_OK;
	rc = kind_load(cx, &event_kind, p->event, &e);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	if (p->valid_on < e.first_day || p->valid_on > (e.last_day == 0 ? e.first_day : e.last_day))
		fail_field(cx, "valid_on", N_("The event is not on that day."));
	return RC_OK;
}
