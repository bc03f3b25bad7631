/* internal.h – what the files of kind/ share among themselves. */
#ifndef KIND_INTERNAL_H
#define KIND_INTERNAL_H

#include "kind/kind.h"

struct kind_state {
	bool ready, title3;
	unsigned number;
	const char *columns; /* "id, version, …" as load reads them */
	const char *select;  /* SELECT columns FROM t WHERE id = $1 */
	const char *insert, *update;
	size_t nvalues; /* parameters of insert before its keys */
};

extern const struct kind_search *kind_searcher; /* set once at boot; NULL = no search */
const struct kind *kind_booted(size_t i); /* in the order of kind_boot(); NULL behind the last */
void kind_read_row(const struct rows *r, const struct kind *k, void *rec);
/* Columns of a field: 1, or 3 for TEXT3. */
static inline int
field_columns(const struct field *f)
{
	return f->type == FT_TEXT3 ? 3 : 1;
}
struct val field_val(const struct field *f, const void *rec, int part);
/* The text of TEXT3 by language. */
static inline const char *
text3_at(const struct text3 *t, enum lang l)
{
	return l == LANG_KK ? t->kk : l == LANG_RU ? t->ru : t->en;
}
static inline const char **
text3_slot(struct text3 *t, enum lang l)
{
	return l == LANG_KK ? &t->kk : l == LANG_RU ? &t->ru : &t->en;
}
const char *kind_title_in(struct ctx *cx, const struct kind *k, const void *rec, enum lang l);
/* The version that a write leaves and its line in the audit, with the names of what changed; `action`
 * is the line's. */
int history_tx(struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec,
    const char *action, const char *fields) MUST;
/* The public and staff fields as history keeps them, or the private ones; NULL = there are none. */
const char *history_json(struct ctx *cx, const struct kind *k, const void *rec, bool private);
/* json.c: what field_json() wrote, back into the record, exactly; jansson's type is named here so that
 * only history.c and json.c need its header. */
struct json_t; /* jansson's typedef of the same name */
void field_from_json(struct ctx *cx, const struct field *f, const struct json_t *v, void *rec);

/* boot.c: the gate, if there is one. */
int kind_gate(struct ctx *cx, const struct kind *k, bool removes) MUST;

/* count.c: numbers of rows of the lists asked lately, good until anything is written. */
struct count_key {
	unsigned char digest[16];
};
void count_key(struct count_key *k, const struct store *s, const char *sql, struct vals v);
bool count_recall(const struct count_key *k, uint64_t generation, int64_t *out);
void count_keep(const struct count_key *k, uint64_t generation, int64_t n);

#endif
