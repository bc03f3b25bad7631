/* institution.c – what the institution is called on a day; see institution.h. RULE server-7 */
#include "core/institution.h"

#include "base/utf8.h"
#include "core/files.h"
#include "kind/kind.h"

enum { NAME_MAX_CHARS = 200, REGION_MAX_CHARS = 120 };

/* As the settings say, whatever the day. */
static int
settled(struct ctx *cx, struct institution *out)
{
	struct institution in = { { "", "", "" }, { "", "", "" }, "", "", "", "", 0 };
	const struct {
		const char *name, **slot;
	} slots[] = {
		{ "institution_kk", &in.name.kk },
		{ "institution_ru", &in.name.ru },
		{ "institution_en", &in.name.en },
		{ "region_kk", &in.region.kk },
		{ "region_ru", &in.region.ru },
		{ "region_en", &in.region.en },
		{ "address", &in.address },
		{ "phone", &in.phone },
		{ "email", &in.email },
		{ "site", &in.site },
	};
	AUTO_ROWS r = { 0 };
	size_t i;

	TRY(db_rows(cx, &r, "SELECT name, value FROM setting", NO_VALS));
	while (rows_next(&r)) {
		struct slice name = row_slice(&r, 0);

		for (i = 0; i < ARRAY_LEN(slots); i++)
			if (slice_is(name, slots[i].name))
				*slots[i].slot = row_text(&r, 1);
	}
	TRY(rows_end(&r));
	*out = in;
	return RC_OK;
}

int
setting_institution_on(struct ctx *cx, int day, struct institution *out)
{
	AUTO_ROWS r = { 0 };

	TRY(settled(cx, out));
	TRY(db_rows(cx, &r,
	    "SELECT name_kk, name_ru, name_en, region_kk, region_ru, region_en,"
	    " (SELECT p.id FROM institution_period p WHERE p.since <= $1 AND p.logo IS NOT NULL"
	    " ORDER BY p.since DESC LIMIT 1)"
	    " FROM institution_period WHERE since <= $1 ORDER BY since DESC LIMIT 1",
	    VALS(v_int(day))));
	if (rows_next(&r)) {
		out->name = (struct text3){ row_text(&r, 0), row_text(&r, 1), row_text(&r, 2) };
		out->region = (struct text3){ row_text(&r, 3), row_text(&r, 4), row_text(&r, 5) };
		out->logo = row_int(&r, 6);
	}
	return rows_end(&r);
}

int
setting_institution(struct ctx *cx, struct institution *out)
{
	return setting_institution_on(cx, cx->today != 0 ? cx->today : day_of_moment(cx->now), out);
}

/* ---- the list ---- */

int
institution_periods(struct ctx *cx, struct institution_period **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	enum { MOST = 50 };

	*n = 0;
	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this."));
	*out = arena_array(cx->arena, struct institution_period, MOST);
	TRY(db_rows(cx, &r,
	    "SELECT id, since, name_kk, name_ru, name_en, region_kk, region_ru, region_en,"
	    " CASE WHEN logo IS NULL THEN 0 ELSE 1 END FROM institution_period ORDER BY since DESC"
	    " LIMIT $1",
	    VALS(v_int(MOST))));
	while (*n < MOST && rows_next(&r))
		(*out)[(*n)++] = (struct institution_period){ .id = row_int(&r, 0),
			.since = (int)row_int(&r, 1),
			.name = { row_text(&r, 2), row_text(&r, 3), row_text(&r, 4) },
			.region = { row_text(&r, 5), row_text(&r, 6), row_text(&r, 7) },
			.has_logo = row_int(&r, 8) != 0 };
	return rows_end(&r);
}

static void
check_text(struct ctx *cx, const char *field, const char *s, int most, bool needed)
{
	size_t i, n = strlen(s);

	if (n == 0 && needed)
		fail_field(cx, field, N_("This must be filled in."));
	else if (!utf8_valid(s, n))
		fail_field(cx, field, N_("The text is broken: it is not valid UTF-8."));
	else if ((int64_t)utf8_len(s) > most)
		fail_field(cx, field, N_("The text is too long: at most %s characters, now %s."),
		    num(cx, most), num(cx, (int64_t)utf8_len(s)));
	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20) {
			fail_field(
			    cx, field, N_("The text holds characters that cannot be shown."));
			return;
		}
}

struct put {
	const struct institution_put *in;
	const char *media;
	int64_t id;
};

static int
raise_all(struct ctx *cx, struct tx *tx, const char *action, int64_t id)
{

	tx_touch_all(tx);
	return audit_tx(cx, tx, action, "institution_period", id, NULL);
}

static int
put_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct put *p = arg;
	const struct institution_put *in = p->in;
	struct val none = { .t = V_BLOB, .null = true };
	int rc = tx_int(cx, tx, &p->id,
	    "INSERT INTO institution_period (since, name_kk, name_ru, name_en, region_kk, "
	    "region_ru,"
	    " region_en, logo, logo_media, made_at, made_by)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
	    VALS(v_int(in->since), v_text(in->name.kk), v_text(in->name.ru), v_text(in->name.en),
		v_text(in->region.kk), v_text(in->region.ru), v_text(in->region.en),
		in->logo.n > 0 ? v_blob(in->logo) : none, v_text(p->media), v_int(cx->now),
		v_int(cx->actor->account)));

	if (rc == RC_EXISTS) {
		err_clear(cx);
		fail_field(cx, "since", N_("A name begins on this day already."));
		return fields_rc(cx);
	}
	TRY(rc);
	return raise_all(cx, tx, "create", p->id);
}

int
institution_add(struct ctx *cx, const struct institution_put *in, int64_t *id)
{
	struct put p = { .in = in };

	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (!day_valid(in->since))
		fail_field(cx, "since", N_("This must be filled in."));
	check_text(cx, "name_kk", in->name.kk, NAME_MAX_CHARS, true);
	check_text(cx, "name_ru", in->name.ru, NAME_MAX_CHARS, true);
	check_text(cx, "name_en", in->name.en, NAME_MAX_CHARS, false);
	check_text(cx, "region_kk", in->region.kk, REGION_MAX_CHARS, false);
	check_text(cx, "region_ru", in->region.ru, REGION_MAX_CHARS, false);
	check_text(cx, "region_en", in->region.en, REGION_MAX_CHARS, false);
	if (in->logo.n > 0) {
		p.media = files_sniff(in->logo);
		if (p.media == NULL || strncmp(p.media, "image/", 6) != 0)
			fail_field(cx, "logo", N_("A logo is a PNG, WebP or JPEG picture."));
		else if (in->logo.n > INSTITUTION_LOGO_MAX)
			fail_field(cx, "logo", N_("A logo has at most %s kB."),
			    num(cx, INSTITUTION_LOGO_MAX / 1024));
	}
	TRY(fields_rc(cx));
	TRY(db_write(cx, put_fn, &p));
	*id = p.id;
	return RC_OK;
}

static int
remove_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;
	int64_t gone;

	TRY(tx_run(
	    cx, tx, &gone, "DELETE FROM institution_period WHERE id = $1", VALS(v_int(*id))));
	if (gone == 0)
		return fail(cx, RC_NOTFOUND, N_("There is no such record."));
	return raise_all(cx, tx, "delete", *id);
}

int
institution_remove(struct ctx *cx, int64_t id)
{
	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, remove_fn, &id);
}

int
institution_logo(struct ctx *cx, int64_t id, struct slice *out, const char **media)
{
	AUTO_ROWS r = { 0 };
	struct slice s;
	bool found;

	TRY(db_rows(cx, &r,
	    "SELECT logo, logo_media FROM institution_period WHERE id = $1 AND logo IS NOT NULL",
	    VALS(v_int(id))));
	found = rows_next(&r);
	if (found) {
		s = row_slice(&r, 0);
		*out = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
		*media = row_text(&r, 1);
	}
	TRY(rows_end(&r));
	return found ? RC_OK : fail(cx, RC_NOTFOUND, N_("There is no such picture."));
}
