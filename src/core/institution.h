/* institution.h – the institution's names and logo with the day they hold from. A name that changed stays
 * with its days, so that a report of last year is headed as it was then (setting_institution_on()). */
#ifndef CORE_INSTITUTION_H
#define CORE_INSTITUTION_H

#include "core/setting.h"

#define INSTITUTION_LOGO_MAX ((size_t)256 << 10)

struct institution_period {
	int64_t id;
	int since; /* first day */
	struct text3 name, region;
	bool has_logo;
};
/* Latest first; at most 50. CAP_SETTINGS. */
int institution_periods(struct ctx *cx, struct institution_period **out, size_t *n) MUST;
struct institution_put {
	int since;
	struct text3 name, region; /* trimmed; none NULL */
	struct slice logo;	   /* n 0 = the one before stays */
};
/* CAP_SETTINGS. RC_INVALID with fields since, name_kk …, logo. */
int institution_add(struct ctx *cx, const struct institution_put *in, int64_t *id) MUST;
int institution_remove(struct ctx *cx, int64_t id) MUST;
/* For anybody; RC_NOTFOUND. */
int institution_logo(struct ctx *cx, int64_t id, struct slice *out, const char **media) MUST;

#endif
