/* gather.c – see gather.h. The collections hang on the transaction, one for each writer (search, likeness …);
 * db_write() empties them before it commits. */
#include "db/gather.h"

#include "db/db_impl.h"

struct gathered {
	tx_gathered_fn *writer;
	void *rows;
	struct gathered *next;
};

void
tx_gather(struct tx *tx, struct arena *a)
{
	tx->gather = a;
}

void *
tx_gathered(struct tx *tx, tx_gathered_fn *writer, size_t size, struct arena **a)
{
	struct gathered **at = &tx->gathered;

	if (tx->gather == NULL)
		return NULL;
	*a = tx->gather;
	while (*at != NULL && (*at)->writer != writer)
		at = &(*at)->next;
	if (*at == NULL) {
		*at = arena_new(tx->gather, struct gathered);
		**at = (struct gathered){ writer, arena_alloc(tx->gather, size), NULL };
	}
	return (*at)->rows;
}

static int
write_one(struct ctx *cx, struct tx *tx, const struct gathered *g)
{
	struct arena_mark mark = arena_mark(cx->arena);

	TRY(g->writer(cx, tx, g->rows));
	arena_rewind(cx->arena, mark);
	return RC_OK;
}

int
tx_gathered_now(struct ctx *cx, struct tx *tx, tx_gathered_fn *writer)
{
	const struct gathered *g;

	for (g = tx->gathered; g != NULL; g = g->next)
		if (g->writer == writer)
			return write_one(cx, tx, g);
	return RC_OK;
}

int
gather_end(struct ctx *cx, struct tx *tx)
{
	const struct gathered *g;

	for (g = tx->gathered; g != NULL; g = g->next)
		TRY(write_one(cx, tx, g));
	return RC_OK;
}

/* ---- many rows */

size_t
many_bite(size_t left)
{
	return left >= MANY_ROWS ? MANY_ROWS : left >= 16 ? 16 : left >= 4 ? 4 : 1;
}

const char *
many_sql(struct arena *a, const char *head, size_t rows, size_t cols, const char *tail)
{
	struct buf b;
	size_t i, j, n = 0;

	buf_init(&b, a, 0);
	buf_str(&b, head);
	for (i = 0; i < rows; i++) {
		buf_str(&b, i == 0 ? " VALUES (" : ", (");
		for (j = 0; j < cols; j++) {
			buf_str(&b, j == 0 ? "$" : ", $");
			buf_int(&b, (int64_t)++n);
		}
		buf_char(&b, ')');
	}
	buf_str(&b, tail);
	return b.p;
}

int
tx_many_put(struct tx_many *m, struct vals row)
{
	memcpy(&m->v[m->n * m->cols], row.v, m->cols * sizeof *row.v);
	if (++m->n < MANY_ROWS)
		return RC_OK;
	if (m->sql == NULL)
		m->sql = many_sql(m->cx->arena, m->head, MANY_ROWS, m->cols, m->tail);
	m->n = 0;
	return tx_run(m->cx, m->tx, NULL, m->sql, (struct vals){ m->v, MANY_ROWS * m->cols });
}

int
tx_many_end(struct tx_many *m)
{
	size_t at = 0, k;

	for (; at < m->n; at += k) {
		k = m->whole ? m->n : many_bite(m->n - at);
		TRY(tx_run(m->cx, m->tx, NULL, many_sql(m->cx->arena, m->head, k, m->cols, m->tail),
		    (struct vals){ &m->v[at * m->cols], k * m->cols }));
	}
	m->n = 0;
	return RC_OK;
}

/* ---- parts that may fail alone */

static int
say(struct ctx *cx, struct tx *tx, const char *sql)
{
	struct conn *c = tx->db.conn;

	if (tx->db.store->drv->control(c, sql) == RC_OK)
		return RC_OK;
	tx->rc = c->fault.rc;
	tx->over = true;
	return fault_raise(cx, &c->fault);
}

int
tx_try(struct ctx *cx, struct tx *tx, tx_fn *fn, void *arg)
{
	struct err why;
	int rc;

	if (cx->db != &tx->db || tx->gather != NULL) {
		struct fault f;

		fault_set(&f, RC_BUG, "tx_try outside of its write, or while it gathers");
		return fault_raise(cx, &f);
	}
	if (tx->rc != RC_OK)
		return tx->rc;
	TRY(say(cx, tx, "SAVEPOINT part"));
	rc = fn(cx, tx, arg);
	if (tx->again)
		return rc == RC_OK ? tx->rc : rc;
	if (rc == RC_OK && tx->rc == RC_OK)
		return say(cx, tx, "RELEASE SAVEPOINT part");
	rc = rc == RC_OK ? tx->rc : rc; /* it overlooked a failed statement */
	why = cx->err;
	conn_shut_all(tx->db.conn);
	/* On PostgreSQL each failed statement ends the transaction up to the savepoint; where it is lost
	 * altogether, the words below fail, too. */
	tx->rc = RC_OK;
	TRY(say(cx, tx, "ROLLBACK TO SAVEPOINT part"));
	TRY(say(cx, tx, "RELEASE SAVEPOINT part"));
	tx->over = false;
	cx->err = why;
	return rc;
}
