/* import_inner.h – what the files of this module share: a run over a batch, one row while it is planned,
 * the columns, the names that references go by. */
#ifndef MOD_IMPORT_INNER_H
#define MOD_IMPORT_INNER_H

#include "mod/event/event.h"
#include "mod/import/import.h"
#include "mod/registry/registry.h"
#include "text/table_read.h"

/* Rows of one transaction. The more there are, the fewer times each page of an index is written; but on a
 * server others wait for the writer meanwhile (some 100 ms), so only who has it to himself takes many. */
enum { IMPORT_CHUNK = 4000, IMPORT_SHARED_CHUNK = 1000, IMPORT_PAGE_CHUNK = 500 };

/* ---- import_names.c: what references are called */
struct import_name {
	const char *key; /* fold key */
	int64_t id;
};
struct import_names {
	const struct kind *kind;
	struct import_name *v; /* by key */
	size_t n, room;
};

struct import_plan;
struct import_run {
	struct ctx *cx;
	struct arena keep; /* as long as the run: names, mapping */
	struct import_batch b;
	const struct import_kind *ik;
	struct import_target targets[IMPORT_TARGETS];
	size_t ntargets;
	const struct import_target *column[IMPORT_COLUMNS]; /* NULL = not used */
	size_t ncolumns;
	struct table *table;
	struct import_names names[8];
	size_t nnames;
	struct import_question *question; /* filled when somebody asks about a row */
	const struct import_plan *chunk;  /* rows planned and not stored yet */
	size_t nchunk;
	size_t piece, most; /* rows of the next transaction; it doubles up to `most` */
	bool unanswered;    /* no question of the batch has an answer: nothing to look up */
};
/* One row: cells in the arena, and what the plan says of it. */
struct import_plan {
	int64_t row;
	const char **cells;
	size_t ncells;
	char outcome;
	int64_t rec, version, person, person_version;
	const char *fields, *reason, *ikey, *nkey, *mkey;
	bool done, earlier; /* earlier: its person stands in a row before */
	void *record;	    /* ready to be stored */
	struct person *who; /* of a membership; NULL = as it is stored */
};

int import_run_open(struct ctx *cx, int64_t id, struct import_run *r) MUST;
void import_run_close(struct import_run *r);
/* The batch's row as it is now. */
int import_run_again(struct import_run *r) MUST;
/* What cx->err says, into an arena that stays; of refused fields the first. */
void import_keep_err(struct ctx *cx, struct arena *to);
/* How many rows the step that begins now takes: few first, so that something stands soon. */
size_t import_piece(struct import_run *r);
/* Opens the file and goes to the row behind `after`. */
int import_run_file(struct import_run *r, int64_t after) MUST;
/* Up to n rows of the file into out (cells in the arena); *got 0 at the end. */
int import_run_rows(struct import_run *r, struct import_plan *out, size_t n, size_t *got) MUST;

/* Ids of a name among the records of a kind that this actor sees: exact ones in out (at most max). */
int import_names_of(struct import_run *r, const struct kind *k, struct import_names **out) MUST;
size_t import_names_find(
    struct import_run *r, const struct import_names *n, const char *key, int64_t *out, size_t max);
/* The likeliest for a name that none has, best first. */
size_t import_names_near(
    struct import_run *r, const struct import_names *n, const char *key, int64_t *out, size_t max);

/* ---- import_map.c */
const char *import_guess(
    struct ctx *cx, const struct import_kind *k, const char *const *head, size_t n, size_t *known);
const char *import_shape(struct ctx *cx, const char *const *head, size_t n);
int import_mapping_check(struct ctx *cx, const struct import_kind *k, const char *mapping) MUST;
const char *import_fault_text(struct ctx *cx, enum table_fault f);
bool import_word_is(struct ctx *cx, const char *words, const char *key); /* "член|мүше" */

/* The beginning of a cell, for looking at and for reasons. */
const char *import_short(struct arena *a, const char *text);

/* ---- import_cell.c: texts of cells into fields; refusals are field errors */
int import_cells(struct import_run *r, struct import_plan *p, bool person, void *rec) MUST;
bool import_day(const char *text, int today, int *out);
const char *import_iin(struct arena *a, const char *text);
void import_split_name(struct ctx *cx, const char *full, struct person *out);
/* The answer that was given to a question; RC_NOTFOUND = none. */
int import_choice(struct import_run *r, const char *what, int64_t *pick) MUST;

/* ---- import_match.c: one row planned */
int import_plan_row(struct import_run *r, struct import_plan *p) MUST;
/* The record of a row whose plan is known, ready to be stored. */
int import_build_row(struct import_run *r, struct import_plan *p) MUST;

/* What the store would check of a new record, asked beforehand. */
int import_check_new(struct ctx *cx, const struct kind *k, void *rec) MUST;

/* ---- import_attend.c: lists of who came */
void import_attend_targets(struct ctx *cx, struct import_target out[IMPORT_TARGETS], size_t *n);
void import_attend_needed(
    struct ctx *cx, const struct import_target *t, size_t n, const bool *used);
int import_attend_ready(struct ctx *cx, int64_t id, const char *mapping) MUST;
int import_plan_attendance(struct import_run *r, struct import_plan *p, bool decided) MUST;

/* ---- import_plan.c */
int import_plan_step(struct import_run *r, bool *more) MUST;
int import_plan_digest(struct ctx *cx, int64_t batch, const char **out) MUST;
/* Newest line of history; how many lines behind `known` concern what a plan looks at. */
int import_known(struct ctx *cx, int64_t *out) MUST;
int import_foreign(struct ctx *cx, int64_t known, int64_t *out) MUST;
/* Plan lines from..to, in order of rows, at most *n; cells are not filled. */
int import_plan_load(struct ctx *cx, int64_t batch, int64_t from, int64_t to,
    struct import_plan *out, size_t *n) MUST;

/* ---- import_commit.c, import_undo.c */
int import_commit_step(struct import_run *r, bool *more) MUST;
int import_undo_step(struct import_run *r, bool *more) MUST;

/* ---- import_batch.c */
#define IMPORT_ADMIN CAP_USERS
int import_load(struct ctx *cx, int64_t id, struct import_batch *out) MUST;
int import_state_tx(
    struct ctx *cx, struct tx *tx, int64_t id, const char *from, const char *to) MUST;

#endif
