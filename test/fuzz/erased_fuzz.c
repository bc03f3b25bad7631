/* erased_fuzz.c – a line of D.erased that is taken has one spelling: written again it is the same. */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#include "text/erased_line.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct erased_line l;
	char again[512];

	if (erased_line_read(in.p, in.n, &l)) {
		snprintf(again, sizeof again, "%lld %lld %lld %d %lld %s %s", (long long)l.person,
		    (long long)l.made_at, (long long)l.at, l.day, (long long)l.account, l.ground,
		    l.hash);
		REQUIRE(strlen(again) == in.n && memcmp(again, in.p, in.n) == 0);
	}
	fuzz_drop(in);
	return 0;
}
