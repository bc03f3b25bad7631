/* ticket_fuzz.c – whatever is typed as a ticket's code: it becomes one spelling, which stays itself, and the
 * bytes of a full one are written back the same. */
#include <string.h>

#include "fuzz.h"

#include "base/day.h"
#include "text/ticket_code.h"

static void
check_full(const char *code)
{
	unsigned char raw[TICKET_BYTES], packed[TICKET_PAYLOAD];
	char again[TICKET_LONG + 1];
	struct ticket_payload p;

	REQUIRE(crockford_read(code, raw, sizeof raw));
	crockford_write(raw, sizeof raw, again);
	REQUIRE(strcmp(code, again) == 0);
	if (!ticket_unpack(raw, &p))
		return;
	REQUIRE(p.event > 0 && p.ticket > 0 && day_valid(p.day));
	ticket_pack(&p, packed);
	REQUIRE(memcmp(packed, raw, sizeof packed) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char out[TICKET_LONG + 1], twice[TICKET_LONG + 1];
	const char *text = arena_strn(fuzz_arena(), (const char *)data, n);
	enum ticket_form form = ticket_tidy(text, out);

	REQUIRE(strspn(out, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == strlen(out));
	if (form == TICKET_NOT)
		return 0;
	REQUIRE(ticket_tidy(out, twice) == form);
	REQUIRE(strcmp(out, twice) == 0);
	if (form == TICKET_CODE)
		REQUIRE(strlen(out) == TICKET_SHORT);
	if (form == TICKET_CUT)
		REQUIRE(strlen(out) > TICKET_SHORT && strlen(out) < TICKET_LONG);
	if (form == TICKET_FULL)
		check_full(out);
	return 0;
}
