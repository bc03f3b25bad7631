/* ui.h – what pages are drawn with: frame, forms, lists, facts, states. Draws kinds; knows no module. The
 * look is web/shanyraq.css and docs/look.md: sky blue is only what may be opened or acted on; every count
 * that opens to its records stands on a line (ui_count).
 *
 * A handler gets a view: request, context, writer. It draws between ui_open() and ui_close() and returns an
 * outcome; nothing is sent unless it is RC_OK, so an error never makes half a page. For any other outcome
 * serve.c draws the error page from cx->err (or, for a form, the handler redraws it with v->status = 422 and
 * returns RC_OK). No login checks in handlers: the route's row has the capability, the kinds have theirs. */
#ifndef UI_UI_H
#define UI_UI_H

#include "core/setting.h"
#include "http/http.h"
#include "kind/kind.h"
#include "text/html.h"

struct view {
	struct req *rq;
	struct ctx *cx;
	struct html h;
	int status;	  /* 200 unless the handler sets 422, 404 … */
	bool staff;	  /* which frame ui_open() drew */
	const char *path; /* path without the language: "/people/5" */
	const char *etag; /* set by handlers of files and exports; may be NULL */
};

enum {
	ROUTE_CACHE = 1,    /* a guest's answer may be kept until a kind it read changes */
	ROUTE_API = 2,	    /* /api/v1: token, no cookie, no CSRF, errors as RFC 9457 */
	ROUTE_BARE = 4,	    /* no language in the path: /healthz, /static */
	ROUTE_FILES = 8,    /* body may hold files: 22 MiB instead of 256 KiB */
	ROUTE_SIGN_IN = 16, /* counted in the strict rate class */
	ROUTE_READS = 32,   /* a POST of the API that writes nothing: for tokens that read, too */
	ROUTE_FORM = 64,    /* open to strangers, not to robots: sign-ups, codes of tickets */
	ROUTE_SCRIPT = 128 | ROUTE_BARE, /* for scripts of pages: errors as JSON, X-CSRF-Token */
};
typedef int handler(struct view *v);
struct route {
	enum method method;
	const char *pattern; /* without the language: "/people/{id}" */
	handler *run;
	enum cap cap; /* CAP_UNSET fails at boot */
	unsigned flags;
	const char *title, *help; /* msgids; /help and docs/ref/routes.md print them */
};
struct route_table {
	const struct route *rows;
	const size_t *n; /* a pointer, since the number stands in the module that has the rows */
};

/* ---- frame ---- */
struct crumb {
	const char *path, *text; /* path without language; NULL = the present page */
};
struct page {
	const char *title; /* <title> and, unless no_h1, the h1 */
	const char *nav;   /* path of the menu entry that is current: "/people" */
	bool staff;	   /* work frame with the side menu; else the public frame */
	bool no_h1, wide;
	const char *description;      /* meta description; NULL = none */
	const struct crumb *crumbs;   /* ended by {NULL, NULL}; NULL = none */
	const struct page_head *head; /* ui/head.h: feeds, cards, other languages; NULL = none */
};
void ui_open(struct view *v, const struct page *p);
void ui_close(struct view *v);
/* The menus; app hands them over at boot. Entries whose cap the actor lacks are left out. */
struct menu_entry {
	const char *path, *label; /* label: msgid */
	enum cap cap;
	bool gap; /* a line before it */
};
void ui_menus(const struct menu_entry *public_menu, size_t npublic,
    const struct menu_entry *staff_menu, size_t nstaff);
void ui_call(void (*draw)(struct view *v)); /* above every public page, in an emergency */
/* Names for brand and footer, at boot and after a change. demo: a line on top. True: pages look otherwise now. */
bool ui_institution(const struct institution *i, bool demo);
void ui_copy(int64_t number); /* a line on top of all pages: this is a laptop copy; at boot */

/* "/kk/people/5": language prefix and percent-encoding; a constant format. */
const char *ui_url(struct view *v, const char *fmt, ...) PRINTF(2, 3);
/* The same of a path in a variable, which may hold a query; "%s" of ui_url() would encode its slashes. */
const char *ui_path(struct view *v, const char *path);
/* The present path and query with one parameter changed (NULL = removed); for sort, pager, chips. */
const char *ui_url_with(struct view *v, const char *name, const char *value);
/* After a successful POST: 303 to a path under the language; a one-line message is shown there. */
int ui_done(struct view *v, const char *path, const char *message);

/* ---- small parts ---- */
enum ui_icon {
	ICON_SEARCH,
	ICON_DOWN,
	ICON_PRINT,
	ICON_CHECK,
	ICON_CLOCK,
	ICON_CROSS,
	ICON_RING,
	ICON_DASH,
	ICON_UP_ARROW,
	ICON_DOWN_ARROW,
	ICON_NEXT,
	ICON_PREV,
	ICON_PLUS,
	ICON_CALENDAR
};
void ui_icon(struct view *v, enum ui_icon i);
/* A count on its line: exact solid, part estimated dashed, declared dotted; no href = plain text. */
enum ui_known { KNOWN_EXACT, KNOWN_PART, KNOWN_SAID, KNOWN_NOT };
void ui_count(struct view *v, enum ui_known k, const char *href, const char *number);
/* A state by shape and word; tone: 'o' done, 'w' waits, 'n' refused, 'p' planned, '-' off. */
void ui_state(struct view *v, char tone, const char *word);
void ui_note(struct view *v, char tone, const char *text);
void ui_button(struct view *v, const char *href, const char *text, bool main);
/* A form with one button (POST) carrying the CSRF token and the record's version (0 = none). */
void ui_post_button(
    struct view *v, const char *path, int64_t version, const char *text, bool danger);
void ui_empty(
    struct view *v, const char *why, const char *next, const char *href, const char *button);
/* A section with its name in the rail and one element of body. id: anchor. */
void ui_section_open(struct view *v, const char *id, const char *name, const char *small);
void ui_section_close(struct view *v);
/* <form method=post> with CSRF token; close with ui_form_end. */
void ui_form_begin(struct view *v, const char *path, bool files);
void ui_form_end(struct view *v);
/* What was refused, each with a link to anchor + its field ("", "f-"); nothing where nothing was. */
void ui_refusals(struct view *v, const char *anchor);

/* The roles of the own account to choose from; nothing where there is only one. */
int ui_roles(struct view *v) MUST;

/* ---- records ---- */
/* dl.facts of the fields this actor may read and that are known; sealed ones masked with a button
 * "Show" where the role allows (POST {path}/show, recorded). */
int ui_facts(struct view *v, const struct kind *k, const void *rec) MUST;
/* What changed, newest first; nothing is drawn where the role may not see it. */
int ui_history(struct view *v, const struct kind *k, int64_t id) MUST;

struct ui_list {
	const struct kind *kind;
	const char *path;	    /* path of this list, "/people" */
	const char *const *columns; /* field names, ended by NULL; NULL = fields with F_LIST */
	const char *sort;	    /* default order, "title" or "-first_day"; NULL = id */
	bool no_filters, no_export;
	bool no_search; /* this reader's search would never find one: no box, q= is not asked */
	/* More conditions of this page, e.g. one body; NULL = none. */
	void (*narrow)(struct view *v, struct query *q);
	/* The column of states, drawn by shape and word; NULL = as any other. */
	const char *state;
	void (*draw_state)(struct view *v, const char *code);
	/* One more cell, e.g. membership line; NULL = none. */
	const char *extra_label;
	void (*extra)(struct view *v, const void *rec);
	const char *const *hashtags; /* field, HXL tag, …, NULL: under heads of files (ADR 38) */
};
/* Filters from the URL, count, letters, table that becomes cards, pager; ?format=csv|xlsx|json: the
 * whole list instead (CAP_EXPORT, recorded), same columns, order, filters and rights. */
int ui_list_page(struct view *v, const struct ui_list *l) MUST;
/* Asked for an export: ui_list_page sets the answer itself, no frame is drawn. Before ui_open(). */
bool ui_wants_export(struct view *v);

/* The letters above a list ordered by names; have: query_letters(); now: letter=, NULL = all. */
void ui_letters(struct view *v, const char *const *have, size_t n, const char *now);

/* ---- forms of kinds ---- */
struct ui_form {
	const struct kind *kind;
	void *rec; /* what is shown; after a refusal what was typed */
	bool create;
	const char *path;	   /* where it posts */
	const char *const *fields; /* names, ended by NULL; NULL = all that may be written */
	const char *submit;	   /* button text; NULL = "Save" */
	const char *cancel;	   /* path of "Cancel" */
	const char *then;    /* a new record goes on behind its path: "/make"; NULL = itself */
	const char *file;    /* hint of a field "file" above the others; NULL = no file is sent */
	const void *theirs;  /* on a conflict: the record as somebody else saved it, drawn beside */
	bool again, preview; /* offers _again: "Save and add the next", _preview: not saved */
	void (*narrow)(struct view *v, const struct ui_form *f, struct query *q); /* references */
};
/* Draws the error summary with links, the fields, references as select (small kinds) or as search
 * with candidates told apart by their hint, the Kazakh letter strip, the buttons. */
int ui_form(struct view *v, const struct ui_form *f) MUST;
/* Reads the posted form into rec (which holds the stored record, or an empty one at creation).
 * RC_INVALID when something was refused (redraw with status 422). *searching: the reader pressed
 * "find" beside a reference, nothing is to be saved yet: redraw. _version goes to rec.version. */
int ui_form_read(struct view *v, const struct ui_form *f, bool *searching) MUST;
/* Read, save, answer: 303 to the record (or to the empty form again), 422 redraw, 409 both versions.
 * draw() draws the page around ui_form(). */
int ui_form_save(
    struct view *v, struct ui_form *f, int (*draw)(struct view *v, struct ui_form *f)) MUST;

/* For a form that no kind draws, sent by somebody signed in: its number, drawn between <form> and its button …
 * … and what core/idempotency.h wants of it. key NULL: the form carried none. The same number with other contents
 * is another form. */
void ui_once(struct view *v);
struct idempotency ui_once_of(struct view *v, const char *what);
/* The number of a form that anybody sends; the module keeps it with what it made of it. Drawn again after a refusal
 * it is the same one. NULL: the form carried none of ours. */
void ui_nonce(struct view *v);
const char *ui_nonce_of(struct view *v);

#endif
