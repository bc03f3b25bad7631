/* news_figure.h – a figure inside an article: {figure:events_total on=2024-11-15}.
 *
 * After the code: on=DAY or from=DAY to=DAY, body=CODE, district=CODE (what is asked); case=nom|gen|dat|acc|loc|abl|ins,
 * noun=no (digits alone), say=over (rounded down with its word where that is honest, lang/rounded.h). Without days the
 * business day of publication is asked. Only figures that everybody may see.
 *
 * RULE news-6: publication freezes value, days and the moment at which it was known; the text shows these until the
 * article is withdrawn and published anew. A correction freezes what it adds. */
#ifndef MOD_NEWS_FIGURE_H
#define MOD_NEWS_FIGURE_H

#include "figure/figure.h"
#include "lang/kazakh.h"

struct news_figure {
	const struct figure *figure;
	struct ask ask;
	const char *body, *district; /* codes, NULL = none */
	enum kk_case c;
	bool bare, over;
	const char *key; /* what is asked, in one spelling */
};
/* RC_INVALID: *why says what is wrong with it, in the reader's language. */
int news_figure_read(
    struct ctx *cx, const char *spec, struct news_figure *out, const char **why) MUST;

struct news_value {
	const char *key;
	double value;
	int64_t known; /* 0 = now, not frozen */
	int on, from, to;
	bool is_known;
};
/* What was frozen for an article. */
int news_frozen(struct ctx *cx, int64_t article, struct news_value **out, size_t *n) MUST;
/* Freeze what these texts ask and is not frozen yet. */
struct article;
int news_freeze_tx(struct ctx *cx, struct tx *tx, const struct article *a, bool anew) MUST;
/* The value now. */
int news_value_now(struct ctx *cx, const struct news_figure *f, struct news_value *out) MUST;
/* Number and noun in the language of cx. */
const char *news_figure_say(
    struct ctx *cx, const struct news_figure *f, const struct news_value *v);
/* Path of the receipt without language: "/figures/events_total?on=…&known=…". */
const char *news_receipt(struct ctx *cx, const struct news_figure *f, const struct news_value *v);

/* A text's figures, read before it is drawn. article NULL or not public: values of now. */
struct news_shown {
	const char *spec, *text, *receipt; /* receipt NULL: not known, and so are the rest */
	const struct figure *figure;	   /* NULL: its code is gone, the frozen value stays */
	struct news_value value;
};
int news_figures_of(
    struct ctx *cx, const struct article *a, enum lang l, struct news_shown **out, size_t *n) MUST;

#endif
