/* import.h – tables of offices become records: people, memberships (with their people), bodies, events, and
 * lists of who came (import_attend.c).
 *
 * A batch lives through states, each a small step that a killed process can take up again:
 *   mapping → planning → planned → committing → done → undoing → undone; dropped ends it before.
 * Planning writes the plan row by row (new, update, same, asks, error) and nothing else. Committing is
 * that plan: it begins only under the plan's digest that somebody saw, and if any record of these kinds
 * was written since, everything is planned again first and must give the same digest. Rows are written
 * some hundred at a time together with the batch's place, so each is written exactly once. Undoing puts
 * back what was there before, while nothing else has touched or named it.
 *
 * The file itself lies in D.files/import/ until it is no longer needed, at most IMPORT_DAYS; the plan
 * keeps row numbers, ids and reasons, no cells. Rights: the kind's `create` and `edit` capabilities,
 * scope and checks, as if each row were typed by the one who sent the file. A batch is seen by whoever
 * made it, and by administrators. */
#ifndef MOD_IMPORT_H
#define MOD_IMPORT_H

#include "kind/kind.h"

struct table_row;

enum { IMPORT_DAYS = 30, IMPORT_COLUMNS = 128, IMPORT_TARGETS = 64, IMPORT_OFFERS = 12 };

/* A place that a column may fill. */
struct import_target {
	const char *name;	   /* "surname", "name.ru", "person.phone", "full_name" */
	const struct field *field; /* NULL: full_name */
	enum lang lang;		   /* of TEXT3 */
	bool person;		   /* of the membership's person */
	const char *label;	   /* in the reader's language */
	bool required;
};
struct import_kind {
	const struct kind *kind;
	bool with_person;  /* rows carry a person beside the record */
	bool names_person; /* rows name people on record, or guests; none is made */
};
extern const struct import_kind import_kinds[];
extern const size_t import_nkinds;
/* By the kind's name or plural name; NULL = not importable. */
const struct import_kind *import_kind_of(const char *name);
bool import_may(const struct ctx *cx, const struct import_kind *k);
size_t import_targets(
    struct ctx *cx, const struct import_kind *k, struct import_target out[IMPORT_TARGETS]);

struct import_batch {
	int64_t id, account, body, created_at, changed_at, ended_at, known;
	const char *kind, *role, *lang, *state, *file_name, *path, *digest, *shape, *mapping, *tag;
	const char *plan_digest, *asked_digest, *error;
	bool staged, whole;
	int code, sep, sheet;
	int64_t header_row, done_row;
};
struct import_counts {
	int64_t fresh, updates, same, asks, errors, left_out, rows, done;
};

/* All kinds, once at boot: undoing asks each of them whether it names what a batch made. */
void import_boot(const struct kind *const *kinds, size_t n);

/* ---- a file comes in ---- */
struct import_new {
	const struct import_kind *kind;
	const char *path, *file_name; /* path: readable until the batch ends */
	bool staged;		      /* the path is the house's own and removed with the batch */
	int sheet;		      /* -1 = the first visible */
};
/* Looks at the file, finds its header and guesses the columns (or remembers them from the last file of
 * this shape). RC_INVALID with words when it is no table. */
int import_open(struct ctx *cx, const struct import_new *in, int64_t *id) MUST;
/* This actor's batch of the same kind and content that was begun to be written and not ended; 0 = none. */
int import_unfinished(struct ctx *cx, const struct import_new *in, int64_t *id) MUST;
/* Bytes of an upload to D.files/import/; the path lies in the arena. */
int import_stage(struct ctx *cx, struct slice body, const char **path) MUST;
/* The batch as this actor may see it; RC_NOTFOUND else. */
int import_get(struct ctx *cx, int64_t id, struct import_batch *out) MUST;
int import_list(struct ctx *cx, int limit, struct import_batch **out, size_t *n) MUST;
int import_count(struct ctx *cx, int64_t id, struct import_counts *out) MUST;

/* Header, first rows and which target each column has; "" = not used. */
struct import_view {
	size_t ncolumns, nrows, nsheets;
	const char *sheets[64];
	const char *head[IMPORT_COLUMNS], *target[IMPORT_COLUMNS];
	const char *rows[8][IMPORT_COLUMNS];
	const char *form; /* "CSV, Windows-1251, ;" in words */
};
int import_look(struct ctx *cx, const struct import_batch *b, struct import_view *out) MUST;
/* Other sheet or header row: looked at anew, the columns guessed anew. */
int import_set_sheet(struct ctx *cx, int64_t id, int sheet, int64_t header_row) MUST;
/* mapping: "surname;given;;phone" by column. RC_INVALID: a target twice, a needed one missing. Planning begins. */
int import_set_mapping(
    struct ctx *cx, int64_t id, const char *mapping, bool whole, const char *tag) MUST;

/* Of a list of who came: the event of all rows, by its number or a name of one alone; "" = a column says it.
 * RC_INVALID (field "event"). */
int import_set_event(struct ctx *cx, int64_t id, const char *text) MUST;
int import_event_of(struct ctx *cx, int64_t batch, int64_t *event) MUST; /* 0 = not chosen */

/* ---- the machine ---- */
/* Works on the batch for at most ms milliseconds (0 = to the end of the state); *more: not at an end yet. */
int import_run(struct ctx *cx, int64_t id, int ms, bool *more) MUST;
/* A batch that waits for the machine, 0 = none. */
int import_waiting(struct ctx *cx, int64_t *id) MUST;
/* Runs it with the rights of the account that sent it, as they are now. */
int import_run_as_owner(struct ctx *cx, int64_t id, int ms, bool *more) MUST;

/* ---- the plan ---- */
struct import_line {
	int64_t row, rec, person;
	char outcome;
	const char *fields, *reason;
	bool done;
	const char *cells[IMPORT_COLUMNS];
	size_t ncells;
};
/* Lines after a row, of one outcome (0 = all); their cells are read from the file each time. */
struct import_window {
	char outcome;
	int64_t after;
	size_t limit;
	bool cells;
};
int import_lines(struct ctx *cx, const struct import_batch *b, struct import_window w,
    struct import_line *out, size_t *n) MUST;
/* What an asking row may mean. what: key of the answer ("row:12", "body:шатлық"). */
struct import_offer {
	int64_t id;
	const char *title, *hint, *why;
};
struct import_question {
	const char *what, *text;
	bool may_be_new;
	struct import_offer offers[IMPORT_OFFERS];
	size_t n;
};
int import_ask(
    struct ctx *cx, const struct import_batch *b, int64_t row, struct import_question *out) MUST;
/* pick: an id, 0 = a new record, -1 = leave the row out. The rows concerned are planned anew. */
int import_answer(struct ctx *cx, int64_t id, const char *what, int64_t pick) MUST;

/* ---- to the end ---- */
/* RC_CONFLICT: the plan is no longer the one that was seen. */
int import_commit(struct ctx *cx, int64_t id, const char *plan_digest) MUST;
int import_drop(struct ctx *cx, int64_t id) MUST;
/* What stands against undoing, in words; *why NULL = nothing. */
int import_undo_check(struct ctx *cx, const struct import_batch *b, const char **why) MUST;
int import_undo(struct ctx *cx, int64_t id) MUST;
/* Rows that were not imported, in the file's own columns with the reason behind them. */
int import_rejected(
    struct ctx *cx, const struct import_batch *b, bool xlsx, struct slice *out) MUST;
/* A blank sheet with examples in the reader's language. */
int import_template(struct ctx *cx, const struct import_kind *k, struct slice *out) MUST;
/* Job: files of batches past their term, and plans. */
int import_purge(struct ctx *cx) MUST;

#endif
