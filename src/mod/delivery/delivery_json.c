/* delivery_json.c – acts as telephones and other programs send them, the answer, and the route that a telephone keeps.
 *
 * {"acts": [{"nonce", "at": RFC 3339, "stop": id, "lines": [{"item", "lot", "quantity"}], "result", "reason", "receiver",
 * "mark", "signature": PNG in base64}], "now": RFC 3339} → {"results": [{"nonce", "result": "taken" | "again" | "conflict" |
 * "refused", "counts": bool, "why"}], "state"} in order. A list that cannot be read as a list is refused whole; an act
 * that cannot is answered "refused" and holds up no other. */
#include "mod/delivery/delivery_inner.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

static void
free_json(json_t **j)
{
	json_decref(*j);
}
#define AUTO_JSON __attribute__((cleanup(free_json))) json_t

/* ---- reading ---- */

/* A text without control characters; NULL = none of that kind. */
static const char *
text_of(struct ctx *cx, const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key)), *p;
	size_t n = json_string_length(json_object_get(o, key));

	if (s == NULL || strlen(s) != n)
		return NULL;
	for (p = s; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 && *p != '\n')
			return NULL;
	s += strspn(s, " ");
	return *s == '\0' ? NULL : arena_str(cx->arena, s);
}

static int
id_of(struct ctx *cx, const char *sql, const char *code, const char *field, int64_t *out)
{
	int rc = code == NULL ? RC_NOTFOUND : db_int(cx, out, sql, VALS(v_text(code)));

	if (rc != RC_NOTFOUND)
		return rc;
	fail_field(cx, field, N_("There is no such record."));
	return RC_OK;
}

static int
read_lines(struct ctx *cx, const json_t *o, struct act_in *in)
{
	const json_t *all = json_object_get(o, "lines");
	size_t n = json_array_size(all), i;
	struct delivery_line *l = arena_array(cx->arena, struct delivery_line, n + 1);

	if (all != NULL && (!json_is_array(all) || n > WAYBILL_LINES)) {
		fail_field(cx, "lines", N_("A waybill holds at most %s different goods and lots."),
		    num(cx, WAYBILL_LINES));
		return RC_OK;
	}
	for (i = 0; i < n; i++) {
		const json_t *one = json_array_get(all, i), *q = json_object_get(one, "quantity");
		const char *lot = text_of(cx, one, "lot");

		l[i] = (struct delivery_line){ 0 };
		TRY(id_of(cx, "SELECT id FROM stock_item WHERE code = $1", text_of(cx, one, "item"),
		    "lines", &l[i].item));
		if (lot != NULL)
			TRY(id_of(
			    cx, "SELECT id FROM lot WHERE code = $1", lot, "lines", &l[i].lot));
		if (json_is_integer(q))
			l[i].quantity = json_integer_value(q);
	}
	in->lines = l;
	in->nlines = n;
	return RC_OK;
}

/* RULE delivery-8 */
static void
read_signature(struct ctx *cx, const json_t *o, struct act_in *in)
{
	const json_t *v = json_object_get(o, "signature");
	const char *s = json_string_value(v);
	size_t n = json_string_length(v), got = 0;
	unsigned char *bytes;

	if (v == NULL || json_is_null(v) || n == 0)
		return;
	bytes = s == NULL || n > SIGNATURE_MAX ? NULL : arena_alloc(cx->arena, n + 1);
	if (bytes == NULL || sodium_base642bin(bytes, n, s, n, NULL, &got, NULL,
				 sodium_base64_VARIANT_ORIGINAL) != 0) {
		fail_field(
		    cx, "signature", N_("The signature cannot be read, or it is too large."));
		return;
	}
	in->picture = (struct slice){ (const char *)bytes, got };
}

static int
read_act(struct ctx *cx, const json_t *o, struct act_in *in)
{
	const json_t *stop = json_object_get(o, "stop");
	const char *at = text_of(cx, o, "at");

	*in = (struct act_in){ .nonce = text_of(cx, o, "nonce"),
		.result = text_of(cx, o, "result"),
		.reason = text_of(cx, o, "reason"),
		.receiver = text_of(cx, o, "receiver"),
		.mark = text_of(cx, o, "mark") };
	if (json_is_integer(stop))
		in->stop = json_integer_value(stop);
	if (at == NULL || !moment_parse_rfc3339(at, &in->at))
		fail_field(cx, "at", N_("The value must be: %s."), "RFC 3339");
	TRY(read_lines(cx, o, in));
	read_signature(cx, o, in);
	if (in->mark == NULL)
		in->mark = in->picture.p != NULL ? "drawn" : "none";
	return fields_rc(cx);
}

/* ---- the answer ---- */

static void
answer(struct ctx *cx, struct json *j, const char *nonce, const struct act_out *out)
{
	static const char *const words[] = {
		[ACT_TAKEN] = "taken",
		[ACT_AGAIN] = "again",
		[ACT_CLASH] = "conflict",
		[ACT_REFUSED] = "refused",
	};

	json_open(j, NULL, '{');
	json_str(j, "nonce", nonce);
	json_str(j, "result", words[out->how]);
	json_bool(
	    j, "counts", (out->how == ACT_TAKEN || out->how == ACT_AGAIN) && out->fault == NULL);
	if (out->how == ACT_REFUSED)
		json_str(j, "why", out->text);
	else if (out->how == ACT_CLASH)
		json_str(j, "why", tr(cx, "Another act was entered under this number before."));
	else if (out->fault != NULL)
		json_str(j, "why", option_label(cx, act_faults, out->fault));
	json_close(j, '}');
}

static int
take_one(struct ctx *cx, int64_t waybill, int64_t offset, const json_t *o, struct json *j)
{
	struct act_out out = { 0 };
	struct act_in in;
	int rc = read_act(cx, o, &in);

	if (rc == RC_INVALID) {
		out = (struct act_out){ .how = ACT_REFUSED,
			.text = cx->err.fields == NULL ? cx->err.text : cx->err.fields->text };
		err_clear(cx);
		rc = RC_OK;
	} else if (rc == RC_OK)
		rc = delivery_take(cx, waybill, offset, &in, &out);
	TRY(rc);
	answer(cx, j, in.nonce, &out);
	return RC_OK;
}

int
delivery_upload(struct ctx *cx, int64_t waybill, struct slice body, struct json *j)
{
	json_error_t e;
	AUTO_JSON *root =
	    json_loadb(body.p == NULL ? "" : body.p, body.n, JSON_REJECT_DUPLICATES, &e);
	const json_t *acts = json_object_get(root, "acts");
	int64_t offset = 0, now;
	const char *device;
	struct waybill w;
	size_t i;

	TRY(waybill_mine(cx, waybill, &w));
	if (!json_is_array(acts) || json_array_size(acts) > ACTS_MAX) {
		fail_field(cx, "acts", N_("A list of at most %s acts."), num(cx, ACTS_MAX));
		return RC_INVALID;
	}
	device = text_of(cx, root, "now");
	if (device != NULL && moment_parse_rfc3339(device, &now))
		offset = delivery_offset(cx->now, now);
	json_open(j, NULL, '{');
	json_open(j, "results", '[');
	for (i = 0; i < json_array_size(acts); i++)
		TRY(take_one(cx, waybill, offset, json_array_get(acts, i), j));
	json_close(j, ']');
	TRY(waybill_mine(cx, waybill, &w));
	json_str(j, "state", w.state);
	json_close(j, '}');
	return json_ok(j) ? RC_OK : RC_BUG;
}

/* ---- the route ---- */

/* RULE delivery-4 */
int
delivery_family(struct ctx *cx, const struct waybill *w, int64_t need, struct family *out)
{
	const struct actor *who = cx->actor;
	struct actor driver = *who;
	int rc;

	*out = (struct family){ 0 };
	if (!waybill_is_open(w->state))
		return RC_OK;
	driver.caps |= UINT64_C(1) << CAP_RELIEF_FAMILY;
	cx->actor = &driver;
	rc = need_family(cx, need, "driver", out);
	cx->actor = who;
	return rc;
}

static int
need_json(struct ctx *cx, const struct waybill *w, int64_t id, struct json *j)
{
	const char *district = "";
	struct need_line *l;
	struct family f;
	struct need n;
	size_t nl, i;

	TRY(kind_load(cx, &need_kind, id, &n));
	TRY(delivery_family(cx, w, id, &f));
	TRY(kind_titles(cx, &district_kind, &n.district, 1, &district));
	json_str(j, "code", n.code);
	json_num(j, "people", n.people);
	json_str(j, "district", district);
	if (!waybill_is_open(w->state))
		return RC_OK;
	json_str(j, "name", f.name);
	json_str(j, "phone", f.phone);
	json_str(j, "place", f.place);
	json_str(j, "note", f.note);
	TRY(need_lines(cx, id, &l, &nl));
	json_open(j, "words", '[');
	for (i = 0; i < nl; i++)
		if (l[i].item == 0 && l[i].word != NULL)
			json_str(j, NULL, l[i].word);
	json_close(j, ']');
	return RC_OK;
}

static int
place_json(struct ctx *cx, const struct waybill *w, const struct waybill_stop *s, struct json *j)
{
	const char *district = "";
	struct relief_place p;

	TRY(kind_load(cx, &relief_place_kind, s->place, &p));
	if (p.district != 0)
		TRY(kind_titles(cx, &district_kind, &p.district, 1, &district));
	json_str(j, "district", district);
	json_str(j, "place", p.address);
	json_str(j, "title", kind_title(cx, &relief_place_kind, &p));
	if (!waybill_is_open(w->state))
		return RC_OK;
	json_str(j, "name", s->receiver != NULL ? s->receiver : p.contact);
	json_str(j, "phone", p.phone);
	return RC_OK;
}

static int
line_json(struct ctx *cx, const struct delivery_line *l, struct json *j)
{
	struct lot lot = { 0 };
	struct item i;

	TRY(kind_load(cx, &item_kind, l->item, &i));
	if (l->lot != 0)
		TRY(kind_load(cx, &lot_kind, l->lot, &lot));
	json_open(j, NULL, '{');
	json_str(j, "item", i.code);
	json_str(j, "title", kind_title(cx, &item_kind, &i));
	json_str(j, "lot", lot.code);
	json_num(j, "quantity", l->quantity);
	json_num(j, "pack", i.pack);
	json_str(j, "unit", tr3(cx, &i.unit, NULL));
	json_close(j, '}');
	return RC_OK;
}

static int
stop_json(struct ctx *cx, const struct waybill *w, const struct waybill_stop *s, struct json *j)
{
	struct delivery_line *left;
	int64_t goods;
	size_t n, i;

	json_open(j, NULL, '{');
	json_num(j, "id", s->rec.id);
	json_str(j, "state", s->state);
	json_str(j, "said", option_label(cx, stop_states, s->state));
	TRY(s->need != 0 ? need_json(cx, w, s->need, j) : place_json(cx, w, s, j));
	TRY(db_int(cx, &goods, "SELECT count(*) FROM waybill_line WHERE stop = $1",
	    VALS(v_int(s->rec.id))));
	json_num(j, "goods", goods);
	TRY(delivery_left(cx, s->rec.id, &left, &n));
	json_open(j, "left", '[');
	for (i = 0; i < n; i++)
		TRY(line_json(cx, &left[i], j));
	json_close(j, ']');
	json_close(j, '}');
	return RC_OK;
}

int
delivery_route(struct ctx *cx, const struct waybill *w, struct json *j)
{
	struct waybill_stop *s;
	struct vehicle v;
	size_t n, i;

	TRY(kind_load(cx, &vehicle_kind, w->vehicle, &v));
	TRY(delivery_stops(cx, w->rec.id, &s, &n));
	json_open(j, NULL, '{');
	json_num(j, "waybill", w->rec.id);
	json_str(j, "code", w->code);
	json_str(j, "plate", v.plate);
	json_str(j, "state", w->state);
	json_bool(j, "open", waybill_is_open(w->state));
	json_open(j, "stops", '[');
	for (i = 0; i < n; i++)
		TRY(stop_json(cx, w, &s[i], j));
	json_close(j, ']');
	json_close(j, '}');
	return json_ok(j) ? RC_OK : RC_BUG;
}
