/* figure.h – numbers that open to their records.
 *
 * A figure is a row of data: code, name, definition and counting rule in three languages (msgids),
 * unit, how it may be said, who may see value, rows and names, and one SELECT that yields its
 * records. Value and records come from that one SELECT, so they cannot disagree. Where a figure is
 * asked often, its sums are also kept in cells (figure, dimension, key, day): a write inserts
 * deltas (figure_delta), a job folds them (figure_fold), and the value is folded + open deltas read
 * in one snapshot. figure_verify() recounts everything from the records and names each difference.
 *
 * Days: a period has both ends in. Asked on a day, a step figure counts what was so on that day. */
#ifndef FIGURE_FIGURE_H
#define FIGURE_FIGURE_H

#include "kind/kind.h"

enum figure_shape {
	FIGURE_COUNT, /* value = number of records */
	FIGURE_SUM,   /* value = sum of the records' amounts */
	FIGURE_MEAN,  /* of the records' amounts, one decimal */
	FIGURE_MEDIAN,
};
enum figure_time { FIGURE_PERIOD, FIGURE_ON_DAY };
enum say { SAY_EXACT, SAY_OVER10, SAY_OVER1000 };
enum exactness { EXACT, AT_LEAST, ABOUT, UNKNOWN };
const char *exactness_code(enum exactness e); /* exact at_least about unknown */

/* What is asked. Filters are ids; 0 = none. body means the body and all beneath it. */
struct ask {
	int on, from, to; /* days; from/to for period figures */
	int64_t body, district;
	int64_t dim_key;      /* narrows to one key of the figure's dimension; 0 = none */
	const char *dim_code; /* the same for dimensions that are codes (basis); NULL = none */
	/* As known at this moment (µs since 1970 UTC; its whole second counts); 0 = now. See kind/past.h. */
	int64_t known;
	bool split; /* set by the machinery: records() gives an id once for each of its keys */
};
/* Room for the values of a figure's SELECT, in the array that records() gets. */
enum { FIGURE_VALS = 40 };
/* A column of a figure's SELECT that has no value: PostgreSQL wants to know of which type. */
#define FIGURE_NONE "CAST(NULL AS BIGINT)"
#define FIGURE_NO_TEXT "CAST(NULL AS TEXT)"
/* One more value; its place for "$%zu". */
size_t figure_val(struct val *v, size_t *nv, int64_t value);
/* RULE figure-10: " AND body IN (the one asked for and all beneath it)", the same of the district. body, district:
 * SQL of the record's; body NULL = narrowed otherwise. */
void figure_within(const struct ask *a, const char *body, const char *district, struct buf *sql,
    struct val *v, size_t *nv);
/* Defaults: on = the business day, period = 1 January of its year … on. */
void ask_default(const struct ctx *cx, struct ask *a);

struct figure {
	const char *code;
	const char *name, *definition, *rule; /* msgids; rule = how it is counted, in sentences */
	const char *unit;		      /* msgid; unit_code goes to the API */
	const char *unit_code;
	enum figure_shape shape;
	enum figure_time time;
	enum say say;
	enum cap value_cap, rows_cap; /* rows_cap: may see the records one by one */
	const char *rows_why;	      /* msgid: why others may not see rows; NULL if public */
	const struct kind *kind;      /* kind of the records */
	/* Writes a SELECT of the columns id, day, body, amount, basis, dim for this question into *sql
	 * with its values ($1…, at most FIGURE_VALS, *nv comes as 0); dim is the key of the figure's
	 * dimension or NULL. Ids are distinct, unless ask.split is set and a record has several keys. */
	void (*records)(
	    struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv);
	/* Dimension: the figure is also given split by it; dim_kind names the keys (event_kind,
	 * body_kind, district, body); NULL with a dim name = codes in text (basis). */
	const char *dim;
	const struct kind *dim_kind;
	const struct option *dim_options; /* codes in text: labels and order */
	bool kept; /* cells exist: value of the plain question and of one body or one district */
	bool
	    kept_year; /* cells answer only periods that begin on 1 January and stay in that year */
	bool kept_plain; /* cells only for the plain question: body and district are counted */
	bool persons;	 /* counts different people: what erased ones left is in figure_sealed */
	bool mass;	 /* whole grams, said in tonnes or kilograms */
	/* Exactness from the records' bases (at ask.known, with past_sql()), and how many of the period have no amount; NULL = exact. */
	enum exactness (*exact)(struct ctx *cx, const struct ask *a, int64_t *without);
};

struct figure_answer {
	const struct figure *figure;
	struct ask ask;
	bool known;   /* false = unknown: nothing to count from */
	double value; /* whole for counts and sums */
	enum exactness exactness;
	int64_t records, without;
	/* Of the value, what erased people left: records and sealed make the value (may be negative: one
	 * person left several rows). */
	int64_t sealed;
	const char *sha256;   /* hex; NULL until asked for */
	const char *dim_code; /* key of a split row; NULL = the undimensioned answer */
	const char *dim_title;
};

/* The catalogue is handed over once at boot (app/tables.c). */
void figure_init(const struct figure *const *figures, size_t n);
size_t figure_count(void);
const struct figure *figure_nth(size_t i);
const struct figure *figure_find(const char *code);

/* Whether this actor may ask for the value: lists of all figures leave the others out. */
bool figure_may_value(struct ctx *cx, const struct figure *f, const struct ask *a);
/* The undimensioned answer; from kept cells when they can answer, else counted. */
int figure_answer(
    struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_answer *out) MUST;
/* As above but always counted from the records. */
int figure_recount(
    struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_answer *out) MUST;
/* The figure split by its dimension, one answer a key, in order of the keys' titles. */
int figure_split(struct ctx *cx, const struct figure *f, const struct ask *a,
    struct figure_answer **out, size_t *n) MUST;
/* SHA-256 over the record ids, decimal ASCII, ascending, LF after each. */
int figure_sha256(struct ctx *cx, struct figure_answer *a) MUST;

struct figure_record {
	int64_t id;
	const char *kind, *label; /* label: title of the record in the reader's language */
	int day;
	int64_t body; /* 0 = none */
	const char *body_code, *body_title;
	int64_t amount;	   /* INT_NONE = no amount known */
	const char *basis; /* code or "" */
};
/* Records ascending by id, `limit` from the one after `after` (0 = from the start); RC_DENIED with
 * the reason when this actor may not see them. For sums only records with an amount. */
struct figure_page {
	int64_t after;
	int limit;
};
static inline struct figure_page
figure_from(int64_t after, int limit)
{
	return (struct figure_page){ after, limit };
}
int figure_records(struct ctx *cx, const struct figure *f, const struct ask *a,
    struct figure_page page, struct figure_record **out, size_t *n) MUST;
/* RC_OK when this actor may see which records stand behind the figure; RC_DENIED with the reason. */
int figure_may_rows(struct ctx *cx, const struct figure *f, const struct ask *a) MUST;
/* Events of a sum that have no amount known (they contribute nothing and are named). */
int figure_without(struct ctx *cx, const struct figure *f, const struct ask *a,
    struct figure_record **out, size_t *n) MUST;

/* ---- kept cells ----
 * A count keeps its cells under its code with dim "", "body", "district". A sum keeps its amounts so,
 * and how many records have one under "#", "#body", "#district". A figure asked on a day keeps its
 * steps: +1 on the first day, −1 on the first day on which it is no longer so. */
/* Folded + open deltas of one cell over days, both ends in. */
struct cell_range {
	const char *figure, *dim;
	int64_t key;
	int from, to;
	int64_t known; /* 0 = now; else figure_past_from() must allow it */
};
int figure_cells(struct ctx *cx, const struct cell_range *c, int64_t *out) MUST;
/* Whether cells can tell what was known at a moment: what they were made of by then is kept since they
 * were last made anew (figure_rebuild). Earlier moments are counted from history. */
int figure_past_from(struct ctx *cx, int64_t known, bool *out) MUST;
/* Add to a cell inside a write. dim "" = the whole assembly, else "body", "district", … */
struct figure_cell {
	const char *figure, *dim;
	int64_t key;
	int day;
	int64_t amount;
};
int figure_add_tx(struct ctx *cx, struct tx *tx, const struct figure_cell *c) MUST;
/* Fold open deltas into the sums; at most `max` at a time; *folded = how many. */
int figure_fold(struct ctx *cx, int max, int64_t *folded) MUST;
/* Modules name what their records should have left in the cells: called by verify for each, it emits
 * every cell of every record. */
struct cell_sink {
	void *self;
	int (*add)(struct cell_sink *s, const char *figure, const char *dim, int64_t key, int day,
	    int64_t amount);
};
struct cell_source {
	const char *name;
	int (*emit)(struct ctx *cx, struct cell_sink *sink, int64_t *records);
};
void figure_sources(const struct cell_source *s, size_t n);
/* Make all cells anew from the records, in one write: after a bulk load, or when verify found a
 * difference. *cells = how many. */
int figure_rebuild(struct ctx *cx, int64_t *cells) MUST;
/* Other checks that verify runs (tallies, audit chain, files); each writes a line per difference and
 * sets *records and *differences to its own numbers (they come in as 0). */
struct verify_check {
	const char *name;
	int (*run)(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences);
};
void figure_checks(const struct verify_check *c, size_t n);
/* Recount all; lines to out, last line "verify: N figures, M records, D differences". */
int figure_verify(struct ctx *cx, struct buf *out, int64_t *differences) MUST;

const char *figure_digits(struct ctx *cx, const struct figure *f, double value);
/* "14 мыңнан аса", "497", "90-нан астам": the figure as it is said in the language, honest: the
 * rounded word only when the value is larger than the round number. */
const char *figure_say(struct ctx *cx, const struct figure_answer *a);

#endif
