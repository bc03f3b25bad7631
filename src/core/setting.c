/* setting.c – the table of settings and their values; see setting.h. */
#include "base/utf8.h"
#include "core/setting.h"
#include "kind/kind.h"

const struct setting settings[] = {
	{ "institution_kk", N_("Institution, in Kazakh"),
	    N_("Shown at the head and foot of every page."), 200, "" },
	{ "institution_ru", N_("Institution, in Russian"), "", 200, "" },
	{ "institution_en", N_("Institution, in English"), "", 200, "" },
	{ "region_kk", N_("Region, in Kazakh"), "", 120, "" },
	{ "region_ru", N_("Region, in Russian"), "", 120, "" },
	{ "region_en", N_("Region, in English"), "", 120, "" },
	{ "address", N_("Address"), "", 300, "" },
	{ "phone", N_("Telephone"), "", 60, "tel" },
	{ "email", N_("E-mail"), "", 120, "email" },
	{ "site", N_("Web site"), "", 200, "url" },
	{ "business_day", N_("Business day"),
	    N_("The day that all figures take for today. Empty: the real day. The pages say so "
	       "when it is pinned."),
	    10, "day" },
	{ "backup_keep", N_("Nightly backups that are kept"),
	    N_("Each night after two o'clock a backup is made and proved. Empty: 7. 0: none are "
	       "made."),
	    3, "number" },
	{ "keep_attendance", N_("Months to keep who came to an event"),
	    N_("After the end of the year and so many months more only the number of people stays. "
	       "Proposed: 12. Empty: for good."),
	    4, "number" },
	{ "keep_contacts", N_("Months to keep contacts after the last membership"),
	    N_("Then only the name stays. Proposed: 60. Empty: for good."), 4, "number" },
	{ "keep_reads", N_("Months to keep the log of sensitive reads"),
	    N_("Proposed: 12. Empty: for good."), 4, "number" },
	{ "keep_sessions", N_("Months to keep sign-ins that have ended"),
	    N_("Proposed: 12. Empty: for good."), 4, "number" },
	{ NULL, NULL, NULL, 0, NULL },
};

const struct setting *
setting_find(const char *name)
{
	const struct setting *s;

	for (s = settings; s->name != NULL; s++)
		if (name != NULL && strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

static int
stored(struct ctx *cx, const char *name, const char **out)
{
	int rc = db_text(cx, out, "SELECT value FROM setting WHERE name = $1", VALS(v_text(name)));

	if (rc == RC_NOTFOUND)
		*out = "";
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
setting_get(struct ctx *cx, const char *name, const char **out)
{
	if (setting_find(name) == NULL)
		return fail(cx, RC_BUG, "no such setting: %s", name);
	return stored(cx, name, out);
}

/* ---- changing ---- */

static const char *
trimmed(struct ctx *cx, const char *s)
{
	size_t n;

	while (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
		s++;
	for (n = strlen(s); n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL; n--)
		;
	return arena_strn(cx->arena, s, n);
}

/* NULL = good, else a msgid. */
static const char *
form_error(const struct setting *s, const char *value)
{
	const char *at;
	int64_t n;

	if (strcmp(s->form, "number") == 0)
		return num_parse(value, &n) && n >= 0 ? NULL : N_("Write a whole number.");
	if (strcmp(s->form, "email") == 0) {
		at = strchr(value, '@');
		if (at == NULL || at == value || strchr(at + 1, '.') == NULL ||
		    strpbrk(value, " ,;<>") != NULL)
			return N_("This is not an e-mail address.");
	}
	if (strcmp(s->form, "url") == 0 &&
	    ((strncmp(value, "https://", 8) != 0 && strncmp(value, "http://", 7) != 0) ||
		strpbrk(value, " \"<>") != NULL))
		return N_("A web address begins with https:// or http://.");
	if (strcmp(s->form, "tel") == 0 && strspn(value, "0123456789+-() ,") != strlen(value))
		return N_("A telephone number is made of digits, spaces and + - ( ).");
	return NULL;
}

static void
check_value(struct ctx *cx, const struct setting *s, const char **value)
{
	size_t n = strlen(*value), i;
	const char *why;
	char iso[16];
	int day;

	if (!utf8_valid(*value, n)) {
		fail_field(cx, s->name, N_("The text is broken: it is not valid UTF-8."));
		return;
	}
	if (n == 0)
		return;
	if (strcmp(s->form, "day") == 0) {
		if (!day_parse(*value, &day))
			fail_field(cx, s->name,
			    N_("There is no such day: “%s”. Write it as 15.11.2024."), *value);
		else
			*value = (day_iso(day, iso), arena_str(cx->arena, iso));
		return;
	}
	for (i = 0; i < n; i++)
		if ((unsigned char)(*value)[i] < 0x20) {
			fail_field(
			    cx, s->name, N_("The text holds characters that cannot be shown."));
			return;
		}
	if ((int64_t)utf8_len(*value) > s->max)
		fail_field(cx, s->name, N_("The text is too long: at most %s characters, now %s."),
		    num(cx, s->max), num(cx, (int64_t)utf8_len(*value)));
	else if ((why = form_error(s, *value)) != NULL)
		fail_field(cx, s->name, "%s", tr(cx, why));
}

struct change_to {
	const char *name, *value;
};

static int
set_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct change_to *c = arg;
	const char *now;
	unsigned k;

	TRY(stored(cx, c->name, &now));
	if (strcmp(now, c->value) == 0)
		return RC_OK;
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO setting (name, value, changed_at) VALUES ($1, $2, $3)"
	    " ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = "
	    "excluded.changed_at",
	    VALS(v_text(c->name), v_text(c->value), v_int(cx->now))));
	for (k = 0; k < 64; k++)
		tx_touch(tx, k);
	return audit_tx(cx, tx, "update", "setting", 0, c->name);
}

int
setting_set(struct ctx *cx, const char *name, const char *value)
{
	const struct setting *s = setting_find(name);
	struct change_to c = { .name = name, .value = trimmed(cx, value == NULL ? "" : value) };

	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (s == NULL)
		return fail(cx, RC_NOTFOUND, N_("There is no such setting."));
	check_value(cx, s, &c.value);
	TRY(fields_rc(cx));
	return db_write(cx, set_fn, &c);
}

/* ---- reading together ---- */

int
setting_business_day(struct ctx *cx, int *day, bool *pinned)
{
	const char *value;
	int d;

	TRY(stored(cx, "business_day", &value));
	*pinned = day_parse(value, &d);
	*day = *pinned ? d : day_of_moment(cx->now);
	return RC_OK;
}

int
setting_institution(struct ctx *cx, struct institution *out)
{
	struct institution in = { { "", "", "" }, { "", "", "" }, "", "", "", "" };
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
