/* fuzz_mo.c – any bytes as a catalogue: refused, or searchable without leaving them. The first bytes
 * up to a NUL are also the msgid that is looked up. */
#include <stdlib.h>

#include "lang/mo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const ids[] = { "", "a", "Save", "%s event", "\xff" };
	struct mo m;
	size_t i;

	if (mo_open(data, n, &m) != RC_OK)
		return 0;
	for (i = 0; i < ARRAY_LEN(ids); i++) {
		struct slice s = mo_find(&m, ids[i]);

		if (s.p != NULL && (strlen(mo_form(s, 0)) > s.n || strlen(mo_form(s, 2)) > s.n))
			abort();
	}
	return 0;
}
