/* paper_inner.h – what the files of mod/report/ share among themselves. */
#ifndef MOD_PAPER_INNER_H
#define MOD_PAPER_INNER_H

#include "mod/report/paper.h"

/* ---- paper_ask.c ---- */
int paper_head(struct ctx *cx, const struct paper_in *in, struct paper *p) MUST;
struct text3 paper_row_text3(const struct rows *r, int col);

/* ---- paper_doubt.c ---- */
int paper_doubts(struct ctx *cx, struct paper *p) MUST;

/* ---- paper_plan.c ---- */
struct paper_plans {
	const struct target *all;
	size_t n;
};
/* All plans whose days touch the period's year. */
int paper_plans(struct ctx *cx, const struct paper *p, struct paper_plans *out) MUST;
/* The plan of one question; target 0 = none. `whole` = the period before it was cut. longer: a plan that
 * holds the whole period will do, too. */
struct paper_plan paper_plan_of(const struct paper_plans *plans, const struct paper_cell *c,
    const struct period *whole, bool longer);

/* ---- paper_say.c, paper_words.c: what is computed from cells, as text ---- */
enum paper_col { COL_NOW, COL_PLAN, COL_DONE, COL_LAST, COL_DIFF, COL_GREW, COL_COUNT };
/* The columns that a table shows, in order; how many. */
size_t paper_cols(const struct paper_table *t, enum paper_col out[COL_COUNT]);
const char *paper_col_name(const struct ctx *cx, const struct paper *p, enum paper_col c);
/* The text of one place, and its number where it is one (for spreadsheets: false = text only). */
const char *paper_col_text(struct ctx *cx, const struct paper_row *r, enum paper_col c);
bool paper_col_number(const struct paper_row *r, enum paper_col c, double *out);
const char *paper_value(struct ctx *cx, const struct paper_cell *c);
/* RULE report-5: a share as it may be said: one decimal; never 100 % before all is reached, never 0 %
 * of something; "≈" and whole per cent when a number is not exact. */
const char *paper_share(struct ctx *cx, double part, double whole, bool exact);
const char *paper_digits(struct ctx *cx, const struct figure *f, double v);
bool paper_exact(const struct paper_row *r);	  /* both years' numbers are */
bool paper_comparable(const struct paper_row *r); /* both are known, and the records reach back */
const char *paper_small_month(struct ctx *cx, int month); /* inside a sentence: қараша, ноябрь */
const char *paper_plain_period(struct ctx *cx, const struct period *p);
const char *paper_period_name(struct ctx *cx, const struct paper *p);
const char *paper_title(struct ctx *cx, const struct paper *p);
/* paper_words.c: whole sentences, each computed from the cells of the table "figures". */
enum { PAPER_SENTENCES = 10 };
size_t paper_sentences(struct ctx *cx, const struct paper *p, const char *out[PAPER_SENTENCES]);
const char *paper_date(struct ctx *cx, int day); /* as the head of a letter has it */
const char *paper_number(struct ctx *cx, const struct paper *p); /* "№ 12-3" or a line to fill in */
const char *paper_narrowed(struct ctx *cx, const struct paper *p); /* body, district; "" = whole */
const char *paper_plan_note(struct ctx *cx, const struct paper_table *t); /* NULL = none */
const char *paper_foot(struct ctx *cx, const struct paper *p);
const char *paper_label(const struct ctx *cx, const struct text3 *t);
bool paper_named(const struct text3 *t);

#endif
