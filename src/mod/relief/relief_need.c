/* relief_need.c – taking a need, its steps, its marks, and who may see the family behind it. */
#include "mod/relief/relief_inner.h"

#include <string.h>

#include "core/account.h"
#include "kind/vault.h"

/* RULE relief-3: from which state which step leads where. */
const struct need_step need_steps[] = {
	{ "new", "check", "checked", false, N_("Checked") },
	{ "new", "refuse", "refused", true, N_("Turn down") },
	{ "new", "close", "closed", true, N_("No longer needed") },
	{ "checked", "assign", "assigned", false, N_("Take in hand") },
	{ "checked", "refuse", "refused", true, N_("Turn down") },
	{ "checked", "close", "closed", true, N_("No longer needed") },
	{ "assigned", "start", "on_way", false, N_("On the way") },
	{ "assigned", "release", "checked", false, N_("Give back") },
	{ "assigned", "refuse", "refused", true, N_("Turn down") },
	{ "assigned", "close", "closed", true, N_("No longer needed") },
	{ "on_way", "deliver", "delivered", false, N_("Delivered") },
	{ "on_way", "turn_back", "assigned", true, N_("Came back with it") },
	{ "delivered", "reopen", "checked", true, N_("Open again") },
	{ "refused", "reopen", "checked", true, N_("Open again") },
	{ "closed", "reopen", "checked", true, N_("Open again") },
};
const size_t need_nsteps = ARRAY_LEN(need_steps);

bool
need_is_over(const char *state)
{
	return strcmp(state, "delivered") == 0 || strcmp(state, "refused") == 0 ||
	       strcmp(state, "closed") == 0;
}

/* ---- taking ---- */

struct taking {
	const struct need_in *in;
	bool guest; /* written by the house */
	struct need n;
	int64_t id;
	bool again;
};

static int
find_headquarters(struct ctx *cx, struct taking *t)
{
	struct headquarters h[HEADQUARTERS_OPEN];
	size_t n, i;

	t->n.headquarters = t->in->headquarters;
	if (t->in->headquarters != 0)
		return headquarters_takes(cx, t->in->headquarters);
	TRY(headquarters_open(cx, h, &n));
	if (n == 0)
		return fail(cx, RC_RULE, N_("No relief headquarters is open now."));
	t->n.headquarters = h[0].rec.id;
	for (i = 0; i < n; i++) {
		int64_t in;

		TRY(db_int(cx, &in,
		    "SELECT count(*) FROM relief_area WHERE headquarters = $1 AND district = $2",
		    VALS(v_int(h[i].rec.id), v_int(t->in->district))));
		if (in > 0) {
			t->n.headquarters = h[i].rec.id;
			break;
		}
	}
	return RC_OK;
}

static int
sent_before(struct ctx *cx, struct taking *t)
{
	int rc;

	t->again = false;
	if (t->in->nonce == NULL)
		return RC_OK;
	rc = db_int(
	    cx, &t->id, "SELECT need FROM need_sent WHERE nonce = $1", VALS(v_text(t->in->nonce)));
	t->again = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static void
fill(struct ctx *cx, struct taking *t)
{
	const struct need_in *in = t->in;
	int64_t headquarters = t->n.headquarters;

	kind_empty(&need_kind, &t->n);
	t->n.headquarters = headquarters;
	t->n.channel = in->channel;
	t->n.paper = relief_trim(cx->arena, in->paper);
	t->n.asked_at = in->asked_at;
	t->n.name.fresh = relief_trim(cx->arena, in->name);
	t->n.phone.fresh = relief_trim(cx->arena, in->phone);
	t->n.note.fresh = relief_trim(cx->arena, in->note);
	t->n.place = relief_trim(cx->arena, in->place);
	t->n.district = in->district;
	t->n.people = in->people;
	t->n.children = in->children;
	t->n.infants = in->infants;
	t->n.pregnant = in->pregnant;
	t->n.disabled = in->disabled;
	t->n.insulin = in->insulin;
	t->n.livestock = in->livestock;
	t->n.urgency = in->urgency;
}

/* RULE relief-5: what cannot be found again is no need: a telephone or a way to the door, and something asked for. */
static int
check_in(struct ctx *cx, struct taking *t)
{
	const struct need *n = &t->n;

	if (n->phone.fresh == NULL && n->note.fresh == NULL)
		fail_field(cx, "phone",
		    N_("Write a telephone, or the street and house: else nobody can find you."));
	else if (n->phone.fresh != NULL && strlen(relief_digits(cx->arena, n->phone.fresh)) < 5)
		fail_field(cx, "phone", N_("This is no telephone number."));
	if (t->in->nlines == 0)
		fail_field(cx, "what", N_("Say what is needed."));
	return kind_check(cx, &need_kind, NULL, n);
}

/* RULE relief-6 */
static int
check_phone(struct ctx *cx, const struct taking *t)
{
	int64_t n;

	if (!t->guest || t->n.phone_mac == NULL)
		return RC_OK;
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM need WHERE headquarters = $1 AND phone_mac = $2 AND channel = "
	    "'public' AND created_at > $3",
	    VALS(v_int(t->n.headquarters), v_text(t->n.phone_mac), v_int(cx->now - US_PER_DAY))));
	return n < NEED_PHONE_A_DAY
		   ? RC_OK
		   : fail(cx, RC_RULE,
			 N_("From this telephone %s forms came in a day. Please call the hotline."),
			 num(cx, n));
}

static int
write_lines(struct ctx *cx, struct tx *tx, const struct taking *t)
{
	size_t i;

	for (i = 0; i < t->in->nlines; i++) {
		struct need_line l;

		kind_empty(&need_line_kind, &l);
		l.need = t->n.rec.id;
		l.item = t->in->line[i].item;
		l.word = l.item != 0 ? NULL : relief_trim(cx->arena, t->in->line[i].word);
		l.quantity = t->in->line[i].quantity;
		TRY(kind_insert_tx(cx, tx, &need_line_kind, &l));
	}
	return RC_OK;
}

static int
write_need(struct ctx *cx, struct tx *tx, struct taking *t)
{
	TRY(need_prepare(cx, NULL, &t->n));
	TRY(check_in(cx, t));
	TRY(check_phone(cx, t));
	TRY(kind_insert_tx(cx, tx, &need_kind, &t->n));
	TRY(write_lines(cx, tx, t));
	t->id = t->n.rec.id;
	if (t->in->nonce == NULL)
		return RC_OK;
	return tx_run(cx, tx, NULL, "INSERT INTO need_sent (nonce, need) VALUES ($1, $2)",
	    VALS(v_text(t->in->nonce), v_int(t->id)));
}

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct taking *t = arg;
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	int rc;

	TRY(sent_before(cx, t));
	if (t->again)
		return RC_OK;
	TRY(find_headquarters(cx, t));
	fill(cx, t);
	if (t->guest)
		cx->actor = &house;
	rc = write_need(cx, tx, t);
	cx->actor = who;
	return rc;
}

int
need_take(struct ctx *cx, const struct need_in *in, int64_t *id, bool *again)
{
	struct taking *t = arena_new(cx->arena, struct taking);

	t->in = in;
	t->guest = in->channel != NULL && strcmp(in->channel, "public") == 0;
	if (!t->guest && !may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (in->nlines > NEED_LINES)
		return fail(cx, RC_BUG, "%s", "a need of too many lines");
	TRY(db_write(cx, take_fn, t));
	*id = t->id;
	*again = t->again;
	return RC_OK;
}

/* ---- steps ---- */

static const struct need_step *
find_step(const char *from, const char *action)
{
	size_t i;

	for (i = 0; i < need_nsteps; i++)
		if (strcmp(need_steps[i].from, from) == 0 &&
		    strcmp(need_steps[i].action, action) == 0)
			return &need_steps[i];
	return NULL;
}

/* Somebody was faster: who, and where the need stands now. */
static int
too_late(struct ctx *cx, const struct need *n)
{
	const char *who = "";

	if (n->owner != 0)
		TRY(kind_titles(cx, &account_kind, &n->owner, 1, &who));
	if (*who != '\0')
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else was faster: the need is “%s”, in the hands of %s."),
		    option_label(cx, need_states, n->state), who);
	return fail(cx, RC_CONFLICT, N_("Somebody else was faster: the need is “%s” now."),
	    option_label(cx, need_states, n->state));
}

/* What a step leaves: its moment, and whose hands. */
static void
stamp(struct ctx *cx, struct need *n, const struct need_move *m, const char *to)
{
	if (strcmp(to, "checked") == 0) {
		n->owner = 0;
		n->assigned_at = n->started_at = n->ended_at = 0;
		if (n->checked_at == 0) {
			n->checked_at = cx->now;
			n->checked_by = cx->actor->account;
		}
	} else if (strcmp(to, "assigned") == 0) {
		n->started_at = 0;
		if (n->owner == 0) {
			n->assigned_at = cx->now;
			n->owner = m->owner != 0 ? m->owner : cx->actor->account;
		}
	} else if (strcmp(to, "on_way") == 0)
		n->started_at = cx->now;
	else
		n->ended_at = cx->now;
}

int
need_move_tx(struct ctx *cx, struct tx *tx, const struct need_move *m)
{
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	const char *reason = relief_trim(cx->arena, m->reason);
	const struct need_step *s;
	struct need n;
	int rc;

	TRY(kind_load(cx, &need_kind, m->id, &n));
	TRY(headquarters_takes(cx, n.headquarters));
	if (n.rec.version != m->version)
		return too_late(cx, &n);
	s = find_step(n.state, m->action);
	if (s == NULL)
		return fail(cx, RC_RULE, N_("This step is not possible: the need is “%s”."),
		    option_label(cx, need_states, n.state));
	if (s->reason && reason == NULL) {
		fail_field(cx, "reason", N_("A reason is needed."));
		return RC_INVALID;
	}
	n.state = s->to;
	n.state_reason = reason;
	stamp(cx, &n, m, s->to);
	cx->actor = &house;
	rc = kind_update_tx(cx, tx, &need_kind, &n);
	cx->actor = who;
	return rc;
}

static int
move_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return need_move_tx(cx, tx, arg);
}

int
need_move(struct ctx *cx, const struct need_move *m)
{
	struct need_move copy = *m;

	if (!may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, move_fn, &copy);
}

/* ---- marks ---- */

struct marking {
	int64_t id, version, of;
	const char *twin; /* NULL: called back */
};

static int
mark_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct marking *m = arg;
	struct need n, other;

	TRY(kind_load(cx, &need_kind, m->id, &n));
	if (n.rec.version != m->version)
		return too_late(cx, &n);
	if (m->twin == NULL) {
		n.called_at = cx->now;
		return kind_update_tx(cx, tx, &need_kind, &n);
	}
	if (m->of == m->id || strlen(m->twin) == 0)
		return fail(cx, RC_RULE, N_("A need cannot be held against itself."));
	TRY(kind_load(cx, &need_kind, m->of, &other));
	if (other.headquarters != n.headquarters)
		return fail(cx, RC_RULE, N_("The other need belongs to another headquarters."));
	n.twin_of = m->of;
	n.twin = m->twin;
	return kind_update_tx(cx, tx, &need_kind, &n);
}

int
need_called(struct ctx *cx, int64_t id, int64_t version)
{
	return db_write(cx, mark_fn, &(struct marking){ id, version, 0, NULL });
}

int
need_twin(struct ctx *cx, int64_t id, int64_t version, int64_t of, const char *twin)
{
	if (strcmp(twin, "same") != 0 && strcmp(twin, "other") != 0)
		return fail(cx, RC_BUG, "%s", "no such mark of a twin");
	return db_write(cx, mark_fn, &(struct marking){ id, version, of, twin });
}

int
need_likely(struct ctx *cx, const struct need *n, struct need_like **out, size_t *n_out)
{
	enum { MOST = 10 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct need_like, MOST);
	*n_out = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id, code, state, asked_at, CASE WHEN phone_mac = $3 THEN 1 ELSE 0 END, CASE "
	    "WHEN district = $4 AND place_key = $5 THEN 1 ELSE 0 END FROM need WHERE headquarters "
	    "= $1 AND id <> $2 AND (phone_mac = $3 OR (district = $4 AND place_key = $5 AND "
	    "people = $6)) ORDER BY 5 DESC, asked_at DESC, id DESC LIMIT 10",
	    VALS(v_int(n->headquarters), v_int(n->rec.id), v_text(n->phone_mac), v_int(n->district),
		v_text(n->place_key), v_int(n->people))));
	while (*n_out < MOST && rows_next(&r))
		(*out)[(*n_out)++] = (struct need_like){ .id = row_int(&r, 0),
			.code = row_text(&r, 1),
			.state = row_text(&r, 2),
			.asked_at = row_int(&r, 3),
			.phone = row_int(&r, 4) != 0,
			.place = row_int(&r, 5) != 0 };
	return rows_end(&r);
}

/* ---- reading ---- */

int
need_lines(struct ctx *cx, int64_t need, struct need_line **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t ids[NEED_LINES * 2];
	size_t got = 0, i;

	TRY(db_rows(
	    cx, &r, "SELECT id FROM need_line WHERE need = $1 ORDER BY id", VALS(v_int(need))));
	while (got < ARRAY_LEN(ids) && rows_next(&r))
		ids[got++] = row_int(&r, 0);
	TRY(rows_end(&r));
	*out = arena_array(cx->arena, struct need_line, got + 1);
	for (i = 0; i < got; i++)
		TRY(kind_load(cx, &need_line_kind, ids[i], &(*out)[i]));
	*n = got;
	return RC_OK;
}

int
need_by_code(struct ctx *cx, const char *typed, struct need *out)
{
	char code[RELIEF_CODE + 1];
	int64_t id;

	if (!relief_code_read(typed, code)) {
		fail_field(cx, "code",
		    N_("This code was mistyped: it has nine digits, and one of them is wrong."));
		return RC_INVALID;
	}
	TRY(db_int(cx, &id, "SELECT id FROM need WHERE code = $1", VALS(v_text(code))));
	return kind_load(cx, &need_kind, id, out);
}

/* ---- the family ---- */

struct noting {
	int64_t need;
	const char *way;
};

static int
note_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct noting *n = arg;

	return tx_run(cx, tx, NULL,
	    "INSERT INTO family_read (day, account, need, way, times, first_at, last_at) VALUES "
	    "($1, $2, $3, $4, 1, $5, $5) ON CONFLICT (day, account, need, way) DO UPDATE SET times "
	    "= family_read.times + 1, last_at = excluded.last_at",
	    VALS(v_int(day_of_moment(cx->now)), v_int(cx->actor->account), v_int(n->need),
		v_text(n->way), v_int(cx->now)));
}

static int
open_box(
    struct ctx *cx, int64_t id, const char *field, const struct rows *r, int col, const char **out)
{
	struct slice box, plain;

	*out = NULL;
	if (row_null(r, col))
		return RC_OK;
	box = row_slice(r, col);
	TRY(vault_unseal(
	    cx, 0, arena_printf(cx->arena, "need.%s:%lld", field, (long long)id), box, &plain));
	*out = plain.p;
	return RC_OK;
}

/* RULE relief-2 */
int
need_family(struct ctx *cx, int64_t need, const char *way, struct family *out)
{
	struct headquarters h;
	struct need n;

	*out = (struct family){ 0 };
	if (!may(cx, CAP_RELIEF_FAMILY))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(kind_load(cx, &need_kind, need, &n));
	TRY(kind_load(cx, &headquarters_kind, n.headquarters, &h));
	if (strcmp(h.state, "open") != 0 && !may(cx, CAP_RELIEF_OPEN))
		return fail(cx, RC_DENIED,
		    N_("The headquarters is closed: the data of families are closed, too."));
	{
		AUTO_ROWS r = { 0 };

		TRY(db_rows(
		    cx, &r, "SELECT name, phone, note FROM need WHERE id = $1", VALS(v_int(need))));
		if (!rows_next(&r))
			return RC_NOTFOUND;
		TRY(open_box(cx, need, "name", &r, 0, &out->name));
		TRY(open_box(cx, need, "phone", &r, 1, &out->phone));
		TRY(open_box(cx, need, "note", &r, 2, &out->note));
		TRY(rows_end(&r));
	}
	out->place = n.place;
	/* The program itself (a copy, a test) leaves none, as with people (kind/sensitive.c). */
	return cx->actor->account == 0 ? RC_OK
				       : db_write(cx, note_fn, &(struct noting){ need, way });
}
