/* phone.h – what pages share that live on a telephone without network: the door (mod/phone), the driver's (mod/delivery).
 *
 * Such a page is a shell that names nobody: the worker may keep it for the hours without network; what it works on comes by
 * requests of its own and leaves the telephone again. Its texts are drawn into it (dl#words), so its scripts know no
 * language; what the scripts share is web/phone/. ADR 0021, 0035. */
#ifndef MOD_PHONE_H
#define MOD_PHONE_H

#include "kind/kind.h"

struct view;
struct page;

/* One such page: the scripts that it needs at once and those for later, all fetched before the network may go. */
struct phone_shell {
	const char *name; /* of its cache and of what it keeps: "door" */
	const char *page; /* a regular expression of JavaScript: paths that its worker keeps */
	const char *const *modules, *const *later;
	size_t nmodules, nlater;
	/* The copy is shown also when the server refuses its page (403, 404): it asks, wipes what it keeps and says why. */
	bool refused;
};
/* From the doctype to </head>: style sheet, manifest, scripts. */
void phone_shell_head(struct view *v, const struct page *p, const struct phone_shell *s,
    const char *css, const char *manifest);
/* What makes it an application of the telephone: start is also its id. */
struct phone_app {
	const char *name, *short_name, *start, *scope;
};
int phone_app_manifest(struct view *v, const struct phone_app *a) MUST;
/* The worker's text (web/phone/sw.js) with the shell before it; the same for every reader. */
int phone_worker(struct view *v, const struct phone_shell *s) MUST;
/* Opens the page to scripts of the house and to pictures made on the telephone. */
void phone_policy(struct view *v);
struct phone_word {
	const char *key, *text; /* text: msgid */
};
/* dl#words: what the scripts may say. */
void phone_words_draw(struct view *v, const struct phone_word *w, size_t n);

#endif
