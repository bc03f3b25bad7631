/* csrf.c – tokens of forms; see session.h. The guest token is "HOUR.HEX": hours since 1970 and the
 * keyed hash of "guest|HOUR|ROUTE". A copied one proves only that somebody saw the form within a
 * day, which is why the Origin check stands beside it. */
#include <stdlib.h>

#include "core/session.h"
#include "kind/vault.h"

#define HOUR_US (3600 * US_PER_SECOND)
enum { HOURS_GOOD = 24 };

static const char *
guest_mac(struct ctx *cx, const char *route, int64_t hour)
{
	return vault_mac_hex(cx->arena, VAULT_CSRF,
	    arena_printf(cx->arena, "guest|%lld|%s", (long long)hour, route));
}

const char *
csrf_guest_make(struct ctx *cx, const char *route)
{
	int64_t hour = cx->now / HOUR_US;

	return arena_printf(cx->arena, "%lld.%s", (long long)hour, guest_mac(cx, route, hour));
}

bool
csrf_guest_check(struct ctx *cx, const char *route, const char *token)
{
	size_t digits = token == NULL ? 0 : strspn(token, "0123456789");
	int64_t hour, now = cx->now / HOUR_US;

	if (digits == 0 || digits > 9 || token[digits] != '.')
		return false;
	hour = strtoll(token, NULL, 10);
	return hour <= now && now - hour <= HOURS_GOOD &&
	       vault_equal(token + digits + 1, guest_mac(cx, route, hour));
}

const char *
csrf_make(struct ctx *cx, const char *route)
{
	return cx->actor->session != 0 ? cx->actor->csrf : csrf_guest_make(cx, route);
}

bool
csrf_check(struct ctx *cx, const char *route, const char *token)
{
	if (token == NULL || *token == '\0')
		return false;
	if (cx->actor->session != 0)
		return cx->actor->csrf[0] != '\0' && vault_equal(cx->actor->csrf, token);
	return csrf_guest_check(cx, route, token);
}
