/* delivery_act.c – taking an act, once; its signature; a second act under the same number; undoing one.
 *
 * The picture is made new before the write begins (core/picture_run.h): inside it nothing but rows changes. */
#include "mod/delivery/delivery_inner.h"

#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "core/picture_run.h"
#include "kind/cut.h"
#include "kind/vault.h"

/* Smaller than this is the time of the way, not a wrong clock. */
#define OFFSET_STEP_US (INT64_C(300) * US_PER_SECOND)

int64_t
delivery_offset(int64_t server_now, int64_t device_now)
{
	int64_t d = server_now - device_now, half = OFFSET_STEP_US / 2;

	return (d + (d < 0 ? -half : half)) / OFFSET_STEP_US * OFFSET_STEP_US;
}

struct taking {
	int64_t waybill, offset;
	const struct act_in *in;
	struct act_out *out;
	struct delivery_line *lines;
	size_t nlines;
	const char *digest;
	struct slice content; /* what the digest is of: kept when it clashes */
	struct slice jpeg;    /* p NULL = none */
};

/* ---- what it says ---- */

static void
put_text(struct buf *b, const char *name, const char *text)
{
	buf_printf(
	    b, "%s=%zu:%s\n", name, text == NULL ? 0 : strlen(text), text == NULL ? "" : text);
}

static void
digest(struct ctx *cx, struct taking *t)
{
	const struct act_in *in = t->in;
	unsigned char h[32];
	struct buf b, hex;
	size_t i;

	buf_init(&b, cx->arena, 0);
	buf_printf(&b, "stop=%lld\nat=%lld\n", (long long)in->stop, (long long)in->at);
	put_text(&b, "result", in->result);
	put_text(&b, "reason", in->reason);
	put_text(&b, "receiver", in->receiver);
	put_text(&b, "mark", in->mark);
	for (i = 0; i < t->nlines; i++)
		buf_printf(&b, "line=%lld %lld %lld\n", (long long)t->lines[i].item,
		    (long long)t->lines[i].lot, (long long)t->lines[i].quantity);
	crypto_generichash(
	    h, sizeof h, (const unsigned char *)in->picture.p, in->picture.n, NULL, 0);
	buf_str(&b, "picture=");
	buf_hex(&b, h, sizeof h);
	crypto_generichash(h, sizeof h, (const unsigned char *)b.p, b.n, NULL, 0);
	buf_init(&hex, cx->arena, 0);
	buf_hex(&hex, h, sizeof h);
	t->digest = hex.p;
	t->content = (struct slice){ b.p, b.n };
}

static bool
nonce_good(const char *s)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
	size_t n = s == NULL ? 0 : strlen(s);

	return n >= 1 && n <= 64 && strspn(s, letters) == n;
}

static bool
listed(const struct option *o, const char *code)
{
	for (; code != NULL && o->code != NULL; o++)
		if (strcmp(o->code, code) == 0)
			return true;
	return false;
}

static int
check_in(struct ctx *cx, const struct act_in *in)
{
	bool needs_reason = in->result != NULL && strcmp(in->result, "handed") != 0 &&
			    strcmp(in->result, "partly") != 0 && strcmp(in->result, "absent") != 0;
	size_t i;

	if (!nonce_good(in->nonce))
		fail_field(cx, "nonce",
		    N_("1 to 64 letters, digits, dashes or underscores, new for each act."));
	if (!listed(act_results, in->result))
		fail_field(cx, "result", N_("This is not in the list."));
	if (!listed(act_marks, in->mark))
		fail_field(cx, "mark", N_("This is not in the list."));
	if (needs_reason && (in->reason == NULL || *in->reason == '\0'))
		fail_field(cx, "reason", N_("A reason is needed."));
	if (in->reason != NULL && utf8_len(in->reason) > 300)
		fail_field(cx, "reason", N_("This text is too long."));
	if (in->receiver != NULL && utf8_len(in->receiver) > 200)
		fail_field(cx, "receiver", N_("This text is too long."));
	if (in->at < INT64_C(946684800) * US_PER_SECOND)
		fail_field(cx, "at", N_("The moment lies before 2000 or more than a day ahead."));
	if (in->nlines > WAYBILL_LINES)
		fail_field(cx, "lines", N_("A waybill holds at most %s different goods and lots."),
		    num(cx, WAYBILL_LINES));
	for (i = 0; i < in->nlines && i < WAYBILL_LINES; i++)
		if (in->lines[i].quantity <= 0 || in->lines[i].quantity > QUANTITY_MAX)
			fail_field(cx, arena_printf(cx->arena, "lines.%zu.quantity", i),
			    N_("A number more than zero."));
	return fields_rc(cx);
}

/* ---- the write ---- */

static int
seal_into(struct ctx *cx, struct tx *tx, const char *place, struct slice plain, struct slice *box)
{
	return vault_seal_tx(cx, tx, 0, place, plain, box);
}

static const char *
mark_place(struct ctx *cx, int64_t act)
{
	return arena_printf(cx->arena, "delivery_mark.box:%lld", (long long)act);
}

static int
put_mark(struct ctx *cx, struct tx *tx, int64_t act, struct slice jpeg)
{
	struct slice box;

	if (jpeg.p == NULL)
		return RC_OK;
	TRY(seal_into(cx, tx, mark_place(cx, act), jpeg, &box));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO delivery_mark (act, media, box) VALUES ($1, 'image/jpeg', $2)",
	    VALS(v_int(act), v_blob(box)));
}

/* RULE delivery-7: other content under a number that stands is kept for a human and counts for nothing. */
static int
clash(struct ctx *cx, struct tx *tx, const struct taking *t, int64_t act)
{
	struct slice box;

	TRY(seal_into(cx, tx,
	    arena_printf(cx->arena, "delivery_clash.box:%lld:%s", (long long)act, t->digest),
	    t->content, &box));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO delivery_clash (act, digest, received_at, account, box) VALUES ($1, $2, "
	    "$3, $4, $5) ON CONFLICT (act, digest) DO NOTHING",
	    VALS(v_int(act), v_text(t->digest), v_int(cx->now), v_int(cx->actor->account),
		v_blob(box)));
}

static int
known(struct ctx *cx, struct tx *tx, struct taking *t, bool *done)
{
	AUTO_ROWS r = { 0 };
	const char *digest = NULL, *fault = NULL;
	int64_t id = 0;

	TRY(db_rows(cx, &r, "SELECT id, digest, fault FROM delivery_act WHERE nonce = $1",
	    VALS(v_text(t->in->nonce))));
	if (rows_next(&r)) {
		id = row_int(&r, 0);
		digest = row_text(&r, 1);
		fault = row_text(&r, 2);
	}
	TRY(rows_end(&r));
	*done = id != 0;
	if (id == 0)
		return RC_OK;
	*t->out = (struct act_out){ .id = id,
		.how = strcmp(digest, t->digest) == 0 || strcmp(digest, CUT_MARK) == 0 ? ACT_AGAIN
										       : ACT_CLASH,
		.fault = fault };
	return t->out->how == ACT_AGAIN ? RC_OK : clash(cx, tx, t, id);
}

static int
add_act(struct ctx *cx, struct tx *tx, const struct taking *t, int64_t *id)
{
	const struct act_in *in = t->in;
	struct delivery_act a;
	size_t i;

	kind_empty(&delivery_act_kind, &a);
	a.waybill = t->waybill;
	a.stop = in->stop;
	a.nonce = in->nonce;
	a.digest = t->digest;
	a.result = in->result;
	a.reason = in->reason;
	a.at = in->at + t->offset;
	a.day = day_of_moment(a.at);
	a.device_at = in->at;
	a.received_at = cx->now;
	a.author = cx->actor->account;
	if (in->receiver != NULL && *in->receiver != '\0')
		a.receiver.fresh = in->receiver;
	a.mark = in->mark;
	a.posted = 0;
	TRY(delivery_write_tx(cx, tx, &delivery_act_kind, &a));
	for (i = 0; i < t->nlines; i++)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO delivery_act_line (act, n, item, lot, quantity) VALUES ($1, $2, "
		    "$3, $4, $5)",
		    VALS(v_int(a.rec.id), v_int((int64_t)i), v_int(t->lines[i].item),
			v_int(t->lines[i].lot), v_int(t->lines[i].quantity))));
	*id = a.rec.id;
	return put_mark(cx, tx, a.rec.id, t->jpeg);
}

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct taking *t = arg;
	struct delivery_act stored;
	struct waybill_stop s;
	struct waybill w;
	int64_t id;
	bool done;
	int rc;

	TRY(waybill_mine(cx, t->waybill, &w));
	TRY(known(cx, tx, t, &done));
	if (done)
		return RC_OK;
	rc = kind_load(cx, &waybill_stop_kind, t->in->stop, &s);
	if (rc == RC_NOTFOUND || (rc == RC_OK && s.waybill != w.rec.id))
		return fail(cx, RC_RULE, N_("There is no such stop on this waybill."));
	TRY(rc);
	if (!waybill_is_open(w.state) && strcmp(w.state, "done") != 0)
		return fail(cx, RC_RULE, N_("The waybill is “%s”."),
		    option_label(cx, waybill_states, w.state));
	TRY(add_act(cx, tx, t, &id));
	TRY(delivery_settle_tx(cx, tx, s.rec.id));
	TRY(kind_load(cx, &delivery_act_kind, id, &stored));
	*t->out = (struct act_out){ .how = ACT_TAKEN, .id = id, .fault = stored.fault };
	return RC_OK;
}

/* A drawn signature in its small size, a photographed paper in the large one. */
static int
make_picture(struct ctx *cx, struct taking *t)
{
	struct picture_out out[PICTURE_SIDES];

	if (t->in->picture.p == NULL || t->in->picture.n == 0)
		return RC_OK;
	TRY(picture_take(cx, t->in->picture, out));
	t->jpeg = strcmp(t->in->mark, "drawn") == 0 ? out[1].jpeg : out[0].jpeg;
	return RC_OK;
}

static const char *
first_field(const struct ctx *cx)
{
	const struct field_error *f = cx->err.fields;

	return f == NULL ? cx->err.text : f->text;
}

static int
take(struct ctx *cx, struct taking *t)
{
	int64_t keys[SET_ITEMS_MAX];
	size_t n;
	int rc;

	TRY(check_in(cx, t->in));
	t->nlines = delivery_lines_settle(cx->arena, t->in->lines, t->in->nlines, &t->lines);
	digest(cx, t);
	TRY(make_picture(cx, t));
	TRY(delivery_keys(cx, t->waybill, keys, &n));
	rc = db_write_keys(cx, keys, n, take_fn, t);
	if (rc == RC_EXISTS) { /* its twin was faster and is found by its nonce now */
		err_clear(cx);
		rc = db_write_keys(cx, keys, n, take_fn, t);
	}
	return rc;
}

int
delivery_take(
    struct ctx *cx, int64_t waybill, int64_t offset, const struct act_in *in, struct act_out *out)
{
	struct taking *t = arena_new(cx->arena, struct taking);
	int rc;

	t->waybill = waybill;
	t->offset = offset;
	t->in = in;
	t->out = out;
	*out = (struct act_out){ 0 };
	rc = take(cx, t);
	if (rc != RC_RULE && rc != RC_INVALID)
		return rc;
	/* What can never be taken is answered, so that it does not hold up the others. */
	*out = (struct act_out){ .how = ACT_REFUSED, .text = first_field(cx) };
	err_clear(cx);
	return RC_OK;
}

/* ---- undoing ---- */

struct undoing {
	int64_t act;
	const char *reason;
};

static int
undo_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct undoing *u = arg;
	struct delivery_act a;

	TRY(kind_load(cx, &delivery_act_kind, u->act, &a));
	if (a.undone_at != 0)
		return RC_OK;
	a.undone_at = cx->now;
	a.undone_by = cx->actor->account;
	a.undone_why = u->reason;
	TRY(delivery_write_tx(cx, tx, &delivery_act_kind, &a));
	return delivery_settle_tx(cx, tx, a.stop);
}

int
delivery_undo(struct ctx *cx, int64_t act, const char *reason)
{
	struct undoing u = { act, reason };
	int64_t keys[SET_ITEMS_MAX];
	struct delivery_act a;
	size_t n;

	if (!may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (reason == NULL || *reason == '\0') {
		fail_field(cx, "reason", N_("A reason is needed."));
		return RC_INVALID;
	}
	TRY(kind_load(cx, &delivery_act_kind, act, &a));
	TRY(delivery_keys(cx, a.waybill, keys, &n));
	return db_write_keys(cx, keys, n, undo_fn, &u);
}

int
delivery_picture(struct ctx *cx, int64_t act, const char **media, struct slice *out)
{
	AUTO_ROWS r = { 0 };
	struct slice box;

	if (!may(cx, CAP_RELIEF_FAMILY))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(db_rows(
	    cx, &r, "SELECT media, box FROM delivery_mark WHERE act = $1", VALS(v_int(act))));
	if (!rows_next(&r))
		return RC_NOTFOUND;
	*media = row_text(&r, 0);
	box = row_slice(&r, 1);
	TRY(vault_unseal(cx, 0, mark_place(cx, act), box, out));
	return rows_end(&r);
}
