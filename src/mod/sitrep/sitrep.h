/* sitrep.h – situation reports of an open headquarters: every twelve hours, and whenever somebody asks.
 *
 * A report is frozen as an edition is (office.h, ADR 10, ADR 38): one text (JSON; codes, no names) with each figure, its
 * split and the digest of the ids behind it, and beside it those ids with their amounts. Editions ask by days, a
 * headquarters lives by hours; hence a machine of its own on the same principle. Values are added up from the frozen
 * records and from nothing else, so a figure and its records cannot disagree; verify recounts both.
 *
 * RULE sitrep-1: reports of a headquarters bear the numbers 1, 2, 3 …; each begins where the one before ended, the first
 * with the day of the opening. One is due at 06:00 and at 18:00 local time; a machine that was off makes one, not many.
 * RULE sitrep-2: what happens (asked, delivered, arrived, left, handed out, received) counts once: in the first report that
 * knew it, however late it was typed. What lies or waits counts as it stood at the report's end.
 * RULE sitrep-3: a report never changes. What was typed late stands in the next one; who looks at both sees it.
 * RULE sitrep-4: units that are unlike are not added up: goods stand item by item.
 * No figure tells of a family: CAP_RELIEF_READ reads all of it. */
#ifndef MOD_SITREP_H
#define MOD_SITREP_H

#include "mod/centre/centre.h"
#include "mod/meal/meal.h"

struct sitrep {
	struct rec rec;
	int64_t headquarters, number;
	struct text3 name;
	int64_t from_at, to_at, known_at; /* from_at in, to_at out */
	const char *way;		  /* clock, hand */
	const char *sha256;
};
extern const struct kind sitrep_kind;
extern const struct option sitrep_ways[];

/* Freezes one up to now. CAP_RELIEF_WRITE; RC_RULE: the headquarters is closed, or the last one ended this minute. */
int sitrep_make(struct ctx *cx, int64_t headquarters, struct sitrep *out) MUST;
/* For the jobs: what is due by cx->now is made, by the program itself. *made = how many. */
int sitrep_due(struct ctx *cx, int64_t *made) MUST;
/* The last moment ≤ now at which a report is due. */
int64_t sitrep_slot(int64_t now);
int sitrep_find(struct ctx *cx, int64_t headquarters, int64_t number, struct sitrep *out) MUST;
int sitrep_text(struct ctx *cx, const struct sitrep *s, const char **out) MUST;

/* ---- what is counted ---- */

enum sit_shape { SIT_COUNT, SIT_SUM, SIT_MEDIAN, SIT_ITEMS };
enum sit_group { SIT_NEEDS, SIT_CENTRES, SIT_MEALS, SIT_GOODS, SIT_VOLUNTEERS, SIT_GROUPS };
struct sit_figure {
	const char *code, *name, *rule; /* name, rule: msgids */
	enum sit_group group;
	enum sit_shape shape;
	/* Of $1 headquarters, $2 end, $3 opening: id, amount (≥ 0), dim (never NULL). */
	const char *sql;
	const struct kind *kind; /* of the records; NULL = sets of the ledger */
	const struct option *keys;
	char
	    keyed; /* without keys: 'p' codes of places, 'i' codes of items, 'm' meal/receivers, 'a' ages */
};
extern const struct sit_figure sit_figures[];
extern const size_t sit_nfigures;
extern const char *const sit_groups[SIT_GROUPS];
const struct sit_figure *sit_figure_find(const char *code);

/* ---- one as it was frozen ---- */

struct sit_key {
	const char *key;
	int64_t value;
};
struct sit_value {
	const struct sit_figure *figure;
	int64_t value; /* SIT_MEDIAN: minutes, INT_NONE without records; SIT_ITEMS: INT_NONE */
	int64_t records;
	const char *sha256;
	struct sit_key *key;
	size_t nkeys;
};
struct sit_report {
	struct sitrep s;
	struct sit_value
	    *v; /* in the order of sit_figures[]; figures younger than the report are left out */
	size_t n;
};
/* Read from its text. */
int sit_read(struct ctx *cx, const struct sitrep *s, struct sit_report *out) MUST;
/* The one before; *has = false for the first. */
int sit_read_before(struct ctx *cx, const struct sitrep *s, struct sit_report *out, bool *has) MUST;
const struct sit_value *sit_value(const struct sit_report *r, const char *code);
/* Of a key; 0 where it is not there. */
int64_t sit_of_key(const struct sit_value *v, const char *key);
/* A report that is older than a group's figures has none of it. */
bool sit_has_group(const struct sit_report *r, enum sit_group g);

/* ---- as it is said and drawn: page, DOCX, XLSX, CSV ---- */

struct sit_row {
	const struct sit_figure *figure;
	const char *key;		      /* NULL = the figure itself */
	const char *label, *now, *was, *diff; /* was, diff: "" for the first report */
	bool number;			      /* value may be added up in a spreadsheet */
	double value, before;
};
/* In cx->lang; was NULL = there is none before. A row the same in every drawing. */
int sit_rows(struct ctx *cx, const struct sit_report *r, const struct sit_report *was,
    struct sit_row **out, size_t *n) MUST;
enum { SIT_SENTENCES = 10 };
int sit_sentences(struct ctx *cx, const struct sit_report *r, const struct sit_report *was,
    const char *out[SIT_SENTENCES], size_t *n) MUST;
/* "15.11.2024 06:00 – 18:00" */
const char *sit_period(struct ctx *cx, const struct sitrep *s);
/* Items that waiting families ask for beyond what lies in the stores: by the figures goods_asked and goods_there. */
struct sit_short {
	struct item item;
	int64_t asked, there;
};
int sit_shorts(struct ctx *cx, const struct sit_report *r, struct sit_short **out, size_t *n) MUST;
/* The same now, without a report: for the wall. At most 12, the largest lack first. */
int sit_shorts_now(struct ctx *cx, int64_t headquarters, struct sit_short **out, size_t *n) MUST;

/* ---- records behind a figure ---- */

struct sit_record {
	int64_t id, amount;
	const char *key, *label, *url; /* url, with the language: NULL = has no page */
};
/* Ascending by id, those after `after`; key NULL = all. RC_DENIED where the actor may not read records of this kind: stays are
 * families', sets the stock's. */
struct sit_behind {
	const struct sit_figure *figure;
	const char *key;
	int64_t after;
	int limit;
};
int sit_records(struct ctx *cx, const struct sitrep *s, const struct sit_behind *of,
    struct sit_record **out, size_t *n) MUST;

struct verify_check;
extern const struct verify_check sitrep_check;

#endif
