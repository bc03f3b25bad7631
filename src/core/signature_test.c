/* signature_test.c – a signature is good for its bytes, its sort and its house, and for nothing else. */
#include "core/signature.h"

#include "core/core_test.h"

static void
one_bit_spoils_it(void **state)
{
	unsigned char bytes[21] = "ticket of an event", sig[SIGNATURE_SIZE];
	size_t i;

	(void)state;
	signature_make(SIGNED_TICKET, bytes, sizeof(bytes), sig);
	assert_true(signature_good(SIGNED_TICKET, bytes, sizeof(bytes), sig));
	assert_false(signature_good(SIGNED_CERTIFICATE, bytes, sizeof(bytes), sig));
	assert_false(signature_good(SIGNED_TICKET, bytes, sizeof(bytes) - 1, sig));
	for (i = 0; i < 8 * sizeof(bytes); i++) {
		bytes[i / 8] ^= (unsigned char)(1u << (i % 8));
		assert_false(signature_good(SIGNED_TICKET, bytes, sizeof(bytes), sig));
		bytes[i / 8] ^= (unsigned char)(1u << (i % 8));
	}
	for (i = 0; i < 8 * sizeof(sig); i++) {
		sig[i / 8] ^= (unsigned char)(1u << (i % 8));
		assert_false(signature_good(SIGNED_TICKET, bytes, sizeof(bytes), sig));
		sig[i / 8] ^= (unsigned char)(1u << (i % 8));
	}
}

static void
the_same_key_signs_alike(void **state)
{
	unsigned char one[SIGNATURE_SIZE], two[SIGNATURE_SIZE], a[SIGNATURE_KEY_SIZE],
	    b[SIGNATURE_KEY_SIZE];

	(void)state;
	signature_make(SIGNED_TICKET, "x", 1, one);
	signature_make(SIGNED_TICKET, "x", 1, two);
	assert_memory_equal(one, two, sizeof(one));
	signature_key(a);
	signature_key(b);
	assert_memory_equal(a, b, sizeof(a));
	signature_make(SIGNED_TICKET, NULL, 0, two);
	assert_true(signature_good(SIGNED_TICKET, NULL, 0, two));
}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(one_bit_spoils_it), BOTH(the_same_key_signs_alike) };

	return run_both("core signature", all, ARRAY_LEN(all));
}
