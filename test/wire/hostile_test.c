/* hostile_test.c – requests that two programs could read differently, and others that no browser
 * sends. Each must be refused and its connection closed, the request glued behind it must never
 * be answered, and the server must answer the next client. The list follows RFC 9112; a library
 * newer than 0.9.75 may refuse by itself, with another status or without a word. */
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>
#include <microhttpd.h>

#define SMUGGLED "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n"
#define GET(target, rest) "GET " target " HTTP/1.1\r\n" rest "\r\n\r\n"
#define POST(rest) "POST /small HTTP/1.1\r\nHost: a\r\n" rest

static const struct hostile {
	const char *name;
	int status; /* with 0.9.75; 0 = closed without an answer */
	const char *p;
	size_t n;
} hostile[] = {
#define H(name, status, text)                       \
	{                                           \
		name, status, text, sizeof text - 1 \
	}
	H("length beside chunked", 400,
	    POST("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
	H("chunked beside length", 400,
	    POST("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")),
	H("two lengths", 400, POST("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")),
	H("the same length twice", 400,
	    POST("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")),
	H("a list of lengths", 400, POST("Content-Length: 5, 5\r\n\r\nhello")),
	H("length +5", 400, POST("Content-Length: +5\r\n\r\nhello")),
	H("length -5", 400, POST("Content-Length: -5\r\n\r\nhello")),
	H("length 0x5", 400, POST("Content-Length: 0x5\r\n\r\nhello")),
	H("length 5 with a space inside", 400, POST("Content-Length: 5 5\r\n\r\nhello")),
	H("empty length", 400, POST("Content-Length:\r\n\r\nhello")),
	H("length without end", 413, POST("Content-Length: 99999999999999999999999\r\n\r\nhello")),
	H("length of twenty digits", 400,
	    POST("Content-Length: 09999999999999999999\r\n\r\nhello")),
	H("space before the colon", 400, POST("Content-Length : 5\r\n\r\nhello")),
	H("tab before the colon", 400, POST("Content-Length\t: 5\r\n\r\nhello")),
	H("space before the name", 400, "GET /quick HTTP/1.1\r\n Host: a\r\n\r\n"),
	H("folded value", 400, POST("X-A: 1\r\n 2\r\nContent-Length: 5\r\n\r\nhello")),
	H("folded into a name", 400, POST("Content: 5\r\n -Length\r\n\r\nhello")),
	H("folded last field", 400, GET("/quick", "Host: a\r\nX-A: 1\r\n\tmore")),
	H("two Hosts", 400, GET("/quick", "Host: a\r\nHost: b")),
	H("no Host", 400, GET("/quick", "X-A: 1")),
	H("empty Host", 400, GET("/quick", "Host:")),
	H("Host with a path", 400, GET("/quick", "Host: a/b")),
	H("Host with a user", 400, GET("/quick", "Host: a@b")),
	H("bare CR in a value", 400, GET("/quick", "Host: a\r\nX-A: 1\rX-B: 2")),
	H("bare LF between fields", 400, "GET /quick HTTP/1.1\r\nHost: a\nX-A: 1\r\n\r\n"),
	H("bare LF at the end", 400, "GET /quick HTTP/1.1\r\nHost: a\r\n\n"),
	H("bare LF after the request line", 400, "GET /quick HTTP/1.1\nHost: a\r\n\r\n"),
	H("NUL in a value", 400, GET("/quick", "Host: a\r\nX-A: 1\0002")),
	H("NUL in a name", 400, GET("/quick", "Host: a\r\nX\0A: 1")),
	H("NUL in the target", 400, GET("/quick\0/x", "Host: a")),
	H("control byte in a value", 400, GET("/quick", "Host: a\r\nX-A: \001")),
	H("DEL in a value", 400, GET("/quick", "Host: a\r\nX-A: \177")),
	H("parenthesis in a name", 400, GET("/quick", "Host: a\r\nX(A): 1")),
	H("UTF-8 in a name", 400, GET("/quick", "Host: a\r\nX-\xD2\x9B: 1")),
	H("empty name", 400, GET("/quick", "Host: a\r\n: 1")),
	H("field without a colon", 400, GET("/quick", "Host: a\r\nX-A")),
	H("HTTP/1.2", 505, "GET /quick HTTP/1.2\r\nHost: a\r\n\r\n"),
	H("HTTP/2.0", 505, "GET /quick HTTP/2.0\r\nHost: a\r\n\r\n"),
	H("HTTP/0.9", 505, "GET /quick HTTP/0.9\r\nHost: a\r\n\r\n"),
	H("http/1.1 in small letters", 400, "GET /quick http/1.1\r\nHost: a\r\n\r\n"),
	H("no version", 400, "GET /quick\r\nHost: a\r\n\r\n"),
	H("a word too many", 0, "GET /quick x HTTP/1.1\r\nHost: a\r\n\r\n"),
	H("two spaces", 400, "GET  /quick HTTP/1.1\r\nHost: a\r\n\r\n"),
	H("absolute target", 400, GET("http://evil/quick", "Host: a")),
	H("authority target", 400, "CONNECT evil:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
	H("asterisk", 400, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
	H("fragment", 400, GET("/quick#x", "Host: a")),
	H("raw UTF-8 in the target", 400, GET("/\xD2\x9B", "Host: a")),
	H("%00", 400, GET("/quick%00", "Host: a")),
	H("%2F", 400, GET("/a%2Fb", "Host: a")),
	H("..", 400, GET("/a/../quick", "Host: a")),
	H("%2e%2e", 400, GET("/a/%2e%2e/quick", "Host: a")),
	H("broken percent", 400, GET("/a%zz", "Host: a")),
	H("broken UTF-8 by percent", 400, GET("/a%ff", "Host: a")),
	H("method with a slash", 400, "G/T /quick HTTP/1.1\r\nHost: a\r\n\r\n"),
	H("gzip coding", 501, POST("Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n")),
	H("gzip, chunked", 501, POST("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")),
	H("chunked twice", 400,
	    POST("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
	H("chunked with a tail", 501, POST("Transfer-Encoding: chunked;x\r\n\r\n0\r\n\r\n")),
	H("chunked in 1.0", 400,
	    "POST /small HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	H("strange expectation", 417, POST("Expect: 200-maybe\r\nContent-Length: 1\r\n\r\nx")),
	H("chunk size +5", 400, POST("Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n")),
	H("chunk size -1", 400, POST("Transfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n")),
	H("chunk size 0x5", 400,
	    POST("Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n")),
	H("chunk size with a space", 400,
	    POST("Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n")),
	H("chunk size without end", 413,
	    POST("Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello\r\n0\r\n\r\n")),
	H("chunk without its line end", 400,
	    POST("Transfer-Encoding: chunked\r\n\r\n5\r\nhelloworld\r\n0\r\n\r\n")),
#undef H
};

static struct wire w;

static void
still_alive(void)
{
	struct answer a;

	assert_int_equal(client_once(w.port, GET("/quick", "Host: a"), &a), 200);
	assert_int_equal(a.nbody, 12000);
}

static void
refused(const struct hostile *h)
{
	struct client *c = malloc(sizeof *c);
	bool exact = strncmp(MHD_get_version(), "0.9.75", 6) == 0;
	struct answer a;
	int quick = seen.quick, work = seen.work;

	client_open(c, w.port);
	client_send(c, h->p, h->n);
	client_say(c, SMUGGLED);
	client_read(c, &a, false, 5000);
	if (a.status < 0 || (a.status >= 100 && a.status < 400) || (exact && a.status != h->status))
		fail_msg("%s: %d instead of %d", h->name, a.status, h->status);
	if (!client_closed(c, 5000))
		fail_msg("%s: the connection stayed open", h->name);
	/* 0.9.75 sends the head of an error of its own twice; an answer to what is glued on never. */
	if (memmem(c->buf, c->n, " 200 ", 5) != NULL)
		fail_msg("%s: the second request was answered", h->name);
	if (a.status > 0 && !a.closing)
		fail_msg("%s: does not say close", h->name);
	if (seen.quick != quick || seen.work != work)
		fail_msg("%s: reached the app", h->name);
	client_done(c);
	free(c);
}

static void
test_hostile(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(hostile); i++) {
		refused(&hostile[i]);
		still_alive();
	}
}

/* A head of n bytes in one field. */
static int
big_head(size_t n)
{
	struct client *c = malloc(sizeof *c);
	char *fill = malloc(n);
	struct answer a;

	memset(fill, 'x', n);
	client_open(c, w.port);
	client_say(c, "GET /quick HTTP/1.1\r\nHost: a\r\nX-A: ");
	client_send(c, fill, n);
	client_say(c, "\r\n\r\n");
	client_read(c, &a, false, 5000);
	client_done(c);
	free(fill);
	free(c);
	return a.status;
}

static void
test_head_limit(void **state)
{
	(void)state;
	assert_int_equal(big_head(1000), 200);
	assert_int_equal(big_head(15000), 200);
	assert_int_equal(big_head(17000), 431);
	assert_int_equal(big_head(25000), 431);
	assert_int_equal(big_head(100000), 431);
	still_alive();
}

static void
test_many_fields(void **state)
{
	char text[8192];
	struct answer a;
	int i, n, count;

	(void)state;
	for (count = REQ_HEADERS - 1; count <= REQ_HEADERS; count++) {
		n = snprintf(text, sizeof text, "GET /quick HTTP/1.1\r\nHost: a\r\n");
		for (i = 0; i < count; i++)
			n += snprintf(text + n, sizeof text - (size_t)n, "X-%d: %d\r\n", i, i);
		snprintf(text + n, sizeof text - (size_t)n, "\r\n");
		assert_int_equal(
		    client_once(w.port, text, &a), count + 1 > REQ_HEADERS ? 431 : 200);
	}
}

static void
test_long_target(void **state)
{
	static const char tail[] = " HTTP/1.1\r\nHost: a\r\n\r\n";
	char text[12000];
	struct answer a;

	(void)state;
	memcpy(text, "GET /", 5);
	memset(text + 5, 'q', 9000);
	memcpy(text + 9005, tail, sizeof tail);
	assert_int_equal(client_once(w.port, text, &a), 414);
	memcpy(text + 8000, tail, sizeof tail);
	assert_int_equal(client_once(w.port, text, &a), 200);
}

/* A legal head that arrives in every possible cut must never be taken for a folded one. */
static void
test_cuts(void **state)
{
	static const char text[] = "GET /tag?x=1 HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nX-Tab:\t1\r\n"
				   "X-Tail: v  \r\nCookie: a=1; b=2\r\nAccept:*/*\r\n\r\n";
	struct client *c = malloc(sizeof *c);
	struct answer a;
	size_t i;

	(void)state;
	client_open(c, w.port);
	for (i = 1; i < sizeof text - 1; i++) {
		client_send(c, text, i);
		if (i % 8 == 0) /* let the server see the cut */
			nanosleep(&(struct timespec){ 0, 3000000 }, NULL);
		client_send(c, text + i, sizeof text - 1 - i);
		assert_int_equal(client_read(c, &a, false, 5000), 200);
	}
	client_done(c);
	free(c);
}

/* Random bytes: nothing to compare, but the server must stay up and give back what it takes. */
static void
test_noise(void **state)
{
	unsigned seed = 20241115;
	struct client *c = malloc(sizeof *c);
	char text[400];
	int i;

	(void)state;
	for (i = 0; i < 400; i++) {
		const struct hostile *h = &hostile[(size_t)rand_r(&seed) % ARRAY_LEN(hostile)];
		size_t n = h->n < sizeof text ? h->n : sizeof text, k;

		memcpy(text, h->p, n);
		for (k = 0; k < 3; k++)
			text[(size_t)rand_r(&seed) % n] = (char)rand_r(&seed);
		client_open(c, w.port);
		client_send(c, text, n);
		client_done(c);
	}
	free(c);
	still_alive();
}

static int
setup(void **state)
{
	(void)state;
	wire_start(&w, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	wire_stop(&w, 2);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_head_limit),
		cmocka_unit_test(test_many_fields),
		cmocka_unit_test(test_long_target),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_noise),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
