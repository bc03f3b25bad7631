/* search.h – one index and one way to search it, alike on both engines.
 *
 * A *space* is a collection (a kind's name) and an audience. Words become keys (lang/key.h), a key in
 * a space becomes a term (a 63-bit hash), and a posting says which record holds the term and how
 * strongly (impact, BM25's part that a record knows by itself). The database only hands out rows in
 * the order of their primary keys; every weight is computed here in integers, so the same records
 * give the same answer in the same order on SQLite and on PostgreSQL.
 *
 * Audiences keep apart what may be read apart: a guest's search never touches a posting, a word or a
 * gram that stems from what guests do not read, so nothing leaks through counts, order or near terms.
 * The rows of a kind are filtered by its scope before any limit.
 *
 * Why so, and what was measured: docs/adr/0006-search.md. */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "kind/kind.h"

/* ---- the index ---- */

enum audience {
	AUD_OPEN,   /* public fields of records that guests see */
	AUD_CLOSED, /* public fields of records that guests do not see (plans) */
	AUD_STAFF,  /* staff fields */
	AUD_COUNT
};
#define AUD_BIT(a) (1u << (a))
#define AUD_ALL (AUD_BIT(AUD_COUNT) - 1)

struct search_part {
	const char *text; /* UTF-8; NULL or "" = nothing */
	enum audience audience;
	enum cap reader; /* who may know these words: one capability per collection and audience */
	bool name;	 /* a person's name: its words as they are, no stems */
	bool surname; /* with name: of the family; asked for alone, it comes before a given name */
	bool
	    glued; /* a Kazakh text: the parts of words that lack a space are words, too (lang/check.h) */
	int weight; /* how often a word counts: 1, titles more */
};
struct search_record {
	const char *collection;
	int64_t rec;
	bool fresh; /* it is new, so there is nothing to look for */
	const struct search_part *parts;
	size_t n; /* 0 removes the record */
};
/* Writes what one record posts, in place of what it posted before. */
int search_put_tx(struct ctx *cx, struct tx *tx, const struct search_record *r) MUST;

/* The record leaves the index, and the words that no other record has leave the vocabulary. `rec` as it
 * was when it was last put. */
int search_forget_tx(struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec) MUST;

/* ---- a question ---- */

enum { ASK_GROUPS = 24, ASK_NEAR = 18 };

/* A word of the question and the words of the index that may stand for it. */
struct ask_word {
	const char *key;
	int weight;  /* 1000 = the word itself */
	bool near;   /* another word than was typed */
	bool begins; /* … that begins so */
};
struct ask_group {
	const char *exact, *stem;
	const char *name_exact, *name_bare; /* as part of a name; bare: without a case ending */
	const char *typed; /* in small letters: parts of one key are told apart by it */
	struct ask_word text[ASK_NEAR + 2], name[ASK_NEAR + 3];
	size_t ntext, nname;
	bool text_known, name_known; /* the word itself stands in the index */
};
struct question {
	struct ask_group group[ASK_GROUPS];
	size_t n;   /* words beyond ASK_GROUPS are left out */
	bool comma; /* behind the first word: "Surname, Given" */
	uint64_t readers;
};
#define READER(cap) (UINT64_C(1) << (cap))
/* Reads a question and looks for near words among those that these capabilities (bits) open. */
enum { ASK_TEXTS = 1, ASK_NAMES = 2 }; /* among words of texts, of names */
int question_read(
    struct ctx *cx, const char *text, uint64_t readers, unsigned of, struct question *out) MUST;

struct hit {
	int64_t rec, score;
};
struct collection {
	const char *name;   /* as given to search_put_tx() */
	bool names;	    /* ranked as names of people */
	unsigned audiences; /* bits */
	/* The kind's query with its scope and perhaps filters; NULL = every record. */
	const struct query *rows;
};
enum { HITS_MAX = 200 };
/* The best records, best first; equal scores by rec. At most HITS_MAX. */
int question_rank(struct ctx *cx, const struct question *q, const struct collection *c,
    struct hit **out, size_t *n) MUST;
/* A condition without values: records that hold every word of the question, or one that stands for
 * it; column is "person.id". */
const char *question_where(
    struct ctx *cx, const struct question *q, const struct collection *c, const char *column);

/* ---- kinds ---- */

/* Hands the hooks to kind/ (store.c, query.c) once at boot, before the first thread. */
void search_boot(const struct kind *const *kinds, size_t n);
bool search_has(const struct kind *k); /* whether any field is searched */
/* What this actor may search in the kind: bits of audiences, 0 = nothing. */
unsigned search_audiences(const struct ctx *cx, const struct kind *k);

/* Capabilities whose words this actor may use in the kind (READER bits). */
uint64_t search_readers(const struct ctx *cx, const struct kind *k);
unsigned search_words_of(const struct kind *k); /* ASK_TEXTS or ASK_NAMES */
/* The kinds that the one box searches: those with words and a page. */
const struct kind *const *search_kinds(size_t *n);

/* One record found, ready to be drawn. */
struct found {
	int64_t id, score;
	const void *rec;
};
/* One kind's part of an answer. */
struct section {
	const struct kind *kind;
	struct found *hits; /* best first */
	size_t n, ranked;   /* ranked: how many could be paged through (at most HITS_MAX) */
	int64_t all; /* records that hold every word, as the kind's list with q= counts them */
};
struct window {
	size_t from, most; /* from the from-th hit on, at most so many (100) */
};
/* The best records of a kind that this actor may see. */
int search_kind(struct ctx *cx, const struct kind *k, const struct question *q, struct window w,
    struct section *out) MUST;
/* The question in every kind that this actor may search (only: in this one; NULL = all). Where any
 * kind holds all words, kinds that only hold words that look alike are left out. */
struct answer {
	struct question q;
	struct section *sections;
	size_t n;
};
int search_all(struct ctx *cx, const char *text, const struct kind *only, struct window w,
    struct answer *out) MUST;

/* Records of a kind, seen by guests, that share rare words with a text (alike.c), most alike first, without `rec`. */
struct alike_to {
	const struct kind *kind;
	const char *text;
	int64_t rec;
};
int search_alike(
    struct ctx *cx, const struct alike_to *to, int64_t *out, size_t room, size_t *n) MUST;

/* A piece of text, cut around the words found: parts in their order. */
struct piece {
	const char *p;
	size_t n;
	bool mark;
};
/* max = bytes shown at most, 0 = the whole text. *found tells whether there was any. */
size_t search_marks(struct arena *a, const struct question *q, const char *text, size_t max,
    struct piece **out, bool *found);
/* The text of a record to show under its title, and its language: of the fields that this actor
 * may read, the first with a word found that the title does not show; NULL = none. */
const char *search_excerpt(struct ctx *cx, const struct kind *k, const struct question *q,
    const void *rec, enum lang *lang);

/* ---- keeping it right ---- */

/* RC_INVALID with *why when stored keys were made by another version of the key functions. */
int keys_check(struct ctx *cx, const char **why) MUST;
/* Notes this program's versions: an empty database, or after a reindex. */
int keys_note(struct ctx *cx) MUST;
/* Every order key, fold key and posting anew, from the records of all kinds. *records = how many. */
int search_reindex(
    struct ctx *cx, const struct kind *const *kinds, size_t n, int64_t *records) MUST;
/* For `verify`: every record's words against what its fields give, and no postings but theirs. */
int search_check(struct ctx *cx, const struct kind *const *kinds, size_t n, struct buf *out,
    int64_t *records, int64_t *differences) MUST;

#endif
