/* import_attend.c – a list of who came becomes attendances: whom a row means, and what is there already.
 *
 * RULE import-6: a row with the code of a sheet's row or of a ticket means whoever that stands for; else the
 * person is looked for as in import-1, also by name with telephone, or by name alone among the members of
 * the event's bodies. Nobody is made: who is not on record comes as a guest with the name in the list, and
 * a likely person is asked about, once for all rows with that name.
 * RULE import-7: one person in several rows, or marked at the event already, is one attendance; the row is
 * "the same" and says where the other stands. Guests are told apart by name, birth, telephone and row. */
#include "mod/import/import_inner.h"

#include "kind/vault.h"
#include "lang/order.h"
#include "mod/sheet/sheet.h"

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

/* ---- columns ---- */

void
import_attend_targets(struct ctx *cx, struct import_target out[IMPORT_TARGETS], size_t *n)
{
	static const struct {
		const char *name;
		bool person;
	} fields[] = { { "surname", true }, { "given", true }, { "patronymic", true },
		{ "birth_day", true }, { "phone", true }, { "sheet_row", false },
		{ "guest", false }, { "event", false }, { "day", false } };
	size_t i;

	out[*n] = (struct import_target){ .name = "person.full_name",
		.person = true,
		.label = tr(cx, "Full name in one column") };
	++*n;
	for (i = 0; i < ARRAY_LEN(fields); i++) {
		const struct kind *k = fields[i].person ? &person_kind : &attendance_kind;
		const struct field *f = kind_field(k, fields[i].name);

		out[*n] = (struct import_target){
			.name = fields[i].person ? arena_printf(cx->arena, "person.%s", f->name)
						 : f->name,
			.field = f,
			.person = fields[i].person,
			.label = f == kind_field(&attendance_kind, "sheet_row")
				     ? tr(cx, "Code of the row or of the ticket")
				     : tr(cx, f->label)
		};
		++*n;
	}
}

void
import_attend_needed(struct ctx *cx, const struct import_target *t, size_t n, const bool *used)
{
	static const char *const names[] = { "person.full_name", "person.surname", "guest",
		"sheet_row" };
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = 0; used[i] && j < ARRAY_LEN(names); j++)
			if (strcmp(t[i].name, names[j]) == 0)
				return;
	fail_field(cx, "surname",
	    N_("A column with names is needed, or one with the codes of rows or tickets."));
}

/* ---- the event of all rows ---- */

int
import_event_of(struct ctx *cx, int64_t batch, int64_t *event)
{
	int rc =
	    db_int(cx, event, "SELECT pick FROM import_choice WHERE batch = $1 AND what = 'event'",
		VALS(v_int(batch)));

	if (rc == RC_NOTFOUND)
		*event = 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

struct choosing {
	int64_t batch, event;
};

static int
choose_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct choosing *c = arg;

	return tx_run(cx, tx, NULL,
	    "INSERT INTO import_choice (batch, what, pick) VALUES ($1, 'event', $2) ON CONFLICT "
	    "(batch, what) DO UPDATE SET pick = excluded.pick",
	    VALS(v_int(c->batch), v_int(c->event)));
}

/* A number, or a name of one event alone. */
static int
event_named(struct ctx *cx, const char *text, int64_t *event)
{
	struct query q;
	struct list l;

	*event = 0;
	text += strspn(text, " №#");
	if (*text == '\0')
		return RC_OK;
	if (num_parse(text, event))
		return RC_OK;
	TRY(query_init(cx, &q, &event_kind));
	TRY(query_filter(&q, "q", text));
	q.limit = 2;
	TRY(query_list(&q, &l));
	if (l.n != 1) {
		fail_field(cx, "event",
		    l.n == 0 ? N_("No event goes by “%s”.")
			     : N_("Several events go by “%s”: write the number of one."),
		    text);
		return RC_INVALID;
	}
	*event = ((const struct rec *)list_row(&l, &event_kind, 0))->id;
	return RC_OK;
}

int
import_set_event(struct ctx *cx, int64_t id, const char *text)
{
	struct choosing c = { .batch = id };
	struct import_batch b;
	struct event e;
	int rc;

	TRY(import_get(cx, id, &b));
	TRY(event_named(cx, text == NULL ? "" : text, &c.event));
	rc = c.event == 0 ? RC_OK : kind_get(cx, &event_kind, c.event, &e);
	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		fail_field(cx, "event", N_("No event goes by “%s”."), text);
		return RC_INVALID;
	}
	TRY(rc);
	return db_write(cx, choose_fn, &c);
}

/* Before the trial run: a column says it, or it was chosen for all. */
int
import_attend_ready(struct ctx *cx, int64_t id, const char *mapping)
{
	const char *p = mapping;
	int64_t event;

	TRY(import_event_of(cx, id, &event));
	if (event != 0)
		return RC_OK;
	while (*p != '\0') {
		size_t n = strcspn(p, ";");

		if (n == strlen("event") && strncmp(p, "event", n) == 0)
			return RC_OK;
		p += n + (p[n] == ';');
	}
	fail_field(cx, "event", N_("Say at which event these people were."));
	return RC_INVALID;
}

/* ---- whom a row means ---- */

struct came {
	struct import_run *r;
	struct import_plan *p;
	struct attendance *a;
	struct person *in; /* what the row says of a person */
	struct event e;
	const char *who; /* key of the name with what stands beside it */
	bool decided;
};

static const char *
whole_name(struct ctx *cx, const struct person *p)
{
	return arena_printf(cx->arena, "%s%s%s%s%s", blank(p->surname) ? "" : p->surname,
	    blank(p->given) ? "" : " ", blank(p->given) ? "" : p->given,
	    blank(p->patronymic) ? "" : " ", blank(p->patronymic) ? "" : p->patronymic);
}

static int
other_event(struct ctx *cx)
{
	fail_field(cx, "sheet_row", N_("This code belongs to another event."));
	return RC_INVALID;
}

/* "3187-074": whoever stands on that row; a spare row leaves it to the name. */
static int
by_sheet(struct came *c, int64_t sheet, bool *known)
{
	struct ctx *cx = c->r->cx;
	struct attend_in in = { .event = 0 };
	struct sheet_row row;
	struct ticket t;
	struct sheet s;
	int64_t line, id;
	int rc = kind_get(cx, &sheet_kind, sheet, &s);

	if (rc == RC_NOTFOUND || (rc == RC_OK && sheet_code_read(sheet_size_of(&s), c->a->sheet_row,
						     &line) != CODE_FINE)) {
		err_clear(cx);
		fail_field(cx, "sheet_row",
		    N_("“%s” is no code of a row: a digit is wrong, or there is no such sheet."),
		    import_short(cx->arena, c->a->sheet_row));
		return RC_INVALID;
	}
	TRY(rc);
	if (s.event != c->a->event)
		return other_event(cx);
	TRY(db_int(cx, &id, "SELECT id FROM sheet_row WHERE sheet = $1 AND line = $2",
	    VALS(v_int(sheet), v_int(line))));
	TRY(kind_get(cx, &sheet_row_kind, id, &row));
	if (row.ticket != 0) {
		TRY(kind_load(cx, &ticket_kind, row.ticket, &t));
		TRY(ticket_attend(cx, &t, &in));
		c->a->ticket = in.ticket;
		c->a->guest = in.guest;
	}
	c->p->person = row.ticket != 0 ? in.person : row.person;
	*known = row.ticket != 0 || row.person != 0;
	return RC_OK;
}

/* A code of a ticket; what is none of ours stays as the words of the list ("12", "2-бет, 7"). */
static int
by_ticket(struct came *c, bool *known)
{
	struct ctx *cx = c->r->cx;
	struct attend_in in = { .event = 0 };
	enum ticket_fault fault = TICKET_SOUND;
	struct ticket t;
	int rc = ticket_find(cx, c->a->sheet_row, &t, &fault);

	if (rc == RC_INVALID && fault == TICKET_UNREADABLE) {
		err_clear(cx);
		return RC_OK;
	}
	if (rc == RC_NOTFOUND || rc == RC_INVALID) {
		err_clear(cx);
		fail_field(cx, "sheet_row", N_("There is no such ticket: “%s”."),
		    import_short(cx->arena, c->a->sheet_row));
		return RC_INVALID;
	}
	TRY(rc);
	if (t.event != c->a->event)
		return other_event(cx);
	TRY(ticket_attend(cx, &t, &in));
	c->a->sheet_row = NULL;
	c->a->ticket = in.ticket;
	c->a->guest = in.guest;
	c->p->person = in.person;
	*known = true;
	return RC_OK;
}

static int
ask(struct came *c, const char *what, const struct candidate *v, size_t n)
{
	struct ctx *cx = c->r->cx;
	struct import_question *q = c->r->question;
	size_t i;

	c->p->outcome = 'a';
	c->p->fields = "surname";
	c->p->reason =
	    n == 1 ? trf(cx, "Perhaps %s: %s.", v[0].title, person_reasons_text(cx, v[0].reasons))
		   : trf(cx, "Perhaps one of %s people on record.", num(cx, (int64_t)n));
	if (q == NULL || q->what != NULL)
		return RC_OK;
	*q = (struct import_question){
		.what = what, .text = tr(cx, "Which person is this?"), .may_be_new = true
	};
	for (i = 0; i < n && i < IMPORT_OFFERS; i++)
		q->offers[q->n++] = (struct import_offer){ v[i].id, v[i].title, v[i].hint,
			person_reasons_text(cx, v[i].reasons) };
	return RC_OK;
}

/* A member, on that day, of a body that organises the event. */
static int
of_the_event(struct came *c, int64_t person, bool *yes)
{
	int64_t n;

	TRY(db_int(c->r->cx, &n,
	    "SELECT count(*) FROM membership m WHERE m.person = $1 AND m.joined_into IS NULL AND "
	    "m.from_day <= $2 AND (m.to_day IS NULL OR m.to_day > $2) AND (m.body = $3 OR m.body "
	    "IN (SELECT o.body FROM organiser o WHERE o.event = $4 AND o.ended = 0))",
	    VALS(v_int(person), v_int(c->e.first_day), v_int(c->e.body), v_int(c->e.rec.id))));
	*yes = n > 0;
	return RC_OK;
}

/* RULE import-6: one that is certain, else one of that name with the telephone, else one member. */
static int
one_of(struct came *c, const struct candidate *v, size_t n, int64_t *id)
{
	int64_t same = 0, phone = 0, member = 0;
	size_t nsame = 0, nphone = 0, nmember = 0, i;
	bool is;

	for (i = 0; i < n; i++) {
		if (v[i].same) {
			same = v[i].id;
			nsame++;
		}
		if ((v[i].reasons & SAME_NAME) == 0)
			continue;
		if ((v[i].reasons & SAME_PHONE) != 0) {
			phone = v[i].id;
			nphone++;
		}
		/* Another day of birth is another person. */
		if (c->in->birth_day != 0 && (v[i].reasons & (SAME_BIRTH | UNKNOWN_BIRTH)) == 0)
			continue;
		TRY(of_the_event(c, v[i].id, &is));
		if (is) {
			member = v[i].id;
			nmember++;
		}
	}
	*id = nsame == 1     ? same
	      : nsame > 1    ? 0
	      : nphone == 1  ? phone
	      : nphone > 1   ? 0
	      : nmember == 1 ? member
			     : 0;
	return RC_OK;
}

static int
by_name(struct came *c)
{
	struct ctx *cx = c->r->cx;
	const char *what = arena_printf(cx->arena, "who:%s", c->who);
	struct candidate *v;
	int64_t pick;
	size_t n;
	int rc = import_choice(c->r, what, &pick);

	if (rc == RC_OK) {
		c->p->person = pick > 0 ? pick : 0;
		if (pick < 0)
			c->p->outcome = 'k';
		return RC_OK;
	}
	if (rc != RC_NOTFOUND)
		return rc;
	TRY(person_candidates(cx, c->in, &v, &n));
	TRY(one_of(c, v, n, &c->p->person));
	return c->p->person == 0 && n > 0 ? ask(c, what, v, n) : RC_OK;
}

static int
find_who(struct came *c)
{
	struct ctx *cx = c->r->cx;
	const char *code, *said = whole_name(cx, c->in);
	int64_t sheet;
	bool known = false;

	if (!blank(c->a->sheet_row))
		TRY(sheet_code_part(c->a->sheet_row, &sheet, &code) &&
			    strspn(code, "0123456789") == strlen(code)
			? by_sheet(c, sheet, &known)
			: by_ticket(c, &known));
	if (known)
		return RC_OK;
	if (*said == '\0' && blank(c->a->guest)) {
		fail_field(cx, "surname", N_("A name is needed."));
		return RC_INVALID;
	}
	c->who = vault_mac_hex(cx->arena, VAULT_IIN,
	    arena_printf(cx->arena, "w:%s %d %s",
		fold_key(cx->arena, *said == '\0' ? c->a->guest : said), c->in->birth_day,
		blank(c->in->phone) ? "" : fold_key(cx->arena, c->in->phone)));
	/* A column of guests: nobody is looked for. */
	if (*said != '\0' && !c->decided)
		TRY(by_name(c));
	if (c->p->person == 0 && *said != '\0')
		c->a->guest = said;
	return RC_OK;
}

/* ---- what is there already ---- */

/* RULE import-7: the earlier row of this file. */
static int
earlier_row(struct came *c, int64_t *row)
{
	const struct import_run *r = c->r;
	AUTO_ROWS rows = { 0 };
	size_t i;

	*row = 0;
	for (i = 0; i < r->nchunk && *row == 0; i++) {
		const struct import_plan *e = &r->chunk[i];

		if (e->mkey != NULL && strchr("ns", e->outcome) != NULL &&
		    strcmp(e->mkey, c->p->mkey) == 0)
			*row = e->row;
	}
	if (*row != 0)
		return RC_OK;
	TRY(db_rows(r->cx, &rows,
	    "SELECT row FROM import_plan WHERE batch = $1 AND mkey = $2 AND row < $3 AND outcome "
	    "IN ('n', 's') ORDER BY row LIMIT 1",
	    VALS(v_int(r->b.id), v_text(c->p->mkey), v_int(c->p->row))));
	if (rows_next(&rows))
		*row = row_int(&rows, 0);
	return rows_end(&rows);
}

static int
stored(struct came *c, int64_t *id, bool *withdrawn)
{
	const struct attendance *a = c->a;
	AUTO_ROWS r = { 0 };

	*id = 0;
	*withdrawn = false;
	if (c->p->person != 0)
		TRY(db_rows(c->r->cx, &r,
		    "SELECT id, withdrawn FROM attendance WHERE event = $1 AND person = $2",
		    VALS(v_int(a->event), v_int(c->p->person))));
	else if (a->ticket != INT_NONE && a->ticket != 0)
		TRY(db_rows(c->r->cx, &r,
		    "SELECT id, withdrawn FROM attendance WHERE event = $1 AND ticket = $2",
		    VALS(v_int(a->event), v_int(a->ticket))));
	else
		TRY(db_rows(c->r->cx, &r,
		    "SELECT id, withdrawn FROM attendance WHERE event = $1 AND person IS NULL AND "
		    "guest = $2 AND coalesce(sheet_row, '') = $3 ORDER BY withdrawn, id LIMIT 1",
		    VALS(v_int(a->event), v_text(a->guest),
			v_text(blank(a->sheet_row) ? "" : a->sheet_row))));
	if (rows_next(&r)) {
		*id = row_int(&r, 0);
		*withdrawn = row_int(&r, 1) != 0;
	}
	return rows_end(&r);
}

static void
same(struct came *c, int64_t rec, const char *reason)
{
	c->p->outcome = 's';
	c->p->rec = rec;
	c->p->reason = reason;
}

static int
look_for_it(struct came *c)
{
	struct ctx *cx = c->r->cx;
	int64_t row, id;
	bool withdrawn;

	c->p->mkey = vault_mac_hex(cx->arena, VAULT_IIN,
	    c->p->person != 0 ? arena_printf(cx->arena, "a:%lld %lld", (long long)c->a->event,
				    (long long)c->p->person)
			      : arena_printf(cx->arena, "g:%lld %s %lld %s", (long long)c->a->event,
				    c->who == NULL ? "" : c->who, (long long)c->a->ticket,
				    blank(c->a->sheet_row) ? "" : c->a->sheet_row));
	TRY(earlier_row(c, &row));
	if (row != 0) {
		same(c, 0,
		    trf(cx, "The same person stands in row %s: one attendance.", num(cx, row)));
		return RC_OK;
	}
	TRY(stored(c, &id, &withdrawn));
	if (id == 0)
		return RC_OK;
	if (withdrawn)
		return fail(cx, RC_RULE,
		    N_("This attendance was withdrawn. Mark it in the event's list if it "
		       "stands after all."));
	same(c, id, tr(cx, "Marked at this event already."));
	return RC_OK;
}

/* ---- a row ---- */

static int
read_row(struct came *c)
{
	struct import_run *r = c->r;
	struct ctx *cx = r->cx;
	int rc;

	kind_empty(&attendance_kind, c->a);
	kind_empty(&person_kind, c->in);
	TRY(import_cells(r, c->p, true, c->in));
	TRY(import_cells(r, c->p, false, c->a));
	TRY(fields_rc(cx));
	if (c->p->outcome != 0 && !c->decided)
		return RC_OK;
	if (c->a->event == 0)
		TRY(import_event_of(cx, r->b.id, &c->a->event));
	rc = c->a->event == 0 ? RC_NOTFOUND : kind_get(cx, &event_kind, c->a->event, &c->e);
	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		fail_field(cx, "event", N_("Say at which event these people were."));
		return RC_INVALID;
	}
	return rc;
}

int
import_plan_attendance(struct import_run *r, struct import_plan *p, bool decided)
{
	struct came c = { .r = r,
		.p = p,
		.a = arena_new(r->cx->arena, struct attendance),
		.in = arena_new(r->cx->arena, struct person),
		.decided = decided };
	int64_t person = p->person, id;
	bool withdrawn;

	TRY(read_row(&c));
	if (p->outcome != 0 && !decided)
		return RC_OK;
	p->fields = "";
	TRY(find_who(&c));
	if (decided)
		p->person = person;
	if (p->person != 0)
		c.a->guest = NULL;
	c.a->person = p->person;
	c.a->basis = "listed";
	if (decided) {
		/* Marked in between, at the door or from a sheet: nothing is left to write. */
		TRY(stored(&c, &id, &withdrawn));
		p->record = id == 0 ? c.a : NULL;
		return RC_OK;
	}
	if (p->outcome == 0)
		TRY(look_for_it(&c));
	if (p->outcome != 0)
		return RC_OK;
	TRY(import_check_new(r->cx, &attendance_kind, c.a));
	p->outcome = 'n';
	p->record = c.a;
	return RC_OK;
}
