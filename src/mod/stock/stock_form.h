/* stock_form.h – what the forms of the ledger share, those of charity too: accounts, lines of goods, the
 * moment, the nonce. Included by stock.h. */
#ifndef MOD_STOCK_FORM_H
#define MOD_STOCK_FORM_H

#include "kind/kind.h"

struct item;
struct movement_line;
struct view;

enum { FORM_LINES = 8, FIRST_LINES = 3 };
/* As typed; "" where nothing was. Fields item0, q0, lot0 … */
struct typed_line {
	const char *item, *lot, *quantity; /* codes; in people's units */
};
const char *form_typed(struct view *v, const char *name); /* "" when it is not there */
void form_lines_read(struct view *v, struct typed_line lines[FORM_LINES]);
void form_lines_empty(struct typed_line lines[FORM_LINES]);
/* Three lines to begin with, the others a press away. */
int form_lines(struct view *v, const struct typed_line lines[FORM_LINES]) MUST;
/* The message of a refused field, beside it. */
void form_field_error(struct view *v, const char *name);
/* A select of accounts of these types (NULL = all), the code `now` chosen. */
void form_account(
    struct view *v, const char *name, const char *label, const char *types, const char *now);
/* Whether the reader mends it: status 422 or 409, and the form is drawn again. A form that was gone back to and changed
 * keeps what was typed under a new *nonce. */
bool form_refused(struct view *v, int rc, const char **nonce);
/* The nonce and the moment at which the form was drawn: sent twice it is one movement. */
void form_once(struct view *v, const char *nonce, const char *drawn);
/* The moment typed, else when the form was drawn, at most now. */
int64_t form_moment(struct view *v, const char *at, const char *drawn);
/* The id of an account's code; a field error, and RC_OK with 0, when there is none of these types. */
int form_account_of(
    struct ctx *cx, const char *code, const char *types, const char *field, int64_t *out) MUST;
/* A typed line: item, lot and quantity of *out. What is wrong is a field error. */
int form_line_of(
    struct view *v, const struct typed_line *t, int n, struct movement_line *out, bool *empty) MUST;
/* Beside the line: what perishes names its lot. */
int form_lot_needed(
    struct view *v, const struct typed_line *t, int n, const struct movement_line *l) MUST;
/* First expiring, first out: lots for lines of perishables that name none, for the reader to confirm (field errors). */
int form_propose_lots(struct view *v, int64_t account, struct typed_line lines[FORM_LINES]) MUST;
/* A quantity as a form holds it: "12,5". */
const char *quantity_form(struct ctx *cx, const struct item *i, int64_t quantity);

#endif
