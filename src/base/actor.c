/* actor.c – the one table of roles and capabilities. */
#include "base/actor.h"

#include <string.h>

#define C(x) (UINT64_C(1) << CAP_##x)
#define MEMBER_CAPS (C(PUBLIC) | C(SIGNED_IN))
#define LEADER_CAPS                                                                    \
	(MEMBER_CAPS | C(STAFF) | C(PEOPLE_READ) | C(PEOPLE_WRITE) | C(SUBJECT_READ) | \
	    C(EVENT_READ) | C(EVENT_WRITE) | C(DOOR) | C(FIGURE_ROWS) | C(EXPORT) |    \
	    C(HISTORY_READ) | C(CHARITY_FAMILY))
#define CLERK_CAPS                                                                           \
	(LEADER_CAPS | C(PEOPLE_MERGE) | C(SEALED_READ) | C(BODY_WRITE) | C(EVENT_APPROVE) | \
	    C(REFERENCE_WRITE) | C(EDITION_FREEZE) | C(STOCK_READ) | C(STOCK_WRITE) |        \
	    C(RELIEF_READ))
#define RELIEF_CAPS                                                                     \
	(MEMBER_CAPS | C(STAFF) | C(RELIEF_READ) | C(RELIEF_FAMILY) | C(RELIEF_WRITE) | \
	    C(STOCK_READ) | C(STOCK_WRITE) | C(EXPORT))
#define HEAD_CAPS                                                                        \
	(CLERK_CAPS | C(EDITION_SIGN) | C(PLAN_APPROVE) | C(RIGHTS) | C(RELIEF_FAMILY) | \
	    C(RELIEF_WRITE) | C(RELIEF_OPEN))
#define AUDITOR_CAPS (MEMBER_CAPS | C(STAFF) | C(AUDIT_READ) | C(RELIEF_READ) | C(STOCK_READ))
#define ADMIN_CAPS (MEMBER_CAPS | C(STAFF) | C(USERS) | C(SETTINGS))

static const struct {
	const char *code;
	uint64_t caps;
} roles[ROLE_COUNT] = {
	[ROLE_GUEST] = { "guest", C(PUBLIC) },
	[ROLE_MEMBER] = { "member", MEMBER_CAPS },
	[ROLE_DOOR] = { "door", MEMBER_CAPS | C(DOOR) },
	[ROLE_DRIVER] = { "driver", MEMBER_CAPS | C(RELIEF_DRIVE) },
	[ROLE_RELIEF] = { "relief", RELIEF_CAPS },
	[ROLE_LEADER] = { "leader", LEADER_CAPS },
	[ROLE_CLERK] = { "clerk", CLERK_CAPS },
	[ROLE_HEAD] = { "head", HEAD_CAPS },
	[ROLE_AUDITOR] = { "auditor", AUDITOR_CAPS },
	[ROLE_ADMIN] = { "admin", ADMIN_CAPS },
	[ROLE_SYSTEM] = { "system", ~UINT64_C(0) },
};

static const char *const caps[CAP_COUNT] = {
	[CAP_UNSET] = "unset",
	[CAP_PUBLIC] = "public",
	[CAP_SIGNED_IN] = "signed_in",
	[CAP_STAFF] = "staff",
	[CAP_PEOPLE_READ] = "people_read",
	[CAP_PEOPLE_WRITE] = "people_write",
	[CAP_PEOPLE_MERGE] = "people_merge",
	[CAP_SUBJECT_READ] = "subject_read",
	[CAP_SEALED_READ] = "sealed_read",
	[CAP_BODY_WRITE] = "body_write",
	[CAP_EVENT_READ] = "event_read",
	[CAP_EVENT_WRITE] = "event_write",
	[CAP_DOOR] = "door",
	[CAP_EVENT_APPROVE] = "event_approve",
	[CAP_FIGURE_ROWS] = "figure_rows",
	[CAP_EDITION_FREEZE] = "edition_freeze",
	[CAP_EDITION_SIGN] = "edition_sign",
	[CAP_EXPORT] = "export",
	[CAP_REFERENCE_WRITE] = "reference_write",
	[CAP_HISTORY_READ] = "history_read",
	[CAP_AUDIT_READ] = "audit_read",
	[CAP_RIGHTS] = "rights",
	[CAP_USERS] = "users",
	[CAP_SETTINGS] = "settings",
	[CAP_PLAN_APPROVE] = "plan_approve",
	[CAP_STOCK_READ] = "stock_read",
	[CAP_STOCK_WRITE] = "stock_write",
	[CAP_CHARITY_FAMILY] = "charity_family",
	[CAP_RELIEF_READ] = "relief_read",
	[CAP_RELIEF_FAMILY] = "relief_family",
	[CAP_RELIEF_WRITE] = "relief_write",
	[CAP_RELIEF_OPEN] = "relief_open",
	[CAP_RELIEF_DRIVE] = "relief_drive",
	[CAP_NOBODY] = "nobody",
};

const struct actor actor_guest = {
	.role = ROLE_GUEST,
	.caps = C(PUBLIC),
	.login = "",
	.name = "",
	.csrf = "",
};
const struct actor actor_system = {
	.role = ROLE_SYSTEM,
	.caps = ~UINT64_C(0),
	.login = "system",
	.name = "system",
	.csrf = "",
};

uint64_t
role_caps(enum role r)
{
	return roles[r].caps;
}

uint64_t
caps_reading(uint64_t c)
{
	return c & ~(C(PEOPLE_WRITE) | C(PEOPLE_MERGE) | C(BODY_WRITE) | C(EVENT_WRITE) | C(DOOR) |
		       C(EVENT_APPROVE) | C(PLAN_APPROVE) | C(REFERENCE_WRITE) | C(STOCK_WRITE) |
		       C(EDITION_FREEZE) | C(EDITION_SIGN) | C(USERS) | C(SETTINGS) |
		       C(RELIEF_WRITE) | C(RELIEF_OPEN) | C(RELIEF_DRIVE));
}

const char *
role_code(enum role r)
{
	return roles[r].code;
}

bool
role_parse(const char *code, enum role *out)
{
	int r;

	for (r = ROLE_MEMBER; r < ROLE_SYSTEM; r++)
		if (strcmp(roles[r].code, code) == 0) {
			*out = (enum role)r;
			return true;
		}
	return false;
}

const char *
cap_code(enum cap c)
{
	return caps[c];
}

bool
actor_may(const struct actor *a, enum cap c)
{
	return c > CAP_UNSET && c < CAP_COUNT && (a->caps >> c & 1) != 0;
}

bool
actor_in_scope(const struct actor *a, int64_t body)
{
	size_t lo = 0, hi = a->nscope;

	if (!actor_scoped(a))
		return true;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (a->scope[mid] == body)
			return true;
		if (a->scope[mid] < body)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}
