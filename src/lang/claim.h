/* claim.h – what a text says that can be held against records: counts, days, names in quotation marks.
 *
 * Pure: reads Kazakh (Cyrillic, Latin of 2021) and Russian, knows no database. A count is digits with
 * any of the spaces between groups, «14мыңнан» glued, «14,2 мың», «90-нан», or words in any case (он
 * төрт мыңнан, четырнадцати тысяч); with the words that round it, before or behind (аса, астам, жуық,
 * дейін, кем емес; свыше, более, около, до, не менее), and the noun that is counted, with what stands
 * between (17 этномәдени бірлестік). Told apart from counts and left out: years, days, times, ordinals
 * (5-сынып, 14-бап), numbers of lists, telephones, codes, addresses of the net, what is a name in
 * quotation marks («Мың бала»), a lone «бір».
 *
 * Every offset is a byte of the text as given. Broken UTF-8 parts words. Time grows with the length
 * alone; past CLAIM_TOKENS words and marks, or CLAIMS_MAX claims, the rest is left unread and `cut` says so.
 *
 * RULE draft-1: words of rounding mean what docs/rules.md says; claim_true() is the only place. */
#ifndef LANG_CLAIM_H
#define LANG_CLAIM_H

#include "base/buf.h"
#include "base/ctx.h"
#include "lang/counted.h"
#include "lang/kazakh.h"

enum { CLAIM_TOKENS = 300000, CLAIMS_MAX = 20000 };

enum claim_kind { CLAIM_COUNT, CLAIM_DAY, CLAIM_QUOTE };
enum claim_relation { CLAIM_EQ, CLAIM_GT, CLAIM_GE, CLAIM_ABOUT, CLAIM_LT };
/* What is counted; CLAIM_OTHER: a noun that no figure counts. */
enum claim_unit {
	CLAIM_NOTHING,
	CLAIM_OTHER,
	CLAIM_PERCENT,
	CLAIM_EVENT,
	CLAIM_PERSON, /* адам, человек */
	CLAIM_PARTICIPANT,
	CLAIM_MEMBER,
	CLAIM_ASSOCIATION,
	CLAIM_ETHNOS,
	CLAIM_LEARNER
};
enum claim_token_kind { TOKEN_WORD, TOKEN_DIGITS, TOKEN_MARK, TOKEN_LINE };

struct claim_token {
	uint32_t from, to, sentence;
	uint8_t kind;
	bool glued;   /* nothing stands between it and the one before */
	bool capital; /* begins with one */
	bool kazakh, latin;
	uint32_t quote; /* 0 = outside quotation marks, else number of the quotation */
	int32_t mark;	/* code point of a mark */
	const char
	    *word; /* small letters, Latin of Kazakh in Cyrillic, ё as е, look-alikes repaired */
};
struct claim_sentence {
	uint32_t first, end; /* tokens [first, end) */
	uint32_t paragraph;
	enum lang lang; /* LANG_KK or LANG_RU */
	bool latin;	/* Kazakh in Latin */
};
/* How a number is written, so that another can stand in its place. */
struct claim_form {
	bool words, capital;
	int64_t scale;	/* 1, or 1 000 … when the word stands there */
	bool shortened; /* тыс, млн */
	size_t digits;	/* digits before the comma */
	char sep[4];	/* between groups; "" = not grouped */
	enum kk_case kk;
	enum ru_case ru;
	size_t before_from, before_to; /* words of rounding before it */
	size_t after_from, after_to;   /* … and behind it, adjacent */
	bool apart; /* the word of rounding stands behind the noun: «14 мың адамнан аса» */
};
struct claim {
	enum claim_kind kind;
	size_t from,
	    to; /* the number with its words of rounding; a day; a quotation with its marks */
	size_t token, token_end; /* of the number or the day */
	uint32_t sentence;
	int64_t value;
	enum claim_relation relation;
	enum claim_unit unit;
	bool ethnic;		   /* the noun is called ethnocultural */
	size_t unit_from, unit_to; /* equal: none */
	struct claim_form form;
	int day, month, year; /* CLAIM_DAY; year 0 = none is said */
};
struct claim_text {
	const char *text;
	size_t n;
	struct claim_token *token;
	size_t ntokens;
	struct claim_sentence *sentence;
	size_t nsentences;
	struct claim *claim; /* ascending, not overlapping but for counts inside quotations */
	size_t nclaims;
	bool cut;
};
void claim_read(struct arena *a, const char *text, size_t n, struct claim_text *out);

/* eq gt ge about lt */
const char *claim_relation_code(enum claim_relation r);
/* Whether «relation n» may be said of v. */
bool claim_true(enum claim_relation r, int64_t n, int64_t v);
/* What may stand in place of text[from, to) when the true number is v: the same words around the number
 * as far as they are true of a rounded one, else the number itself; case, script, groups and words as
 * they were. "" when nothing can be put there without changing more. */
const char *claim_say(
    struct arena *a, const struct claim_text *t, const struct claim *c, int64_t v);
/* «4 маусым», «4 июня» in place of a day's text, its year kept. */
const char *claim_say_day(
    struct arena *a, const struct claim_text *t, const struct claim *c, int month, int day);

/* Whether the word begins with one of the stems, which a bar parts: «мероприят|іс-шара». A stem with
 * a point behind it is the whole word. */
bool claim_begins(const char *word, const char *stems);
/* The month that a word names in any of its forms, 0 = none. */
int claim_month(const char *word);

#endif
