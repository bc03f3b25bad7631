/* challenge_link.c – see challenge_link.h. */
#include "mod/challenge/challenge_link.h"

#include <stdbool.h>
#include <string.h>

#include "base/rc.h"

enum { HOST_MAX = 253, LABEL_MAX = 63 };

static const struct {
	const char *domain, *network;
} networks[] = {
	{ "instagram.com", "instagram" },
	{ "instagr.am", "instagram" },
	{ "tiktok.com", "tiktok" },
	{ "youtube.com", "youtube" },
	{ "youtu.be", "youtube" },
	{ "facebook.com", "facebook" },
	{ "fb.com", "facebook" },
	{ "fb.watch", "facebook" },
	{ "t.me", "telegram" },
	{ "telegram.me", "telegram" },
	{ "vk.com", "vk" },
	{ "vk.ru", "vk" },
	{ "vkvideo.ru", "vk" },
};
/* Last parts of names that no public site has. */
static const char *const inner[] = { "local", "localhost", "localdomain", "internal", "intranet",
	"lan", "home", "corp", "invalid", "onion", "arpa" };

static bool
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_label_char(char c)
{
	return is_small(c) || (c >= '0' && c <= '9') || c == '-';
}

/* Signs of RFC 3986 but those that browsers write as %…; the backslash is one. */
static bool
good_signs(const char *s, size_t n)
{
	static const char refused[] = "\"<>\\^`{|}";
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] <= ' ' || s[i] >= 127 || strchr(refused, s[i]) != NULL)
			return false;
	return true;
}

static bool
good_label(const char *p, size_t n)
{
	size_t i;

	if (n == 0 || n > LABEL_MAX || p[0] == '-' || p[n - 1] == '-')
		return false;
	for (i = 0; i < n; i++)
		if (!is_label_char(p[i]))
			return false;
	return n < 4 || memcmp(p, "xn--", 4) != 0;
}

/* The last label: letters alone, so that an address in numbers, however written, is none. */
static bool
good_last(const char *p, size_t n)
{
	size_t i;

	if (n < 2)
		return false;
	for (i = 0; i < n; i++)
		if (!is_small(p[i]))
			return false;
	for (i = 0; i < ARRAY_LEN(inner); i++)
		if (strcmp(p, inner[i]) == 0)
			return false;
	return true;
}

static bool
good_host(const char *host)
{
	const char *p = host;
	size_t n, labels = 0;

	if (strlen(host) > HOST_MAX)
		return false;
	for (;; p += n + 1) {
		n = strcspn(p, ".");
		if (!good_label(p, n))
			return false;
		labels++;
		if (p[n] == '\0')
			return labels > 1 && good_last(p, n);
	}
}

static const char *
network_of(const char *host)
{
	size_t i, n = strlen(host), k;

	for (i = 0; i < ARRAY_LEN(networks); i++) {
		k = strlen(networks[i].domain);
		if (n >= k && strcmp(host + n - k, networks[i].domain) == 0 &&
		    (n == k || host[n - k - 1] == '.'))
			return networks[i].network;
	}
	return "other";
}

static bool
is_https(const char *p, size_t n)
{
	static const char scheme[] = "https://";
	size_t i;

	if (n < sizeof scheme - 1)
		return false;
	for (i = 0; i < sizeof scheme - 1; i++)
		if ((p[i] >= 'A' && p[i] <= 'Z' ? p[i] + ('a' - 'A') : p[i]) != scheme[i])
			return false;
	return true;
}

enum link_fault
challenge_link_read(struct arena *a, const char *typed, struct challenge_link *out)
{
	const char *p = typed == NULL ? "" : typed, *rest;
	char *host;
	size_t n, k, i;

	p += strspn(p, " \t\r\n");
	for (n = strlen(p); n > 0 && strchr(" \t\r\n", p[n - 1]) != NULL; n--)
		continue;
	if (n == 0)
		return LINK_NONE;
	if (n > CHALLENGE_LINK_MAX)
		return LINK_LONG;
	if (!good_signs(p, n))
		return LINK_SIGNS;
	if (!is_https(p, n))
		return LINK_HTTPS;
	rest = p + 8;
	k = strcspn(rest, "/?#");
	if (k > n - 8)
		k = n - 8;
	host = arena_strn(a, rest, k);
	for (i = 0; i < k; i++)
		if (host[i] >= 'A' && host[i] <= 'Z')
			host[i] = (char)(host[i] + ('a' - 'A'));
	if (!good_host(host))
		return LINK_HOST;
	out->host = host;
	out->network = network_of(host);
	out->url = arena_printf(a, "https://%s%s", host, arena_strn(a, rest + k, n - 8 - k));
	return LINK_FINE;
}
