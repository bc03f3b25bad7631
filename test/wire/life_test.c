/* life_test.c – what well-behaved and slow clients meet: bodies, keep-alive, pipelining, deadlines,
 * the full queue, the stop, unix sockets, and many suspended requests at once. */
#include "wire.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n"

static struct wire w;
static struct client c;
static struct answer a;

static void
test_pages(void **state)
{
	(void)state;
	wire_start(&w, NULL);
	client_open(&c, w.port);
	client_say(&c, GET("/quick"));
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	assert_int_equal(a.nbody, 12000);
	assert_false(a.closing);
	assert_true(answer_has(&a, "Content-Type: text/html; charset=utf-8\r\n"));
	assert_true(answer_has(&a, "X-Content-Type-Options: nosniff\r\n"));
	assert_true(answer_has(&a, "Referrer-Policy: same-origin\r\n"));
	assert_true(answer_has(&a, "Content-Security-Policy: default-src 'self';"));
	assert_true(answer_has(&a, "Cache-Control: no-store\r\n"));
	assert_true(answer_has(&a, "Date: "));
	client_say(&c, "HEAD /quick HTTP/1.1\r\nHost: a\r\n\r\n");
	assert_int_equal(client_read(&c, &a, true, 5000), 200);
	assert_true(answer_has(&a, "Content-Length: 12000\r\n"));
	client_say(&c, GET("/desk/x%20y?q=1"));
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	assert_string_equal(a.body, "0 /desk/x y 0 811c9dc5 127.0.0.1");
	client_say(&c, "HEAD /desk HTTP/1.1\r\nHost: a\r\n\r\n");
	assert_int_equal(client_read(&c, &a, true, 5000), 200);
	client_say(&c, GET("/tag"));
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	assert_true(answer_has(&a, "Cache-Control: public, no-cache\r\n"));
	assert_false(answer_has(&a, "no-store"));
	client_say(&c, "GET /tag HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"1\"\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 5000), 304);
	assert_true(answer_has(&a, "ETag: \"1\"\r\n"));
	client_say(&c, "OPTIONS /x HTTP/1.1\r\nHost: a\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	client_say(&c, "GET /desk HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	assert_true(a.closing);
	assert_true(client_closed(&c, 2000));
	client_done(&c);
	assert_int_equal(client_once(w.port, "GET /desk HTTP/1.0\r\n\r\n", &a), 200);
	assert_true(a.closing);
	wire_stop(&w, 2);
}

/* The same body under other headers must never come from the cache of answers. */
static void
test_answer_cache(void **state)
{
	char text[100], want[40];
	int i;

	(void)state;
	wire_start(&w, NULL);
	client_open(&c, w.port);
	for (i = 0; i < 600; i++) {
		snprintf(text, sizeof text, "GET /quick?v=%03d HTTP/1.1\r\nHost: a\r\n\r\n",
		    i * 7 % 300);
		snprintf(want, sizeof want, "X-V: %03d\r\n", i * 7 % 300);
		client_say(&c, text);
		assert_int_equal(client_read(&c, &a, false, 5000), 200);
		assert_true(answer_has(&a, want));
		client_say(&c, GET("/quick"));
		assert_int_equal(client_read(&c, &a, false, 5000), 200);
		assert_false(answer_has(&a, "X-V"));
	}
	client_done(&c);
	wire_stop(&w, 2);
}

static void
test_files(void **state)
{
	struct stat st;

	(void)state;
	wire_start(&w, NULL);
	assert_int_equal(stat("/proc/self/exe", &st), 0);
	client_open(&c, w.port);
	client_say(&c, GET("/file"));
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	assert_int_equal(a.nbody, st.st_size);
	assert_memory_equal(a.body, "\177ELF", 4);
	client_say(&c, GET("/nofile"));
	assert_int_equal(client_read(&c, &a, false, 5000), 404);
	assert_string_equal(a.body, "refused 404");
	client_done(&c);
	wire_stop(&w, 2);
}

static void
test_forms(void **state)
{
	(void)state;
	wire_start(&w, NULL);
	client_open(&c, w.port);
	client_say(&c,
	    "POST /form?q=a+b HTTP/1.1\r\nHost: a\r\nCookie: x=1; c=crumb\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
	    "f=%D2%9B1");
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	assert_string_equal(a.body, "q=a b f=\xD2\x9B"
				    "1 c=crumb");
	client_say(&c, "POST /form HTTP/1.1\r\nHost: a\r\n"
		       "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 60\r\n\r\n"
		       "--B\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n1234\r\n--B--");
	assert_int_equal(client_read(&c, &a, false, 5000), 200);
	assert_string_equal(a.body, "q=- f=1234 c=-");
	client_say(&c, GET("/form?q=%zz"));
	assert_int_equal(client_read(&c, &a, false, 5000), 400);
	client_done(&c);
	wire_stop(&w, 2);
}

static uint32_t
sum(const char *p, size_t n)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 16777619u;
	return h;
}

static void
send_body(const char *p, size_t n, bool chunked)
{
	char text[128];
	size_t at, piece;

	snprintf(text, sizeof text, "POST /big HTTP/1.1\r\nHost: a\r\n%s",
	    chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "");
	client_say(&c, text);
	if (!chunked) {
		snprintf(text, sizeof text, "Content-Length: %zu\r\n\r\n", n);
		client_say(&c, text);
		client_send(&c, p, n);
		return;
	}
	for (at = 0; at < n; at += piece) {
		piece = n - at < 70001 ? n - at : 70001;
		snprintf(text, sizeof text, "%zx\r\n", piece);
		client_say(&c, text);
		client_send(&c, p + at, piece);
		client_say(&c, "\r\n");
	}
	client_say(&c, "0\r\n\r\n");
}

/* Sizes around the change from arena to file, both ways of sending, on one connection. */
static void
test_bodies(void **state)
{
	static const size_t sizes[] = { 1, 100, 8192, 8193, 100000, (1 << 20) - 1, 1 << 20,
		(1 << 20) + 1, 5000000, 8 << 20 };
	char *p = malloc(8 << 20), want[128];
	size_t i;
	int k;

	(void)state;
	for (i = 0; i < 8 << 20; i++)
		p[i] = (char)(i * 7 + i / 251);
	wire_start(&w, NULL);
	client_open(&c, w.port);
	for (i = 0; i < ARRAY_LEN(sizes); i++)
		for (k = 0; k < 2; k++) {
			send_body(p, sizes[i], k == 1);
			assert_int_equal(client_read(&c, &a, false, 10000), 200);
			snprintf(want, sizeof want, "2 /big %zu %08x 127.0.0.1", sizes[i],
			    sum(p, sizes[i]));
			assert_string_equal(a.body, want);
		}
	client_done(&c);
	free(p);
	wire_stop(&w, 2);
}

static void
test_too_big(void **state)
{
	static char p[200000];
	int i;

	(void)state;
	wire_start(&w, NULL);
	/* Announced: refused before a byte of it is sent. */
	client_open(&c, w.port);
	client_say(&c, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 2000), 413);
	assert_string_equal(a.body, "refused 413");
	assert_true(a.closing && client_closed(&c, 2000));
	client_done(&c);
	assert_int_equal(client_once(w.port,
			     "POST /nobody HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", &a),
	    413);
	assert_int_equal(
	    client_once(w.port,
		"POST /nobody HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		&a),
	    413);
	assert_int_equal(client_once(w.port,
			     "POST /nobody HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", &a),
	    200);
	/* Streamed: noticed on the way. */
	client_open(&c, w.port);
	client_say(&c, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (i = 0; i < 11; i++) {
		client_say(&c, "64\r\n");
		client_send(&c, p, 100);
		client_say(&c, "\r\n");
	}
	client_say(&c, "0\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 2000), 413);
	assert_true(a.closing && client_closed(&c, 2000));
	client_done(&c);
	/* Endless: cut off. */
	client_open(&c, w.port);
	client_say(&c, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (i = 0; i < 1000 && client_say(&c, "30d40\r\n") && client_send(&c, p, sizeof p) &&
		    client_say(&c, "\r\n");
	     i++)
		;
	assert_in_range(i, 16 * 1048576 / 200000, 400); /* what the kernel buffers comes on top */
	client_done(&c);
	assert_int_equal(seen.work, 1);
	wire_stop(&w, 2);
}

static void
test_gate(void **state)
{
	(void)state;
	wire_start(&w, NULL);
	/* Answered although not a byte of the body ever comes. */
	client_open(&c, w.port);
	client_say(&c, "POST /gate HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 2000), 401);
	assert_true(a.closing && client_closed(&c, 2000));
	client_done(&c);
	assert_int_equal(seen.body_asked, 0);
	/* Without a body the connection lives on. */
	client_open(&c, w.port);
	client_say(&c, GET("/gate"));
	assert_int_equal(client_read(&c, &a, false, 2000), 401);
	assert_false(a.closing);
	client_say(&c, GET("/quick"));
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	client_done(&c);
	assert_int_equal(seen.gated, 2);
	wire_stop(&w, 2);
}

static void
test_continue(void **state)
{
	(void)state;
	wire_start(&w, NULL);
	client_open(&c, w.port);
	client_say(&c, "POST /small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
		       "Content-Length: 5\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 2000), 100);
	client_say(&c, "hello");
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	assert_string_equal(a.body, "2 /small 5 4f9f2cab 127.0.0.1");
	/* A body that will be refused is not asked for. */
	client_say(&c, "POST /small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
		       "Content-Length: 5000\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 2000), 413);
	assert_true(client_closed(&c, 2000));
	client_done(&c);
	wire_stop(&w, 2);
}

static void
test_pipeline(void **state)
{
	int i;

	(void)state;
	wire_start(&w, NULL);
	client_open(&c, w.port);
	for (i = 0; i < 20; i++)
		client_say(
		    &c, i % 3 == 0 ? GET("/quick")
			: i % 3 == 1
			    ? GET("/desk/a")
			    : "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy");
	for (i = 0; i < 20; i++) {
		assert_int_equal(client_read(&c, &a, false, 5000), 200);
		if (i % 3 == 0)
			assert_int_equal(a.nbody, 12000);
		else
			assert_memory_equal(a.body, i % 3 == 1 ? "0 /desk/a 0" : "2 /small 2", 10);
	}
	client_done(&c);
	wire_stop(&w, 2);
}

/* One byte every 100 ms keeps an idle clock happy for ever; ours ends it. */
static bool
drip(const char *text, int64_t *took)
{
	int64_t start = now_ms();
	bool closed = false;

	while (!closed && now_ms() - start < 8000) {
		char b = *text == '\0' ? 'x' : *text++;

		closed = !client_send(&c, &b, 1) || client_closed(&c, 100);
	}
	*took = now_ms() - start;
	return closed;
}

static void
test_deadlines(void **state)
{
	struct http_options o = { .head_seconds = 1, .body_seconds = 2, .idle_seconds = 3 };
	int64_t took;

	(void)state;
	wire_start(&w, &o);
	client_open(&c, w.port);
	assert_true(drip("GET /quick HTTP/1.1\r\nHost: a\r\nX-Slow: ", &took));
	assert_in_range(took, 800, 2000);
	client_done(&c);
	client_open(&c, w.port);
	assert_true(drip("", &took));
	assert_in_range(took, 800, 2000);
	client_done(&c);
	client_open(&c, w.port);
	client_say(&c, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n");
	assert_true(drip("", &took));
	assert_in_range(took, 1800, 3000);
	client_done(&c);
	client_open(&c, w.port);
	client_say(
	    &c, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n");
	assert_true(drip("", &took));
	assert_in_range(took, 1800, 3000);
	client_done(&c);
	/* An idle connection, and a head that begins on it. */
	client_open(&c, w.port);
	client_say(&c, GET("/quick"));
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	took = now_ms();
	assert_true(client_closed(&c, 8000));
	assert_in_range(now_ms() - took, 2800, 4000);
	client_done(&c);
	client_open(&c, w.port);
	client_say(&c, GET("/quick"));
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	assert_true(drip("GET /quick HTTP/1.1\r\nHost: a\r\nX-Slow: ", &took));
	assert_in_range(took, 1500, 4500);
	client_done(&c);
	assert_int_equal(seen.work, 0);
	wire_stop(&w, 2);
}

/* A worker may take longer than any deadline of the wire; a client that reads nothing may not. */
static void
test_slow_work_and_reader(void **state)
{
	struct http_options o = { .head_seconds = 1, .body_seconds = 1, .idle_seconds = 1 };
	int64_t start;
	int i;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	client_open(&c, w.port);
	client_say(&c, GET("/hold"));
	usleep(2500000);
	seen.hold = false;
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	client_done(&c);
	client_open(&c, w.port);
	for (i = 0; i < 2000; i++)
		if (!client_say(&c, GET("/quick")))
			break;
	start = now_ms();
	while (seen.pins > 0 && now_ms() - start < 6000)
		usleep(10000);
	assert_int_equal(seen.pins, 0);
	client_done(&c);
	wire_stop(&w, 2);
}

static void
test_full_queue(void **state)
{
	struct http_options o = { .workers = 2, .queue = 3 };
	static struct client many[8];
	int i, held = 0, busy = 0;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	for (i = 0; i < 8; i++) {
		client_open(&many[i], w.port);
		client_say(&many[i], GET("/hold"));
		usleep(20000);
	}
	assert_int_equal(seen.holding, 2);
	assert_int_equal(client_once(w.port, GET("/quick"), &a), 200);
	assert_int_equal(client_once(w.port, GET("/desk"), &a), 503);
	assert_string_equal(a.body, "refused 503");
	assert_false(a.closing);
	for (i = 5; i < 8; i++)
		busy += client_read(&many[i], &a, false, 2000) == 503;
	assert_int_equal(busy, 3);
	seen.hold = false;
	for (i = 0; i < 5; i++)
		held += client_read(&many[i], &a, false, 2000) == 200;
	assert_int_equal(held, 5);
	assert_int_equal(client_once(w.port, GET("/desk"), &a), 200);
	for (i = 0; i < 8; i++)
		client_done(&many[i]);
	wire_stop(&w, 2);
}

enum { CALLERS = 64, CALLS = 2000 };

struct caller {
	pthread_t thread;
	int index, wrong;
};

static void *
call_many(void *arg)
{
	struct caller *me = arg;
	struct client *mine = malloc(sizeof *mine);
	struct answer *got = malloc(sizeof *got);
	char text[200], want[100];
	int i;

	client_open(mine, w.port);
	for (i = 0; i < CALLS && me->wrong == 0; i++) {
		snprintf(
		    text, sizeof text, "GET /desk/%d/%d HTTP/1.1\r\nHost: a\r\n\r\n", me->index, i);
		snprintf(want, sizeof want, "0 /desk/%d/%d 0 811c9dc5 127.0.0.1", me->index, i);
		client_say(mine, text);
		if (client_read(mine, got, false, 20000) != 200 || strcmp(got->body, want) != 0)
			me->wrong++;
		if (i % 500 == 499) { /* and new connections in between */
			client_done(mine);
			client_open(mine, w.port);
		}
	}
	client_done(mine);
	free(mine);
	free(got);
	return NULL;
}

static void
test_many_suspended(void **state)
{
	static struct caller callers[CALLERS];
	int i, wrong = 0;

	(void)state;
	memset(callers, 0, sizeof callers);
	wire_start(&w, NULL);
	for (i = 0; i < CALLERS; i++) {
		callers[i].index = i;
		pthread_create(&callers[i].thread, NULL, call_many, &callers[i]);
	}
	for (i = 0; i < CALLERS; i++) {
		pthread_join(callers[i].thread, NULL);
		wrong += callers[i].wrong;
	}
	assert_int_equal(wrong, 0);
	assert_int_equal(seen.work, CALLERS * CALLS);
	wire_stop(&w, 2);
}

static void *
stop_later(void *arg)
{
	(void)arg;
	http_stop(w.h, 5);
	return NULL;
}

static void
test_graceful_stop(void **state)
{
	static struct client idle, queued, late;
	struct http_options o = { .workers = 1 };
	pthread_t t;
	int i;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	client_open(&idle, w.port);
	client_say(&idle, GET("/quick"));
	assert_int_equal(client_read(&idle, &a, false, 2000), 200);
	client_open(&c, w.port);
	client_say(&c, GET("/hold"));
	client_open(&queued, w.port);
	while (seen.holding == 0)
		usleep(1000);
	client_say(&queued, GET("/desk"));
	usleep(50000);
	pthread_create(&t, NULL, stop_later, NULL);
	assert_true(client_closed(&idle, 2000));
	for (i = 0; i < 100; i++) { /* nobody new comes in */
		struct answer none;

		late.fd = -1;
		if (client_try(&late, w.port))
			assert_int_equal((client_say(&late, GET("/quick")),
					     client_read(&late, &none, false, 500)),
			    0);
		if (late.fd >= 0)
			client_done(&late);
	}
	seen.hold = false;
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	assert_string_equal(a.body, "held");
	assert_true(a.closing && client_closed(&c, 2000));
	assert_int_equal(client_read(&queued, &a, false, 2000), 200);
	pthread_join(t, NULL);
	client_done(&c);
	client_done(&idle);
	client_done(&queued);
}

/* The time is over before the work: the waiting are told, the running one is left behind. */
static void
test_forced_stop(void **state)
{
	static struct client queued;
	struct http_options o = { .workers = 1 };
	int64_t start;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	client_open(&c, w.port);
	client_say(&c, GET("/hold"));
	while (seen.holding == 0)
		usleep(1000);
	client_open(&queued, w.port);
	client_say(&queued, GET("/desk"));
	usleep(50000);
	start = now_ms();
	http_stop(w.h, 1);
	assert_in_range(now_ms() - start, 900, 3000);
	assert_int_equal(client_read(&queued, &a, false, 2000), 503);
	assert_int_equal(client_read(&c, &a, false, 2000), 0);
	seen.hold = false;
	usleep(100000);
	client_done(&c);
	client_done(&queued);
}

static void
test_unix(void **state)
{
	struct http_options o = { 0 };
	const char *err = NULL, *dir = getenv("TMPDIR");
	struct http *second = NULL;
	char path[90], where[100];
	struct stat st;

	(void)state;
	snprintf(
	    path, sizeof path, "%.60s/wire-%d.sock", dir != NULL ? dir : "/tmp", (int)getpid());
	snprintf(where, sizeof where, "unix:%s", path);
	o.listen = where;
	wire_start(&w, &o);
	assert_int_equal(http_port(w.h), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	client_unix(&c, path);
	client_say(
	    &c, "GET /desk HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.9.9.9, 2001:db8::1\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	assert_string_equal(a.body, "0 /desk 0 811c9dc5 2001:db8::1");
	client_say(&c, "GET /desk HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: <b>\r\n\r\n");
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	assert_string_equal(a.body, "0 /desk 0 811c9dc5 unix");
	client_done(&c);
	assert_int_not_equal(http_start(&w.o, &second, &err), RC_OK);
	assert_non_null(strstr(err, "taken"));
	wire_stop(&w, 2);
	assert_int_not_equal(stat(path, &st), 0);
	client_stale(path);
	assert_int_equal(stat(path, &st), 0);
	wire_start(&w, &o);
	client_unix(&c, path);
	client_say(&c, GET("/quick"));
	assert_int_equal(client_read(&c, &a, false, 2000), 200);
	client_done(&c);
	wire_stop(&w, 2);
}

static void
test_listen(void **state)
{
	static const char *const bad[] = { "", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
		"127.0.0.1:70000", "[::1:80", "nowhere.example:80", "unix:", "unix:relative",
		"unix:/nonexistent/dir/s", "203.0.113.1:0" };
	struct http_options o = { 0 };
	struct http *second = NULL;
	const char *err = NULL;
	char where[64];
	size_t i;

	(void)state;
	wire_start(&w, NULL);
	snprintf(where, sizeof where, "127.0.0.1:%d", w.port);
	o = w.o;
	o.listen = where;
	assert_int_not_equal(http_start(&o, &second, &err), RC_OK);
	assert_non_null(strstr(err, "taken"));
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		o.listen = bad[i];
		err = NULL;
		assert_int_not_equal(http_start(&o, &second, &err), RC_OK);
		assert_non_null(err);
	}
	wire_stop(&w, 2);
	o.listen = where; /* and the port is free again at once */
	assert_int_equal(http_start(&o, &second, &err), RC_OK);
	http_stop(second, 1);
	o.listen = "[::1]:0";
	if (http_start(&o, &second, &err) == RC_OK) {
		assert_in_range(http_port(second), 1, 65535);
		http_stop(second, 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_answer_cache),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_too_big),
		cmocka_unit_test(test_gate),
		cmocka_unit_test(test_continue),
		cmocka_unit_test(test_pipeline),
		cmocka_unit_test(test_deadlines),
		cmocka_unit_test(test_slow_work_and_reader),
		cmocka_unit_test(test_full_queue),
		cmocka_unit_test(test_many_suspended),
		cmocka_unit_test(test_graceful_stop),
		cmocka_unit_test(test_unix),
		cmocka_unit_test(test_listen),
		/* last: it leaves a thread and its memory behind */
		cmocka_unit_test(test_forced_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
