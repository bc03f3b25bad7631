/* memory_test.c – arena and buf: what is handed out is zeroed, aligned and apart; what is rewound is
 * forgotten; a buffer never holds more than its limit and says when something was left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static struct arena a;

static int
open_arena(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_done(&a);
	return 0;
}

static bool
zeroed(const unsigned char *p, size_t n)
{
	while (n > 0 && p[n - 1] == 0)
		n--;
	return n == 0;
}

/* A small generator of its own, so that a failure comes again. */
static uint32_t
next_random(uint32_t *s)
{
	*s = *s * 1664525u + 1013904223u;
	return *s >> 8;
}

/* Pieces of every size, each filled with its number: none may touch another. */
static void
pieces_are_apart(void **state)
{
	enum { PIECES = 3000 };
	static unsigned char *at[PIECES];
	static size_t size[PIECES];
	uint32_t seed = 7;
	int i;

	(void)state;
	for (i = 0; i < PIECES; i++) {
		size[i] = next_random(&seed) % (i % 500 == 0 ? 200000 : 300);
		at[i] = arena_alloc(&a, size[i]);
		assert_int_equal((uintptr_t)at[i] % 16, 0);
		assert_true(zeroed(at[i], size[i]));
		memset(at[i], i % 251 + 1, size[i]);
	}
	for (i = 0; i < PIECES; i++)
		if (size[i] > 0) {
			assert_int_equal(at[i][0], i % 251 + 1);
			assert_int_equal(at[i][size[i] - 1], i % 251 + 1);
		}
}

static void
copies(void **state)
{
	const char text[] = "ab\0cd";

	(void)state;
	assert_null(arena_str(&a, NULL));
	assert_string_equal(arena_str(&a, ""), "");
	assert_string_equal(arena_strn(&a, "қазақ", 2), "қ");
	assert_string_equal(arena_strn(&a, NULL, 0), "");
	assert_memory_equal(arena_copy(&a, text, sizeof text), text, sizeof text);
	assert_non_null(arena_copy(&a, NULL, 0));
	assert_string_equal(arena_printf(&a, "%s-%05d", "x", 42), "x-00042");
	assert_int_equal(strlen(arena_printf(&a, "%100000s", "x")), 100000);
}

/* What was written before the mark stays, what came after is forgotten and comes back zeroed. */
static void
rewound(void **state)
{
	struct arena_mark m;
	char *kept, *first = NULL;
	int round, i;

	(void)state;
	m = arena_mark(&a); /* of an arena that has nothing yet */
	memset(arena_alloc(&a, 1000), 'x', 1000);
	arena_rewind(&a, m);
	assert_int_equal(a.used, 0);
	kept = arena_alloc(&a, 100);
	assert_true(zeroed((unsigned char *)kept, 100));
	memcpy(kept, "kept", 5);
	m = arena_mark(&a);
	for (round = 0; round < 50; round++) {
		char *p = arena_alloc(&a, 40);

		assert_true(zeroed((unsigned char *)p, 40));
		if (first == NULL)
			first = p;
		assert_ptr_equal(p, first); /* a loop needs no more memory than one round */
		memset(p, 'y', 40);
		for (i = 0; i < 5; i++)
			memset(arena_alloc(&a, 50000), 'z', 50000); /* over many chunks */
		arena_rewind(&a, m);
		assert_int_equal(a.used, m.used);
	}
	assert_string_equal(kept, "kept");
}

/* Marks within marks: the outer one takes the inner ones with it. */
static void
rewound_twice(void **state)
{
	struct arena_mark outer, inner;
	char *p;

	(void)state;
	arena_alloc(&a, 10);
	outer = arena_mark(&a);
	memset(arena_alloc(&a, 70000), 'o', 70000);
	inner = arena_mark(&a);
	memset(arena_alloc(&a, 70000), 'i', 70000);
	arena_rewind(&a, inner);
	assert_int_equal(a.used, inner.used);
	arena_rewind(&a, outer);
	assert_int_equal(a.used, 16);
	p = arena_alloc(&a, 140000);
	assert_true(zeroed((unsigned char *)p, 140000));
}

/* Chunks of a request serve the next one, and come zeroed again. */
static void
reset_keeps(void **state)
{
	void *first = arena_alloc(&a, 64);
	int i;

	(void)state;
	memset(first, 'x', 64);
	for (i = 0; i < 20; i++)
		memset(arena_alloc(&a, 30000), 'x', 30000);
	arena_reset(&a, SIZE_MAX);
	assert_int_equal(a.used, 0);
	assert_ptr_equal(arena_alloc(&a, 64), first);
	assert_true(zeroed(first, 64));
	for (i = 0; i < 20; i++)
		assert_true(zeroed(arena_alloc(&a, 30000), 30000));
	arena_reset(&a, 2 * ARENA_CHUNK);
	for (i = 0; i < 20; i++) /* the chunks in between are gone, the chain is whole */
		assert_true(zeroed(arena_alloc(&a, 30000), 30000));
	arena_reset(&a, 0); /* at least one chunk stays */
	assert_ptr_equal(arena_alloc(&a, 64), first);
}

/* A piece larger than a chunk gets one of its own; small ones go on behind it. */
static void
large_pieces(void **state)
{
	unsigned char *small, *large, *again;

	(void)state;
	small = arena_alloc(&a, 10);
	large = arena_alloc(&a, 5 << 20);
	assert_true(zeroed(large, 5 << 20));
	memset(large, 'x', 5 << 20);
	again = arena_alloc(&a, 10);
	memset(again, 'y', 10);
	assert_true(zeroed(small, 10));
	assert_int_equal(large[(5 << 20) - 1], 'x');
	assert_int_equal(a.used, (5 << 20) + 32);
	arena_reset(&a, SIZE_MAX);
	assert_ptr_equal(arena_alloc(&a, 1), small);
	assert_ptr_equal(arena_alloc(&a, 5 << 20), large); /* the small chunk is passed over */
}

static void
high_water(void **state)
{
	struct arena_mark m;

	(void)state;
	arena_alloc(&a, 1);
	assert_int_equal(a.used, 16);
	m = arena_mark(&a);
	arena_alloc(&a, 1000);
	assert_int_equal(a.high_water, 16 + 1008);
	arena_rewind(&a, m);
	assert_int_equal(a.used, 16);
	arena_alloc(&a, 500);
	assert_int_equal(a.high_water, 16 + 1008);
	arena_reset(&a, SIZE_MAX);
	assert_int_equal(a.high_water, 16 + 1008);
	arena_alloc(&a, 2000);
	assert_int_equal(a.high_water, 2000);
}

/* Whether the process that asks for so much dies by abort() and says why. */
static bool
dies_of(size_t n)
{
	struct rlimit none = { 0, 0 };
	int pipes[2], status = 0;
	char said[300] = "";
	size_t len = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &none);
		signal(SIGABRT, SIG_DFL);
		dup2(pipes[1], STDERR_FILENO);
		arena_alloc(&a, n);
		_exit(0);
	}
	close(pipes[1]);
	while (
	    len + 1 < sizeof said && (got = read(pipes[0], said + len, sizeof said - 1 - len)) > 0)
		len += (size_t)got;
	close(pipes[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
	       strstr(said, "over its cap") != NULL;
}

static void
over_the_cap(void **state)
{
	(void)state;
	assert_true(dies_of(ARENA_CAP + 1));
	assert_true(dies_of(SIZE_MAX));
	assert_true(dies_of(SIZE_MAX - 14)); /* rounding up must not come out small */
	arena_alloc(&a, 32);
	assert_true(dies_of(ARENA_CAP - 16));
	assert_false(dies_of(1000));
}

static void
buf_grows(void **state)
{
	struct buf b;
	char *big = arena_alloc(&a, 100000);
	size_t i;

	(void)state;
	buf_init(&b, &a, 0);
	assert_string_equal(b.p, "");
	assert_int_equal(b.n, 0);
	buf_str(&b, "");
	assert_string_equal(b.p, "");
	for (i = 0; i < 5000; i++) {
		buf_char(&b, (char)('a' + i % 26));
		assert_int_equal(b.p[b.n], '\0');
		assert_true(b.n < b.cap);
	}
	for (i = 0; i < 5000; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
	memset(big, 'x', 100000);
	buf_put(&b, big, 100000);
	assert_int_equal(b.n, 105000);
	assert_int_equal(b.p[5000], 'x');
	assert_int_equal(b.p[104999], 'x');
	assert_false(b.over);
}

/* Random pieces against every small limit: never more than the limit, over exactly when a piece was
 * left out, and what is there is what was put in order. */
static void
buf_keeps_its_limit(void **state)
{
	static char want[2000];
	size_t limit;
	uint32_t seed = 3;

	(void)state;
	for (limit = 1; limit <= 700; limit++) {
		struct arena_mark m = arena_mark(&a);
		struct buf b;
		size_t n = 0;
		bool over = false;
		int i;

		buf_init(&b, &a, limit);
		for (i = 0; i < 40; i++) {
			char piece[64];
			size_t len = next_random(&seed) % sizeof piece;

			memset(piece, 'a' + i % 26, sizeof piece);
			if (n + len <= limit) {
				memcpy(want + n, piece, len);
				n += len;
			} else
				over = true;
			buf_put(&b, piece, len);
			assert_int_equal(b.n, n);
			assert_int_equal(b.over, over);
			assert_true(b.cap <= limit + 1);
			assert_int_equal(b.p[n], '\0');
		}
		assert_memory_equal(b.p, want, n);
		arena_rewind(&a, m);
	}
}

static void
buf_full_to_the_brim(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, &a, 5);
	buf_str(&b, "12345");
	assert_false(b.over);
	assert_string_equal(b.p, "12345");
	buf_str(&b, "");
	assert_false(b.over);
	buf_char(&b, '6');
	assert_true(b.over);
	assert_string_equal(b.p, "12345");
	buf_init(&b, &a, 5);
	buf_printf(&b, "%s", "123456"); /* nothing of a piece that does not fit whole */
	assert_true(b.over);
	assert_string_equal(b.p, "");
	buf_int(&b, 123);
	buf_hex(&b, "\xff\xff", 2);
	assert_string_equal(b.p, "123ff");
}

static void
buf_numbers(void **state)
{
	static const int64_t some[] = { 0, 1, -1, 9, 10, -10, 99, 100, 2245, -14236, INT32_MAX,
		INT32_MIN, INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MIN + 1 };
	char want[32];
	size_t i;
	uint32_t seed = 11;

	(void)state;
	for (i = 0; i < 2000; i++) {
		int64_t v = i < ARRAY_LEN(some) ? some[i]
						: (int64_t)((uint64_t)next_random(&seed) << 40 ^
							    (uint64_t)next_random(&seed) << 20 ^
							    next_random(&seed)) >>
						      next_random(&seed) % 60;
		struct buf b;

		buf_init(&b, &a, 0);
		buf_int(&b, v);
		snprintf(want, sizeof want, "%" PRId64, v);
		assert_string_equal(b.p, want);
	}
}

static void
buf_hex_digits(void **state)
{
	unsigned char all[256];
	struct buf b;
	int i;

	(void)state;
	for (i = 0; i < 256; i++)
		all[i] = (unsigned char)i;
	buf_init(&b, &a, 0);
	buf_hex(&b, all, sizeof all);
	assert_int_equal(b.n, 512);
	for (i = 0; i < 256; i++) {
		char two[3];

		snprintf(two, sizeof two, "%02x", i);
		assert_memory_equal(b.p + 2 * i, two, 2);
	}
}

/* Formats shorter and longer than the small buffer inside, at its very border, too. */
static void
buf_formats(void **state)
{
	int width;

	(void)state;
	for (width = 500; width < 530; width++) {
		struct buf b;

		buf_init(&b, &a, 0);
		buf_printf(&b, "<%*s>", width, "x");
		assert_int_equal(b.n, width + 2);
		assert_int_equal(b.p[0], '<');
		assert_memory_equal(b.p + width, "x>", 3);
	}
}

static void
slices(void **state)
{
	(void)state;
	assert_int_equal(slice_str(NULL).n, 0);
	assert_non_null(slice_str(NULL).p);
	assert_true(slice_is(slice_str("abc"), "abc"));
	assert_false(slice_is(slice_str("abc"), "ab"));
	assert_false(slice_is(slice_str("ab"), "abc"));
	assert_false(slice_is((struct slice){ "a\0c", 3 }, "a"));
	assert_true(slice_is(slice_str(NULL), ""));
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)
int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(pieces_are_apart),
		T(copies),
		T(rewound),
		T(rewound_twice),
		T(reset_keeps),
		T(large_pieces),
		T(high_water),
		T(over_the_cap),
		T(buf_grows),
		T(buf_keeps_its_limit),
		T(buf_full_to_the_brim),
		T(buf_numbers),
		T(buf_hex_digits),
		T(buf_formats),
		T(slices),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
