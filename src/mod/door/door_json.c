/* door_json.c – the body of an upload, as devices and other programs send it, and the answer.
 *
 * {"scans": [{"nonce": UUID, "ticket" | "code" | "person" | "guest": …, "at": RFC 3339, "kind": "in" | "out"
 * | "undo", "undo": UUID, "device": …}], "queued": n} → {"results": [{"nonce", "result", "reason", "at"}]} in
 * order. A list that is not understood as a whole is refused as a whole, with the number of the scan; a
 * ticket that is not one is a scan like any other and is kept as refused. */
#include "mod/door/door_inner.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "mod/signup/ticket.h"
#include "text/ticket_code.h"

enum { SHOWN_MAX = 200 };

struct reading {
	struct ctx *cx;
	struct scan *scans;
	struct shown *shown;
	const unsigned char **codes; /* bytes of the long ones */
	size_t *code_of, ncodes;
	size_t n;
};

static int
broken(struct ctx *cx, size_t i, const char *field)
{
	return fail(cx, RC_INVALID, N_("Scan %s of the list: “%s” is missing or cannot be read."),
	    num(cx, (int64_t)i + 1), field);
}

/* A text without control characters, at most `max` code points; NULL = none of that kind. */
static const char *
text_of(struct ctx *cx, const json_t *o, const char *key, size_t max)
{
	const json_t *v = json_object_get(o, key);
	const char *s = json_string_value(v), *p;
	size_t n = json_string_length(v);

	if (s == NULL || strlen(s) != n || !utf8_valid(s, n) || utf8_len(s) > max)
		return NULL;
	for (p = s; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20)
			return NULL;
	return arena_str(cx->arena, s + strspn(s, " "));
}

/* What was shown: cut to what may be kept, never refused. */
static const char *
shown_text(struct ctx *cx, const char *s)
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, cx->arena, 0);
	for (; *s != '\0' && n < SHOWN_MAX; s++, n++)
		buf_char(&b, (unsigned char)*s < 0x20 ? ' ' : *s);
	while (b.n > 0 && !utf8_valid(b.p, b.n))
		b.p[--b.n] = '\0';
	return b.p;
}

static void
read_ticket(struct reading *r, size_t i, const char *typed)
{
	char tidy[TICKET_LONG + 1];
	enum ticket_form form = ticket_tidy(typed, tidy);
	unsigned char *bytes;
	struct ticket_payload p;

	r->scans[i].shown = shown_text(r->cx, typed);
	if (form == TICKET_CODE)
		r->shown[i].code = arena_str(r->cx->arena, tidy);
	if (form != TICKET_FULL)
		return;
	bytes = arena_alloc(r->cx->arena, TICKET_BYTES);
	if (!crockford_read(tidy, bytes, TICKET_BYTES) || !ticket_unpack(bytes, &p))
		return;
	r->scans[i].shown = arena_str(r->cx->arena, tidy);
	r->shown[i].event = p.event;
	r->shown[i].ticket = p.ticket;
	r->code_of[r->ncodes] = i;
	r->codes[r->ncodes++] = bytes;
}

static int
read_who(struct reading *r, size_t i, const json_t *o)
{
	struct ctx *cx = r->cx;
	struct scan *s = &r->scans[i];
	const json_t *ticket = json_object_get(o, "ticket"), *code = json_object_get(o, "code"),
		     *person = json_object_get(o, "person"), *guest = json_object_get(o, "guest");
	int said = json_is_string(ticket) + json_is_string(code) + json_is_integer(person) +
		   json_is_string(guest);

	if (said != 1)
		return broken(cx, i, "ticket");
	if (json_is_string(ticket) || json_is_string(code)) {
		read_ticket(r, i, json_string_value(json_is_string(ticket) ? ticket : code));
		return RC_OK;
	}
	if (json_is_integer(person)) {
		s->person = json_integer_value(person);
		return s->person < 1 || s->person > INT64_C(1) << 53 ? broken(cx, i, "person")
								     : RC_OK;
	}
	s->guest = text_of(cx, o, "guest", GUEST_MAX);
	return s->guest == NULL || *s->guest == '\0' ? broken(cx, i, "guest") : RC_OK;
}

static int
read_scan(struct reading *r, size_t i, const json_t *o)
{
	struct scan *s = &r->scans[i];
	const char *kind = json_string_value(json_object_get(o, "kind")),
		   *at = json_string_value(json_object_get(o, "at"));

	if (!nonce_parse(json_string_value(json_object_get(o, "nonce")), s->nonce))
		return broken(r->cx, i, "nonce");
	if (!scan_kind_parse(kind == NULL ? "in" : kind, &s->kind))
		return broken(r->cx, i, "kind");
	if (at == NULL || !moment_parse_rfc3339(at, &s->at) || s->at <= 0)
		return broken(r->cx, i, "at");
	s->device = json_object_get(o, "device") == NULL
			? ""
			: text_of(r->cx, o, "device", DEVICE_MAX);
	if (s->device == NULL)
		return broken(r->cx, i, "device");
	if (s->kind == SCAN_UNDO)
		return nonce_parse(json_string_value(json_object_get(o, "undo")), s->undoes)
			   ? RC_OK
			   : broken(r->cx, i, "undo");
	return read_who(r, i, o);
}

static int
read_list(struct reading *r, const json_t *root)
{
	const json_t *list = json_object_get(root, "scans");
	size_t i;

	if (!json_is_array(list))
		return fail(r->cx, RC_INVALID, N_("A list “scans” is needed."));
	r->n = json_array_size(list);
	if (r->n > SCANS_MAX)
		return fail(r->cx, RC_TOOBIG, N_("At most %s scans at a time."),
		    num(r->cx, SCANS_MAX));
	r->scans = arena_array(r->cx->arena, struct scan, r->n + 1);
	r->shown = arena_array(r->cx->arena, struct shown, r->n + 1);
	r->codes = arena_array(r->cx->arena, const unsigned char *, r->n + 1);
	r->code_of = arena_array(r->cx->arena, size_t, r->n + 1);
	for (i = 0; i < r->n; i++)
		TRY(read_scan(r, i, json_array_get(list, i)));
	return RC_OK;
}

static int
prove(struct reading *r)
{
	bool *good = arena_array(r->cx->arena, bool, r->ncodes + 1);
	size_t i;

	TRY(door_prove(r->cx, r->codes, r->ncodes, good));
	for (i = 0; i < r->ncodes; i++)
		r->shown[r->code_of[i]].proved = good[i];
	return RC_OK;
}

static void
answer(const struct upload *u, struct json *out)
{
	char text[37];
	size_t i;

	json_open(out, NULL, '{');
	json_open(out, "results", '[');
	for (i = 0; i < u->n; i++) {
		const struct scan *s = &u->told[i];
		const char *why = scan_reason_code(s->reason);

		json_open(out, NULL, '{');
		nonce_text(s->nonce, text);
		json_str(out, "nonce", text);
		json_str(out, "result", scan_result_code(u->results[i]));
		if (why != NULL)
			json_str(out, "reason", why);
		if (s->since != 0) {
			moment_rfc3339(s->since, text);
			json_str(out, "at", text);
		}
		json_close(out, '}');
	}
	json_close(out, ']');
	json_close(out, '}');
}

static int64_t
queued_of(const json_t *root)
{
	const json_t *q = json_object_get(root, "queued");

	return json_is_integer(q) && json_integer_value(q) >= 0 &&
		       json_integer_value(q) < INT64_C(1) << 31
		   ? json_integer_value(q)
		   : INT_NONE;
}

int
door_upload_json(struct ctx *cx, int64_t event, struct slice body, struct json *out)
{
	json_t *root = json_loadb(body.p == NULL ? "" : body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
	struct reading r = { .cx = cx };
	struct upload u = { .event = event };
	int rc;

	if (!json_is_object(root)) {
		json_decref(root);
		return fail(cx, RC_INVALID, N_("The body is not a JSON object."));
	}
	rc = read_list(&r, root);
	u.queued = queued_of(root);
	json_decref(root);
	TRY(rc);
	TRY(prove(&r));
	u.scans = r.scans;
	u.shown = r.shown;
	u.n = r.n;
	u.device = r.n > 0 ? r.scans[0].device : "";
	u.results = arena_array(cx->arena, enum scan_result, r.n + 1);
	u.told = arena_array(cx->arena, struct scan, r.n + 1);
	/* 53 bits, so that it stays a number in every language. */
	u.batch = ((int64_t)randombytes_random() << 21 | (int64_t)(randombytes_random() >> 11)) + 1;
	TRY(door_upload(cx, &u));
	answer(&u, out);
	return RC_OK;
}
