/* sign_in_log.c – see sign_in_log.h. */
#include "core/sign_in_log.h"

#include <stdio.h>

#include "core/inner.h"
#include "core/setting.h"

const struct option sign_in_outcomes[] = {
	{ "ok", N_("signed in") },
	{ "wrong", N_("not let in") },
	{ "locked", N_("not let in, then a wait") },
	{ "closed", N_("not let in: the account is closed") },
	{ NULL, NULL },
};
const struct option sign_in_hows[] = {
	{ "password", N_("password") },
	{ "code", N_("password and a code of the device") },
	{ "recovery", N_("password and a recovery code") },
	{ "reset", N_("code for a new password") },
	{ NULL, NULL },
};

/* ---- the kind of device ---- */

/* What stands earlier is meant first: every browser also names those it wants to be taken for. */
static const struct {
	const char *mark, *name;
} browsers[] = {
	{ "YaBrowser/", "Yandex Browser" },
	{ "Edg/", "Edge" },
	{ "EdgA/", "Edge" },
	{ "OPR/", "Opera" },
	{ "SamsungBrowser/", "Samsung Internet" },
	{ "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" },
	{ "CriOS/", "Chrome" },
	{ "Chrome/", "Chrome" },
	{ "Safari/", "Safari" },
	{ "curl/", "curl" },
};
static const struct {
	const char *mark, *name;
} systems[] = {
	{ "Android", "Android" },
	{ "iPhone", "iPhone" },
	{ "iPad", "iPad" },
	{ "Windows", "Windows" },
	{ "Mac OS X", "Mac" },
	{ "CrOS", "ChromeOS" },
	{ "Linux", "Linux" },
};

const char *
device_of_agent(const char *agent, char out[41])
{
	const char *browser = NULL, *system = NULL;
	size_t i;

	for (i = 0; agent != NULL && browser == NULL && i < ARRAY_LEN(browsers); i++)
		if (strstr(agent, browsers[i].mark) != NULL)
			browser = browsers[i].name;
	for (i = 0; agent != NULL && system == NULL && i < ARRAY_LEN(systems); i++)
		if (strstr(agent, systems[i].mark) != NULL)
			system = systems[i].name;
	snprintf(out, 41, "%s%s%s", browser == NULL ? "" : browser,
	    browser != NULL && system != NULL ? ", " : "", system == NULL ? "" : system);
	return out;
}

/* ---- writing and reading ---- */

int
sign_in_note_tx(
    struct ctx *cx, struct tx *tx, const struct client *c, const char *outcome, const char *how)
{
	return tx_run(cx, tx, NULL,
	    "INSERT INTO sign_in (account, at, outcome, how, device, place) VALUES ($1, $2, $3, "
	    "$4, "
	    "$5, $6)",
	    VALS(v_int(c->account), v_int(cx->now), v_text(outcome), v_text(how),
		v_text(c->device == NULL ? "" : c->device), v_text(c->place)));
}

int
sign_in_log(struct ctx *cx, int64_t account, int limit, struct sign_in_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	size_t have = 0;

	TRY(own_or_users(cx, account));
	*out = arena_array(cx->arena, struct sign_in_row, limit < 1 ? 1 : limit);
	TRY(db_rows(cx, &r,
	    "SELECT s.at, s.outcome, s.how, s.device, (SELECT count(*) FROM sign_in o WHERE "
	    "o.account = s.account AND o.place = s.place AND o.outcome = 'ok' AND o.id < s.id)"
	    " FROM sign_in s WHERE s.account = $1 ORDER BY s.id DESC LIMIT $2",
	    VALS(v_int(account), v_int(limit))));
	while ((int)have < limit && rows_next(&r)) {
		const char *outcome = row_text(&r, 1);

		(*out)[have++] = (struct sign_in_row){ .at = row_int(&r, 0),
			.outcome = outcome,
			.how = row_text(&r, 2),
			.device = row_text(&r, 3),
			.new_place = row_int(&r, 4) == 0 && strcmp(outcome, "ok") == 0 };
	}
	*n = have;
	return rows_end(&r);
}

/* ---- the term ---- */

static int
purge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	TRY(tx_run(cx, tx, NULL, "DELETE FROM sign_in WHERE at < $1",
	    VALS(v_int(cx->now - *(const int64_t *)arg * US_PER_DAY))));
	return tx_run(cx, tx, NULL, "DELETE FROM sign_in_wait WHERE failed_at < $1",
	    VALS(v_int(cx->now - PLACE_FORGET_US)));
}

int
sign_in_log_purge(struct ctx *cx)
{
	const char *value;
	int64_t days, n;

	TRY(setting_get(cx, "sign_ins_kept", &value));
	if (!num_parse(value, &days))
		days = SIGN_INS_DAYS;
	if (days < SIGN_INS_DAYS_MIN)
		days = SIGN_INS_DAYS_MIN;
	TRY(db_int(cx, &n,
	    "SELECT (SELECT count(*) FROM sign_in WHERE at < $1) + (SELECT count(*) FROM "
	    "sign_in_wait WHERE failed_at < $2)",
	    VALS(v_int(cx->now - days * US_PER_DAY), v_int(cx->now - PLACE_FORGET_US))));
	return n == 0 ? RC_OK : db_write(cx, purge_fn, &days);
}
