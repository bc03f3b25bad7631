/* forward.c – see forward.h. */
#include "http/forward.h"

#include <arpa/inet.h>
#include <stdlib.h>

static bool
address_of(const char *text, unsigned char out[16], bool *four)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };

	*four = inet_pton(AF_INET, text, out + 12) == 1;
	if (*four) {
		memcpy(out, mapped, sizeof mapped);
		return true;
	}
	if (inet_pton(AF_INET6, text, out) != 1)
		return false;
	return true;
}

/* ---- who is trusted ---- */

static bool
net_parse(const char *p, size_t n, struct trust *t)
{
	char text[64], *slash, *end;
	bool four;
	long bits = -1;

	if (n == 0 || n >= sizeof text || t->n == TRUST_MAX)
		return false;
	memcpy(text, p, n);
	text[n] = '\0';
	slash = strchr(text, '/');
	if (slash != NULL) {
		*slash = '\0';
		bits = strtol(slash + 1, &end, 10);
		if (slash[1] < '0' || slash[1] > '9' || *end != '\0')
			return false;
	}
	if (!address_of(text, t->net[t->n].address, &four) || bits > (four ? 32 : 128))
		return false;
	t->net[t->n++].bits = slash == NULL ? 128 : (int)bits + (four ? 96 : 0);
	return true;
}

bool
trust_parse(const char *words, struct trust *out)
{
	const char *p = words;
	size_t n, end;

	*out = (struct trust){ 0 };
	for (;;) {
		p += strspn(p, " \t");
		n = strcspn(p, ",");
		for (end = n; end > 0 && (p[end - 1] == ' ' || p[end - 1] == '\t'); end--)
			;
		if (!net_parse(p, end, out))
			return false;
		if (p[n] == '\0')
			return true;
		p += n + 1;
	}
}

static bool
in_net(const unsigned char *a, const unsigned char *net, int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(a, net, (size_t)whole) != 0)
		return false;
	return rest == 0 || ((a[whole] ^ net[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
}

bool
trust_has(const struct trust *t, const char *address)
{
	unsigned char a[16];
	bool four;
	int i;

	if (strcmp(address, "unix") == 0)
		return true;
	if (!address_of(address, a, &four))
		return false;
	for (i = 0; i < t->n; i++)
		if (in_net(a, t->net[i].address, t->net[i].bits))
			return true;
	return false;
}

/* ---- who asks ---- */

/* One element of the list: an address, perhaps with a port ("1.2.3.4:80", "[::1]:80"). NULL = none. */
static const char *
hop(struct arena *a, const char *p, size_t n)
{
	unsigned char raw[16];
	char text[64], *end;
	bool four;

	while (n > 0 && (*p == ' ' || *p == '\t'))
		p++, n--;
	while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == '\t'))
		n--;
	if (n == 0 || n >= sizeof text)
		return NULL;
	memcpy(text, p, n);
	text[n] = '\0';
	if (text[0] == '[') {
		end = strchr(text, ']');
		if (end == NULL || (end[1] != '\0' && end[1] != ':'))
			return NULL;
		*end = '\0';
		memmove(text, text + 1, strlen(text));
	} else if ((end = strchr(text, ':')) != NULL && strchr(end + 1, ':') == NULL)
		*end = '\0';
	return address_of(text, raw, &four) ? arena_str(a, text) : NULL;
}

const char *
forward_client(struct arena *a, const struct trust *t, const char *peer, const char *forwarded)
{
	size_t n = strlen(forwarded), from;
	const char *h;

	while (n > 0 && trust_has(t, peer)) {
		for (from = n; from > 0 && forwarded[from - 1] != ','; from--)
			;
		h = hop(a, forwarded + from, n - from);
		if (h == NULL)
			break; /* "unknown" or rubbish: the proxy before it is all that is known */
		peer = h;
		n = from == 0 ? 0 : from - 1;
	}
	return peer;
}
