/* challenge_reads.c – what everybody sees of entries: shown ones alone, of minors the given name alone. This is
 * the only door to them for the public; kinds and lists are for staff. RULE challenge-1, challenge-6. */
#include "mod/challenge/challenge_inner.h"

#include <string.h>

static const char *
public_name(struct ctx *cx, const char *surname, const char *given, bool minor)
{
	return minor || surname == NULL ? given : arena_printf(cx->arena, "%s %s", surname, given);
}

static const char *
host_of(struct arena *a, const char *link)
{
	const char *p = strstr(link, "://");

	p = p == NULL ? link : p + 3;
	return arena_strn(a, p, strcspn(p, "/?#"));
}

int
challenge_shown(struct ctx *cx, const struct challenge_want *w,
    struct challenge_shown out[CHALLENGE_PAGE], size_t *n, bool *more)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	*more = false;
	TRY(db_rows(cx, &r,
	    "SELECT id, surname, given, minor, work, link, network, lang, entered_on FROM "
	    "challenge_entry WHERE challenge = $1 AND state = 'shown' AND given IS NOT NULL AND "
	    "link IS NOT NULL AND ($2 = '' OR network = $2) AND ($3 = '' OR lang = $3) AND ($4 = 0 "
	    "OR id < $4) ORDER BY id DESC LIMIT 31",
	    VALS(v_int(w->challenge), v_text(w->network), v_text(w->lang), v_int(w->before))));
	while (rows_next(&r)) {
		struct challenge_shown *s;

		if (*n == CHALLENGE_PAGE) {
			*more = true;
			continue;
		}
		s = &out[(*n)++];
		s->id = row_int(&r, 0);
		s->name = public_name(cx, row_text(&r, 1), row_text(&r, 2), row_int(&r, 3) != 0);
		s->work = row_text(&r, 4);
		s->link = row_text(&r, 5);
		s->host = host_of(cx->arena, s->link);
		s->network = row_text(&r, 6);
		s->lang = row_text(&r, 7);
		s->day = (int)row_int(&r, 8);
	}
	return rows_end(&r);
}

int
challenge_counts(struct ctx *cx, int64_t challenge, bool lang, int64_t out[CHALLENGE_CODES])
{
	const struct option *o = lang ? challenge_langs : challenge_networks;
	AUTO_ROWS r = { 0 };
	size_t i;

	memset(out, 0, CHALLENGE_CODES * sizeof *out);
	TRY(db_rows(cx, &r,
	    lang ? "SELECT lang, count(*) FROM challenge_entry WHERE challenge = $1 AND state = "
		   "'shown' GROUP BY lang"
		 : "SELECT network, count(*) FROM challenge_entry WHERE challenge = $1 AND state = "
		   "'shown' GROUP BY network",
	    VALS(v_int(challenge))));
	while (rows_next(&r)) {
		const char *code = row_text(&r, 0);

		for (i = 0; i < CHALLENGE_CODES && o[i].code != NULL; i++)
			if (strcmp(o[i].code, code) == 0)
				out[i] = row_int(&r, 1);
	}
	return rows_end(&r);
}

int
challenge_waiting(struct ctx *cx, int64_t challenge, int64_t *n)
{
	return db_int(cx, n,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM challenge_entry WHERE state = 'waiting' AND given IS NOT "
		"NULL AND ($1 = 0 OR challenge = $1)%s",
		challenge_own_entries(cx)),
	    VALS(v_int(challenge)));
}
