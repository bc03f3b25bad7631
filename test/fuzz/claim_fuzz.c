/* claim_fuzz.c – any bytes as a draft: claims in order and inside the text, and whatever number is put in
 * the place of one can be put there. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/claim.h"
#include "lang/lexicon.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static bool loaded;
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	struct claim_text t;
	size_t i, last = 0;

	if (!loaded)
		lexicon_load(
		    &(struct lexicon_sources){ "word,kind\nтерезе,noun\n", "", NULL }, NULL);
	loaded = true;
	claim_read(a, in.p, in.n, &t);
	for (i = 0; i < t.nclaims; i++) {
		const struct claim *c = &t.claim[i];

		REQUIRE(c->from >= last && c->from < c->to && c->to <= in.n);
		REQUIRE(c->unit_from <= c->unit_to && c->unit_to <= in.n);
		REQUIRE(c->token < c->token_end && c->token_end <= t.ntokens);
		REQUIRE(c->sentence < t.nsentences);
		last = c->from;
		if (c->kind == CLAIM_COUNT)
			REQUIRE(!utf8_valid(in.p, in.n) || utf8_valid(claim_say(a, &t, c, 14236),
							       strlen(claim_say(a, &t, c, 14236))));
		if (c->kind == CLAIM_DAY)
			REQUIRE(*claim_say_day(a, &t, c, 6, 4) != '\0');
	}
	fuzz_drop(in);
	return 0;
}
