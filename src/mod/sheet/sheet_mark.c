/* sheet_mark.c – a row is typed: came, did not come, taken back; one or many; and the second reading.
 *
 * RULE sheet-2: a typed row is one attendance, once. Whoever comes second – the same hand, another typist,
 * the door – changes nothing and is told. RULE sheet-3: taking a row back withdraws the attendance only if
 * this row made it. */
#include "mod/sheet/sheet_inner.h"

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

const char *
mark_code(enum mark m)
{
	return row_states[m == MARK_CAME ? 1 : m == MARK_ABSENT ? 2 : 0].code;
}

static enum mark
mark_of(const char *state)
{
	return strcmp(state, "came") == 0     ? MARK_CAME
	       : strcmp(state, "absent") == 0 ? MARK_ABSENT
					      : MARK_OPEN;
}

static int
row_of(struct ctx *cx, int64_t sheet, int64_t line, struct sheet_row *r)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM sheet_row WHERE sheet = $1 AND line = $2",
	    VALS(v_int(sheet), v_int(line))));
	return kind_get(cx, &sheet_row_kind, id, r);
}

/* The sheet, if it may be typed from. */
static int
open_sheet(struct ctx *cx, int64_t id, struct sheet *s)
{
	TRY(kind_get(cx, &sheet_kind, id, s));
	return s->withdrawn
		   ? fail(cx, RC_RULE, N_("This sheet is withdrawn: nothing is typed from it."))
		   : RC_OK;
}

struct marking {
	const struct mark_in *in;
	struct sheet s;
	struct mark_out out;
};

/* Whether the attendance of this row stands. */
static int
stands(struct ctx *cx, const struct sheet_row *r, bool *yes)
{
	struct attendance a;
	int rc =
	    r->attendance == 0 ? RC_NOTFOUND : kind_load(cx, &attendance_kind, r->attendance, &a);

	*yes = rc == RC_OK && !a.withdrawn;
	if (rc == RC_NOTFOUND)
		err_clear(cx);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* Whom the row stands for: its person, its ticket's holder, or on a spare row who was typed. */
static int
who_came(struct ctx *cx, const struct marking *m, const struct sheet_row *r, struct attend_in *in)
{
	struct person seen;
	struct ticket t;

	if (r->ticket != 0) {
		TRY(kind_load(cx, &ticket_kind, r->ticket, &t));
		TRY(ticket_attend(cx, &t, in));
	}
	if (r->line <= m->s.listed && in->person == 0 && blank(in->guest))
		return fail(
		    cx, RC_RULE, N_("The person's record was erased; what is left only counts."));
	if (in->person != 0 || r->line <= m->s.listed)
		return RC_OK;
	if (m->in->person != 0) {
		TRY(kind_get(cx, &person_kind, m->in->person, &seen));
		in->person = m->in->person;
	} else
		in->guest = m->in->guest;
	if (in->person == 0 && blank(in->guest)) {
		fail_field(cx, "guest", N_("A name is needed."));
		return RC_INVALID;
	}
	return RC_OK;
}

static int
came(struct ctx *cx, struct tx *tx, struct marking *m, struct sheet_row *r)
{
	struct attend_in in = { .event = r->event,
		.person = r->person,
		.basis = "listed",
		.sheet_row = sheet_code_whole(cx->arena, sheet_size_of(&m->s), r->line) };
	bool yes;

	TRY(stands(cx, r, &yes));
	if (m->out.was == MARK_CAME && yes) {
		m->out.again = true;
		m->out.attendance = r->attendance;
		return RC_OK;
	}
	TRY(who_came(cx, m, r, &in));
	TRY(event_attend_tx(cx, tx, &in, &m->out.attendance, &m->out.elsewhere));
	r->attendance = m->out.attendance;
	return RC_OK;
}

/* RULE sheet-3 */
static int
take_back(struct ctx *cx, struct tx *tx, struct marking *m, struct sheet_row *r)
{
	struct attendance a;
	bool yes;

	TRY(stands(cx, r, &yes));
	if (!yes)
		return RC_OK;
	TRY(kind_load(cx, &attendance_kind, r->attendance, &a));
	if (a.sheet_row == NULL ||
	    strcmp(a.sheet_row, sheet_code_whole(cx->arena, sheet_size_of(&m->s), r->line)) != 0) {
		m->out.kept = true;
		return RC_OK;
	}
	a.withdrawn = true;
	return kind_update_tx(cx, tx, &attendance_kind, &a);
}

static int
mark_row(struct ctx *cx, struct tx *tx, struct marking *m, struct sheet_row *r)
{
	m->out = (struct mark_out){ .was = mark_of(r->state) };
	if (m->in->mark == MARK_CAME)
		TRY(came(cx, tx, m, r));
	else if (m->out.was == m->in->mark)
		m->out.again = true;
	else if (m->out.was == MARK_CAME) {
		TRY(take_back(cx, tx, m, r));
		r->attendance = 0;
	}
	if (m->out.again)
		return RC_OK;
	r->state = mark_code(m->in->mark);
	r->typed_at = m->in->mark == MARK_OPEN ? 0 : cx->now;
	return kind_update_tx(cx, tx, &sheet_row_kind, r);
}

static int
mark_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct marking *m = arg;
	struct sheet_row r;

	TRY(open_sheet(cx, m->in->sheet, &m->s));
	TRY(row_of(cx, m->in->sheet, m->in->line, &r));
	return mark_row(cx, tx, m, &r);
}

static int
write_keys(struct ctx *cx, int64_t sheet, tx_fn *fn, void *arg)
{
	int64_t keys[1];
	struct sheet s;

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_get(cx, &sheet_kind, sheet, &s));
	return db_write_keys(cx, keys, kind_hot_keys(&sheet_kind, &s, keys), fn, arg);
}

int
sheet_mark(struct ctx *cx, const struct mark_in *in, struct mark_out *out)
{
	struct marking m = { .in = in };

	TRY(write_keys(cx, in->sheet, mark_fn, &m));
	*out = m.out;
	return RC_OK;
}

/* ---- many at once ---- */

struct many {
	const struct marks_in *in;
	int64_t n;
};

static bool
excepted(const struct marks_in *in, int64_t line)
{
	size_t i;

	for (i = 0; i < in->nexcept; i++)
		if (in->except[i] == line)
			return true;
	return false;
}

/* Of many rows it must be said which one is refused, and why. */
static int
refused(struct ctx *cx, const struct marking *m, int64_t line, int rc)
{
	const char *why = cx->err.text;

	if (rc != RC_RULE || why == NULL)
		return rc;
	err_clear(cx);
	return fail(
	    cx, rc, N_("Row %s: %s"), sheet_code(cx->arena, sheet_size_of(&m->s), line), why);
}

static int
many_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct many *c = arg;
	struct mark_in one = { .sheet = c->in->sheet, .mark = c->in->mark };
	struct marking m = { .in = &one };
	struct sheet_row r;

	c->n = 0;
	TRY(open_sheet(cx, c->in->sheet, &m.s));
	for (one.line = c->in->from; one.line <= c->in->to && one.line <= m.s.listed; one.line++) {
		if (excepted(c->in, one.line))
			continue;
		TRY(row_of(cx, one.sheet, one.line, &r));
		if (mark_of(r.state) != MARK_OPEN || (r.person == 0 && r.ticket == 0))
			continue;
		TRY(refused(cx, &m, one.line, mark_row(cx, tx, &m, &r)));
		c->n++;
	}
	return RC_OK;
}

int
sheet_mark_many(struct ctx *cx, const struct marks_in *in, int64_t *n)
{
	struct many c = { in, 0 };

	TRY(write_keys(cx, in->sheet, many_fn, &c));
	*n = c.n;
	return RC_OK;
}

/* ---- the second reading ---- */

static int
again_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct marking *m = arg;
	struct sheet_row r;

	TRY(open_sheet(cx, m->in->sheet, &m->s));
	TRY(row_of(cx, m->in->sheet, m->in->line, &r));
	r.second = m->in->mark == MARK_OPEN ? NULL : mark_code(m->in->mark);
	return kind_update_tx(cx, tx, &sheet_row_kind, &r);
}

int
sheet_read_again(struct ctx *cx, int64_t sheet, int64_t line, enum mark mark)
{
	struct mark_in in = { .sheet = sheet, .line = line, .mark = mark };
	struct marking m = { .in = &in };

	return write_keys(cx, sheet, again_fn, &m);
}
