/* seal_inner.h – what the files of the seals share among themselves. */
#ifndef CORE_SEAL_INNER_H
#define CORE_SEAL_INNER_H

#include "core/seal.h"
#include "kind/proof.h"
#include "kind/vault.h"

/* Roots and seals are of no kind: the generation beside those of all kinds rises (guests' cache). */
enum { SEAL_LINES_MAX = 1000 };

struct seal {
	int64_t id, from, upto, rows, at;
	unsigned char digest[PROOF_MAC];
};
struct root {
	int64_t id, rows, seal;
	int day;
	unsigned char hash[PROOF_MAC];
};
/* The newest line of retention: everything up to this id was dropped. upto 0 = nothing was. */
struct dropped {
	int64_t upto, before; /* before: history up to this moment may have lost its lines */
	unsigned char digest[PROOF_MAC];
};

/* Keyed hash over range, count, the digest before, and the macs. */
void seal_digest(struct buf *scratch, const struct seal *s, const unsigned char before[PROOF_MAC],
    const unsigned char *macs, unsigned char out[PROOF_MAC]);
/* Hash of a day over the root before it and the digest of its last seal. Not keyed: whoever has both
 * may recount it. */
void root_hash(struct buf *scratch, const struct root *r, const unsigned char before[PROOF_MAC],
    const unsigned char digest[PROOF_MAC], unsigned char out[PROOF_MAC]);
/* At most 32 bytes of a blob; what is missing is zero. */
void hash_copy(unsigned char out[PROOF_MAC], struct slice blob);
int seal_last_root(struct ctx *cx, struct root *out) MUST; /* id 0 = none */
int seal_dropped(struct ctx *cx, struct dropped *out) MUST;

#endif
