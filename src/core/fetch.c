/* fetch.c – see fetch.h. */
#include "core/fetch.h"

#include <netinet/in.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/curl_open.h"
#include "text/weblink.h"

/* ---- addresses ---- */

/* Nets that are not the public one: RFC 6890, RFC 6598, RFC 5737, RFC 2544, RFC 5771, RFC 1112. */
static const struct {
	uint32_t net;
	int bits;
} shut4[] = {
	{ 0x00000000, 8 },
	{ 0x0a000000, 8 },
	{ 0x64400000, 10 },
	{ 0x7f000000, 8 },
	{ 0xa9fe0000, 16 },
	{ 0xac100000, 12 },
	{ 0xc0000000, 24 },
	{ 0xc0000200, 24 },
	{ 0xc0586300, 24 },
	{ 0xc0a80000, 16 },
	{ 0xc6120000, 15 },
	{ 0xc6336400, 24 },
	{ 0xcb007100, 24 },
	{ 0xe0000000, 4 },
	{ 0xf0000000, 4 },
};

static bool
public4(uint32_t ip)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(shut4); i++)
		if ((ip ^ shut4[i].net) >> (32 - shut4[i].bits) == 0)
			return false;
	return true;
}

static uint32_t
four(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Only global unicast (2000::/3) without what carries IPv4 or stands for papers; IPv4 inside of IPv6 as IPv4. */
static bool
public6(const unsigned char *p)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff },
				   nat64[12] = { 0, 0x64, 0xff, 0x9b };

	if (memcmp(p, mapped, 12) == 0 || memcmp(p, nat64, 12) == 0)
		return public4(four(p + 12));
	if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
		return public4(four(p + 2));
	if ((p[0] & 0xe0) != 0x20)
		return false;
	if (p[0] == 0x20 && p[1] == 0x01 && p[2] < 2) /* 2001::/23: Teredo, benchmarks, ORCHID */
		return false;
	return !(p[0] == 0x20 && p[1] == 0x01 && p[2] == 0x0d && p[3] == 0xb8) &&
	       !(p[0] == 0x3f && p[1] == 0xff && p[2] < 0x10);
}

bool
fetch_public(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET)
		return public4(
		    ntohl(((const struct sockaddr_in *)(const void *)sa)->sin_addr.s_addr));
	return sa->sa_family == AF_INET6 &&
	       public6(((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr.s6_addr);
}

/* ---- one request ---- */

struct getting {
	const struct fetch_want *w;
	struct arena *arena;
	struct fetched *out;
	struct buf body;
	bool shut, big;
	int headers;
	int64_t until; /* clock_us(): redirects do not begin the time anew */
};

/* For tests: 127.0.0.0/8 and nothing else of what is shut. */
static bool
own_machine(const struct sockaddr *sa)
{
	return sa->sa_family == AF_INET &&
	       ntohl(((const struct sockaddr_in *)(const void *)sa)->sin_addr.s_addr) >> 24 == 127;
}

static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct getting *g = arg;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    !(fetch_public(&to->addr) || (g->w->inner && own_machine(&to->addr)))) {
		g->shut = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t
take_body(char *p, size_t size, size_t n, void *arg)
{
	struct getting *g = arg;

	if (size * n > g->w->most - g->body.n) {
		g->big = true;
		return 0;
	}
	buf_put(&g->body, p, size * n);
	return size * n;
}

/* Printable ASCII: what is kept in the database and said back must be text. */
static bool
plain_header(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] < ' ' || p[i] > '~')
			return false;
	return true;
}

/* The value behind "name:", blanks cut; NULL = another header, or one that says nothing. */
static const char *
header(struct getting *g, const char *p, size_t n, const char *name)
{
	size_t k = strlen(name);

	if (n <= k || strncasecmp(p, name, k) != 0 || p[k] != ':')
		return NULL;
	for (p += k + 1, n -= k + 1; n > 0 && (*p == ' ' || *p == '\t'); p++, n--)
		;
	while (n > 0 && (p[n - 1] == '\r' || p[n - 1] == '\n' || p[n - 1] == ' '))
		n--;
	return n == 0 || n > 300 || !plain_header(p, n) ? NULL : arena_strn(g->arena, p, n);
}

static size_t
take_header(char *p, size_t size, size_t n, void *arg)
{
	struct getting *g = arg;
	const char *v;

	if (++g->headers > 200)
		return 0;
	if ((v = header(g, p, size * n, "ETag")) != NULL)
		g->out->etag = v;
	else if ((v = header(g, p, size * n, "Last-Modified")) != NULL)
		g->out->modified = v;
	return size * n;
}

static int
watch(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct getting *g = arg;

	(void)a, (void)b, (void)c, (void)d;
	return g->w->stop != NULL && *g->w->stop;
}

static struct curl_slist *
conditions(const struct curl *c, const struct getting *g)
{
	const struct fetch_want *w = g->w;
	struct curl_slist *l = c->append(NULL, "Accept: application/atom+xml, application/rss+xml, "
					       "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1");

	if (l != NULL && w->etag != NULL && plain_header(w->etag, strlen(w->etag)))
		l = c->append(l, arena_printf(g->arena, "If-None-Match: %s", w->etag));
	if (l != NULL && w->modified != NULL && plain_header(w->modified, strlen(w->modified)))
		l = c->append(l, arena_printf(g->arena, "If-Modified-Since: %s", w->modified));
	return l;
}

static void
set_doors(const struct curl *c, CURL *h, struct getting *g)
{
	int64_t left = (g->until - clock_us()) / 1000;

	c->setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
	c->setopt(h, CURLOPT_PROXY, ""); /* the environment's would connect for us, unchecked */
	c->setopt(h, CURLOPT_NOSIGNAL, 1L);
	c->setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
	c->setopt(h, CURLOPT_CONNECTTIMEOUT, 10L);
	c->setopt(h, CURLOPT_TIMEOUT_MS, left < 1 ? 1L : (long)left); /* 0 is endless */
	c->setopt(h, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)g->w->most);
	c->setopt(h, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	c->setopt(h, CURLOPT_USERAGENT, "shanyraq feeds");
	c->setopt(h, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	c->setopt(h, CURLOPT_OPENSOCKETDATA, g);
	c->setopt(h, CURLOPT_NOPROGRESS, 0L);
	c->setopt(h, CURLOPT_XFERINFOFUNCTION, watch);
	c->setopt(h, CURLOPT_XFERINFODATA, g);
	c->setopt(h, CURLOPT_WRITEFUNCTION, take_body);
	c->setopt(h, CURLOPT_WRITEDATA, g);
	c->setopt(h, CURLOPT_HEADERFUNCTION, take_header);
	c->setopt(h, CURLOPT_HEADERDATA, g);
}

static enum fetch_end
end_of(const struct getting *g, CURLcode rc)
{
	if (g->shut && rc != CURLE_OK)
		return FETCH_PRIVATE;
	if (g->big || rc == CURLE_FILESIZE_EXCEEDED)
		return FETCH_BIG;
	if (rc == CURLE_ABORTED_BY_CALLBACK)
		return FETCH_STOPPED;
	return rc == CURLE_OK ? FETCH_FINE : FETCH_FAILED;
}

/* *next: where a redirect leads, NULL = none. */
static void
get_once(const struct curl *c, struct getting *g, const char *url, const char **next)
{
	struct curl_slist *l = conditions(c, g);
	CURL *h = c->init();
	curl_off_t after = 0;
	const char *to = NULL;
	long status = 0;

	*next = NULL;
	if (h == NULL || l == NULL)
		die("out of memory (fetch)");
	buf_init(&g->body, g->arena, g->w->most + 1);
	g->headers = 0;
	g->shut = g->big = false;
	g->out->etag = g->out->modified = NULL;
	set_doors(c, h, g);
	c->setopt(h, CURLOPT_HTTPHEADER, l);
	c->setopt(h, CURLOPT_URL, url);
	g->out->end = end_of(g, c->perform(h));
	c->getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	c->getinfo(h, CURLINFO_RETRY_AFTER, &after);
	c->getinfo(h, CURLINFO_REDIRECT_URL, &to);
	g->out->status = (int)status;
	g->out->retry_after = after;
	g->out->body = (struct slice){ g->body.p, g->body.n };
	if (g->out->end == FETCH_FINE && status >= 300 && status < 400 && status != 304 &&
	    to != NULL)
		*next = arena_str(g->arena, to);
	c->cleanup(h);
	c->free_all(l);
}

void
fetch(struct arena *a, const struct fetch_want *w, struct fetched *out)
{
	struct getting g = {
		.w = w, .arena = a, .out = out, .until = clock_us() + w->seconds * US_PER_SECOND
	};
	const char *url = w->url;
	struct weblink l;
	struct curl c;
	int hops;

	*out = (struct fetched){ .end = FETCH_NONE, .url = url };
	if (!curl_open(&c))
		return;
	for (hops = 0; hops <= FETCH_HOPS; hops++) {
		if (!weblink_read(a, url, w->inner, &l)) {
			out->end = FETCH_ADDRESS;
			return;
		}
		out->url = l.url;
		get_once(&c, &g, l.url, &url);
		if (url == NULL)
			return;
	}
	out->end = FETCH_HOPPED;
}
