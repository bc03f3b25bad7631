/* record.h – one record: who may read it, loading, storing, naming, JSON, history and audit. Part of
 * kind.h. */
#ifndef KIND_RECORD_H
#define KIND_RECORD_H

#include "kind/kind.h"

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
/* Does this actor see what a field is to name? If not, that is a field error: neither a form nor the API takes the
 * number of a record that its sender may not open, or its title would come back. */
int kind_ref_seen(struct ctx *cx, const struct field *f, int64_t id, bool *seen) MUST;
/* One record whoever asks: for rules. */
int kind_load(struct ctx *cx, const struct kind *k, int64_t id, void *out) MUST;
/* The first column of a SELECT with $1 = `of`; and the records of these ids, whoever asks: for rules. */
int kind_ids(struct ctx *cx, const char *sql, int64_t of, int64_t **out, size_t *n) MUST;
int kind_load_all(
    struct ctx *cx, const struct kind *k, const char *sql, int64_t of, void **out, size_t *n) MUST;
/* Check, insert, history, audit, sums. Sets rec.id and rec.version. RC_INVALID with field errors. */
int kind_insert_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec) MUST;
/* rec.version must be the stored one, else RC_CONFLICT. Fixed fields keep their stored value. Writes
 * nothing (and RC_OK) when nothing changed. */
int kind_update_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec) MUST;
/* Only the keys of order and search of a stored record, made anew: no version, no history. */
int kind_rekey_tx(struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec) MUST;
/* For rules that join records or take that back: as kind_update_tx(), but fixed and ruled fields are
 * written too, and neither the actor's rights to this kind (capability, writable) nor its checks are
 * asked; whoever calls has asked his own. History, audit and sums follow as with any write. */
int kind_rewrite_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec) MUST;
/* For rules that have asked for the right themselves and write the sums of many new records in one step: as
 * kind_insert_tx(), but neither rights nor checks nor `changed` are asked; whoever calls owes the sums. */
int kind_add_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec) MUST;
/* The keys that db_write_keys() needs for a write of this record: 0 or 1 (see `hot`). */
size_t kind_hot_keys(const struct kind *k, const void *rec, int64_t keys[1]);
/* A whole write: takes a record away that this actor sees and may write, if may_go says so (RC_RULE with the reason);
 * history keeps what it was. fields: for the audit. Words of the search index are the caller's. */
struct kind_removal {
	const struct kind *kind;
	int64_t id;
	int (*may_go)(struct ctx *cx, const struct kind *k, const void *rec);
	const char *fields;
};
int kind_remove(struct ctx *cx, const struct kind_removal *r) MUST;
/* The same as whole writes. */
int kind_insert(struct ctx *cx, const struct kind *k, void *rec) MUST;
int kind_update(struct ctx *cx, const struct kind *k, void *rec) MUST;
/* Open a sealed value: CAP_SEALED_READ, recorded in the audit. NULL when absent. */
int kind_unseal(
    struct ctx *cx, const struct kind *k, int64_t id, const char *field, const char **out) MUST;
/* The masked form for pages: "••••••••••37"; NULL when absent. Leaves no trace. */
int kind_sealed_mask(
    struct ctx *cx, const struct kind *k, int64_t id, const char *field, const char **out) MUST;
int kind_check(struct ctx *cx, const struct kind *k, const void *old, const void *rec) MUST;

/* What names a record, in the reader's language. */
const char *kind_title(struct ctx *cx, const struct kind *k, const void *rec);
/* Titles of many ids at once; out[i] is "" for an id that does not exist. No scope is applied. */
int kind_titles(
    struct ctx *cx, const struct kind *k, const int64_t *ids, size_t n, const char **out) MUST;
const char *kind_url(
    struct ctx *cx, const struct kind *k, int64_t id); /* "/kk/people/5"; NULL = none */

/* The person under whose key this record's private values lie; 0 = none. */
int64_t kind_subject(const struct kind *k, const void *rec);

/* ---- values of one field ---- */
const void *field_at(const struct field *f, const void *rec);
void *field_at_rw(const struct field *f, void *rec);
bool field_empty(const struct field *f, const void *rec);
void field_copy(const struct field *f, const void *from, void *to); /* the member, shallow */
bool field_same(const struct field *f, const void *a, const void *b);
/* As people read it; refs need their title from kind_titles (NULL = the bare number). */
const char *field_text(
    struct ctx *cx, const struct field *f, const void *rec, const char *ref_title);
/* As a form holds it: 15.11.2024, code, number. TEXT3 by language. */
const char *field_form(struct ctx *cx, const struct field *f, const void *rec, enum lang l);
/* Read a form text into the record; a bad one is a field error. TEXT3 by language. */
void field_parse(struct ctx *cx, const struct field *f, const char *text, enum lang l, void *rec);
void field_json(struct json *j, const struct field *f, const void *rec);
/* For field.valid: a code of a list, as it stands in addresses and tables. */
const char *code_error(const char *code);

/* ---- JSON (API) ---- */
/* The record as this actor may see it. */
void kind_json(struct ctx *cx, struct json *j, const struct kind *k, const void *rec);
/* Read a JSON object into rec: only fields that may be written; unknown or refused ones are field
 * errors. `body` is the raw request body. */
int kind_from_json(
    struct ctx *cx, const struct kind *k, struct slice body, bool create, void *rec) MUST;

/* ---- history and audit ---- */
/* One line in the audit, with the names of fields, never values (also for reads of sealed values,
 * sign-ins, exports). kind may be NULL. */
int audit_tx(struct ctx *cx, struct tx *tx, const char *action, const char *kind, int64_t rec,
    const char *fields) MUST;
int audit_note(
    struct ctx *cx, const char *action, const char *kind, int64_t rec, const char *fields) MUST;

/* The log of sensitive reads (sensitive.c): this account opened what the law protects about the person; way:
 * page, api, file, sealed. A write of its own, never inside a write; nothing for the program itself and
 * for one's own record. RULE rights-9. */
int sensitive_note(struct ctx *cx, int64_t person, const char *way) MUST;
/* The same, if the record holds a subject's field that this actor reads. */
int sensitive_open(struct ctx *cx, const struct kind *k, const void *rec, const char *way) MUST;

struct change {
	int64_t at, account, version;
	const char *action, *who;      /* create, update; name of the account */
	const char *field, *from, *to; /* texts; NULL from at creation */
	const char *label;
};
/* The record as it was with a version, from history, whoever asks: for rules. Of sealed fields only
 * whether there was one; moments to the second. RC_NOTFOUND: no such version, or its person's
 * key is destroyed. */
int kind_at_version(
    struct ctx *cx, const struct kind *k, int64_t id, int64_t version, void *out) MUST;
/* Changes of a record, newest first, field by field, as this actor may read them. */
int kind_history(
    struct ctx *cx, const struct kind *k, int64_t id, struct change **out, size_t *n) MUST;

/* Hooks of search/, set once at boot: put writes a record's words in the record's own transaction, filter
 * adds what q= means, forget takes out the record and the words that it alone had. Without them (tests of
 * this folder) q= compares fold keys. */
struct kind_search {
	int (*put)(struct ctx *, struct tx *, const struct kind *, bool fresh, const void *rec);
	int (*filter)(struct query *, const char *text);
	int (*forget)(struct ctx *, struct tx *, const struct kind *, const void *rec);
};
void kind_search_set(const struct kind_search *s);
/* A gate before every write and removal of a record, whoever writes, for a database that keeps some kinds only (a laptop
 * copy, mod/field); set once at boot, NULL = none. It fails with its reason in words. */
typedef int kind_gate_fn(struct ctx *cx, const struct kind *k, bool removes);
void kind_gate_set(kind_gate_fn *gate);

#endif
