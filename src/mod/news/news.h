/* news.h – rubrics, articles in three languages, and what an article links to.
 *
 * An article is one record with its texts in Kazakh, Russian and English. One of them is the original; each
 * other is a machine draft, checked by a person, or stale: checked once, but the meaning-bearing words of the
 * original changed since (RULE news-2). Texts are Markdown (text/markdown.h) with figures in them
 * (news_figure.h). It goes draft → review → published, is corrected in place with a word of what was
 * corrected, or withdrawn (RULE news-1, news-3). Its versions are the kind's history. Days are local. */
#ifndef MOD_NEWS_H
#define MOD_NEWS_H

#include "mod/event/event.h"

struct rubric {
	struct rec rec;
	const char *code;
	struct text3 name;
	int64_t rank;
	bool closed; /* no new articles; its page stays */
};
struct article {
	struct rec rec;
	int64_t rubric, body; /* body: whose news it is; 0 = the assembly's own */
	const char *original; /* kk, ru, en */
	struct text3 title, lead, text;
	const char *kk_state, *ru_state, *en_state; /* NULL = no text in this language */
	/* Of a checked text: the sum of the original's words that it was checked against. */
	const char *kk_from, *ru_from, *en_from;
	const char *author, *office; /* the byline as it is printed */
	int dated;		     /* the day that stands under the text; 0 = not known */
	int publish_on;		     /* not before this day; 0 = at once */
	const char *state, *state_reason;
	const char *correction; /* what was corrected, shown to readers */
	int published_on, corrected_on;
};
/* Exactly one of event, body, programme. */
struct article_link {
	struct rec rec;
	int64_t article, event, body, programme;
};
extern const struct kind rubric_kind, article_kind, article_link_kind;
extern const struct option article_states[], article_langs[], article_lang_states[];

/* RULE news-1: the steps of an article. */
struct article_step {
	const char *from, *action, *to;
	enum cap cap;
	bool reason;
	const char *label; /* msgid of the button */
};
extern const struct article_step article_steps[];
extern const size_t article_nsteps;
struct article_move {
	int64_t id, version;
	const char *action, *reason;
};
int article_do(struct ctx *cx, const struct article_move *m) MUST;
int article_may_step(struct ctx *cx, const struct article *a, const struct article_step *s) MUST;
/* Whether this actor may change the texts now; RC_DENIED or RC_RULE with the reason. */
int article_may_change(struct ctx *cx, const struct article *a) MUST;

bool article_out(const char *state); /* published or corrected */
bool article_blank(const char *s);   /* nothing but blanks */
/* RULE news-4: open to guests on this day. */
bool article_public(const struct article *a, int today);

/* ---- texts ---- */
const char *article_in(const struct text3 *t, enum lang l);	      /* "" when there is none */
const char *article_lang_state(const struct article *a, enum lang l); /* NULL = no text */
/* The language in which a reader gets it: the own one, else the original. */
enum lang article_lang(const struct ctx *cx, const struct article *a);
/* RULE news-2: the sum of the words that bear meaning: letters, digits and signs of money and share, in small
 * letters, without marks of Markdown, punctuation and spaces. "" when there are none. */
const char *article_meaning(struct arena *a, const struct article *art, enum lang l);

/* ---- reading ---- */
/* Public articles, newest first; rubric and body 0 = all; body: its own and those linked to it. before: cursor,
 * NULL = from the start. */
struct article_want {
	int64_t rubric;
	int limit;
	const char *before;
	int64_t body;
};
struct article_page {
	struct article *v;
	size_t n;
	const char *next;
};
int article_list(struct ctx *cx, const struct article_want *w, struct article_page *out) MUST;
int rubric_by_code(struct ctx *cx, const char *code, struct rubric *out) MUST;
/* Other public articles: those that share links first, then words, then those of the rubric. Of these and of
 * article_about() only title, languages and day are read. */
enum { ARTICLE_RELATED = 5 };
int article_related(struct ctx *cx, const struct article *a, struct article **out, size_t *n) MUST;
/* Of one event, body or programme (the others 0), newest first. */
int article_about(
    struct ctx *cx, const struct article_link *of, struct article **out, size_t *n) MUST;
int article_links_of(struct ctx *cx, int64_t article, struct article_link **out, size_t *n) MUST;
int article_link_remove(struct ctx *cx, int64_t id) MUST;

/* What other modules draw under an article, in the order in which they were added; app adds them at boot. */
struct view;
typedef int news_section(struct view *v, const struct article *a);
void news_section_add(news_section *f);

#endif
