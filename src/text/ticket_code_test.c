/* ticket_code_test.c – a ticket has one spelling, and what people type leads to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "text/ticket_code.h"

static void
bytes_as_written_down(void **state)
{
	static const unsigned char want[TICKET_PAYLOAD] = { 1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0,
		0xe8, 0xd4, 0xa5, 0x10, 3, 0x01, 0x34, 0xd9, 0x5b };
	struct ticket_payload p = { 258, INT64_C(1000000000003), 0x0134d95b }, back;
	unsigned char raw[TICKET_PAYLOAD];

	(void)state;
	ticket_pack(&p, raw);
	assert_memory_equal(raw, want, sizeof raw);
	assert_true(ticket_unpack(raw, &back));
	assert_int_equal(back.day, 20240731);
	p.day = 20241399;
	ticket_pack(&p, raw);
	assert_false(ticket_unpack(raw, &back));
	p.day = 20241231;
	ticket_pack(&p, raw);
	assert_true(ticket_unpack(raw, &back));
	assert_int_equal(back.event, p.event);
	assert_int_equal(back.ticket, p.ticket);
	assert_int_equal(back.day, p.day);
	raw[0] = 2;
	assert_false(ticket_unpack(raw, &back));
	raw[0] = TICKET_VERSION;
	raw[1] = 0x80;
	assert_false(ticket_unpack(raw, &back));
	p.event = 0;
	ticket_pack(&p, raw);
	assert_false(ticket_unpack(raw, &back));
}

static void
symbols_and_back(void **state)
{
	unsigned char raw[TICKET_BYTES], back[TICKET_BYTES];
	char text[TICKET_LONG + 1];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof raw; i++)
		raw[i] = (unsigned char)(i * 37 + 11);
	crockford_write(raw, sizeof raw, text);
	assert_int_equal(strlen(text), TICKET_LONG);
	assert_true(crockford_read(text, back, sizeof back));
	assert_memory_equal(raw, back, sizeof raw);
	crockford_write("\0\0\0\0\1", 5, text);
	assert_string_equal(text, "00000001");
	crockford_write("\xff\xff\xff\xff\xff", 5, text);
	assert_string_equal(text, "ZZZZZZZZ");
	crockford_write("f", 1, text);
	assert_string_equal(text, "CR");
	assert_true(crockford_read("CR", back, 1));
	assert_int_equal(back[0], 'f');
	assert_false(crockford_read("CS", back, 1)); /* a bit left over */
	assert_false(crockford_read("CR0", back, 1));
	assert_false(crockford_read("C", back, 1));
	assert_false(crockford_read("cr", back, 1));
	assert_false(crockford_read("CU", back, 1));
}

static void
as_people_type(void **state)
{
	char out[TICKET_LONG + 1], shown[TICKET_SHORT + 2], full[256];

	(void)state;
	assert_int_equal(ticket_tidy(" ilo4-7xkz ", out), TICKET_CODE);
	assert_string_equal(out, "11047XKZ");
	ticket_show(out, shown);
	assert_string_equal(shown, "1104-7XKZ");
	assert_int_equal(ticket_tidy("HTTPS://EXAMPLE.ORG:8443/T/11047XKZ", out), TICKET_CODE);
	assert_string_equal(out, "11047XKZ");
	assert_int_equal(ticket_tidy("https://t/kk/t/1104-7xkz", out), TICKET_CODE);
	snprintf(full, sizeof full, "HTTPS://H/T/%0*d", TICKET_LONG, 7);
	assert_int_equal(ticket_tidy(full, out), TICKET_FULL);
	full[strlen(full) - 1] = '\0';
	assert_int_equal(ticket_tidy(full, out), TICKET_CUT);
	snprintf(full, sizeof full, "HTTPS://H/T/%0*d", TICKET_LONG + 1, 7);
	assert_int_equal(ticket_tidy(full, out), TICKET_NOT);
	assert_string_equal(out, "");
	assert_int_equal(ticket_tidy("1104-7XK", out), TICKET_NOT);
	assert_int_equal(ticket_tidy("1104-7XKU", out), TICKET_NOT);
	assert_int_equal(ticket_tidy("", out), TICKET_NOT);
	assert_int_equal(ticket_tidy(NULL, out), TICKET_NOT);
	assert_int_equal(ticket_tidy("қ1047XKZ", out), TICKET_NOT);
}

int
main(void)
{
	const struct CMUnitTest all[] = { cmocka_unit_test(bytes_as_written_down),
		cmocka_unit_test(symbols_and_back), cmocka_unit_test(as_people_type) };

	return cmocka_run_group_tests_name("ticket code", all, NULL, NULL);
}
