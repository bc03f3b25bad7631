/* contest_protocol.c – the protocol as a text that never changes: JSON of ids and numbers, no name of a person,
 * so that it stays when a person is erased; its digest stands in the contest and on paper.
 *
 * RULE contest-10. Only a closed contest is signed, by the head or by the chair of the jury; taken back with a
 * reason. What moved since is told line by line; verify looks at text, digest and the places given. */
#include <jansson.h>

#include "figure/figure.h"
#include "mod/contest/contest_inner.h"
#include "text/hash.h"

/* ---- the text ---- */

static void
put_jury(struct json *j, const struct contest_table *t)
{
	size_t i, e;

	json_open(j, "jury", '[');
	for (i = 0; i < t->njurors; i++) {
		json_open(j, NULL, '{');
		json_num(j, "juror", t->juror[i].rec.id);
		json_bool(j, "chair", t->juror[i].chair);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_open(j, "left_out", '[');
	for (i = 0; i < t->njurors; i++)
		for (e = 0; e < t->nentries; e++)
			if (contest_ground(t, i, e) != NULL) {
				json_open(j, NULL, '{');
				json_num(j, "juror", t->juror[i].rec.id);
				json_num(j, "entry", t->entry[e].rec.id);
				json_str(j, "ground", contest_ground(t, i, e));
				json_close(j, '}');
			}
	json_close(j, ']');
}

static void
put_scores(struct json *j, const struct contest_table *t, size_t e)
{
	size_t i, c;

	json_open(j, "points", '[');
	for (i = 0; i < t->njurors; i++) {
		if (!rank_complete(&t->in, i, e))
			continue;
		json_open(j, NULL, '{');
		json_num(j, "juror", t->juror[i].rec.id);
		json_open(j, "of", '[');
		for (c = 0; c < t->ncriteria; c++)
			json_num(j, NULL, rank_score(&t->in, i, e, c));
		json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* The mean as a fraction and the standard score in millionths: whole numbers are the same everywhere. */
static void
put_entry(struct ctx *cx, struct json *j, const struct contest_table *t, size_t i)
{
	const struct contest_entry *e = &t->entry[i];
	const struct ranked *r = &t->rank[i];
	double micro = r->normal * 1e6;

	(void)cx;
	json_open(j, NULL, '{');
	json_num(j, "entry", e->rec.id);
	json_num(j, "number", e->number);
	json_num(j, "code", contest_row_code(t, i));
	json_num(j, "nomination", e->nomination);
	json_num(j, "age_group", e->age_group);
	put_scores(j, t, i);
	json_num(j, "sum", r->num);
	json_num(j, "over", r->den);
	json_num(j, "raw_rank", r->raw_rank);
	json_num(j, "normal_millionths", (int64_t)(micro < 0 ? micro - 0.5 : micro + 0.5));
	json_num(j, "normal_rank", r->normal_rank);
	json_num(j, "parted", r->parted);
	json_num(j, "place", e->place == INT_NONE ? 0 : e->place);
	json_bool(j, "decided", e->decided);
	json_close(j, '}');
}

int
contest_protocol_text(struct ctx *cx, const struct contest_table *t, const char **out)
{
	const size_t *order = contest_order(cx, t);
	struct json j;
	size_t i;

	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_num(&j, "format", 1);
	json_num(&j, "contest", t->c.rec.id);
	json_num(&j, "event", t->c.event);
	json_num(&j, "lowest", t->c.min_score);
	json_num(&j, "highest", t->c.max_score);
	json_str(&j, "ties", t->c.tie_rule);
	json_str(&j, "decides", t->c.decides);
	json_bool(&j, "blind", t->c.blind);
	json_open(&j, "criteria", '[');
	for (i = 0; i < t->ncriteria; i++) {
		json_open(&j, NULL, '{');
		json_num(&j, "criterion", t->criterion[i].rec.id);
		json_num(&j, "weight", t->criterion[i].weight);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	put_jury(&j, t);
	json_open(&j, "entries", '[');
	for (i = 0; i < t->nentries; i++)
		put_entry(cx, &j, t, order[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	if (!json_ok(&j))
		return fail(cx, RC_BUG, "%s", "the text of a protocol is not whole");
	buf_char(&j.out, '\n');
	*out = j.out.p;
	return RC_OK;
}

int
contest_protocol_signed(struct ctx *cx, int64_t contest, const char **out)
{
	return db_text(cx, out,
	    "SELECT content FROM contest_protocol WHERE contest = $1 ORDER BY number DESC LIMIT 1",
	    VALS(v_int(contest)));
}

/* ---- signing ---- */

bool
contest_may_sign(struct ctx *cx, const struct contest_table *t)
{
	if (may(cx, CAP_EDITION_SIGN))
		return actor_in_scope(cx->actor, t->event.body);
	return t->njurors > 0 && t->juror[0].chair && cx->actor->person != 0 &&
	       t->juror[0].person == cx->actor->person;
}

static int
load_at(struct ctx *cx, int64_t contest, int64_t version, struct contest_table *t)
{
	TRY(contest_table(cx, contest, t));
	if (!contest_may_sign(cx, t))
		return fail(cx, RC_DENIED, N_("The head or the chair of the jury signs."));
	if (t->c.rec.version != version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else changed this record meanwhile. Look at it again."));
	return RC_OK;
}

static int
sign_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct protocol_signing *s = arg;
	struct contest_table t;
	const char *text;
	int64_t number;

	TRY(load_at(cx, s->contest, s->version, &t));
	if (contest_stage(t.c.state) != STAGE_CLOSED)
		return fail(cx, RC_RULE, N_("Only a closed contest can be signed."));
	TRY(contest_protocol_text(cx, &t, &text));
	TRY(db_int(cx, &number,
	    "SELECT coalesce(max(number), 0) + 1 FROM contest_protocol WHERE contest = $1",
	    VALS(v_int(s->contest))));
	t.c.state = "signed";
	t.c.document = s->document == NULL || *s->document == '\0' ? NULL : s->document;
	t.c.document_day = s->document_day == 0 ? cx->today : s->document_day;
	t.c.signer = s->signer;
	t.c.signed_at = cx->now;
	t.c.sha256 = sha256_of(cx->arena, text);
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO contest_protocol (contest, number, content, sha256, signed_at, account) "
	    "VALUES "
	    "($1, $2, $3, $4, $5, $6)",
	    VALS(v_int(s->contest), v_int(number), v_text(text), v_text(t.c.sha256), v_int(cx->now),
		v_int(cx->actor->account))));
	return kind_rewrite_tx(cx, tx, &contest_kind, &t.c);
}

int
contest_sign(struct ctx *cx, const struct protocol_signing *s)
{
	if (s->signer == NULL || *s->signer == '\0')
		fail_field(cx, "signer", N_("Say who signs: office and name."));
	TRY(fields_rc(cx));
	return db_write(cx, sign_fn, (void *)(uintptr_t)s);
}

struct unsigning {
	int64_t contest, version;
	const char *reason;
};

static int
unsign_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct unsigning *u = arg;
	struct contest_table t;

	TRY(load_at(cx, u->contest, u->version, &t));
	if (contest_stage(t.c.state) != STAGE_SIGNED)
		return fail(cx, RC_RULE, N_("This step is not possible now."));
	t.c.state = "closed";
	t.c.note = arena_printf(cx->arena, "%s%s%s: %s", t.c.note == NULL ? "" : t.c.note,
	    t.c.note == NULL ? "" : "\n", day_text(cx, cx->today), u->reason);
	t.c.document = t.c.signer = t.c.sha256 = NULL;
	t.c.document_day = 0;
	t.c.signed_at = 0;
	return kind_rewrite_tx(cx, tx, &contest_kind, &t.c);
}

int
contest_unsign(struct ctx *cx, int64_t contest, int64_t version, const char *reason)
{
	if (reason == NULL || reason[strspn(reason, " \t\r\n")] == '\0')
		fail_field(cx, "reason", N_("Say why the signature is taken back."));
	TRY(fields_rc(cx));
	return db_write(cx, unsign_fn, &(struct unsigning){ contest, version, reason });
}

/* ---- what moved since ---- */

static const json_t *
row_of(const json_t *root, int64_t entry)
{
	const json_t *rows = json_object_get(root, "entries");
	size_t i;

	for (i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);

		if (json_integer_value(json_object_get(row, "entry")) == entry)
			return row;
	}
	return NULL;
}

static void
line(struct ctx *cx, const char **out, size_t *n, const json_t *was, const json_t *is)
{
	const json_t *any = was == NULL ? is : was;
	const char *number = num(cx, json_integer_value(json_object_get(any, "number")));

	if (is == NULL)
		out[(*n)++] = trf(cx, "Entry %s was withdrawn since.", number);
	else if (was == NULL)
		out[(*n)++] = trf(cx, "Entry %s was not in the signed protocol.", number);
	else if (json_equal(json_object_get(was, "place"), json_object_get(is, "place")))
		out[(*n)++] = trf(cx, "Entry %s: points or what is left out changed.", number);
	else
		out[(*n)++] = trf(cx, "Entry %s: place %s when signed, now %s.", number,
		    num(cx, json_integer_value(json_object_get(was, "place"))),
		    num(cx, json_integer_value(json_object_get(is, "place"))));
}

/* Means and ranks follow from the points of all; what was given to this entry is what may have moved. */
static bool
same_row(const json_t *a, const json_t *b)
{
	static const char *const keys[] = { "points", "place", "decided", "nomination",
		"age_group" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(keys); i++)
		if (!json_equal(json_object_get(a, keys[i]), json_object_get(b, keys[i])))
			return false;
	return true;
}

static void
compare(struct ctx *cx, const json_t *was, const json_t *is, const char **out, size_t *n)
{
	const json_t *a = json_object_get(was, "entries"), *b = json_object_get(is, "entries");
	size_t i;

	for (i = 0; i < json_array_size(a); i++) {
		const json_t *row = json_array_get(a, i),
			     *now = row_of(is, json_integer_value(json_object_get(row, "entry")));

		if (now == NULL || !same_row(row, now))
			line(cx, out, n, row, now);
	}
	for (i = 0; i < json_array_size(b); i++)
		if (row_of(was,
			json_integer_value(json_object_get(json_array_get(b, i), "entry"))) == NULL)
			line(cx, out, n, NULL, json_array_get(b, i));
	if (*n == 0 && !json_equal(was, is))
		out[(*n)++] = tr(cx, "The jury, the criteria or the rules of counting changed.");
}

int
contest_protocol_changes(
    struct ctx *cx, const struct contest_table *t, const char ***out, size_t *n)
{
	const char *then, *now;
	json_t *was, *is;
	size_t most;

	*n = 0;
	TRY(contest_protocol_signed(cx, t->c.rec.id, &then));
	TRY(contest_protocol_text(cx, t, &now));
	*out = NULL;
	if (strcmp(then, now) == 0)
		return RC_OK;
	was = json_loads(then, 0, NULL);
	is = json_loads(now, 0, NULL);
	most = json_array_size(json_object_get(was, "entries")) + t->nentries + 2;
	*out = arena_array(cx->arena, const char *, most);
	if (was == NULL || is == NULL)
		(*out)[(*n)++] = tr(cx, "The signed text cannot be read.");
	else
		compare(cx, was, is, *out, n);
	json_decref(was);
	json_decref(is);
	return RC_OK;
}

/* ---- verify ---- */

static int
check_run(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT c.id, c.sha256, p.content, p.sha256 FROM contest c LEFT JOIN contest_protocol "
	    "p ON "
	    "p.contest = c.id AND p.number = (SELECT max(q.number) FROM contest_protocol q WHERE "
	    "q.contest = c.id) WHERE c.state = 'signed' ORDER BY c.id",
	    NO_VALS));
	while (rows_next(&r)) {
		const char *sum = row_text(&r, 1), *text = row_text(&r, 2), *kept = row_text(&r, 3);

		++*records;
		if (text != NULL && sum != NULL && kept != NULL && strcmp(sum, kept) == 0 &&
		    strcmp(sha256_of(cx->arena, text), sum) == 0)
			continue;
		buf_printf(out, "contest %lld: the signed protocol has another digest\n",
		    (long long)row_int(&r, 0));
		++*differences;
	}
	return rows_end(&r);
}

const struct verify_check contest_check = { "protocols", check_run };
