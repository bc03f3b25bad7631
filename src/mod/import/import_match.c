/* import_match.c – one row of a table: which record it means, and what would change.
 *
 * RULE import-1: a row with the IIN of a record, or with the name and day of birth of one record alone,
 * means that record; a member of the row's body with the very name, too. The same IIN under quite
 * another name, several such records, or likely ones: the row asks.
 * RULE import-2: an empty cell changes nothing; a name that differs only in its letters or keyboard, and
 * a telephone that differs only in its signs, change nothing either.
 * RULE import-3: an IIN is filled in where none stands, never replaced.
 *
 * The same code plans a row (outside of a write, with all checks) and builds it for storing (inside,
 * where the store checks): `decided` says that the plan is made already. */
#include "mod/import/import_inner.h"

#include "kind/vault.h"
#include "lang/order.h"
#include "text/hash.h"

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

/* Outcomes that concern the row alone; any other ends the run. */
static bool
of_the_row(int rc)
{
	return rc == RC_INVALID || rc == RC_RULE || rc == RC_DENIED || rc == RC_NOTFOUND ||
	       rc == RC_EXISTS || rc == RC_CONFLICT || rc == RC_TOOBIG;
}

static const char *
label_of(struct import_run *r, const char *field)
{
	size_t i;

	for (i = 0; i < r->ntargets; i++)
		if (r->targets[i].field != NULL && strcmp(r->targets[i].field->name, field) == 0)
			return r->targets[i].label;
	return NULL;
}

/* What was refused, in words, and the names of the fields. */
static void
refused(struct import_run *r, struct import_plan *p)
{
	struct ctx *cx = r->cx;
	const struct field_error *e;
	struct buf text, names;

	buf_init(&text, cx->arena, 0);
	buf_init(&names, cx->arena, 0);
	for (e = cx->err.fields; e != NULL; e = e->next) {
		const char *label = label_of(r, e->field);

		buf_printf(&text, "%s%s%s%s", text.n > 0 ? " · " : "", label == NULL ? "" : label,
		    label == NULL ? "" : ": ", e->text);
		buf_printf(&names, "%s%s", names.n > 0 ? "," : "", e->field);
	}
	if (text.n == 0)
		buf_str(&text,
		    !blank(cx->err.text) ? cx->err.text : tr(cx, "There is no such record."));
	p->outcome = 'e';
	p->reason = text.p;
	p->fields = names.p;
	err_clear(cx);
}

/* ---- a record as it would be ---- */

static bool
same_but_letters(struct ctx *cx, const struct field *f, const void *a, const void *b)
{
	const char *x = *(const char *const *)field_at(f, a),
		   *y = *(const char *const *)field_at(f, b);
	bool phone = f->form != NULL && strcmp(f->form, "tel") == 0;

	if (blank(x) || blank(y) || ((f->flags & F_NAME) == 0 && !phone))
		return false;
	if (!phone)
		return strcmp(fold_key(cx->arena, x), fold_key(cx->arena, y)) == 0;
	for (;; x++, y++) {
		x += strcspn(x, "0123456789");
		y += strcspn(y, "0123456789");
		if (*x != *y)
			return false;
		if (*x == '\0')
			return true;
	}
}

static void
lay_name(struct ctx *cx, const char *from, const char **to)
{
	if (!blank(from) &&
	    (blank(*to) || strcmp(fold_key(cx->arena, from), fold_key(cx->arena, *to)) != 0))
		*to = from;
}

static void
lay_text3(struct ctx *cx, const struct text3 *from, struct text3 *to)
{
	lay_name(cx, from->kk, &to->kk);
	lay_name(cx, from->ru, &to->ru);
	lay_name(cx, from->en, &to->en);
}

/* RULE import-2: what the row says, over what is stored. */
static void
lay_over(struct ctx *cx, const struct kind *k, const void *in, void *rec)
{
	size_t i;

	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];

		if (field_empty(f, in) || (f->flags & (F_FIXED | F_RULED)) != 0 ||
		    f->type == FT_BOOL)
			continue;
		if (f->type == FT_TEXT3)
			lay_text3(cx, field_at(f, in), field_at_rw(f, rec));
		else if (f->type != FT_TEXT || !same_but_letters(cx, f, in, rec))
			field_copy(f, in, rec);
	}
}

/* RULE import-3 */
static void
lay_iin(struct ctx *cx, const struct person *stored, struct person *p)
{
	if (blank(p->iin.fresh) || stored->iin_mac == NULL)
		return;
	if (strcmp(vault_mac_hex(cx->arena, VAULT_IIN, p->iin.fresh), stored->iin_mac) != 0)
		fail_field(cx, "iin",
		    N_("Another IIN stands in this person's record. Compare them on its page."));
	p->iin.fresh = NULL;
	p->iin.present = true;
}

static const char *
changed_fields(struct ctx *cx, const struct kind *k, const void *old, const void *rec)
{
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	for (i = 0; i < k->nfields; i++)
		if (!field_same(&k->fields[i], old, rec))
			buf_printf(&b, "%s%s", b.n > 0 ? "," : "", k->fields[i].name);
	return b.p;
}

/* The checks of the store, made beforehand. */
static int
check(struct ctx *cx, const struct kind *k, const void *old, void *rec)
{
	if (k->prepare != NULL)
		TRY(k->prepare(cx, old, rec));
	if (k->writable != NULL)
		TRY(k->writable(cx, old, rec));
	return kind_check(cx, k, old, rec);
}

int
import_check_new(struct ctx *cx, const struct kind *k, void *rec)
{
	return check(cx, k, NULL, rec);
}

/* A stored record and what the row makes of it. */
struct row_update {
	int64_t id, version; /* planned version; counts when decided */
	const void *in;	     /* what the row says */
	bool decided;
	void *ready; /* to be stored; NULL when nothing would change */
	const char *fields;
	int64_t now; /* its version as it is */
};

static int
update_of(struct import_run *r, const struct kind *k, struct row_update *c)
{
	struct ctx *cx = r->cx;
	void *old = arena_alloc(cx->arena, k->size), *rec = arena_alloc(cx->arena, k->size);

	c->ready = NULL;
	TRY(kind_get(cx, k, c->id, old));
	c->now = ((const struct rec *)old)->version;
	if (c->decided && c->now != c->version)
		return fail(cx, RC_CONFLICT, N_("The record was changed after the trial run."));
	memcpy(rec, old, k->size);
	lay_over(cx, k, c->in, rec);
	if (k == &person_kind)
		lay_iin(cx, old, rec);
	TRY(fields_rc(cx));
	c->fields = changed_fields(cx, k, old, rec);
	if (*c->fields == '\0')
		return RC_OK;
	if (!c->decided)
		TRY(check(cx, k, old, rec));
	c->ready = rec;
	return RC_OK;
}

/* ---- people ---- */

static const char *
full_name(struct ctx *cx, const struct person *p)
{
	return fold_key(cx->arena,
	    arena_printf(cx->arena, "%s %s %s", blank(p->surname) ? "" : p->surname,
		blank(p->given) ? "" : p->given, blank(p->patronymic) ? "" : p->patronymic));
}

static void
keys_of(struct import_run *r, const struct person *in, struct import_plan *p)
{
	struct ctx *cx = r->cx;
	const char *name = full_name(cx, in);

	/* What two rows with one IIN must share; only rows that carry a person beside another record may. */
	if (r->ik->with_person)
		p->nkey =
		    vault_mac_hex(cx->arena, VAULT_IIN, arena_printf(cx->arena, "n:%s", name));
	if (!blank(in->iin.fresh))
		p->ikey = vault_mac_hex(cx->arena, VAULT_IIN, in->iin.fresh);
	else if (in->birth_day != 0)
		p->ikey = vault_mac_hex(
		    cx->arena, VAULT_IIN, arena_printf(cx->arena, "b:%s %d", name, in->birth_day));
}

static int
member_of(struct ctx *cx, int64_t person, int64_t body, bool *yes)
{
	int64_t n;

	*yes = false;
	if (body == 0)
		return RC_OK;
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM membership WHERE person = $1 AND body = $2 AND joined_into "
	    "IS NULL",
	    VALS(v_int(person), v_int(body))));
	*yes = n > 0;
	return RC_OK;
}

static void
ask_person(struct import_run *r, struct import_plan *p, const char *what, const struct candidate *c,
    size_t n)
{
	struct ctx *cx = r->cx;
	struct import_question *q = r->question;
	size_t i;

	p->outcome = 'a';
	p->fields = "";
	p->reason =
	    n == 1 ? trf(cx, "Perhaps %s: %s.", c[0].title, person_reasons_text(cx, c[0].reasons))
		   : trf(cx, "Perhaps one of %s people on record.", num(cx, (int64_t)n));
	if (q == NULL || q->what != NULL)
		return;
	*q = (struct import_question){
		.what = what, .text = tr(cx, "Which person is this?"), .may_be_new = !c[0].certain
	};
	for (i = 0; i < n && i < IMPORT_OFFERS; i++)
		q->offers[q->n++] = (struct import_offer){ c[i].id, c[i].title, c[i].hint,
			person_reasons_text(cx, c[i].reasons) };
}

/* RULE import-1 */
static int
match_person(
    struct import_run *r, struct import_plan *p, const struct person *in, int64_t body, int64_t *id)
{
	enum { NAMED = SAME_NAME | SIMILAR_NAME | OTHER_SURNAME };
	struct ctx *cx = r->cx;
	const char *what = arena_printf(cx->arena, "row:%lld", (long long)p->row);
	struct candidate *c;
	size_t n, i, same = 0, members = 0, certain = 0;
	int64_t pick, one = 0, member = 0;
	int rc = import_choice(r, what, &pick);

	*id = 0;
	if (rc == RC_OK) {
		if (pick < 0)
			p->outcome = 'k';
		*id = pick < 0 ? 0 : pick;
		/* Who asks again about an answered row gets the same offers. */
		if (r->question == NULL)
			return RC_OK;
	} else if (rc != RC_NOTFOUND)
		return rc;
	TRY(person_candidates(cx, in, &c, &n));
	for (i = 0; i < n; i++) {
		bool is;

		if (c[i].certain && (c[i].reasons & NAMED) != 0) {
			certain++;
			one = c[i].id;
		} else if (c[i].same && certain == 0) {
			same++;
			one = c[i].id;
		}
		if ((c[i].reasons & SAME_NAME) != 0) {
			TRY(member_of(cx, c[i].id, body, &is));
			members += is;
			member = is ? c[i].id : member;
		}
	}
	if (certain == 1 || same == 1)
		*id = one;
	else if (members == 1 && same == 0)
		*id = member;
	else if (n > 0)
		ask_person(r, p, what, c, n);
	return RC_OK;
}

static int
person_ready(struct import_run *r, struct row_update *c, struct person *in)
{
	c->in = in;
	c->fields = "";
	if (c->id > 0)
		return update_of(r, &person_kind, c);
	c->ready = in;
	return c->decided ? RC_OK : check(r->cx, &person_kind, NULL, in);
}

static int
plan_person(struct import_run *r, struct import_plan *p, bool decided)
{
	struct person *in = arena_new(r->cx->arena, struct person);
	struct row_update c;

	kind_empty(&person_kind, in);
	TRY(import_cells(r, p, false, in));
	TRY(fields_rc(r->cx));
	if (p->outcome != 0 && !decided)
		return RC_OK;
	keys_of(r, in, p);
	if (!decided)
		TRY(match_person(r, p, in, 0, &p->rec));
	if (p->outcome != 0 && !decided)
		return RC_OK;
	c = (struct row_update){ .id = p->rec, .version = p->version, .decided = decided };
	TRY(person_ready(r, &c, in));
	p->record = c.ready;
	p->fields = c.fields;
	p->version = c.now;
	if (!decided)
		p->outcome = p->rec == 0 ? 'n' : p->record == NULL ? 's' : 'u';
	return RC_OK;
}

/* ---- memberships with their people ---- */

/* A person who stands in an earlier row of this very file. */
static int
earlier_row(struct import_run *r, struct import_plan *p, bool *found)
{
	struct ctx *cx = r->cx;
	AUTO_ROWS rows = { 0 };

	size_t i;

	*found = false;
	if (p->ikey == NULL)
		return RC_OK;
	for (i = 0; i < r->nchunk && !*found; i++) {
		const struct import_plan *e = &r->chunk[i];

		if (e->ikey == NULL || strcmp(e->ikey, p->ikey) != 0 ||
		    strchr("nus", e->outcome) == NULL)
			continue;
		*found = true;
		p->person = e->person == 0 ? -e->row : e->person;
	}
	if (*found)
		return RC_OK;
	TRY(db_rows(cx, &rows,
	    "SELECT row, person FROM import_plan WHERE batch = $1 AND ikey = $2 AND row < $3 AND "
	    "outcome IN "
	    "('n', 'u', 's') ORDER BY row LIMIT 1",
	    VALS(v_int(r->b.id), v_text(p->ikey), v_int(p->row))));
	if (rows_next(&rows)) {
		*found = true;
		p->person = row_int(&rows, 1) == 0 ? -row_int(&rows, 0) : row_int(&rows, 1);
	}
	return rows_end(&rows);
}

/* The membership that the row means: the open one of this person, body and role, or that of the day. */
static int
find_membership(struct ctx *cx, const struct membership *m, int64_t *id)
{
	int rc = db_int(cx, id,
	    "SELECT id FROM membership WHERE person = $1 AND body = $2 AND role = $3 AND "
	    "joined_into IS NULL"
	    " AND (to_day IS NULL OR from_day = $4) ORDER BY CASE WHEN from_day = $4 THEN 0 ELSE 1 "
	    "END, id "
	    "LIMIT 1",
	    VALS(v_int(m->person), v_int(m->body), v_text(m->role), v_int(m->from_day)));

	if (rc == RC_NOTFOUND)
		*id = 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The person is stored with the row, so its absence now is no error. */
static void
forgive(struct ctx *cx, const char *field)
{
	struct field_error **at = &cx->err.fields;

	while (*at != NULL)
		if (strcmp((*at)->field, field) == 0)
			*at = (*at)->next;
		else
			at = &(*at)->next;
	if (cx->err.fields == NULL)
		err_clear(cx);
}

static int
check_new_membership(struct import_run *r, struct import_plan *p, struct membership *m)
{
	struct ctx *cx = r->cx;
	int rc = check(cx, &membership_kind, NULL, m);

	if (p->person > 0 || rc != RC_INVALID)
		return rc;
	forgive(cx, "person");
	return fields_rc(cx);
}

static int
plan_member(struct import_run *r, struct import_plan *p, struct membership *m, bool decided)
{
	const char *fields = "";

	m->person = p->person > 0 ? p->person : 0;
	if (!decided && p->person > 0)
		TRY(find_membership(r->cx, m, &p->rec));
	if (p->rec != 0) {
		struct row_update c = {
			.id = p->rec, .version = p->version, .in = m, .decided = decided
		};

		TRY(update_of(r, &membership_kind, &c));
		p->record = c.ready;
		p->version = c.now;
		fields = c.fields;
	} else {
		p->record = m;
		if (!decided)
			TRY(check_new_membership(r, p, m));
	}
	if (decided)
		return RC_OK;
	if (p->fields != NULL && *p->fields != '\0')
		p->fields = *fields == '\0'
				? p->fields
				: arena_printf(r->cx->arena, "%s,%s", p->fields, fields);
	else
		p->fields = fields;
	p->outcome = p->rec == 0 ? 'n' : p->record == NULL && p->who == NULL ? 's' : 'u';
	return RC_OK;
}

static int
plan_membership(struct import_run *r, struct import_plan *p, bool decided)
{
	struct ctx *cx = r->cx;
	struct membership *m = arena_new(cx->arena, struct membership);
	struct person *in = arena_new(cx->arena, struct person);
	struct row_update c;
	bool earlier = false;

	kind_empty(&membership_kind, m);
	kind_empty(&person_kind, in);
	TRY(import_cells(r, p, true, in));
	TRY(import_cells(r, p, false, m));
	TRY(fields_rc(cx));
	if (p->outcome != 0 && !decided)
		return RC_OK;
	if (m->role == NULL)
		m->role = "member";
	keys_of(r, in, p);
	p->mkey = p->ikey == NULL ? NULL
				  : vault_mac_hex(cx->arena, VAULT_IIN,
					arena_printf(cx->arena, "m:%s %lld %s", p->ikey,
					    (long long)m->body, m->role));
	if (!decided) {
		TRY(earlier_row(r, p, &earlier));
		if (!earlier)
			TRY(match_person(r, p, in, m->body, &p->person));
		if (p->outcome != 0)
			return RC_OK;
	} else
		earlier = p->earlier;
	/* RULE import-4: the body of the row keeps the record of a person who is new. */
	if (p->person == 0)
		in->body = m->body;
	if (!earlier) {
		c = (struct row_update){
			.id = p->person, .version = p->person_version, .decided = decided
		};
		TRY(person_ready(r, &c, in));
		p->who = c.ready;
		p->fields = c.fields;
		p->person_version = c.now;
	}
	return plan_member(r, p, m, decided);
}

/* ---- bodies ---- */

static int
body_by(struct ctx *cx, const char *sql, const char *value, int64_t *id)
{
	int rc = blank(value) || *id != 0 ? RC_OK : db_int(cx, id, sql, VALS(v_text(value)));

	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
ask_body(
    struct import_run *r, struct import_plan *p, const char *what, const int64_t *ids, size_t n)
{
	struct ctx *cx = r->cx;
	const char *titles[IMPORT_OFFERS];
	size_t i;

	p->outcome = 'a';
	p->fields = "";
	p->reason = tr(cx, "Several bodies go by this name.");
	if (r->question == NULL || r->question->what != NULL)
		return RC_OK;
	TRY(kind_titles(cx, &body_kind, ids, n, titles));
	*r->question = (struct import_question){
		.what = what, .text = tr(cx, "Which body is this?"), .may_be_new = true, .n = n
	};
	for (i = 0; i < n; i++)
		r->question->offers[i] = (struct import_offer){ ids[i], titles[i], "", "" };
	return RC_OK;
}

static int
match_body(struct import_run *r, struct import_plan *p, const struct body *in)
{
	struct ctx *cx = r->cx;
	const char *what = arena_printf(cx->arena, "row:%lld", (long long)p->row);
	const char *name = !blank(in->name.kk) ? in->name.kk : in->name.ru;
	struct import_names *names;
	int64_t ids[IMPORT_OFFERS], pick;
	size_t n;
	int rc = import_choice(r, what, &pick);

	if (rc == RC_OK && r->question == NULL) {
		p->rec = pick < 0 ? 0 : pick;
		p->outcome = pick < 0 ? 'k' : 0;
		return RC_OK;
	}
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	TRY(body_by(cx, "SELECT id FROM body WHERE code = $1", in->code, &p->rec));
	TRY(body_by(cx, "SELECT id FROM body WHERE bin = $1", in->bin, &p->rec));
	if (p->rec != 0 || blank(name))
		return RC_OK;
	TRY(import_names_of(r, &body_kind, &names));
	n = import_names_find(r, names, fold_key(cx->arena, name), ids, IMPORT_OFFERS);
	if (n > 1)
		return ask_body(r, p, what, ids, n);
	p->rec = n == 1 ? ids[0] : 0;
	return RC_OK;
}

/* A body without a code of its own gets one from its name: the same name, the same code. */
static const char *
code_for(struct ctx *cx, const struct body *b)
{
	const char *name = !blank(b->name.kk) ? b->name.kk : b->name.ru == NULL ? "" : b->name.ru;
	struct sha256 h;
	char hex[65];

	name = fold_key(cx->arena, name);
	sha256_init(&h);
	sha256_add(&h, name, strlen(name));
	sha256_hex(&h, hex);
	return arena_printf(cx->arena, "b%.10s", hex);
}

static int
plan_record(struct import_run *r, struct import_plan *p, void *in, bool decided)
{
	const struct kind *k = r->ik->kind;

	if (p->rec != 0) {
		struct row_update c = {
			.id = p->rec, .version = p->version, .in = in, .decided = decided
		};

		TRY(update_of(r, k, &c));
		p->record = c.ready;
		p->fields = c.fields;
		p->version = c.now;
	} else {
		p->record = in;
		p->fields = "";
		if (!decided)
			TRY(check(r->cx, k, NULL, in));
	}
	if (!decided)
		p->outcome = p->rec == 0 ? 'n' : p->record == NULL ? 's' : 'u';
	return RC_OK;
}

static int
plan_body(struct import_run *r, struct import_plan *p, bool decided)
{
	struct body *in = arena_new(r->cx->arena, struct body);

	kind_empty(&body_kind, in);
	TRY(import_cells(r, p, false, in));
	TRY(fields_rc(r->cx));
	if (!decided && p->outcome == 0)
		TRY(match_body(r, p, in));
	if (!decided && p->outcome != 0)
		return RC_OK;
	if (p->rec == 0 && blank(in->code))
		in->code = code_for(r->cx, in);
	p->nkey = vault_mac_hex(
	    r->cx->arena, VAULT_IIN, arena_printf(r->cx->arena, "o:%s", code_for(r->cx, in)));
	p->ikey = p->nkey;
	return plan_record(r, p, in, decided);
}

/* ---- events ---- */

/* RULE import-5: the same day, lead organiser and name are the same event. */
static int
match_event(struct import_run *r, struct import_plan *p, const struct event *in)
{
	struct ctx *cx = r->cx;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &event_kind));
	query_and(&q, "event.first_day = ? AND event.body = ? AND event.merged_into IS NULL",
	    VALS(v_int(in->first_day), v_int(in->body)));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	for (i = 0; i < l.n; i++) {
		const struct event *e = list_row(&l, &event_kind, i);

		if ((!blank(in->name.kk) && !blank(e->name.kk) &&
			strcmp(fold_key(cx->arena, in->name.kk), fold_key(cx->arena, e->name.kk)) ==
			    0) ||
		    (!blank(in->name.ru) && !blank(e->name.ru) &&
			strcmp(fold_key(cx->arena, in->name.ru), fold_key(cx->arena, e->name.ru)) ==
			    0))
			p->rec = e->rec.id;
	}
	return RC_OK;
}

static int
plan_event(struct import_run *r, struct import_plan *p, bool decided)
{
	struct ctx *cx = r->cx;
	struct event *in = arena_new(cx->arena, struct event);

	kind_empty(&event_kind, in);
	TRY(import_cells(r, p, false, in));
	TRY(fields_rc(cx));
	if (!decided && p->outcome != 0)
		return RC_OK;
	if (!decided)
		TRY(match_event(r, p, in));
	p->ikey = p->nkey = vault_mac_hex(cx->arena, VAULT_IIN,
	    arena_printf(cx->arena, "e:%d %lld %s", in->first_day, (long long)in->body,
		fold_key(cx->arena, !blank(in->name.kk) ? in->name.kk : in->name.ru)));
	return plan_record(r, p, in, decided);
}

/* ---- any kind ---- */

static int
plan(struct import_run *r, struct import_plan *p, bool decided)
{
	const struct kind *k = r->ik->kind;

	return k == &person_kind       ? plan_person(r, p, decided)
	       : k == &membership_kind ? plan_membership(r, p, decided)
	       : k == &body_kind       ? plan_body(r, p, decided)
	       : k == &attendance_kind ? import_plan_attendance(r, p, decided)
				       : plan_event(r, p, decided);
}

int
import_plan_row(struct import_run *r, struct import_plan *p)
{
	int rc;

	p->outcome = 0;
	p->rec = p->version = p->person = p->person_version = 0;
	rc = plan(r, p, false);
	if (rc == RC_OK && (r->cx->err.fields != NULL || r->cx->err.rc != RC_OK))
		rc = RC_INVALID;
	if (rc != RC_OK && of_the_row(rc)) {
		refused(r, p);
		return RC_OK;
	}
	return rc;
}

int
import_build_row(struct import_run *r, struct import_plan *p)
{
	return plan(r, p, true);
}
