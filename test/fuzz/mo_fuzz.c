/* mo_fuzz.c – any bytes as a catalogue: refused, or searchable without leaving them. */
#include "fuzz.h"

#include "lang/mo.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const ids[] = { "", "a", "Save", "%s event", "\xff" };
	struct fuzz_input in = fuzz_take(data, n);
	struct mo m;
	size_t i;

	if (mo_open(in.p, n, &m) == RC_OK)
		for (i = 0; i < ARRAY_LEN(ids); i++) {
			struct slice s = mo_find(&m, ids[i]);

			if (s.p == NULL)
				continue;
			REQUIRE(s.n < n && strlen(mo_form(s, 0)) <= s.n);
			REQUIRE(strlen(mo_form(s, 2)) <= s.n);
		}
	fuzz_drop(in);
	return 0;
}
