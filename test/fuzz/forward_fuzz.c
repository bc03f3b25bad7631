/* forward_fuzz.c – the words of --trust-proxy and an X-Forwarded-For: whoever comes out is an address,
 * the peer when nobody is trusted, and never one that is trusted while another stands left of it. */
#include "fuzz.h"

#include <arpa/inet.h>

#include "http/forward.h"

static bool
is_address(const char *s)
{
	unsigned char raw[16];

	return inet_pton(AF_INET, s, raw) == 1 || inet_pton(AF_INET6, s, raw) == 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char peer[] = "127.0.0.1";
	struct arena *a = fuzz_arena();
	const char *all = arena_strn(a, (const char *)data, n), *words, *list, *client;
	size_t first = strcspn(all, "\n");
	struct trust t, nobody = { .n = 0 };

	words = arena_strn(a, all, first);
	list = all[first] == '\0' ? "" : all + first + 1;
	if (trust_parse(words, &t)) {
		REQUIRE(t.n > 0 && t.n <= TRUST_MAX);
		client = forward_client(a, &t, peer, list);
		REQUIRE(is_address(client));
		REQUIRE(trust_has(&t, peer) || strcmp(client, peer) == 0);
	}
	REQUIRE(strcmp(forward_client(a, &nobody, peer, list), peer) == 0);
	REQUIRE(strcmp(forward_client(a, &nobody, "unix", ""), "unix") == 0);
	return 0;
}
