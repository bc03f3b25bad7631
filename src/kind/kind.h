/* kind.h – record kinds: one const description drives storage, checks, lists, forms, JSON, exports,
 * history and privacy.
 *
 * A kind is a C struct that begins with `struct rec`, and a const table of `struct field` rows that
 * name its members. A wrong member type does not compile; a forgotten row shows up when boot
 * compares the table with the database. A kind has no behaviour of its own but the few functions
 * named in its row; whatever needs an `if` is a rule of its module.
 *
 * Privacy is obligatory: PRIV_UNSET fails the boot check. Every door (page, list filter, sort,
 * search, API, export) goes through kind_may_read(), so a field that an actor may not read can be
 * neither shown nor filtered nor sorted by. Raw structs are for rules. */
#ifndef KIND_KIND_H
#define KIND_KIND_H

#include "db/db.h"
#include "lang/lang.h"
#include "text/json.h"

#define INT_NONE INT64_MIN /* an int that is not known; unknown is not zero */

struct rec {
	int64_t id;      /* 0 = not stored yet */
	int64_t version; /* 1 after the first write; the optimistic lock */
	int64_t created_at, changed_at;
};

/* A value encrypted at rest. Loading tells only whether it is there; kind_unseal() opens it and
 * leaves a trace. To write: fresh = new plaintext, or clear = true; else it stays as it is. */
struct sealed {
	bool present, clear;
	const char *fresh;
};

enum ftype { FT_TEXT, FT_TEXT3, FT_INT, FT_DAY, FT_TIME, FT_BOOL, FT_ENUM, FT_REF, FT_SEALED, FT_REAL };
enum priv {
	PRIV_UNSET,
	PRIV_PUBLIC,  /* whoever may read the kind */
	PRIV_STAFF,   /* kind.staff capability */
	PRIV_SUBJECT, /* CAP_SUBJECT_READ: contacts, birth dates */
	PRIV_SEALED,  /* never in a list, filter, sort, API or export; CAP_SEALED_READ, one at a time */
};
enum {
	F_REQUIRED = 1, /* NULL and "" are refused; for TEXT3 the Kazakh text */
	F_FIXED = 2,    /* set at creation, never changed */
	F_LIST = 4,     /* a column of the default list */
	F_RULED = 8,    /* changed by rules only: never by form, API or import */
	F_SEARCH = 16,  /* goes into the fold key that q= searches */
	F_UNIQUE = 32,
	F_LONG = 64,    /* a textarea */
	F_OPTION_COLUMN = 128, /* list column that narrow screens drop */
	F_FILTER = 256, /* offered as a filter above the list */
};

struct option {
	const char *code, *label; /* label is a msgid; the table ends with {NULL, NULL} */
};
const char *option_label(const struct ctx *cx, const struct option *o, const char *code);

struct kind;
struct field {
	const char *name; /* member, column, form field and JSON key in one */
	enum ftype type;
	size_t offset;
	const char *label, *help; /* msgids */
	unsigned flags;
	enum priv privacy;
	int64_t min, max; /* text: max code points (0 = 200); int: bounds unless both 0 */
	const struct option *options;
	const struct kind *ref;
	/* One more check of a text that is present, e.g. a check digit: a msgid, or NULL if good. */
	const char *(*valid)(const char *text);
	const char *form; /* "" | "tel" | "email" | "url" | "day": input type of the form */
};
#define FIELD_AT(S, m, T) offsetof(S, m) + 0 * sizeof(char[_Generic(((S *)0)->m, T: 1, default: -1)])
#define F_TEXT(S, m, ...) { .name = #m, .type = FT_TEXT, .offset = FIELD_AT(struct S, m, const char *), __VA_ARGS__ }
#define F_TEXT3(S, m, ...) { .name = #m, .type = FT_TEXT3, .offset = FIELD_AT(struct S, m, struct text3), __VA_ARGS__ }
#define F_INT(S, m, ...) { .name = #m, .type = FT_INT, .offset = FIELD_AT(struct S, m, int64_t), __VA_ARGS__ }
#define F_REAL(S, m, ...) { .name = #m, .type = FT_REAL, .offset = FIELD_AT(struct S, m, double), __VA_ARGS__ }
#define F_DAY(S, m, ...) { .name = #m, .type = FT_DAY, .offset = FIELD_AT(struct S, m, int), __VA_ARGS__ }
#define F_TIME(S, m, ...) { .name = #m, .type = FT_TIME, .offset = FIELD_AT(struct S, m, int64_t), __VA_ARGS__ }
#define F_BOOL(S, m, ...) { .name = #m, .type = FT_BOOL, .offset = FIELD_AT(struct S, m, bool), __VA_ARGS__ }
#define F_ENUM(S, m, O, ...) { .name = #m, .type = FT_ENUM, .offset = FIELD_AT(struct S, m, const char *), .options = (O), __VA_ARGS__ }
#define F_REF(S, m, K, ...) { .name = #m, .type = FT_REF, .offset = FIELD_AT(struct S, m, int64_t), .ref = (K), __VA_ARGS__ }
#define F_SEALED(S, m, ...) { .name = #m, .type = FT_SEALED, .offset = FIELD_AT(struct S, m, struct sealed), __VA_ARGS__ }

struct query;
struct kind_state; /* SQL texts built at boot; kind.c */

struct kind {
	const char *name;           /* table, history and audit name: "person" */
	const char *plural_name;    /* API collection: "people"; NULL = not in the API */
	const char *label, *plural; /* msgids */
	size_t size;
	const struct field *fields;
	size_t nfields;
	/* What names a record: one or more fields, ended by NULL ("surname", "given", …). */
	const char *const title[5];
	/* For kinds without a title of their own: FT_REF fields whose titles name the record together
	 * ("Person – Body"), ended by NULL. */
	const char *const named_by[3];
	bool small;                 /* few rows: forms offer a select, not a search */
	/* Field (FT_REF to person, or "id" for the person itself) whose key encrypts the history of
	 * SUBJECT and SEALED fields; NULL = none. */
	const char *subject;
	/* Field (FT_REF) naming a hot thing whose writes wait for each other (db_write_keys): many
	 * attendances of one event at once. NULL = none. */
	const char *hot;
	enum cap read, create, edit, staff;
	/* Adds the WHERE of the rows that this actor may see; NULL = all. */
	void (*scope)(struct ctx *cx, struct query *q);
	/* Whether this actor may write this record (scope); NULL = whoever has the capability.
	 * RC_DENIED with a text, or RC_NOTFOUND to keep a secret. `old` is NULL at creation. */
	int (*writable)(struct ctx *cx, const void *old, const void *rec);
	/* Fills what the machine knows (keyed hashes, defaults) before the checks of every write. */
	int (*prepare)(struct ctx *cx, const void *old, void *rec);
	/* Whether a scoped actor reads this record's PRIV_STAFF fields (rows may be public while the
	 * notes of another body are not); NULL = whenever the row is seen. A kind with it lets scoped
	 * actors neither filter nor sort by such fields. */
	bool (*inside)(struct ctx *cx, const void *rec);
	/* Cross-field checks: fail_field() what is wrong. Runs inside the write. */
	int (*check)(struct ctx *cx, const void *old, const void *rec);
	/* What else a write leaves behind, in the same transaction (sums of figures). Old is NULL at
	 * creation. */
	int (*changed)(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
	/* A line that tells namesakes apart in pickers and lists of candidates; NULL = none. */
	const char *(*hint)(struct ctx *cx, const void *rec);
	const char *path; /* page of one record under /{lang}: "/people/%lld"; NULL = none */
	struct kind_state *state;
};

/* Boot: builds SQL texts, checks tables (privacy set, members unique, refs known); *err says what is
 * wrong. Kinds are numbered in this order (generation number, < 64). */
int kind_boot(const struct kind *const *kinds, size_t n, const char **err) MUST;
/* Compare the tables with the database: a line for each difference; RC_INVALID if there is any. */
int kind_compare(struct ctx *cx, const struct kind *const *kinds, size_t n, struct buf *out) MUST;
unsigned kind_number(const struct kind *k);
const struct field *kind_field(const struct kind *k, const char *name);

/* ---- privacy ---- */
bool kind_may_read(const struct ctx *cx, const struct kind *k, const struct field *f);
/* The same for one record: what drawing, JSON and exports ask. */
bool kind_may_read_of(struct ctx *cx, const struct kind *k, const struct field *f, const void *rec);
bool kind_may_write(const struct ctx *cx, const struct kind *k, const struct field *f, bool create);

/* ---- load and store ---- */
/* A new record with nothing known: INT_NONE where zero would be a claim. */
void kind_empty(const struct kind *k, void *rec);
/* One record that this actor may see, or RC_NOTFOUND / RC_DENIED (kind not readable at all). */
int kind_get(struct ctx *cx, const struct kind *k, int64_t id, void *out) MUST;
/* One record whoever asks: for rules. */
int kind_load(struct ctx *cx, const struct kind *k, int64_t id, void *out) MUST;
/* Check, insert, history, audit, sums. Sets rec.id and rec.version. RC_INVALID with field errors. */
int kind_insert_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec) MUST;
/* rec.version must be the stored one, else RC_CONFLICT. Fixed fields keep their stored value. Writes
 * nothing (and RC_OK) when nothing changed. */
int kind_update_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec) MUST;
/* The keys that db_write_keys() needs for a write of this record: 0 or 1 (see `hot`). */
size_t kind_hot_keys(const struct kind *k, const void *rec, int64_t keys[1]);
/* The same as whole writes. */
int kind_insert(struct ctx *cx, const struct kind *k, void *rec) MUST;
int kind_update(struct ctx *cx, const struct kind *k, void *rec) MUST;
/* Open a sealed value: CAP_SEALED_READ, recorded in the audit. NULL when absent. */
int kind_unseal(struct ctx *cx, const struct kind *k, int64_t id, const char *field,
    const char **out) MUST;
/* The masked form for pages: "••••••••••37"; NULL when absent. Leaves no trace. */
int kind_sealed_mask(struct ctx *cx, const struct kind *k, int64_t id, const char *field,
    const char **out) MUST;
int kind_check(struct ctx *cx, const struct kind *k, const void *old, const void *rec) MUST;

/* What names a record, in the reader's language. */
const char *kind_title(struct ctx *cx, const struct kind *k, const void *rec);
/* Titles of many ids at once; out[i] is "" for an id that does not exist. No scope is applied. */
int kind_titles(struct ctx *cx, const struct kind *k, const int64_t *ids, size_t n,
    const char **out) MUST;
const char *kind_url(struct ctx *cx, const struct kind *k, int64_t id); /* "/kk/people/5"; NULL = none */

/* ---- values of one field ---- */
const void *field_at(const struct field *f, const void *rec);
void *field_at_rw(const struct field *f, void *rec);
bool field_empty(const struct field *f, const void *rec);
bool field_same(const struct field *f, const void *a, const void *b);
/* As people read it; refs need their title from kind_titles (NULL = the bare number). */
const char *field_text(struct ctx *cx, const struct field *f, const void *rec, const char *ref_title);
/* As a form holds it: 15.11.2024, code, number. TEXT3 by language. */
const char *field_form(struct ctx *cx, const struct field *f, const void *rec, enum lang l);
/* Read a form text into the record; a bad one is a field error. TEXT3 by language. */
void field_parse(struct ctx *cx, const struct field *f, const char *text, enum lang l, void *rec);
void field_json(struct json *j, const struct field *f, const void *rec);

/* ---- lists ---- */
enum { QUERY_VALS = 48, QUERY_LIMIT_MAX = 100 };
struct query {
	struct ctx *cx;
	const struct kind *kind;
	struct buf where;
	struct val vals[QUERY_VALS];
	size_t nvals;
	bool over;                /* more conditions than fit: the list is refused */
	const struct field *sort; /* NULL = by id */
	bool by_title;            /* by the sort key of the title */
	bool desc;
	int limit;                /* 1…QUERY_LIMIT_MAX */
	const char *after;        /* cursor; NULL = from the start */
};
/* All rows that the actor may see, by id, 25. RC_DENIED if the kind is not readable. */
int query_init(struct ctx *cx, struct query *q, const struct kind *k) MUST;
/* One more condition; every ? is a value. Columns are written with the table's name. */
void query_and(struct query *q, const char *cond, struct vals v);
/* field=…, field_from=…, field_to=…, q=…; RC_INVALID names the field (also one that may not be
 * read). Empty values are skipped. */
int query_filter(struct query *q, const char *name, const char *value) MUST;
/* "name", "-name", "title". */
int query_sort(struct query *q, const char *spec) MUST;
struct list {
	void *rows; /* n records of kind->size */
	size_t n;
	const char *next; /* cursor of the next page, NULL at the end */
};
static inline const void *
list_row(const struct list *l, const struct kind *k, size_t i)
{
	return (const char *)l->rows + i * k->size;
}
int query_list(struct query *q, struct list *out) MUST;
int query_count(struct query *q, int64_t *out) MUST;
/* Every row, one after another, without paging (exports). Return RC_OK to go on. */
int query_each(struct query *q, int (*row)(struct ctx *cx, const void *rec, void *arg), void *arg) MUST;

/* ---- JSON (API) ---- */
/* The record as this actor may see it. */
void kind_json(struct ctx *cx, struct json *j, const struct kind *k, const void *rec);
/* Read a JSON object into rec: only fields that may be written; unknown or refused ones are field
 * errors. `body` is the raw request body. */
int kind_from_json(struct ctx *cx, const struct kind *k, struct slice body, bool create, void *rec) MUST;

/* ---- history and audit ---- */
/* One line in the audit, with the names of fields, never values (also for reads of sealed values,
 * sign-ins, exports). kind may be NULL. */
int audit_tx(struct ctx *cx, struct tx *tx, const char *action, const char *kind, int64_t rec,
    const char *fields) MUST;
int audit_note(struct ctx *cx, const char *action, const char *kind, int64_t rec, const char *fields) MUST;

struct change {
	int64_t at, account, version;
	const char *action, *who; /* create, update; name of the account */
	const char *field, *from, *to; /* texts; NULL from at creation */
	const char *label;
};
/* Changes of a record, newest first, field by field, as this actor may read them. */
int kind_history(struct ctx *cx, const struct kind *k, int64_t id, struct change **out, size_t *n) MUST;

#endif
