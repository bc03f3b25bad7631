/* charity_gift.h – the way of a gift from the promise to the hands that got it: charity_gift.c. Part of charity.h. */
#ifndef MOD_CHARITY_GIFT_H
#define MOD_CHARITY_GIFT_H

#include "mod/charity/charity.h"

/* RULE charity-8: first in, first out, for each item and lot over all stores, vehicles and kitchens together. */
struct gift_part {
	int64_t movement, quantity;
	int day;
	const char *way; /* household, loss, conversion, donor */
};
struct gift_line {
	struct item item;
	struct lot lot;
	int64_t received, in_store, on_way, handed,
	    gone;		/* gone: lost, made into something, given back */
	struct gift_part *part; /* in the order in which it left */
	size_t nparts;
};
struct gift_receipt {
	struct charity_receipt r;
	struct gift_line *line;
	size_t n;
};
struct gift {
	struct pledge p;  /* rec.id 0 = brought without a promise */
	struct item item; /* of the pledge */
	struct donor donor;
	struct drive drive;
	struct gift_receipt *receipt; /* those that stand */
	size_t n;
};
/* By the code as it was typed, whoever asks: holds no family. RC_NOTFOUND: no such gift. */
int gift_by_code(struct ctx *cx, const char *typed, struct gift *out) MUST;
int gift_of_receipt(struct ctx *cx, int64_t receipt, struct gift *out) MUST;

#endif
