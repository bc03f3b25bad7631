/* wire.c – see wire.h. Sockets have time-outs everywhere, so a lost wake-up fails a test instead of
 * hanging it. */
#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

struct seen seen;
static char page[12000];

static void
unpin(void *pin)
{
	assert_ptr_equal(pin, page);
	seen.pins--;
}

static bool
quick(void *user, struct req *rq)
{
	(void)user;
	if (strcmp(rq->path, "/quick") == 0) {
		rq->res.status = 200;
		rq->res.body = (struct slice){ page, sizeof page };
		rq->res.pin = page;
		rq->res.unpin = unpin;
		if (req_q(rq, "v") != NULL)
			res_header(rq, "X-V", req_q(rq, "v"));
		seen.pins++;
		seen.quick++;
		return true;
	}
	if (strcmp(rq->path, "/tag") == 0) {
		const char *tag = req_header(rq, "if-none-match");

		rq->res.status = tag != NULL && strcmp(tag, "\"1\"") == 0 ? 304 : 200;
		rq->res.body =
		    rq->res.status == 304 ? (struct slice){ "", 0 } : slice_str("tagged");
		res_header(rq, "ETag", "\"1\"");
		res_header(rq, "Cache-Control", "public, no-cache");
		return true;
	}
	return false;
}

static uint32_t
sum(struct slice s)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

static void
answer(struct req *rq)
{
	seen.work++;
	rq->res.status = 200;
	rq->res.type = "text/plain; charset=utf-8";
	if (strcmp(rq->path, "/hold") == 0) {
		seen.holding++;
		while (seen.hold)
			usleep(1000);
		rq->res.body = slice_str("held");
	} else if (strcmp(rq->path, "/slow") == 0) {
		usleep(5000);
		rq->res.body = slice_str("slow");
	} else if (strcmp(rq->path, "/file") == 0) {
		rq->res.file = "/proc/self/exe";
	} else if (strcmp(rq->path, "/nofile") == 0) {
		rq->res.file = "/nonexistent/file";
	} else if (strcmp(rq->path, "/form") == 0) {
		if (req_parse(rq) != RC_OK) {
			rq->res.status = 400;
			return;
		}
		rq->res.body = slice_str(arena_printf(&rq->arena, "q=%s f=%s c=%s",
		    req_q(rq, "q") == NULL ? "-" : req_q(rq, "q"),
		    req_f(rq, "f") == NULL ? "-" : req_f(rq, "f"),
		    req_cookie(rq, "c") == NULL ? "-" : req_cookie(rq, "c")));
	} else
		rq->res.body = slice_str(arena_printf(&rq->arena, "%d %s %zu %08x %s",
		    (int)rq->method, rq->path, rq->body.n, sum(rq->body), rq->peer));
}

/* How many reads run at once, and the most that ever did. */
static void
work(void *user, struct req *rq, int worker)
{
	bool read = rq->method == M_GET || rq->method == M_HEAD;
	int now = read ? ++seen.reading : 0, most = seen.most_reading;

	(void)user;
	(void)worker;
	while (now > most && !atomic_compare_exchange_weak(&seen.most_reading, &most, now))
		;
	answer(rq);
	seen.reading -= read ? 1 : 0;
}

static size_t
body_limit(void *user, const struct req *rq)
{
	(void)user;
	seen.body_asked++;
	if (strcmp(rq->path, "/nobody") == 0)
		return 0;
	if (strcmp(rq->path, "/small") == 0)
		return 1000;
	return 8 << 20;
}

static bool
before_body(void *user, struct req *rq)
{
	(void)user;
	if (strcmp(rq->path, "/gate") != 0)
		return false;
	seen.gated++;
	rq->res.status = 401;
	rq->res.body = slice_str("who are you");
	return true;
}

static void
refuse(void *user, struct req *rq, int status)
{
	(void)user;
	seen.refused++;
	rq->res.status = status;
	rq->res.type = "text/plain";
	rq->res.body = slice_str(arena_printf(&rq->arena, "refused %d", status));
}

void
wire_start(struct wire *w, const struct http_options *o)
{
	const char *err = NULL;

	memset(page, 'p', sizeof page);
	memset(&seen, 0, sizeof seen);
	w->o = o != NULL ? *o : (struct http_options){ 0 };
	if (w->o.listen == NULL)
		w->o.listen = "127.0.0.1:0";
	w->o.quick = quick;
	w->o.work = work;
	w->o.body_limit = body_limit;
	w->o.before_body = before_body;
	w->o.refuse = refuse;
	if (http_start(&w->o, &w->h, &err) != RC_OK)
		fail_msg("http_start: %s", err);
	w->port = http_port(w->h);
}

void
wire_stop(struct wire *w, int seconds)
{
	http_stop(w->h, seconds);
	assert_int_equal(seen.pins, 0);
}

static void
opened(struct client *c)
{
	struct timeval tv = { 10, 0 };

	c->n = 0;
	setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv);
}

bool
client_try(struct client *c, int port)
{
	struct sockaddr_in sa = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };

	sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	opened(c);
	return connect(c->fd, (struct sockaddr *)&sa, sizeof sa) == 0;
}

void
client_open(struct client *c, int port)
{
	if (!client_try(c, port))
		fail_msg("connect: %s", strerror(errno));
}

void
client_stale(const char *path)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(sa.sun_path, sizeof sa.sun_path, "%s", path);
	assert_int_equal(bind(fd, (struct sockaddr *)&sa, sizeof sa), 0);
	close(fd);
}

void
client_unix(struct client *c, const char *path)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };

	snprintf(sa.sun_path, sizeof sa.sun_path, "%s", path);
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(c->fd, (struct sockaddr *)&sa, sizeof sa) != 0)
		fail_msg("connect: %s", strerror(errno));
	opened(c);
}

bool
client_send(struct client *c, const void *p, size_t n)
{
	const char *s = p;

	while (n > 0) {
		ssize_t w = send(c->fd, s, n, MSG_NOSIGNAL);

		if (w <= 0)
			return false;
		s += w;
		n -= (size_t)w;
	}
	return true;
}

bool
client_say(struct client *c, const char *s)
{
	return client_send(c, s, strlen(s));
}

int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* More bytes into the buffer: 1 = some, 0 = closed, -1 = time over. */
static int
more(struct client *c, int64_t until)
{
	struct pollfd p = { c->fd, POLLIN, 0 };
	int64_t left = until - now_ms();
	ssize_t n;

	if (left < 0 || poll(&p, 1, (int)left) <= 0)
		return -1;
	if (c->n == sizeof c->buf)
		c->n = sizeof c->buf / 2; /* a long body: only its beginning matters */
	n = recv(c->fd, c->buf + c->n, sizeof c->buf - c->n, 0);
	if (n <= 0)
		return 0;
	c->n += (size_t)n;
	return 1;
}

static const char *
field(const char *head, const char *name)
{
	const char *p;
	size_t n = strlen(name);

	for (p = strstr(head, "\r\n"); p != NULL; p = strstr(p, "\r\n")) {
		p += 2;
		if (strncasecmp(p, name, n) == 0 && p[n] == ':')
			return p + n + 1 + strspn(p + n + 1, " ");
	}
	return NULL;
}

static int
read_body(struct client *c, struct answer *a, int64_t until)
{
	const char *len = field(a->head, "Content-Length");
	size_t want = len == NULL ? 0 : strtoul(len, NULL, 10), keep, got = 0;

	while (got < want) {
		size_t take = c->n < want - got ? c->n : want - got;

		keep = got < sizeof a->body - 1 ? sizeof a->body - 1 - got : 0;
		memcpy(a->body + got * (keep > 0), c->buf, take < keep ? take : keep);
		memmove(c->buf, c->buf + take, c->n - take);
		c->n -= take;
		got += take;
		if (got < want && more(c, until) <= 0)
			return -1;
	}
	a->nbody = got;
	return 0;
}

int
client_read(struct client *c, struct answer *a, bool head, int timeout_ms)
{
	int64_t until = now_ms() + timeout_ms;
	const char *end, *conn;
	size_t n;

	memset(a, 0, sizeof *a);
	while ((end = memmem(c->buf, c->n, "\r\n\r\n", 4)) == NULL) {
		int r = more(c, until);

		if (r <= 0)
			return a->status = r;
	}
	n = (size_t)(end - c->buf) + 4;
	assert_true(n < sizeof a->head);
	memcpy(a->head, c->buf, n);
	memmove(c->buf, c->buf + n, c->n - n);
	c->n -= n;
	if (sscanf(a->head, "HTTP/1.1 %d", &a->status) != 1)
		fail_msg("no status line: %s", a->head);
	conn = field(a->head, "Connection");
	a->closing = conn != NULL && strncasecmp(conn, "close", 5) == 0;
	if (!head && a->status != 304 && a->status >= 200 && read_body(c, a, until) != 0)
		a->status = -1;
	return a->status;
}

bool
client_closed(struct client *c, int timeout_ms)
{
	int64_t until = now_ms() + timeout_ms;

	int r;

	do
		r = more(c, until);
	while (r > 0);
	return r == 0;
}

void
client_done(struct client *c)
{
	close(c->fd);
	c->fd = -1;
}

int
client_once(int port, const char *request, struct answer *a)
{
	struct client *c = malloc(sizeof *c);
	int status;

	client_open(c, port);
	client_say(c, request);
	status = client_read(c, a, false, 10000);
	client_done(c);
	free(c);
	return status;
}

bool
answer_has(const struct answer *a, const char *line)
{
	return strstr(a->head, line) != NULL;
}
