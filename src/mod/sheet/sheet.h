/* sheet.h – paper is a client, too: sheets for signatures, what is typed from them, pictures of them, and
 * slips of heads that somebody counted.
 *
 * A sheet belongs to one event. Its rows stand for people of a list, and behind them are spare rows for
 * walk-ins; each has a code (sheet_code.h). What is typed from a row makes one attendance with the basis
 * "listed" that names sheet and row ("3187-074"); typing it twice, or two typists at once, changes nothing
 * more and says so. A row that is taken back withdraws the attendance that it made, never one that came
 * from elsewhere. The second reading is blind: it writes only what was read, and differences are shown. */
#ifndef MOD_SHEET_H
#define MOD_SHEET_H

#include "mod/event/event.h"
#include "mod/sheet/sheet_code.h"
#include "mod/signup/signup.h"

struct sheet {
	struct rec rec; /* its id is the number on the paper */
	int64_t event;
	const char *list, *lang; /* sheet_lists, sheet_langs */
	int64_t listed, spare;	 /* rows with somebody; rows behind them for walk-ins */
	bool withdrawn;
};
struct sheet_row {
	struct rec rec;
	int64_t sheet, event, line; /* line: 1…listed+spare */
	int64_t person, ticket;	    /* both 0: a spare row, or one whose person was erased */
	const char *state, *second; /* row_states; second reading, NULL = not read yet */
	int64_t attendance, typed_at;
};
struct sheet_picture {
	struct rec rec;
	int64_t sheet, event, file, from_line, to_line; /* rows on the picture */
	bool withdrawn;
};
struct count_slip {
	struct rec rec;
	int64_t event;
	const char *basis; /* head, declared */
	int64_t people;
	const char *place, *counted_by;
	bool withdrawn;
};
extern const struct kind sheet_kind, sheet_row_kind, sheet_picture_kind, count_slip_kind;
extern const struct option sheet_lists[], sheet_langs[], row_states[], slip_bases[];
extern const struct person_link sheet_links[];
extern const size_t sheet_nlinks;

static inline struct sheet_size
sheet_size_of(const struct sheet *s)
{
	return (struct sheet_size){ s->rec.id, s->listed + s->spare };
}

/* ---- sheet_make.c */
enum { SHEET_SPARE_MAX = 200 };
/* A new sheet with its rows. list "members": those of the lead organiser and its branches on the first day,
 * as far as the actor may see them; "signups": the holders of valid tickets. RC_TOOBIG: more than SHEET_LINES_MAX rows. */
int sheet_make(struct ctx *cx, const struct sheet *in, int64_t *id) MUST;
/* No longer to be typed from; what was typed stays. */
int sheet_withdraw(struct ctx *cx, int64_t id, int64_t version) MUST;

/* ---- sheet_mark.c: what is typed */
enum mark { MARK_CAME, MARK_ABSENT, MARK_OPEN };
const char *mark_code(enum mark m); /* of row_states */
struct mark_in {
	int64_t sheet, line;
	enum mark mark;
	const char *guest; /* of a spare row: the name on the paper, or … */
	int64_t person;	   /* … a person whom the actor may see */
};
struct mark_out {
	bool again;	/* the row said so already: nothing changed */
	bool elsewhere; /* the person was marked already, at the door or on another sheet */
	bool kept;	/* taken back, but the attendance came from elsewhere and stands */
	enum mark was;
	int64_t attendance;
};
/* RC_INVALID (field "guest"): a spare row needs a name. RC_NOTFOUND: no such row. */
int sheet_mark(struct ctx *cx, const struct mark_in *in, struct mark_out *out) MUST;
/* Rows from…to but `except` get the mark, where nothing was typed yet; spare rows are passed over. *n: how
 * many were written. */
struct marks_in {
	int64_t sheet, from, to;
	const int64_t *except;
	size_t nexcept;
	enum mark mark;
};
int sheet_mark_many(struct ctx *cx, const struct marks_in *in, int64_t *n) MUST;
/* The second reading of a row: came or absent, MARK_OPEN takes it back. */
int sheet_read_again(struct ctx *cx, int64_t sheet, int64_t line, enum mark m) MUST;

/* ---- sheet_reads.c */
struct sheet_sums {
	int64_t typed, came, absent,
	    lines;	      /* of `lines`: rows with somebody, and spare ones in use */
	int64_t read, differ; /* second reading */
};
int sheet_sum(struct ctx *cx, const struct sheet *s, struct sheet_sums *out) MUST;
/* A row and what is written on it: the name of the person, the ticket's holder or the guest, "" for an empty row. */
struct row_shown {
	struct sheet_row r;
	const char *name, *body;
	bool spare;
};
struct rows_ask {
	int64_t sheet, line; /* line 0 = all */
	bool latest;	     /* the last ones typed, newest first */
	bool differ;	     /* second reading says otherwise */
	int limit;
};
int sheet_rows(struct ctx *cx, const struct sheet *s, struct rows_ask a, struct row_shown **out,
    size_t *n) MUST;
int sheets_of(struct ctx *cx, int64_t event, struct list *out) MUST;
int pictures_of(struct ctx *cx, int64_t sheet, int64_t line, struct list *out) MUST;

/* ---- sheet_expire.c: RULE sheet-6. Rows, and the pictures that show names and signatures: of a picture first the
 * content on the disk, then what the file's record says of it. That there was one, and of which rows, stays. */
struct cut_term;
extern const struct cut_term sheet_terms[];

/* ---- sheet_slip.c */
/* A slip, and the event's number of that basis as the sum of its slips. once: the form's number, NULL or without
 * a key = none; *again: that form was sent before, and nothing was written. */
struct idempotency;
int slip_add(struct ctx *cx, const struct count_slip *in, const struct idempotency *once,
    int64_t *sum, bool *again) MUST;
int slip_withdraw(struct ctx *cx, int64_t id, int64_t version) MUST;

#endif
