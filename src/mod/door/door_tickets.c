/* door_tickets.c – tickets as the door looks at them: by id or short code, and whether a long code is ours.
 *
 * A signature costs 65 µs to check. The house writes tickets itself and its signatures are always the same
 * for the same ticket, so a keyed hash of each is kept (ticket_mark, filled when a device fetches the
 * roster): a code whose signature has that hash is proved; only others are checked. */
#include "core/signature.h"
#include "kind/vault.h"
#include "mod/door/door_inner.h"
#include "mod/signup/ticket.h"

#include <string.h>

enum { MARK = 16 };

static int
read_tickets(struct ctx *cx, const char *column, struct val *v, size_t n, struct door_tickets *out)
{
	AUTO_ROWS r = { 0 };
	struct buf sql;
	size_t all;

	buf_init(&sql, cx->arena, 0);
	buf_printf(&sql,
	    "SELECT id, event, person, revoked_at, state, code, name FROM ticket WHERE %s IN (",
	    column);
	all = sql_list(&sql, 1, v, n);
	buf_char(&sql, ')');
	TRY(db_rows(cx, &r, sql.p, (struct vals){ v, all }));
	while (rows_next(&r))
		out->v[out->n++] = (struct door_ticket){ .id = row_int(&r, 0),
			.event = row_int(&r, 1),
			.person = row_int(&r, 2),
			.revoked_at = row_int(&r, 3),
			.state = row_text(&r, 4),
			.code = row_text(&r, 5),
			.name = row_text(&r, 6) };
	return rows_end(&r);
}

int
door_tickets(struct ctx *cx, const int64_t *ids, size_t nids, const char *const *codes,
    size_t ncodes, struct door_tickets *out)
{
	struct val *v = arena_array(cx->arena, struct val, SQL_LIST_MAX);
	size_t i;

	*out = (struct door_tickets){ arena_array(
					  cx->arena, struct door_ticket, nids + ncodes + 1),
		0 };
	for (i = 0; i < nids; i++)
		v[i] = v_int(ids[i]);
	if (nids > 0)
		TRY(read_tickets(cx, "id", v, nids, out));
	for (i = 0; i < ncodes; i++)
		v[i] = v_text(codes[i]);
	return ncodes == 0 ? RC_OK : read_tickets(cx, "code", v, ncodes, out);
}

const struct door_ticket *
door_ticket_by(const struct door_tickets *t, int64_t id, const char *code)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (code != NULL ? t->v[i].code != NULL && strcmp(t->v[i].code, code) == 0
				 : t->v[i].id == id)
			return &t->v[i];
	return NULL;
}

/* ---- long codes ---- */

static void
mark_of(const unsigned char *signature, unsigned char out[MARK])
{
	unsigned char bytes[7 + SIGNATURE_SIZE] = "ticket|", mac[32];

	memcpy(bytes + 7, signature, SIGNATURE_SIZE);
	vault_mac(VAULT_TICKET, bytes, sizeof bytes, mac);
	memcpy(out, mac, MARK);
}

static int
known_marks(struct ctx *cx, const int64_t *tickets, const unsigned char (*marks)[MARK], size_t n,
    bool *good)
{
	struct val *v = arena_array(cx->arena, struct val, SQL_LIST_MAX);
	AUTO_ROWS r = { 0 };
	struct buf sql;
	size_t i, all;

	for (i = 0; i < n; i++)
		v[i] = v_int(tickets[i]);
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql, "SELECT ticket, mark FROM ticket_mark WHERE ticket IN (");
	all = sql_list(&sql, 1, v, n);
	buf_char(&sql, ')');
	TRY(db_rows(cx, &r, sql.p, (struct vals){ v, all }));
	while (rows_next(&r)) {
		int64_t ticket = row_int(&r, 0);
		struct slice mark = row_slice(&r, 1);

		for (i = 0; i < n; i++)
			if (tickets[i] == ticket && mark.n == MARK &&
			    memcmp(mark.p, marks[i], MARK) == 0)
				good[i] = true;
	}
	return rows_end(&r);
}

int
door_prove(struct ctx *cx, const unsigned char *const *codes, size_t n, bool *good)
{
	unsigned char(*marks)[MARK] = arena_alloc(cx->arena, (n + 1) * MARK);
	int64_t *tickets = arena_array(cx->arena, int64_t, n + 1);
	struct ticket_payload p;
	size_t i;

	if (n == 0)
		return RC_OK;
	for (i = 0; i < n; i++) {
		good[i] = false;
		tickets[i] = ticket_unpack(codes[i], &p) ? p.ticket : 0;
		mark_of(codes[i] + TICKET_PAYLOAD, marks[i]);
	}
	TRY(known_marks(cx, tickets, (const unsigned char(*)[MARK])marks, n, good));
	for (i = 0; i < n; i++)
		if (!good[i] && tickets[i] != 0)
			good[i] = signature_good(SIGNED_TICKET, codes[i], TICKET_PAYLOAD,
			    codes[i] + TICKET_PAYLOAD);
	return RC_OK;
}

/* ---- marks ---- */

struct marking {
	int64_t event, done;
	int limit;
};

/* The payload is what ticket_encode() writes: also when the event's last day was moved meanwhile. */
static int
mark_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct marking *m = arg;
	unsigned char payload[TICKET_PAYLOAD], signature[SIGNATURE_SIZE], mark[MARK];
	int64_t *ids = arena_array(cx->arena, int64_t, m->limit + 1);
	AUTO_ROWS r = { 0 };
	size_t n = 0, i;
	struct event e;

	TRY(kind_load(cx, &event_kind, m->event, &e));
	TRY(db_rows(cx, &r,
	    "SELECT t.id FROM ticket t LEFT JOIN ticket_mark m ON m.ticket = t.id WHERE t.event = $1"
	    " AND m.ticket IS NULL ORDER BY t.id LIMIT $2",
	    VALS(v_int(m->event), v_int(m->limit))));
	while (n < (size_t)m->limit && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		ticket_pack(&(struct ticket_payload){ m->event, ids[i],
				e.last_day == 0 ? e.first_day : e.last_day },
		    payload);
		signature_make(SIGNED_TICKET, payload, sizeof payload, signature);
		mark_of(signature, mark);
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO ticket_mark (ticket, event, mark) VALUES ($1, $2, $3) ON CONFLICT "
		    "(ticket) DO NOTHING",
		    VALS(v_int(ids[i]), v_int(m->event),
			v_blob((struct slice){ (const char *)mark, MARK }))));
	}
	m->done = (int64_t)n;
	return RC_OK;
}

int
door_mark_tickets(struct ctx *cx, int64_t event, int limit, int64_t *done)
{
	struct marking m = { event, 0, limit };

	TRY(db_write(cx, mark_fn, &m));
	*done = m.done;
	return RC_OK;
}
