/* event_report.h – the report of one event as it is read, drawn as a page and as DOCX. Inside mod/event. */
#ifndef MOD_EVENT_REPORT_H
#define MOD_EVENT_REPORT_H

#include "mod/event/event_pages.h"

struct event_report {
	struct event e;
	struct event_rights can;
	struct event_count count;
	const char *title, *body, *kind, *district;
	struct list organisers, files, costs;
	const char **organiser_titles;
	struct event_kin kin;
	int64_t seats;
	struct event_doubts doubts;
	int64_t planned, spent; /* sums of costs that stand, tiyn; INT_NONE = none is known */
	struct institution house;
};
/* The event of the path; RC_DENIED outside of the scope. */
int event_report_read(struct view *v, struct event_report *r) MUST;
/* A count as words: "120", "not known". */
const char *event_report_number(struct ctx *cx, int64_t n);
/* Mean of the kind, expected number, seats: label and value of the nth line; false past the last. */
struct report_line {
	const char *label, *value;
};
bool event_report_against(
    struct ctx *cx, const struct event_report *r, size_t nth, struct report_line *out);
const char *event_doubt_text(struct ctx *cx, const struct event_doubt *d);
int event_report_docx(struct ctx *cx, const struct event_report *r, struct slice *out) MUST;

/* ---- letters of thanks (event_letter.c) ---- */

struct letter {
	const char *to; /* a body's name, or a person's */
	bool body;
	const char *what; /* what for, in own words; "" = for helping with the event */
};
/* The words of one letter in the language of cx: salutation, then paragraphs, ended by NULL. */
enum { LETTER_PARAS = 4 };
void event_letter_words(struct ctx *cx, const struct event_report *r, const struct letter *l,
    const char *out[LETTER_PARAS]);
/* One letter a page, each language that is given after the other. */
int event_letters_docx(struct ctx *cx, const struct event_report *r, const struct letter *l,
    size_t n, struct slice *out) MUST;

#endif
