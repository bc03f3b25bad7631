/* door_cut.c – scans without the people they were about: when somebody is erased, and when the term of an
 * event's attendances is over. What is counted stays: that somebody came, when, at which door. RULE door-9
 *
 * A subject that named a person gets a word drawn at random, the same in scans and pass, so that verify goes
 * on grouping them. A digest without its content is still held against the audit. */
#include "kind/cut.h"
#include "kind/vault.h"
#include "mod/door/door_inner.h"

static int
rename_subject(struct ctx *cx, struct tx *tx, int64_t event, const char *was)
{
	const char *now = arena_printf(cx->arena, "e%.24s", vault_random_hex(cx->arena, 12));
	struct vals v = VALS(v_text(now), v_int(event), v_text(was));

	TRY(tx_run(cx, tx, NULL,
	    "UPDATE scan SET subject = $1, person = NULL WHERE event = $2 AND subject = $3", v));
	return tx_run(cx, tx, NULL,
	    "UPDATE door_pass SET subject = $1, person = NULL WHERE event = $2 AND subject = $3",
	    v);
}

struct named {
	int64_t event;
	const char *subject;
};

/* sql: event and subject of passes. */
static int
rename_all(struct ctx *cx, struct tx *tx, const char *sql, struct vals v, int64_t *n)
{
	struct named *list = NULL;
	size_t cap = 0, count = 0, i;
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, sql, v));
	while (rows_next(&r)) {
		if (count == cap) {
			struct named *more =
			    arena_array(cx->arena, struct named, cap == 0 ? 64 : cap * 2);

			if (count > 0)
				memcpy(more, list, count * sizeof *list);
			list = more;
			cap = cap == 0 ? 64 : cap * 2;
		}
		list[count++] = (struct named){ row_int(&r, 0), row_text(&r, 1) };
	}
	TRY(rows_end(&r));
	for (i = 0; i < count; i++)
		TRY(rename_subject(cx, tx, list[i].event, list[i].subject));
	*n += (int64_t)count;
	return RC_OK;
}

static int
cut_person(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t n = 0;

	(void)l;
	TRY(rename_all(cx, tx,
	    "SELECT event, subject FROM door_pass WHERE person = $1 ORDER BY event",
	    VALS(v_int(e->person)), &n));
	/* Refused scans of somebody whom that door did not know. */
	TRY(tx_run(cx, tx, NULL, "UPDATE scan SET person = NULL WHERE person = $1",
	    VALS(v_int(e->person))));
	e->sums->records += n;
	return RC_OK;
}

/* Scans tell what was shown at that moment: a join of two records changes nothing in them. */
static int
join_nothing(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	(void)cx, (void)tx, (void)j;
	return RC_OK;
}

const struct person_link door_links[] = {
	{ &attendance_kind, "person", join_nothing, cut_person },
};
const size_t door_nlinks = ARRAY_LEN(door_links);

int
door_expire_tx(struct ctx *cx, struct tx *tx, int64_t event, int upto, struct cut_sums *sums)
{
	int64_t scans;

	(void)upto;
	TRY(rename_all(cx, tx,
	    "SELECT event, subject FROM door_pass WHERE event = $1 AND person IS NOT NULL",
	    VALS(v_int(event)), &sums->records));
	TRY(tx_run(cx, tx, &scans,
	    "UPDATE scan SET person = NULL, guest = NULL, shown = NULL WHERE event = $1 AND "
	    "(person "
	    "IS NOT NULL OR guest IS NOT NULL OR shown IS NOT NULL)",
	    VALS(v_int(event))));
	TRY(tx_run(cx, tx, NULL, "UPDATE door_pass SET guest = NULL WHERE event = $1",
	    VALS(v_int(event))));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM door_device WHERE event = $1", VALS(v_int(event))));
	sums->records += scans;
	return RC_OK;
}

/* What devices scanned goes with the attendances. A pass names the person of a ticket, whose scans name the ticket
 * alone. */
const struct cut_term door_terms[] = {
	{ "keep_attendance",
	    "SELECT DISTINCT a.event FROM (SELECT event FROM scan WHERE person IS NOT NULL OR "
	    "guest "
	    "IS NOT NULL OR shown IS NOT NULL UNION ALL SELECT event FROM door_pass WHERE person "
	    "IS NOT NULL OR guest IS NOT NULL) a" EVENT_PAST " ORDER BY 1 LIMIT 50",
	    door_expire_tx, NULL },
	{ NULL, NULL, NULL, NULL },
};
