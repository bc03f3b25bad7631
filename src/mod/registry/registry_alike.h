/* registry_alike.h – inside registry/: names in parts, keys and likeness, for registry_alike.c and its
 * tests. Words are fold keys (lang/order.h). */
#ifndef MOD_REGISTRY_ALIKE_H
#define MOD_REGISTRY_ALIKE_H

#include "mod/registry/registry_inner.h"

enum { LIKELY = 560, NAME_PARTS = 12, PHONES = 4, ALIKE_KEYS = 40 };

struct name_parts {
	const char *v[NAME_PARTS];
	size_t n;
};
struct names {
	struct name_parts core, whole; /* surname and given name; with the patronymic */
	struct name_parts father, latin;
};
void alike_names(struct ctx *cx, const struct person *p, struct names *out);
/* 0…1: the better of shared trigrams and letters that need no change. */
double alike_words(const char *a, const char *b);
/* Telephones of a field by their last ten digits; at least six digits make one. */
size_t alike_phones(struct ctx *cx, const char *text, const char *out[PHONES]);
/* 0…1000 and bits of person_reason. */
int alike_persons(struct ctx *cx, const struct person *a, const struct names *na,
    const struct person *b, const struct names *nb, unsigned *reasons);

struct alike_keys {
	struct {
		char sort;
		const char *name;
	} v[ALIKE_KEYS];
	size_t n;
};
void alike_keys_of(
    struct ctx *cx, const struct person *p, const struct names *n, struct alike_keys *out);

/* registry_keys.c: writes a person's keys anew; fresh: there are none yet. */
int alike_store_keys(struct ctx *cx, struct tx *tx, const struct person *p, bool fresh) MUST;

#endif
