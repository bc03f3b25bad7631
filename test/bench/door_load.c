/* door_load.c – many devices at one door, and the plain loop that the server is held against.
 *
 *   door_load fill DB TICKETS             an event of the business day with so many tickets; prints its id
 *   door_load plain DB EVENT BATCH SECONDS  a plain C-library loop: the rows of scans alone, one commit for
 *                                         each batch, synchronous=FULL, one thread; prints scans a second
 *   door_load send PORT EVENT BATCH SECONDS DEVICES DB  so many devices, each with a connection of its own,
 *                                         TOKEN in the environment; prints scans a second, p50, p99 in ms
 *
 * Every scan shows a signed ticket; each ticket goes in, and when all are in, out, and so on. */
#include "app/app.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/signature.h"
#include "mod/signup/signup.h"

static void
run(sqlite3 *db, const char *sql)
{
	char *err = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &err) != SQLITE_OK)
		die("%s: %s", sql, err);
}

static sqlite3 *
open_db(const char *path)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		die("cannot open %s", path);
	sqlite3_busy_timeout(db, 10000);
	run(db, "PRAGMA journal_mode=WAL");
	return db;
}

static int64_t
number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;
	int64_t v;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
		die("%s: %s", sql, sqlite3_errmsg(db));
	v = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return v;
}

/* ---- fill ---- */

enum { BITE = 500 };
struct filling {
	struct event e;
	struct signup s;
	int64_t first, n;
};

static int
event_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct filling *f = arg;

	kind_empty(&event_kind, &f->e);
	f->e.name.kk = "Өлшем есігі";
	f->e.kind = 1;
	f->e.body = 3;
	f->e.first_day = cx->today;
	f->e.state = "approved";
	TRY(kind_insert_tx(cx, tx, &event_kind, &f->e));
	kind_empty(&signup_kind, &f->s);
	f->s.event = f->e.rec.id;
	f->s.name = "Өлшем";
	f->s.persons = 1;
	f->s.state = "placed";
	f->s.way = "office";
	f->s.lang = "kk";
	f->s.signed_on = cx->today;
	return kind_insert_tx(cx, tx, &signup_kind, &f->s);
}

static int
tickets_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct filling *f = arg;
	int64_t i;

	for (i = 0; i < BITE; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct ticket t;

		kind_empty(&ticket_kind, &t);
		t.event = f->e.rec.id;
		t.signup = f->s.rec.id;
		t.seat = f->first + i + 1;
		t.name = "Үлгі Адам";
		t.code = arena_printf(
		    cx->arena, "%08lld", (long long)(f->e.rec.id * 100000 + f->first + i));
		t.state = "valid";
		TRY(kind_add_tx(cx, tx, &ticket_kind, &t));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

/* Through the kinds, so that verify knows them. */
static void
fill(const char *url, int64_t n)
{
	const char *err = NULL;
	struct filling f = { .first = 0 };
	struct arena arena;
	struct app app;
	struct ctx cx;

	if (app_open(&app, &(struct app_options){ .db = url }, &err) != RC_OK || jobs_once(&app) != RC_OK)
		die("%s", err);
	arena_init(&arena);
	app_ctx(&app, &cx, &arena);
	if (cx.today == 0)
		cx.today = app.today;
	if (db_write(&cx, event_fn, &f) != RC_OK)
		die("event: %s", cx.err.text);
	for (f.first = 0; f.first < n; f.first += BITE)
		if (db_write(&cx, tickets_fn, &f) != RC_OK)
			die("tickets: %s %s", cx.err.text, cx.err.detail);
	db_end(&cx);
	printf("%lld\n", (long long)f.e.rec.id);
	arena_done(&arena);
	app_close(&app);
}

/* ---- plain ---- */

static void
bind_scan(sqlite3_stmt *s, int64_t event, int64_t n)
{
	unsigned char nonce[16], digest[16] = { 1 };
	char subject[32];

	randombytes_buf(nonce, sizeof nonce);
	snprintf(subject, sizeof subject, "t%lld", (long long)n);
	sqlite3_bind_int64(s, 1, event);
	sqlite3_bind_blob(s, 2, nonce, sizeof nonce, SQLITE_TRANSIENT);
	sqlite3_bind_int64(s, 3, clock_now());
	sqlite3_bind_int64(s, 4, n);
	sqlite3_bind_blob(s, 5, digest, sizeof digest, SQLITE_TRANSIENT);
	sqlite3_bind_text(s, 6, subject, -1, SQLITE_TRANSIENT);
}

static void
plain(sqlite3 *db, int64_t event, int batch, double seconds)
{
	int64_t from = clock_us(), until = from + (int64_t)(seconds * 1e6), n = 0;
	sqlite3_stmt *s;
	int i;

	run(db, "PRAGMA synchronous=FULL");
	if (sqlite3_prepare_v2(db,
		"INSERT INTO scan (event, nonce, copy, kind, at, device, ticket, digest, batch, "
		"received_at, account, subject, result, undone) VALUES (?1, ?2, 0, 'in', ?3, 'device "
		"1', ?4, ?5, 1, ?3, 1, ?6, 'done', 0)",
		-1, &s, NULL) != SQLITE_OK)
		die("%s", sqlite3_errmsg(db));
	while (clock_us() < until) {
		run(db, "BEGIN IMMEDIATE");
		for (i = 0; i < batch; i++) {
			bind_scan(s, event, ++n);
			if (sqlite3_step(s) != SQLITE_DONE)
				die("%s", sqlite3_errmsg(db));
			sqlite3_reset(s);
		}
		run(db, "COMMIT");
	}
	printf("%.0f\n", (double)n / ((double)(clock_us() - from) / 1e6));
}

/* ---- send ---- */

enum { DEVICES_MAX = 64, ROOM = 256 * 1024, LATENCIES = 1 << 20 };

struct device {
	int fd, number;
	char *out, *in;
	size_t n, sent, got;
	int64_t began;
};
static struct {
	int64_t event, first, tickets, next;
	int batch, day;
	const char *token;
	char (*codes)[TICKET_LONG + 1];
	int64_t *took;
	size_t ntook, scans;
	struct device device[DEVICES_MAX];
} load;

static void
make_codes(void)
{
	struct arena a;
	int64_t i;

	arena_init(&a);
	load.codes = malloc((size_t)load.tickets * sizeof *load.codes);
	load.took = malloc(LATENCIES * sizeof *load.took);
	if (load.codes == NULL || load.took == NULL)
		die("no memory");
	for (i = 0; i < load.tickets; i++) {
		struct ticket t = { .rec.id = load.first + i, .event = load.event };

		memcpy(load.codes[i], ticket_encode(&a, &t, load.day), TICKET_LONG + 1);
		arena_reset(&a, ARENA_CHUNK);
	}
	arena_done(&a);
}

static size_t
one_scan(char *to, const struct device *d)
{
	unsigned char r[16];
	int64_t n = load.next++;
	char at[32];

	randombytes_buf(r, sizeof r);
	moment_rfc3339(clock_now(), at);
	return (size_t)sprintf(to,
	    "%s{\"nonce\":\"%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x\","
	    "\"ticket\":\"%s\",\"at\":\"%s\",\"kind\":\"%s\",\"device\":\"device %d\"}",
	    to[-1] == '[' ? "" : ",", r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9],
	    r[10], r[11], r[12], r[13], r[14], r[15], load.codes[n % load.tickets], at,
	    n / load.tickets % 2 == 0 ? "in" : "out", d->number);
}

static void
begin(struct device *d)
{
	static char body[ROOM];
	size_t n = (size_t)sprintf(body, "{\"scans\":[");
	int i;

	for (i = 0; i < load.batch; i++)
		n += one_scan(body + n, d);
	n += (size_t)sprintf(body + n, "]}");
	d->n = (size_t)snprintf(d->out, ROOM,
	    "POST /api/v1/events/%lld/scans HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
	    "%s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
	    (long long)load.event, load.token, n);
	memcpy(d->out + d->n, body, n);
	d->n += n;
	d->sent = d->got = 0;
	d->began = clock_us();
}

/* Whether the whole answer is there. */
static bool
complete(struct device *d)
{
	const char *end, *length;

	d->in[d->got] = '\0';
	end = strstr(d->in, "\r\n\r\n");
	if (end == NULL)
		return false;
	if (strncmp(d->in, "HTTP/1.1 200", 12) != 0)
		die("refused: %.600s", d->in);
	length = strcasestr(d->in, "\r\nContent-Length:");
	if (length == NULL || length > end)
		die("no length: %.300s", d->in);
	return d->got >= (size_t)(end + 4 - d->in) + strtoull(length + 17, NULL, 10);
}

static void
check_answer(const struct device *d)
{
	const char *p = d->in;
	int done = 0;

	while ((p = strstr(p, "\"result\":\"done\"")) != NULL) {
		done++;
		p++;
	}
	if (done != load.batch)
		die("%d of %d scans were taken: %.700s", done, load.batch, d->in);
}

static void
step(struct device *d, bool go_on)
{
	ssize_t r;

	if (d->sent < d->n) {
		r = write(d->fd, d->out + d->sent, d->n - d->sent);
		if (r < 0)
			die("write");
		d->sent += (size_t)r;
		return;
	}
	r = read(d->fd, d->in + d->got, ROOM - 1 - d->got);
	if (r <= 0)
		die("read");
	d->got += (size_t)r;
	if (!complete(d))
		return;
	check_answer(d);
	if (load.ntook < LATENCIES)
		load.took[load.ntook++] = clock_us() - d->began;
	load.scans += (size_t)load.batch;
	d->n = 0;
	if (go_on)
		begin(d);
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
connect_all(int port, int devices)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int i, one = 1;

	for (i = 0; i < devices; i++) {
		struct device *d = &load.device[i];

		d->number = i + 1;
		d->out = malloc(ROOM);
		d->in = malloc(ROOM);
		d->fd = socket(AF_INET, SOCK_STREAM, 0);
		if (d->out == NULL || d->in == NULL || d->fd < 0 ||
		    connect(d->fd, (struct sockaddr *)&at, sizeof at) != 0)
			die("cannot connect");
		setsockopt(d->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		begin(d);
	}
}

static void
send_all(int port, int devices, double seconds)
{
	struct pollfd p[DEVICES_MAX];
	int64_t from, until;
	int i, busy;

	from = clock_us();
	until = from + (int64_t)(seconds * 1e6);
	connect_all(port, devices);
	do {
		busy = 0;
		for (i = 0; i < devices; i++) {
			struct device *d = &load.device[i];

			p[i].fd = d->n == 0 ? -1 : d->fd;
			p[i].events = d->sent < d->n ? POLLOUT : POLLIN;
			busy += d->n != 0;
		}
		if (busy > 0 && poll(p, (nfds_t)devices, 10000) <= 0)
			die("no answer within 10 s");
		for (i = 0; i < devices; i++)
			if (p[i].fd >= 0 && p[i].revents != 0)
				step(&load.device[i], clock_us() < until);
	} while (busy > 0);
	qsort(load.took, load.ntook, sizeof *load.took, by_time);
	printf("%.0f %.1f %.1f\n", (double)load.scans / ((double)(clock_us() - from) / 1e6),
	    (double)load.took[load.ntook / 2] / 1000,
	    (double)load.took[load.ntook * 99 / 100] / 1000);
}

static void
prepare(const char *url, int64_t event)
{
	const char *err = NULL;
	sqlite3 *db = open_db(url);
	struct app app;
	char sql[200];

	/* The key of the house writes the tickets. */
	if (app_open(&app, &(struct app_options){ .db = url }, &err) != RC_OK)
		die("%s", err);
	load.event = event;
	snprintf(sql, sizeof sql, "SELECT min(id) FROM ticket WHERE event = %lld", (long long)event);
	load.first = number(db, sql);
	snprintf(sql, sizeof sql, "SELECT count(*) FROM ticket WHERE event = %lld", (long long)event);
	load.tickets = number(db, sql);
	snprintf(sql, sizeof sql, "SELECT first_day FROM event WHERE id = %lld", (long long)event);
	load.day = (int)number(db, sql);
	/* Later rounds go on where the last one ended. */
	snprintf(sql, sizeof sql, "SELECT count(*) FROM scan WHERE event = %lld", (long long)event);
	load.next = number(db, sql);
	make_codes();
	sqlite3_close(db);
	app_close(&app);
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "fill") == 0)
		fill(argv[2], atoll(argv[3]));
	else if (argc == 6 && strcmp(argv[1], "plain") == 0)
		plain(open_db(argv[2]), atoll(argv[3]), atoi(argv[4]), atof(argv[5]));
	else if (argc == 8 && strcmp(argv[1], "send") == 0 && atoi(argv[6]) <= DEVICES_MAX) {
		load.token = getenv("TOKEN");
		load.batch = atoi(argv[4]);
		prepare(argv[7], atoll(argv[3]));
		send_all(atoi(argv[2]), atoi(argv[6]), atof(argv[5]));
	} else
		die("usage: see the head of door_load.c");
	return 0;
}
