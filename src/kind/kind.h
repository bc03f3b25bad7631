/* kind.h – record kinds: one const description drives storage, checks, lists, forms, JSON, exports,
 * history and privacy.
 *
 * A kind is a C struct that begins with `struct rec`, and a const table of `struct field` rows that
 * name its members. A wrong member type does not compile; a forgotten row shows up when boot
 * compares the table with the database. A kind has no behaviour of its own but the few functions
 * named in its row; whatever needs an `if` is a rule of its module. Privacy is obligatory: PRIV_UNSET fails the boot check. Every door (page, list filter, sort,
 * search, API, export) goes through kind_may_read(), so a field that an actor may not read can be
 * neither shown nor filtered nor sorted by. Raw structs are for rules. */
#ifndef KIND_KIND_H
#define KIND_KIND_H

#include "db/db.h"
#include "lang/lang.h"
#include "text/json.h"

#define INT_NONE INT64_MIN /* an int that is not known; unknown is not zero */

struct rec {
	int64_t id;	 /* 0 = not stored yet */
	int64_t version; /* 1 after the first write; the optimistic lock */
	int64_t created_at, changed_at;
};

/* A value encrypted at rest. Loading tells only whether it is there; kind_unseal() opens it and
 * leaves a trace. To write: fresh = new plaintext, or clear = true; else it stays as it is. */
struct sealed {
	bool present, clear;
	const char *fresh;
};

enum ftype {
	FT_TEXT,
	FT_TEXT3,
	FT_INT,
	FT_DAY,
	FT_TIME,
	FT_BOOL,
	FT_ENUM,
	FT_REF,
	FT_SEALED,
	FT_REAL
};
enum priv {
	PRIV_UNSET,
	PRIV_PUBLIC,  /* whoever may read the kind */
	PRIV_STAFF,   /* kind.staff capability */
	PRIV_SUBJECT, /* CAP_SUBJECT_READ: contacts, birth dates */
	PRIV_SEALED, /* never in a list, filter, sort, API or export; CAP_SEALED_READ, one at a time */
};
enum {
	F_REQUIRED = 1, /* NULL and "" are refused; for TEXT3 the Kazakh text */
	F_FIXED = 2,	/* set at creation, never changed */
	F_LIST = 4,	/* a column of the default list */
	F_RULED = 8,	/* changed by rules only: never by form, API or import */
	F_SEARCH = 16,	/* its words are found by the search and by q= */
	F_UNIQUE = 32,
	F_LONG = 64,	       /* a textarea */
	F_OPTION_COLUMN = 128, /* list column that narrow screens drop */
	F_FILTER = 256,	       /* offered as a filter above the list */
	F_NAME = 512,	       /* with F_SEARCH: of a person, its parts in any order and spelling */
	F_UNVERSIONED = 1024,  /* counters of sign-ins, by plain SQL: no proof compares it */
	F_SURNAME = 2048,      /* with F_NAME: who is asked for by it alone stands first */
	/* As known earlier it is what it is today: asking for yesterday undoes no protection. */
	F_TODAY = 4096,
	F_GLUED =
	    8192, /* with F_SEARCH: a Kazakh word without its spaces is found by its parts, too */
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
#define FIELD_AT(S, m, T) \
	offsetof(S, m) + 0 * sizeof(char[_Generic(((S *)0)->m, T : 1, default : -1)])
#define F_TEXT(S, m, ...)                                                                   \
	{                                                                                   \
		.name = #m, .type = FT_TEXT, .offset = FIELD_AT(struct S, m, const char *), \
		__VA_ARGS__                                                                 \
	}
#define F_TEXT3(S, m, ...)                                                                   \
	{                                                                                    \
		.name = #m, .type = FT_TEXT3, .offset = FIELD_AT(struct S, m, struct text3), \
		__VA_ARGS__                                                                  \
	}
#define F_INT(S, m, ...)                                                                          \
	{                                                                                         \
		.name = #m, .type = FT_INT, .offset = FIELD_AT(struct S, m, int64_t), __VA_ARGS__ \
	}
#define F_REAL(S, m, ...)                                                                         \
	{                                                                                         \
		.name = #m, .type = FT_REAL, .offset = FIELD_AT(struct S, m, double), __VA_ARGS__ \
	}
#define F_DAY(S, m, ...)                                                                      \
	{                                                                                     \
		.name = #m, .type = FT_DAY, .offset = FIELD_AT(struct S, m, int), __VA_ARGS__ \
	}
#define F_TIME(S, m, ...)                                                                          \
	{                                                                                          \
		.name = #m, .type = FT_TIME, .offset = FIELD_AT(struct S, m, int64_t), __VA_ARGS__ \
	}
#define F_BOOL(S, m, ...)                                                                       \
	{                                                                                       \
		.name = #m, .type = FT_BOOL, .offset = FIELD_AT(struct S, m, bool), __VA_ARGS__ \
	}
#define F_ENUM(S, m, O, ...)                                                                \
	{                                                                                   \
		.name = #m, .type = FT_ENUM, .offset = FIELD_AT(struct S, m, const char *), \
		.options = (O), __VA_ARGS__                                                 \
	}
#define F_REF(S, m, K, ...)                                                                       \
	{                                                                                         \
		.name = #m, .type = FT_REF, .offset = FIELD_AT(struct S, m, int64_t), .ref = (K), \
		__VA_ARGS__                                                                       \
	}
#define F_SEALED(S, m, ...)                                                                    \
	{                                                                                      \
		.name = #m, .type = FT_SEALED, .offset = FIELD_AT(struct S, m, struct sealed), \
		__VA_ARGS__                                                                    \
	}

struct query;
struct kind_state; /* SQL texts built at boot; kind.c */

struct kind {
	const char *name;	    /* table, history and audit name: "person" */
	const char *plural_name;    /* API collection: "people"; NULL = not in the API */
	const char *label, *plural; /* msgids */
	size_t size;
	const struct field *fields;
	size_t nfields;
	/* What names a record: one or more fields, ended by NULL ("surname", "given", …). */
	const char *const title[5];
	/* Or FT_REF fields whose titles name it together ("Person – Body"), ended by NULL. */
	const char *const named_by[3];
	bool small; /* few rows: forms offer a select, not a search */
	/* Field (FT_REF to person, or "id" for the person itself) whose key encrypts the history of
	 * SUBJECT and SEALED fields; NULL = none. */
	const char *subject;
	const char
	    *hot; /* Field (FT_REF) whose writes wait for each other (db_write_keys); NULL = none */
	enum cap read, create, edit, staff;
	/* Who opens and writes its sealed fields; CAP_UNSET = CAP_SEALED_READ opens, CAP_PEOPLE_WRITE writes. */
	enum cap sealed;
	/* Adds the WHERE of the rows that this actor may see; NULL = all. */
	void (*scope)(struct ctx *cx, struct query *q);
	/* Adds the WHERE of the rows that stand in lists, counts, exports and pickers; a record beside
	 * them is still found by its id (joined with another one). NULL = all. */
	void (*listed)(struct ctx *cx, struct query *q);
	/* Whether this actor may write this record (scope); NULL = whoever has the capability.
	 * RC_DENIED with a text, or RC_NOTFOUND to keep a secret. `old` is NULL at creation. */
	int (*writable)(struct ctx *cx, const void *old, const void *rec);
	bool (*open)(
	    const void *rec); /* guests see and find it; NULL = all of a kind without scope */
	/* Fills what the machine knows (keyed hashes, defaults) before the checks. */
	int (*prepare)(struct ctx *cx, const void *old, void *rec);
	/* Whether a scoped actor reads this record's PRIV_STAFF fields (rows may be public while the
	 * notes of another body are not); NULL = whenever the row is seen. A kind with it lets scoped
	 * actors neither filter nor sort by such fields. */
	bool (*inside)(struct ctx *cx, const void *rec);
	/* Cross-field checks: fail_field() what is wrong. Runs inside the write. */
	int (*check)(struct ctx *cx, const void *old, const void *rec);
	/* What else a write leaves behind, in the same transaction (sums). Old is NULL at creation. */
	int (*changed)(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
	/* Not even its title is told to this actor, only its number; NULL = none. */
	bool (*hidden)(const struct ctx *cx, const void *rec);
	/* A line that tells namesakes apart in pickers and candidates; NULL = none. */
	const char *(*hint)(struct ctx *cx, const void *rec);
	const char *path; /* page of one record under /{lang}: "/people/%lld"; NULL = none */
	struct kind_state *state;
};

/* Boot: builds SQL texts, checks tables; *err says what is wrong. Kinds are numbered in this order
 * (generation number, < DB_NO_KIND). */
int kind_boot(const struct kind *const *kinds, size_t n, const char **err) MUST;
/* Compare the tables with the database: a line for each difference; RC_INVALID if there is any. */
int kind_compare(struct ctx *cx, const struct kind *const *kinds, size_t n, struct buf *out) MUST;
unsigned kind_number(const struct kind *k);
const struct field *kind_field(const struct kind *k, const char *name);

#include "kind/query.h"
#include "kind/record.h"

#endif
