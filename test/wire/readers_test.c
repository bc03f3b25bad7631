/* readers_test.c – the limit of simultaneous reads: they wait for each other, writes do not wait for
 * them, and whoever waits is answered in the end, also when the server stops. */
#include "wire.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n"
#define POST(target) "POST " target " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"

enum { MANY = 20 };

static struct wire w;
static struct client c, many[MANY];
static struct answer a;

static void
wait_for(const _Atomic int *n, int want)
{
	int64_t end = now_ms() + 5000;

	while (*n < want && now_ms() < end)
		usleep(1000);
	assert_int_equal(*n, want);
}

static void
send_all(const char *request)
{
	int i;

	for (i = 0; i < MANY; i++) {
		client_open(&many[i], w.port);
		client_say(&many[i], request);
	}
}

static void
all_answered(int status)
{
	int i;

	for (i = 0; i < MANY; i++) {
		assert_int_equal(client_read(&many[i], &a, false, 10000), status);
		client_done(&many[i]);
	}
}

/* Twenty reads that do not end: two run, a write goes past them, then all are answered. */
static void
test_writes_pass(void **state)
{
	struct http_options o = { .workers = 64, .readers = 2 };
	int i;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	send_all(GET("/hold"));
	wait_for(&seen.holding, 2);
	for (i = 0; i < 10; i++) {
		assert_int_equal(client_once(w.port, POST("/desk"), &a), 200);
		assert_string_equal(a.body, "2 /desk 1 fd0c5087 127.0.0.1");
	}
	assert_int_equal(client_once(w.port, GET("/quick"), &a), 200); /* needs no worker */
	usleep(50000);
	assert_int_equal(seen.holding, 2);
	assert_int_equal(seen.reading, 2);
	seen.hold = false;
	all_answered(200);
	assert_int_equal(seen.holding, MANY);
	assert_int_equal(seen.most_reading, 2);
	assert_int_equal(seen.reading, 0);
	wire_stop(&w, 2);
}

/* Slow ones: never more than two at once, and two whenever there are so many. */
static void
test_two_at_once(void **state)
{
	struct http_options o = { .workers = 64, .readers = 2 };
	int64_t start;
	int i;

	(void)state;
	wire_start(&w, &o);
	start = now_ms();
	send_all(GET("/slow"));
	all_answered(200);
	assert_int_equal(seen.most_reading, 2);
	assert_true(now_ms() - start >= MANY / 2 * 5);
	send_all("HEAD /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
	wait_for(&seen.work, 2 * MANY);
	while (seen.reading > 0)
		usleep(1000);
	assert_int_equal(seen.most_reading, 2);
	for (i = 0; i < MANY; i++) {
		assert_int_equal(client_read(&many[i], &a, true, 5000), 200);
		client_done(&many[i]);
	}
	wire_stop(&w, 2);
}

/* Writes have no such limit, and without one reads take every worker. */
static void
test_no_limit(void **state)
{
	struct http_options o = { .workers = 64, .readers = 2 };

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	send_all(POST("/hold"));
	wait_for(&seen.holding, MANY);
	assert_int_equal(client_once(w.port, GET("/desk"), &a), 200);
	seen.hold = false;
	all_answered(200);
	wire_stop(&w, 2);
	o.readers = 0;
	wire_start(&w, &o);
	seen.hold = true;
	send_all(GET("/hold"));
	wait_for(&seen.holding, MANY);
	seen.hold = false;
	all_answered(200);
	assert_int_equal(seen.most_reading, MANY);
	wire_stop(&w, 2);
}

/* Reads that wait fill the queue like others; a write still finds an idle worker. */
static void
test_queue_of_reads(void **state)
{
	struct http_options o = { .workers = 8, .readers = 2, .queue = 3 };
	int i, held = 0, busy = 0;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	send_all(GET("/hold"));
	wait_for(&seen.holding, 2);
	wait_for(&seen.refused, MANY - 5);
	assert_int_equal(client_once(w.port, GET("/desk"), &a), 503);
	assert_int_equal(client_once(w.port, POST("/desk"), &a), 200);
	seen.hold = false;
	for (i = 0; i < MANY; i++) {
		int status = client_read(&many[i], &a, false, 10000);

		held += status == 200;
		busy += status == 503;
		client_done(&many[i]);
	}
	assert_int_equal(held, 5);
	assert_int_equal(busy, MANY - 5);
	assert_int_equal(client_once(w.port, GET("/desk"), &a), 200);
	wire_stop(&w, 2);
}

enum { CALLERS = 24, CALLS = 300 };

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
		bool read = (me->index * 7 + i * 5) % 8 < 5;

		snprintf(text, sizeof text, "%s /desk/%d/%d HTTP/1.1\r\nHost: a\r\n%s\r\n%s",
		    read ? "GET" : "POST", me->index, i, read ? "" : "Content-Length: 1\r\n",
		    read ? "" : "x");
		snprintf(want, sizeof want, "%d /desk/%d/%d %d %s 127.0.0.1", read ? M_GET : M_POST,
		    me->index, i, read ? 0 : 1, read ? "811c9dc5" : "fd0c5087");
		client_say(mine, text);
		if (client_read(mine, got, false, 20000) != 200 || strcmp(got->body, want) != 0)
			me->wrong++;
	}
	client_done(mine);
	free(mine);
	free(got);
	return NULL;
}

/* Reads and writes of many clients, with few workers and with many: none is lost or mixed up. */
static void
test_none_lost(void **state)
{
	static const int workers[] = { 1, 3, 64 }, readers[] = { 1, 2, 2 };
	static struct caller callers[CALLERS];
	size_t k;
	int i, wrong;

	(void)state;
	for (k = 0; k < ARRAY_LEN(workers); k++) {
		struct http_options o = { .workers = workers[k], .readers = readers[k] };

		memset(callers, 0, sizeof callers);
		wire_start(&w, &o);
		for (i = 0; i < CALLERS; i++) {
			callers[i].index = i;
			pthread_create(&callers[i].thread, NULL, call_many, &callers[i]);
		}
		for (wrong = 0, i = 0; i < CALLERS; i++) {
			pthread_join(callers[i].thread, NULL);
			wrong += callers[i].wrong;
		}
		assert_int_equal(wrong, 0);
		assert_int_equal(seen.work, CALLERS * CALLS);
		assert_in_range(seen.most_reading, 1, readers[k]);
		wire_stop(&w, 2);
	}
}

static void *
stop_later(void *arg)
{
	(void)arg;
	http_stop(w.h, 5);
	return NULL;
}

/* At the stop reads that wait behind others are still answered. */
static void
test_graceful_stop(void **state)
{
	struct http_options o = { .workers = 8, .readers = 2 };
	pthread_t t;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	send_all(GET("/hold"));
	wait_for(&seen.holding, 2);
	usleep(50000);
	pthread_create(&t, NULL, stop_later, NULL);
	usleep(50000);
	seen.hold = false;
	all_answered(200);
	pthread_join(t, NULL);
	assert_int_equal(seen.holding, MANY);
}

/* The time is over: whoever waits is told, in both queues. */
static void
test_forced_stop(void **state)
{
	static struct client write;
	struct http_options o = { .workers = 1, .readers = 1 };
	int i;

	(void)state;
	wire_start(&w, &o);
	seen.hold = true;
	client_open(&c, w.port);
	client_say(&c, GET("/hold"));
	wait_for(&seen.holding, 1);
	send_all(GET("/desk"));
	client_open(&write, w.port);
	client_say(&write, POST("/desk"));
	usleep(100000);
	http_stop(w.h, 1);
	for (i = 0; i < MANY; i++) {
		assert_int_equal(client_read(&many[i], &a, false, 2000), 503);
		client_done(&many[i]);
	}
	assert_int_equal(client_read(&write, &a, false, 2000), 503);
	assert_int_equal(client_read(&c, &a, false, 2000), 0);
	assert_int_equal(seen.work, 1);
	seen.hold = false;
	usleep(100000);
	client_done(&c);
	client_done(&write);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writes_pass),
		cmocka_unit_test(test_two_at_once),
		cmocka_unit_test(test_no_limit),
		cmocka_unit_test(test_queue_of_reads),
		cmocka_unit_test(test_none_lost),
		cmocka_unit_test(test_graceful_stop),
		/* last: it leaves a thread and its memory behind */
		cmocka_unit_test(test_forced_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
