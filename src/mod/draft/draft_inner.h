/* draft_inner.h – inside mod/draft only. */
#ifndef MOD_DRAFT_INNER_H
#define MOD_DRAFT_INNER_H

#include "mod/draft/draft_check.h"

/* A record's name as it may stand in a text. */
enum named_kind {
	NAMED_BODY,
	NAMED_OFFICE,
	NAMED_PROGRAMME,
	NAMED_OBSERVANCE,
	NAMED_DISTRICT,
	NAMED_EVENT
};
struct named {
	enum named_kind kind;
	int64_t id;
	const char *code, *title;
	bool root;	     /* the assembly itself, the region: narrows nothing */
	const void *rec;     /* observances only */
	uint32_t first, end; /* its words in names.text */
	bool brand;	     /* the words are what stands in its quotation marks */
	uint32_t next;	     /* of the same first letters, 0 = none, else index + 1 */
};
enum { NAMED_BUCKETS = 256, DRAFT_ANSWERS = 32 };
struct names {
	struct claim_text text;
	struct named *v;
	size_t n;
	uint32_t bucket[NAMED_BUCKETS];
};
/* A place of the text where a record is named. */
struct mention {
	const struct named *named;
	size_t token, end; /* of the text */
	bool used;	   /* by a day */
};
struct draft_work {
	struct ctx *cx;
	struct claim_text t;
	struct names names;
	struct mention *mention;
	size_t nmentions, mention_room;
	struct draft *out;
	const int64_t *moment; /* as known then, newest first */
	size_t nmoments;
	bool moments_read;
	/* Of each sentence the time it names, looked for once. */
	struct sentence_time {
		int year, month;
		bool looked, said;
	} * time;
	/* Answers given already: a text asks the same again and again. */
	struct figure_answer answer[DRAFT_ANSWERS];
	size_t nanswers, judged_late;
	size_t searches; /* for events, so far */
};

/* draft_names.c */
int names_read(struct draft_work *w) MUST;
void names_find(struct draft_work *w);
/* What stands in quotation marks: a programme, a body, an event. NULL = none is called so. */
int names_quoted(struct draft_work *w, const struct claim *c, const struct named **out) MUST;
/* Whether the words name the same, whatever their endings; last: more may be glued to it. */
bool word_alike(const char *text, const char *name, bool last);

/* draft_match.c: the figure that counts this, and what is asked of it; NULL = none. */
const struct figure *figure_of(struct draft_work *w, const struct claim *c);
void ask_of(struct draft_work *w, const struct claim *c, struct ask *out);
/* A body or district of the same sentence into *out, its code beside; false: there is none. */
bool narrowed(
    struct draft_work *w, const struct claim *c, struct ask *out, struct draft_claim *codes);

/* draft_judge.c */
int judge_count(struct draft_work *w, const struct claim *c, struct draft_claim *out) MUST;

#endif
