/* weblink.c – see weblink.h. */
#include "text/weblink.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"

static const char *
cut_blanks(struct arena *a, const char *typed)
{
	const char *p = typed == NULL ? "" : typed;
	size_t n;

	p += strspn(p, " \t\r\n");
	for (n = strlen(p); n > 0 && strchr(" \t\r\n", p[n - 1]) != NULL; n--)
		continue;
	return arena_strn(a, p, n);
}

static bool
good_signs(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s <= ' ' || *s == 127 || strchr("\"<>\\^`{|}", *s) != NULL)
			return false;
	return true;
}

/* Labels of letters, digits and hyphens, parted by dots; at least one dot. */
static bool
good_host(const char *h)
{
	size_t i, n = strlen(h), label = 0, dots = 0;

	if (n == 0 || n > 253)
		return false;
	for (i = 0; i < n; i++) {
		char c = h[i];

		if (c == '.') {
			if (label == 0 || h[i - 1] == '-')
				return false;
			dots++;
			label = 0;
		} else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			   (c == '-' && label > 0)) {
			if (++label > 63)
				return false;
		} else
			return false;
	}
	return label > 0 && h[n - 1] != '-' && dots > 0;
}

/* The number behind the colon; 0 = none that there is. */
static int
port_of(const char *s)
{
	int port = 0;

	if (*s == '\0' || strlen(s) > 5)
		return 0;
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return 0;
		port = port * 10 + *s - '0';
	}
	return port > 65535 ? 0 : port;
}

static bool
read_host(struct arena *a, const char *from, size_t n, bool any_port, struct weblink *out)
{
	char *host = arena_strn(a, from, n), *colon = strchr(host, ':');
	int own = out->tls ? 443 : 80;
	size_t i;

	out->port = own;
	if (colon != NULL) {
		out->port = port_of(colon + 1);
		*colon = '\0';
		if (out->port == 0 || (!any_port && out->port != own))
			return false;
	}
	n = strlen(host);
	if (n > 0 && host[n - 1] == '.')
		host[--n] = '\0';
	for (i = 0; i < n; i++)
		if (host[i] >= 'A' && host[i] <= 'Z')
			host[i] = (char)(host[i] + ('a' - 'A'));
	out->host = host;
	return good_host(host);
}

bool
weblink_read(struct arena *a, const char *typed, bool any_port, struct weblink *out)
{
	const char *s = cut_blanks(a, typed), *p, *end;
	size_t n = strlen(s);

	*out = (struct weblink){ 0 };
	if (n == 0 || n > WEBLINK_MAX || !good_signs(s) || !utf8_valid(s, n))
		return false;
	if (strncasecmp(s, "https://", 8) == 0)
		out->tls = true;
	else if (strncasecmp(s, "http://", 7) != 0)
		return false;
	p = s + (out->tls ? 8 : 7);
	end = p + strcspn(p, "/?#");
	if (!read_host(a, p, (size_t)(end - p), any_port, out))
		return false;
	n = strcspn(end, "#");
	out->path = arena_printf(a, "%s%.*s", *end == '/' ? "" : "/", (int)n, end);
	out->url = out->port == (out->tls ? 443 : 80)
		       ? arena_printf(a, "http%s://%s%s", out->tls ? "s" : "", out->host, out->path)
		       : arena_printf(a, "http%s://%s:%d%s", out->tls ? "s" : "", out->host,
			     out->port, out->path);
	return true;
}

const char *
weblink_site(const struct weblink *l)
{
	if (strncmp(l->host, "www.", 4) == 0 && strchr(l->host + 4, '.') != NULL)
		return l->host + 4;
	if (strncmp(l->host, "m.", 2) == 0 && strchr(l->host + 2, '.') != NULL)
		return l->host + 2;
	return l->host;
}

/* Marks that networks and letters hang on an address; the page is the same without them. */
static bool
is_mark(const char *p, size_t n)
{
	static const char *const marks[] = { "fbclid", "gclid", "yclid", "igshid", "igsh",
		"_openstat", "mc_cid", "mc_eid" };
	size_t i, k = 0;

	while (k < n && p[k] != '=')
		k++;
	if (k > 4 && strncasecmp(p, "utm_", 4) == 0)
		return true;
	for (i = 0; i < ARRAY_LEN(marks); i++)
		if (strlen(marks[i]) == k && strncasecmp(p, marks[i], k) == 0)
			return true;
	return false;
}

const char *
weblink_key(struct arena *a, const struct weblink *l)
{
	size_t n = strcspn(l->path, "?"), k;
	const char *q = l->path + n;
	bool first = true;
	struct buf b;

	while (n > 0 && l->path[n - 1] == '/')
		n--;
	buf_init(&b, a, 0);
	buf_str(&b, weblink_site(l));
	buf_put(&b, l->path, n);
	for (q += *q == '?'; *q != '\0'; q += k + (q[k] == '&')) {
		k = strcspn(q, "&");
		if (k == 0 || is_mark(q, k))
			continue;
		buf_char(&b, first ? '?' : '&');
		buf_put(&b, q, k);
		first = false;
	}
	return b.p;
}
