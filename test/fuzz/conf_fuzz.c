/* conf_fuzz.c – a line of a configuration file: its parts lie within it, are trimmed and clean, and put
 * together again they are read alike. */
#include "fuzz.h"

#include "text/conf.h"

static void
check(struct slice part, const struct fuzz_input *in)
{
	size_t i;

	REQUIRE(part.p >= in->p && part.p + part.n <= in->p + in->n);
	REQUIRE(part.n == 0 || (part.p[0] != ' ' && strchr(" \t\r", part.p[part.n - 1]) == NULL));
	for (i = 0; i < part.n; i++)
		REQUIRE((unsigned char)part.p[i] >= 0x20 || part.p[i] == '\t');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct slice name, value, name2, value2;
	struct buf b;

	if (conf_line((struct slice){ in.p, in.n }, &name, &value) == CONF_PAIR) {
		check(name, &in);
		check(value, &in);
		REQUIRE(name.n > 0 && memchr(name.p, '=', name.n) == NULL);
		buf_init(&b, fuzz_arena(), 0);
		buf_put(&b, name.p, name.n);
		buf_str(&b, " = ");
		buf_put(&b, value.p, value.n);
		REQUIRE(conf_line((struct slice){ b.p, b.n }, &name2, &value2) == CONF_PAIR);
		REQUIRE(name2.n == name.n && memcmp(name2.p, name.p, name.n) == 0);
		REQUIRE(value2.n == value.n && memcmp(value2.p, value.p, value.n) == 0);
	}
	fuzz_drop(in);
	return 0;
}
