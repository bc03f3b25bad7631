/* media.h – the register of media: outlets, what they published, columns in networks with posts, press at events, and
 * what was found in feeds.
 *
 * A publication is one text, broadcast or post of an outlet; who wrote it is a text as printed, no reference. One that
 * repeats another is a reprint of it (RULE media-1). The same page is entered once, whatever its address carries
 * (RULE media-2). Staff reads the register; everybody sees of a public event the publications about it (RULE media-3).
 * Contacts of outlets and names of journalists are never public. Days are local. */
#ifndef MOD_MEDIA_H
#define MOD_MEDIA_H

#include "mod/event/event.h"

struct outlet {
	struct rec rec;
	const char *name, *type, *lang; /* type: newspaper, tv, radio, site, agency, account */
	int64_t district;		/* 0 = of the whole region or beyond */
	const char *site, *host;	/* host: of site, filled by the machine, for quick entry */
	const char *editor, *phone, *email, *address;
	const char *feed;
	bool polled;
	const char *keywords, *note; /* keywords: beside those of the settings, one a line */
	bool closed;
};
struct publication {
	struct rec rec;
	const char *title;
	int64_t outlet;
	const char *author, *lang;
	int day;
	const char *link, *link_key;
	const char *tone; /* said by a person; NULL = nobody did */
	int64_t reach;	  /* readers or viewers as the outlet says; INT_NONE = not known */
	int64_t event, body, programme, article, origin;
	int64_t archive; /* file: a copy as picture or PDF; 0 = none */
	const char *note;
};
struct social_column {
	struct rec rec;
	struct text3 name;
	const char *network, *address;
	int64_t body;
	int since;
	bool closed;
	const char *note;
};
struct social_post {
	struct rec rec;
	const char *title;
	int64_t social_column;
	int day;
	const char *link, *link_key;
	int64_t views; /* INT_NONE = nobody read them */
	int views_on;  /* the day on which they were read */
	int64_t event;
};
/* Either a person of the register (a member of the journalists' club) or a name. */
struct press_accreditation {
	struct rec rec;
	int64_t event, outlet, person;
	const char *name, *state; /* asked, granted, refused, withdrawn */
	int valid_on;
	const char *note;
};
extern const struct kind outlet_kind, publication_kind, social_column_kind, social_post_kind,
    press_accreditation_kind;
extern const struct option outlet_types[], media_langs[], media_tones[], media_networks[],
    press_states[];

extern const struct figure *const media_figures[];
extern const size_t media_nfigures;
extern const struct person_link media_links[];
extern const size_t media_nlinks;
extern const struct cut_term media_terms[];

/* ---- quick entry ---- */

/* What a pasted address tells: a publication that has it already, its outlet by the host. */
struct media_pasted {
	const char *url, *key, *host;
	int64_t known, outlet; /* 0 = none */
};
/* RC_INVALID (field "link"): no address of the web. */
int media_paste(struct ctx *cx, const char *typed, struct media_pasted *out) MUST;

/* Of an event and the reports merged into it, newest first; whoever may see the event may see them. */
enum { MEDIA_ABOUT = 20 };
int media_about(struct ctx *cx, int64_t event, struct publication **out, size_t *n) MUST;
/* Of a programme, project or campaign, as far as it is named itself. */
int media_of_programme(struct ctx *cx, int64_t programme, struct publication **out, size_t *n) MUST;
/* The journalists' club among the bodies; 0 = none. */
int media_club(struct ctx *cx, int64_t *body) MUST;
int media_reprints(struct ctx *cx, int64_t origin, struct publication **out, size_t *n) MUST;
/* Puts a copy beside the publication: a picture or a PDF. RC_INVALID (field "file"). Not inside a write. */
struct form_part;
int media_archive(struct ctx *cx, int64_t publication, const struct form_part *part) MUST;

/* Who is accredited at an event, by outlet, for its staff (the caller has asked): at most MEDIA_PRESS. Who is
 * restricted (RULE rights-6) has no name here. */
enum { MEDIA_PRESS = 500 };
struct media_press {
	const char *outlet, *name, *note; /* name "" = none; note NULL = none */
	int valid_on;			  /* 0 = on all days */
};
int media_press_at(struct ctx *cx, int64_t event, struct media_press **out, size_t *n) MUST;
int media_press_count(struct ctx *cx, int64_t event, const char *state, int64_t *out) MUST;

/* ---- coverage (RULE media-6) ---- */

/* What is counted, each by the query that its list is made of: events that took place and those of them without a
 * publication or article, bodies that led such events and those of which nothing was written. */
enum media_side {
	MEDIA_EVENTS,
	MEDIA_SILENT_EVENTS,
	MEDIA_BODIES,
	MEDIA_SILENT_BODIES,
	MEDIA_SIDES
};
void media_side_narrow(struct query *q, enum media_side side, int from, int to);
enum { MEDIA_LANGS = 4 };
struct media_coverage {
	int from, to;
	int64_t side[MEDIA_SIDES], publications[MEDIA_LANGS];
};
int media_coverage(struct ctx *cx, struct media_coverage *c) MUST;

/* ---- feeds (media_feed.h) ---- */

/* What was found and waits for somebody, newest first. */
struct media_found {
	int64_t id, outlet;
	const char *link, *title, *author, *words, *outlet_name;
	int day;
};
enum { MEDIA_FOUND = 50 };
int media_found_list(struct ctx *cx, struct media_found **out, size_t *n) MUST;
int media_found_count(struct ctx *cx, int64_t *out) MUST;
int media_found_get(struct ctx *cx, int64_t id, struct media_found *out) MUST;
/* state: taken or aside; RC_NOTFOUND when it waits no more. The same once more is done already. */
int media_found_done(struct ctx *cx, int64_t id, const char *state) MUST;

#endif
