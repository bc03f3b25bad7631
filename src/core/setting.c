/* setting.c – the table of settings and their values; see setting.h. RULE server-6 */
#include "base/utf8.h"
#include "core/second.h"
#include "core/setting.h"
#include "kind/kind.h"

const struct setting_group setting_groups[] = {
	{ "institution", N_("Institution"),
	    N_("Shown at the head and foot of every page and on what is printed.") },
	{ "contacts", N_("Contacts"), "" },
	{ "time", N_("Time and day"),
	    N_("Hours are those of Kazakhstan: UTC+5, one zone since 1 March 2024.") },
	{ "backup", N_("Backups"), "" },
	{ "retention", N_("How long data are kept"), "" },
	{ "access", N_("Access"), "" },
	{ "mail", N_("Mail"), "" },
	{ "sizes", N_("Sizes"), "" },
	{ "relief", N_("Evacuation centres and kitchens"),
	    N_("Thresholds below which a centre is marked red. Empty: the Sphere Handbook of "
	       "2018.") },
	{ "comments", N_("Comments of readers"), "" },
	{ "other", N_("Other"), "" },
	{ NULL, NULL, NULL },
};

/* clang-format off: a row a setting */
const struct setting settings[] = {
	{ "institution_kk", N_("Institution, in Kazakh"),
	    N_("If the name changes, leave this one and note the new one with its day below."), 200,
	    "", "institution", 0, 0 },
	{ "institution_ru", N_("Institution, in Russian"), "", 200, "", "institution", 0, 0 },
	{ "institution_en", N_("Institution, in English"), "", 200, "", "institution", 0, 0 },
	{ "region_kk", N_("Region, in Kazakh"), "", 120, "", "institution", 0, 0 },
	{ "region_ru", N_("Region, in Russian"), "", 120, "", "institution", 0, 0 },
	{ "region_en", N_("Region, in English"), "", 120, "", "institution", 0, 0 },
	{ "address", N_("Address"), "", 300, "", "contacts", 0, 0 },
	{ "phone", N_("Telephone"), "", 60, "tel", "contacts", 0, 0 },
	{ "email", N_("E-mail"), "", 120, "email", "contacts", 0, 0 },
	{ "site", N_("Web site"), "", 200, "url", "contacts", 0, 0 },
	{ "business_day", N_("Business day"),
	    N_("The day that all figures take for today. Empty: the real day. The pages say so "
	       "when it is pinned."),
	    10, "day", "time", 0, 0 },
	{ "day_start", N_("Hour at which a business day begins"),
	    N_("What happens after midnight belongs to the day before until this hour. Empty: 0."),
	    2, "number", "time", 0, 6 },
	{ "backup_keep", N_("Nightly backups that are kept"),
	    N_("Each night after two o'clock a backup is made and proved. Empty: 7. 0: none are "
	       "made."),
	    3, "number", "backup", 0, 400 },
	{ "report_days", N_("Days until the report of an event is due"),
	    N_("So many days after its last day an event without a report stands among the tasks "
	       "of "
	       "its leader, a week later among the secretariat's. Empty: 1, the next day."),
	    2, "number", "time", 1, 60 },
	{ "file_mb", N_("Largest file of evidence, in megabytes"),
	    N_("Empty: 20, which is the most."), 2, "number", "sizes", 1, 20 },
	{ "second_factor", N_("Roles that must have a second factor"),
	    N_("Codes of roles with spaces between, e.g. “admin head”. Until it is on such a role "
	       "opens nothing. Empty: everybody chooses."),
	    60, "roles", "access", 0, 0 },
	{ "mail_server", N_("Mail server"),
	    N_("smtp://mail.example.kz:587 or smtps://…; empty: no e-mail is sent. The password "
	       "stands "
	       "in the server's environment, SHANYRAQ_MAIL_PASSWORD."),
	    200, "mail", "mail", 0, 0 },
	{ "mail_from", N_("Sender of e-mail"), N_("The address that letters come from."), 120,
	    "email", "mail", 0, 0 },
	{ "mail_user", N_("User of the mail server"), N_("Empty: none is needed."), 120, "", "mail",
	    0, 0 },
	{ "sign_ins_kept", N_("Days that sign-ins are kept"),
	    N_("When, how and with which kind of device somebody signed in. Empty: 180. At least "
	       "30."),
	    4, "number", "retention", 30, 3660 },
	{ "keep_attendance", N_("Months to keep who came to an event"),
	    N_("After the end of the year and so many months more only the number of people stays. "
	       "Proposed: 12. Empty: for good."),
	    4, "number", "retention", 0, 1200 },
	{ "keep_contacts", N_("Months to keep contacts after the last membership"),
	    N_("Then only the name stays. Proposed: 60. Empty: for good."), 4, "number",
	    "retention", 0, 1200 },
	{ "keep_reads", N_("Months to keep the log of sensitive reads"),
	    N_("Proposed: 12. Empty: for good."), 4, "number", "retention", 0, 1200 },
	{ "keep_signups",
	    N_("Months to keep sign-ups and members of camps after the event, entries after the "
	       "challenge"),
	    N_("Then only the number of seats stays. Proposed: 12. Empty: for good."), 4, "number",
	    "retention", 0, 1200 },
	{ "keep_relief",
	    N_("Months to keep the data of families and volunteers after a relief headquarters "
	       "closes"),
	    N_("Names, telephones and places of those who asked; what was needed and brought stays "
	       "counted. Proposed: 36. Empty: for good."),
	    4, "number", "retention", 0, 1200 },
	{ "keep_families", N_("Months to keep names of families after the last help"),
	    N_("Then only what is counted stays. Proposed: 36. Empty: for good."), 4, "number",
	    "retention", 0, 1200 },
	{ "keep_charity_money",
	    N_("Months to keep names of families that got money, and of donors"),
	    N_("Proposed: 60, as papers of accounting are kept. Empty: for good."), 4, "number",
	    "retention", 0, 1200 },
	{ "keep_comments", N_("Months to keep name and text of comments that are not shown"),
	    N_("After the refusal, or after they came where nobody decided; then only the reason "
	       "and the days stay. Proposed: 12. Empty: for good."),
	    4, "number", "retention", 0, 1200 },
	{ "keep_pages", N_("Months to keep imported pages that no article stands on"),
	    N_("After they came in, or after the draft was taken back; then the page and its "
	       "address go. Proposed: 3. Empty: for good."),
	    4, "number", "retention", 0, 1200 },
	{ "keep_sessions", N_("Months to keep sign-ins that have ended"),
	    N_("Proposed: 12. Empty: for good."), 4, "number", "retention", 0, 1200 },
	{ "feed_minutes", N_("Minutes between two looks into a feed of a media outlet"),
	    N_("The server then asks other servers by itself, each feed no more often. Empty: it "
	       "asks none."),
	    4, "number", "other", 15, 1440 },
	{ "feed_keywords", N_("Words to look for in feeds"),
	    N_("With commas between, beside the names of bodies and programmes; in any script and "
	       "case. Empty: the assembly, the House of Friendship, associations."),
	    1000, "", "other", 0, 0 },
	{ "sphere_space", N_("Covered space for one person, in hundredths of m²"),
	    N_("Empty: 350, which is 3.5 m² (Sphere). In the cold 450–550."), 4, "number", "relief",
	    50, 5000 },
	{ "sphere_water", N_("Litres of water for one person and day"), N_("Empty: 15 (Sphere)."),
	    3, "number", "relief", 1, 200 },
	{ "sphere_kcal", N_("Energy of food for one person and day, kcal"),
	    N_("Empty: 2100 (Sphere)."), 4, "number", "relief", 500, 6000 },
	{ "sphere_toilet", N_("People for one toilet"), N_("Empty: 20 (Sphere)."), 3, "number",
	    "relief", 1, 200 },
	{ "sphere_toilet_first", N_("People for one toilet in the first days"),
	    N_("Empty: 50 (Sphere)."), 3, "number", "relief", 1, 500 },
	{ "sphere_first_days", N_("How many days of a headquarters are its first days"),
	    N_("Empty: 7."), 2, "number", "relief", 1, 60 },
	{ "norm_days", N_("Days for which a centre should have supplies"), N_("Empty: 3."), 2,
	    "number", "relief", 1, 60 },
	{ "wall_stale", N_("Minutes after which the wall calls its data old"), N_("Empty: 30."), 4,
	    "number", "relief", 2, 1440 },
	{ "hot_food_min", N_("Hot food is handed out at no less than, °C"),
	    N_("Empty: 60 (World Health Organization, Five Keys to Safer Food, 2006)."), 2,
	    "number", "relief", 30, 99 },
	{ "comment_days", N_("Days after publication in which comments are taken"),
	    N_("Empty: 90. 0: none are taken."), 4, "number", "comments", 0, 3660 },
	{ "comment_a_day", N_("Comments a day from one address under one article"),
	    N_("Empty: 10. In all articles together twenty more."), 3, "number", "comments", 1,
	    500 },
	{ "comment_ban", N_("Days that a banned sender cannot write"), N_("Empty: 30."), 4,
	    "number", "comments", 1, 3660 },
	{ "comment_stop", N_("Words at which a comment is marked"),
	    N_("With spaces between, in any of the three languages; endings and scripts do not "
	       "matter. A marked comment always waits for the moderator."),
	    4000, "", "comments", 0, 0 },
	{ "comment_discord", N_("Words that may incite discord"),
	    N_("Marked in red. Written as the list above."), 4000, "", "comments", 0, 0 },
	{ NULL, NULL, NULL, 0, NULL, NULL, 0, 0 },
};
/* clang-format on */

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

int
setting_number(struct ctx *cx, const char *name, int64_t otherwise, int64_t *out)
{
	const char *text;

	TRY(setting_get(cx, name, &text));
	if (*text == '\0' || !num_parse(text, out))
		*out = otherwise;
	return RC_OK;
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
	if (strcmp(s->form, "mail") == 0 &&
	    ((strncmp(value, "smtp://", 7) != 0 && strncmp(value, "smtps://", 8) != 0) ||
		strpbrk(value, " \"<>@?#") != NULL))
		return N_("A mail server begins with smtp:// or smtps:// and names no user.");
	if (strcmp(s->form, "roles") == 0)
		return second_roles_error(value);
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
	int64_t number;
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
	else if (s->most > 0 && num_parse(*value, &number) &&
		 (number < s->least || number > s->most))
		fail_field(cx, s->name, N_("Write a number from %s to %s."), num(cx, s->least),
		    num(cx, s->most));
}

struct change_to {
	const char *name, *value;
};

/* What a history may show of it. */
static const char *
told(const char *name, const char *value)
{
	const struct setting *s = setting_find(name);

	return s != NULL && strcmp(s->form, "secret") == 0 ? "" : value;
}

static int
set_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct change_to *c = arg;
	const char *now;

	TRY(stored(cx, c->name, &now));
	if (strcmp(now, c->value) == 0)
		return RC_OK;
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO setting (name, value, changed_at) VALUES ($1, $2, $3)"
	    " ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = "
	    "excluded.changed_at",
	    VALS(v_text(c->name), v_text(c->value), v_int(cx->now))));
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO setting_change (name, old, new, at, account) VALUES ($1, $2, $3, $4, $5)",
	    VALS(v_text(c->name), v_text(told(c->name, now)), v_text(told(c->name, c->value)),
		v_int(cx->now), v_int(cx->actor->account))));
	tx_touch_all(tx);
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
	int64_t hours;
	int d;

	TRY(stored(cx, "business_day", &value));
	*pinned = day_parse(value, &d);
	if (*pinned) {
		*day = d;
		return RC_OK;
	}
	TRY(setting_number(cx, "day_start", 0, &hours));
	*day = day_of_moment(cx->now - hours * 3600 * US_PER_SECOND);
	return RC_OK;
}

int
setting_changes(struct ctx *cx, int limit, struct setting_change **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this."));
	*out = arena_array(cx->arena, struct setting_change, limit);
	TRY(db_rows(cx, &r,
	    "SELECT c.id, c.at, c.name, c.old, c.new, a.name, c.undone, coalesce(s.value, ''),"
	    " (SELECT max(l.id) FROM setting_change l WHERE l.name = c.name)"
	    " FROM setting_change c LEFT JOIN account a ON a.id = c.account"
	    " LEFT JOIN setting s ON s.name = c.name ORDER BY c.id DESC LIMIT $1",
	    VALS(v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r)) {
		struct setting_change *c = &(*out)[(*n)++];
		const struct setting *s;

		*c = (struct setting_change){ .id = row_int(&r, 0),
			.at = row_int(&r, 1),
			.name = row_text(&r, 2),
			.old = row_text(&r, 3),
			.now = row_text(&r, 4),
			.who = row_null(&r, 5) ? "" : row_text(&r, 5),
			.undone = !row_null(&r, 6) };
		s = setting_find(c->name);
		c->undoable = !c->undone && s != NULL && strcmp(s->form, "secret") != 0 &&
			      row_int(&r, 8) == c->id && slice_is(row_slice(&r, 7), c->now);
	}
	return rows_end(&r);
}

struct undo {
	int64_t id;
	struct change_to back;
	const char *now;
};

static int
undo_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct undo *u = arg;
	const char *now;

	TRY(stored(cx, u->back.name, &now));
	if (strcmp(now, u->now) != 0)
		return fail(cx, RC_CONFLICT, N_("This setting was changed again since."));
	TRY(set_fn(cx, tx, &u->back));
	return tx_run(cx, tx, NULL, "UPDATE setting_change SET undone = $1 WHERE id = $2",
	    VALS(v_int(cx->now), v_int(u->id)));
}

int
setting_undo(struct ctx *cx, int64_t change)
{
	AUTO_ROWS r = { 0 };
	struct undo u = { .id = change };
	const struct setting *s;

	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(db_rows(cx, &r,
	    "SELECT name, old, new FROM setting_change WHERE id = $1 AND undone IS NULL",
	    VALS(v_int(change))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(cx, RC_NOTFOUND, N_("There is no such change."));
	}
	u.back = (struct change_to){ row_text(&r, 0), row_text(&r, 1) };
	u.now = row_text(&r, 2);
	TRY(rows_end(&r));
	s = setting_find(u.back.name);
	if (s == NULL || strcmp(s->form, "secret") == 0)
		return fail(cx, RC_NOTFOUND, N_("There is no such change."));
	return db_write(cx, undo_fn, &u);
}
