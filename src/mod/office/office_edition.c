/* office_edition.c – the kind of editions, freezing, signing, and the check that nothing was changed
 * behind their back. See office.h. */
#include "mod/office/office.h"

#include "core/setting.h"
#include "kind/internal.h"
#include "figure/report.h"
#include "figure/sets.h"
#include "mod/registry/registry.h"
#include "text/hash.h"

static const struct option edition_states[] = {
	{ "frozen", N_("frozen") },
	{ "signed", N_("signed") },
	{ "withdrawn", N_("withdrawn") },
	{ NULL, NULL },
};

static const struct field edition_fields[] = {
	F_INT(edition, number, .label = N_("Edition number"), .min = 1, .max = INT64_C(1) << 53,
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_UNIQUE, .privacy = PRIV_PUBLIC),
	F_TEXT3(edition, name, .label = N_("Title"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_DAY(edition, from_day, .label = N_("From"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(edition, to_day, .label = N_("To"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(edition, on_day, .label = N_("On the day"), .flags = F_REQUIRED | F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_REF(edition, body, &body_kind, .label = N_("Body"), .flags = F_RULED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(edition, district, &district_kind, .label = N_("District or city"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TIME(edition, known_at, .label = N_("Frozen at"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(edition, state, edition_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(edition, document, .label = N_("Number of the document"), .max = 40,
	    .flags = F_RULED | F_LIST, .privacy = PRIV_PUBLIC),
	F_DAY(edition, document_day, .label = N_("Day of the document"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(edition, signer, .label = N_("Signed by"),
	    .flags = F_RULED | F_LIST | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_TIME(
	    edition, signed_at, .label = N_("Signed at"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_TEXT(edition, reason, .label = N_("Why it was withdrawn"), .max = 500, .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(edition, sha256, .label = N_("Digest (SHA-256)"), .max = 64,
	    .flags = F_REQUIRED | F_RULED, .privacy = PRIV_PUBLIC),
};

/* RULE edition-2: what is only frozen is the secretariat's. */
static void
edition_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_STAFF))
		query_and(q, "edition.state <> 'frozen'", NO_VALS);
}

static bool
edition_open(const void *rec)
{
	const struct edition *e = rec;

	return strcmp(e->state, "frozen") != 0;
}

static struct kind_state edition_state;
const struct kind edition_kind = {
	.name = "edition",
	.plural_name = "editions",
	.label = N_("Edition"),
	.plural = N_("Editions"),
	.size = sizeof(struct edition),
	.fields = edition_fields,
	.nfields = ARRAY_LEN(edition_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_EDITION_FREEZE, /* by edition_freeze() only: every field is ruled */
	.edit = CAP_NOBODY,
	.staff = CAP_STAFF,
	.scope = edition_scope,
	.open = edition_open,
	.path = "/editions/%lld",
	.state = &edition_state,
};

/* ---- the text ---- */

static void
put_text3(struct json *j, const char *key, const struct text3 *t)
{
	json_open(j, key, '{');
	json_str(j, "kk", t->kk);
	json_str(j, "ru", t->ru);
	json_str(j, "en", t->en);
	json_close(j, '}');
}

static int
put_code(struct ctx *cx, struct json *j, const char *key, const char *table, int64_t id)
{
	const char *code = NULL;

	if (id != 0)
		TRY(db_text(cx, &code,
		    arena_printf(cx->arena, "SELECT code FROM %s WHERE id = $1", table),
		    VALS(v_int(id))));
	json_str(j, key, code);
	return RC_OK;
}

static int
content_of(struct ctx *cx, const struct edition *e, const struct ask *a, const char **out)
{
	struct institution in;
	struct json j;
	char day[16], at[32];

	TRY(setting_institution(cx, &in));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_num(&j, "format", 1);
	json_num(&j, "edition", e->number);
	put_text3(&j, "title", &e->name);
	day_iso(a->from, day);
	json_str(&j, "from", day);
	day_iso(a->to, day);
	json_str(&j, "to", day);
	day_iso(a->on, day);
	json_str(&j, "on", day);
	TRY(put_code(cx, &j, "body", "body", a->body));
	TRY(put_code(cx, &j, "district", "district", a->district));
	moment_rfc3339(e->known_at, at);
	json_str(&j, "known", at);
	put_text3(&j, "institution", &in.name);
	json_open(&j, "figures", '[');
	TRY(report_figure_rows(cx, a, &j));
	json_close(&j, ']');
	json_close(&j, '}');
	if (!json_ok(&j))
		return fail(cx, RC_BUG, "%s", "the text of an edition is not whole");
	buf_char(&j.out, '\n');
	*out = j.out.p;
	return RC_OK;
}

/* ---- freezing ---- */

struct freezing {
	const struct ask *ask;
	struct text3 name;
	struct edition *e;
};

static int
keep_records(struct ctx *cx, struct tx *tx, int64_t edition, const struct ask *a)
{
	size_t i;

	for (i = 0; i < figure_count(); i++) {
		const struct figure *f = figure_nth(i);

		if (f->value_cap == CAP_PUBLIC)
			TRY(figure_keep_tx(cx, tx, f, a,
			    arena_printf(cx->arena,
				"INSERT INTO edition_record (edition, figure, rec, amount, dim)"
				" SELECT %lld, '%s',",
				(long long)edition, f->code)));
	}
	return RC_OK;
}

static int
freeze_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct freezing *f = arg;
	struct edition *e = f->e;
	const char *content = NULL;

	kind_empty(&edition_kind, e);
	TRY(db_int(cx, &e->number, "SELECT coalesce(max(number), 0) + 1 FROM edition", NO_VALS));
	e->name = f->name;
	e->from_day = f->ask->from;
	e->to_day = f->ask->to;
	e->on_day = f->ask->on;
	e->body = f->ask->body; /* 0 = INT_NONE for references */
	e->district = f->ask->district;
	e->known_at = cx->now;
	e->state = "frozen";
	TRY(content_of(cx, e, f->ask, &content));
	e->sha256 = sha256_of(cx->arena, content);
	TRY(kind_insert_tx(cx, tx, &edition_kind, e));
	TRY(tx_run(cx, tx, NULL, "INSERT INTO edition_text (edition, content) VALUES ($1, $2)",
	    VALS(v_int(e->rec.id), v_text(content))));
	return keep_records(cx, tx, e->rec.id, f->ask);
}

static struct text3
given_name(struct ctx *cx, const struct ask *a, const char *name)
{
	const char *made[3];
	enum lang l, mine = cx->lang;

	if (name != NULL && *name != '\0')
		return (struct text3){ name, NULL, NULL };
	for (l = LANG_KK; l <= LANG_EN; l++) {
		cx->lang = l;
		made[l] = trf(cx, "Report for %s", day_range(cx, a->from, a->to));
	}
	cx->lang = mine;
	return (struct text3){ made[LANG_KK], made[LANG_RU], made[LANG_EN] };
}

int
edition_freeze(struct ctx *cx, const struct ask *a, const char *name, struct edition *out)
{
	struct freezing f = { a, given_name(cx, a, name), out };

	if (!may(cx, CAP_EDITION_FREEZE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (a->known != 0)
		return fail(cx, RC_RULE, N_("An edition freezes what is known now."));
	return db_write(cx, freeze_fn, &f);
}

int
edition_get(struct ctx *cx, int64_t number, struct edition *out)
{
	int64_t id;
	int rc = db_int(cx, &id, "SELECT id FROM edition WHERE number = $1", VALS(v_int(number)));

	if (rc == RC_NOTFOUND)
		return fail(cx, RC_NOTFOUND, N_("There is no edition %s."), num(cx, number));
	TRY(rc);
	return kind_get(cx, &edition_kind, id, out);
}

int
edition_text(struct ctx *cx, const struct edition *e, const char **out)
{
	return db_text(
	    cx, out, "SELECT content FROM edition_text WHERE edition = $1", VALS(v_int(e->rec.id)));
}

/* ---- signing and withdrawing ---- */

static int
load_number(struct ctx *cx, int64_t number, int64_t version, struct edition *e)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM edition WHERE number = $1", VALS(v_int(number))));
	TRY(kind_load(cx, &edition_kind, id, e));
	if (e->rec.version != version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else changed this record meanwhile. Look at it again."));
	return RC_OK;
}

static int
sign_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct edition_signing *s = arg;
	struct edition e;

	TRY(load_number(cx, s->number, s->version, &e));
	if (strcmp(e.state, "frozen") != 0)
		return fail(cx, RC_RULE, N_("This edition was signed or withdrawn already."));
	e.state = "signed";
	e.document = s->document == NULL || *s->document == '\0' ? NULL : s->document;
	e.document_day = s->document_day == 0 ? cx->today : s->document_day;
	e.signer = s->signer;
	e.signed_at = cx->now;
	return kind_rewrite_tx(cx, tx, &edition_kind, &e);
}

int
edition_sign(struct ctx *cx, const struct edition_signing *s)
{
	if (!may(cx, CAP_EDITION_SIGN))
		return fail(cx, RC_DENIED, N_("Only the head signs an edition."));
	if (s->signer == NULL || *s->signer == '\0')
		fail_field(cx, "signer", N_("Say who signs: office and name."));
	TRY(fields_rc(cx));
	return db_write(cx, sign_fn, (void *)(uintptr_t)s);
}

struct withdrawing {
	int64_t number, version;
	const char *reason;
};

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct withdrawing *w = arg;
	struct edition e;

	TRY(load_number(cx, w->number, w->version, &e));
	if (strcmp(e.state, "withdrawn") == 0)
		return fail(cx, RC_RULE, N_("This edition was withdrawn already."));
	e.state = "withdrawn";
	e.reason = w->reason;
	return kind_rewrite_tx(cx, tx, &edition_kind, &e);
}

int
edition_withdraw(struct ctx *cx, int64_t number, int64_t version, const char *reason)
{
	if (!may(cx, CAP_EDITION_SIGN))
		return fail(cx, RC_DENIED, N_("Only the head withdraws an edition."));
	if (reason == NULL || *reason == '\0')
		fail_field(cx, "reason", N_("Say why the edition is withdrawn."));
	TRY(fields_rc(cx));
	return db_write(cx, withdraw_fn, &(struct withdrawing){ number, version, reason });
}
