/* paper.h – the report of a period as plain data: what was asked, what was answered, apart from how it is
 * drawn.
 *
 * A paper is a list of tables; a table's rows hold two questions to figures (this period, and the same
 * days a year earlier) with their answers, and the plan. Whatever is computed from them – difference,
 * per cent, sentences, charts – is computed when it is drawn, from these cells and nothing else. So an
 * edition that froze the answers fills the same paper through paper_cells(), and page, DOCX and XLSX
 * cannot differ. Texts are kept in three languages: one paper is drawn in Kazakh and Russian.
 *
 * Days: both ends in. Numbers: whole but for means and medians. All memory lies in cx->arena.
 * Rules: docs/rules.md, report-1 … report-9; sources: the office's custom of plan, last year and
 * districts (domain of the assembly's reports). */
#ifndef MOD_PAPER_H
#define MOD_PAPER_H

#include "mod/report/report.h"
#include "base/period.h"
#include "figure/figure.h"
#include "mod/registry/registry.h"
#include "text/html.h"

/* ---- the plan ---- */

/* What was promised: a figure's value for a period, of the whole assembly or of a body or district. */
struct target {
	struct rec rec;
	const char *figure; /* code */
	int from_day, to_day;
	int64_t body, district; /* 0 = the whole assembly */
	int64_t value;
	int approved_on;
	const char *approved_by, *document;
};
extern const struct kind target_kind;
extern const struct option target_figures[]; /* figures that may be planned, by code */

/* ---- the paper ---- */

struct paper_cell {
	const struct figure *figure; /* NULL = nothing is asked here */
	struct ask ask;		     /* with dim_key or dim_code where a split is meant */
	const char *dim_code;	     /* "none": records without a key of the split */
	bool known;
	double value;
	enum exactness exactness;
	int64_t records;
	const char *sha256; /* of the record ids; NULL until paper_digest() */
};
struct paper_plan {
	int64_t target; /* id of the plan's record; 0 = no plan */
	double value;
	int from, to; /* its own days, which may be longer than the period (RULE report-3) */
};
struct paper_row {
	struct text3 label;
	const char *code; /* figure, or key of the split, or the part's period */
	struct paper_cell now, last;
	/* RULE report-9: the records begin later than the year before, so its answer – nothing – says
	 * nothing, and is neither shown nor compared. */
	bool no_last;
	struct paper_plan plan;
};
enum paper_chart { PAPER_PLAIN, PAPER_BARS, PAPER_LINES };
struct paper_table {
	const char *code;	  /* "figures", "events_by_district" … */
	const char *title, *note; /* msgids; note NULL = none */
	const char *unit;	  /* msgid; NULL = each row's figure has its own */
	const char *head;	  /* msgid: what the first column names */
	enum paper_chart chart;
	bool plans;   /* some row has a plan */
	bool no_last; /* no row has anything to be compared with */
	struct paper_row *row;
	size_t n;
};

/* A number that does not look right, with the records that make it so. */
struct paper_doubt_record {
	int64_t id; /* event; 0 = a row of a table, which `name` names */
	struct text3 name, body;
	int day;
	int64_t amount, usual; /* INT_NONE = not known */
};
struct paper_doubt {
	const char *code, *title, *why; /* msgids */
	const char *usual;		/* msgid: what the other number is; NULL = none */
	int64_t records;		/* all of them; `record` holds the first */
	const struct paper_doubt_record *record;
	size_t n;
};

enum { PAPER_TABLES = 16, PAPER_DOUBTS = 16 };
struct paper {
	struct period period; /* as it was asked for */
	struct ask ask;	      /* as it is counted: RULE report-1 */
	struct ask last;
	bool cut;  /* the period has not ended by the business day */
	int begun; /* day of the first counted event on record; 0 = none */
	struct text3 house,
	    above; /* the issuing body's name on the paper's day, what it belongs to */
	struct text3 body, district;	       /* what it is narrowed to */
	const char *body_code, *district_code; /* NULL = not narrowed */
	const char *number;		       /* "" = none yet */
	int day;			       /* date of the paper */
	struct paper_signer signer;
	struct paper_table table[PAPER_TABLES];
	size_t ntables;
	struct paper_doubt doubt[PAPER_DOUBTS];
	size_t ndoubts;
	bool doubts_hidden; /* this actor may not read events */
	int64_t known;	    /* moment of counting, or the earlier one that is asked for */
	int64_t edition;    /* number of the edition that it is drawn from; 0 = none */
};

/* What is asked for, as written. Empty = default: the year up to the business day, no number, the
 * business day as date, the secretariat's first office. */
struct paper_text {
	const char *period;		     /* as period_parse(), or NULL */
	const char *year, *part, *from, *to; /* instead, from forms; part: "" h1 q3 m11 days */
	const char *body, *district;	     /* codes */
	const char *number, *day, *signer;
	const char *known; /* as known at this moment: moment_parse() */
};
struct paper_in {
	struct period period;
	struct ask
	    ask; /* body, district, known, and `on` where it is not the period's end; the other
			 * days are set by paper_make() */
	const char *number;
	int day;
	int64_t signer;
	const char *signed_by; /* office and name as they were signed; NULL = signer */
};
enum { PAPER_NUMBER = 40 };
/* RC_INVALID with field errors (period, year, from, to, body, district, number, day, signer, known). */
int paper_read(struct ctx *cx, const struct paper_text *t, struct paper_in *out) MUST;
/* Asks every cell. RC_DENIED for a scoped actor outside of its bodies where a figure is not public. */
int paper_make(struct ctx *cx, const struct paper_in *in, struct paper *out) MUST;
/* Every cell that asks something, always in the same order; stops at the first outcome but RC_OK. */
int paper_cells(struct paper *p, int (*cell)(struct paper_cell *c, void *arg), void *arg) MUST;
/* The digests of all cells' record ids. */
int paper_digest(struct ctx *cx, struct paper *p) MUST;
const struct paper_row *paper_find(const struct paper *p, const char *table, const char *code);
/* Codes and names of "body" or "district", in the order of the reader's language; for the form. */
struct paper_choice {
	const char *code, *name;
};
int paper_choices(struct ctx *cx, const char *table, struct paper_choice **out, size_t *n) MUST;

/* ---- drawn ---- */

/* What a signed edition prints on its report, so that paper and edition can be held together. */
struct paper_stamp {
	const char *number; /* of the edition */
	const char *digest; /* hex */
	const char *url;    /* the edition's public page */
	const char *root;   /* the audit's root at that moment; NULL = none */
};
/* Each language given is drawn after the other; the first is the original. */
struct paper_style {
	enum lang lang[LANG_COUNT];
	size_t nlangs;
	const struct paper_stamp *stamp; /* NULL = a draft */
	bool links;			 /* numbers lead to their records: pages only */
};
/* For a page (the frame is drawn round it), and as a file of its own. */
int paper_html(
    struct ctx *cx, struct html *h, const struct paper *p, const struct paper_style *s) MUST;
int paper_html_file(
    struct ctx *cx, const struct paper *p, const struct paper_style *s, struct slice *out) MUST;
int paper_docx(
    struct ctx *cx, const struct paper *p, const struct paper_style *s, struct slice *out) MUST;
int paper_xlsx(
    struct ctx *cx, const struct paper *p, const struct paper_style *s, struct slice *out) MUST;

#endif
