/* sheet_make.c – a sheet and its rows are made in one write, so a number on paper never stands for half a
 * list. People come in the order of the sheet's language, as far as the actor may see them. */
#include "mod/sheet/sheet_inner.h"

#include <stdlib.h>

#include "lang/order.h"

/* Who stands on a row, by the name's place in the order. */
struct somebody {
	int64_t person, ticket;
	const char *key;
};
struct making {
	const struct sheet *in;
	struct sheet sheet;
	struct somebody who[SHEET_LINES_MAX + 1];
	size_t n;
};

static int
take(struct ctx *cx, struct making *m, struct somebody who)
{
	if (m->n + (size_t)m->in->spare >= SHEET_LINES_MAX)
		return fail(cx, RC_TOOBIG,
		    N_("More than %s people: print sheets of the branches one by one."),
		    num(cx, SHEET_LINES_MAX));
	m->who[m->n++] = who;
	return RC_OK;
}

static int
take_person(struct ctx *cx, const void *rec, void *arg)
{
	return take(cx, arg, (struct somebody){ .person = ((const struct rec *)rec)->id });
}

/* Of a ticket the name, or that of its person; one without both is past its term. */
static int
take_ticket(struct ctx *cx, const void *rec, void *arg)
{
	const struct ticket *t = rec;
	const char *name = t->name;

	if (t->person != 0)
		TRY(kind_titles(cx, &person_kind, &t->person, 1, &name));
	if (name == NULL || *name == '\0')
		return RC_OK;
	return take(
	    cx, arg, (struct somebody){ .ticket = t->rec.id, .key = order_key(cx->arena, name) });
}

static int
by_key(const void *a, const void *b)
{
	const struct somebody *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c != 0 ? c : (x->ticket > y->ticket) - (x->ticket < y->ticket);
}

static int
signups(struct ctx *cx, const struct event *e, struct making *m)
{
	struct query q;

	TRY(query_init(cx, &q, &ticket_kind));
	query_and(&q, "ticket.event = ? AND ticket.state = 'valid'", VALS(v_int(e->rec.id)));
	TRY(query_each(&q, take_ticket, m));
	qsort(m->who, m->n, sizeof *m->who, by_key);
	return RC_OK;
}

/* Members on the event's first day of the lead organiser and of the bodies beneath it. */
static int
members(struct ctx *cx, const struct event *e, struct making *m)
{
	struct query q;

	TRY(query_init(cx, &q, &person_kind));
	query_and(&q,
	    "person.id IN (SELECT m.person FROM membership m WHERE m.joined_into IS NULL AND "
	    "m.from_day <= ? AND (m.to_day IS NULL OR m.to_day > ?) AND m.body IN (WITH RECURSIVE "
	    "down(id) AS (SELECT ? UNION SELECT b.id FROM body b JOIN down ON b.parent = down.id) "
	    "SELECT down.id FROM down))",
	    VALS(v_int(e->first_day), v_int(e->first_day), v_int(e->body)));
	TRY(query_sort(&q, "title"));
	return query_each(&q, take_person, m);
}

static int
make_rows(struct ctx *cx, struct tx *tx, const struct making *m)
{
	struct sheet_row r;
	int64_t line, lines = m->sheet.listed + m->sheet.spare;

	for (line = 1; line <= lines; line++) {
		kind_empty(&sheet_row_kind, &r);
		r.sheet = m->sheet.rec.id;
		r.event = m->sheet.event;
		r.line = line;
		if (line <= m->sheet.listed) {
			r.person = m->who[line - 1].person;
			r.ticket = m->who[line - 1].ticket;
		}
		r.state = mark_code(MARK_OPEN);
		TRY(kind_insert_tx(cx, tx, &sheet_row_kind, &r));
	}
	return RC_OK;
}

static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;
	enum lang was = cx->lang, l;
	struct event e;
	int rc = RC_OK;

	m->n = 0;
	m->sheet = *m->in;
	TRY(kind_get(cx, &event_kind, m->in->event, &e));
	if (e.merged_into != 0)
		return fail(cx, RC_RULE,
		    N_("This event is merged into another one; its own state no longer changes."));
	if (m->in->list != NULL && strcmp(m->in->list, "members") == 0) {
		if (lang_parse(m->in->lang, &l))
			cx->lang = l;
		rc = members(cx, &e, m);
		cx->lang = was;
	} else if (m->in->list != NULL && strcmp(m->in->list, "signups") == 0)
		rc = signups(cx, &e, m);
	TRY(rc);
	m->sheet.listed = (int64_t)m->n;
	if (m->sheet.listed + m->sheet.spare == 0) {
		fail_field(
		    cx, "spare", N_("Nobody stands on this list, so spare rows are needed."));
		return RC_INVALID;
	}
	TRY(kind_insert_tx(cx, tx, &sheet_kind, &m->sheet));
	return make_rows(cx, tx, m);
}

int
sheet_make(struct ctx *cx, const struct sheet *in, int64_t *id)
{
	struct making *m = arena_new(cx->arena, struct making);
	int64_t keys[1];

	if (!may(cx, CAP_EVENT_WRITE) || !may(cx, CAP_PEOPLE_READ))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	m->in = in;
	TRY(db_write_keys(cx, keys, kind_hot_keys(&sheet_kind, in, keys), make_fn, m));
	*id = m->sheet.rec.id;
	return RC_OK;
}

int
sheet_withdraw(struct ctx *cx, int64_t id, int64_t version)
{
	struct sheet s;

	TRY(kind_get(cx, &sheet_kind, id, &s));
	s.rec.version = version;
	s.withdrawn = true;
	return kind_update(cx, &sheet_kind, &s);
}
