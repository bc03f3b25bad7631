/* setting.h – what an administrator sets: the institution's data and the business day.
 *
 * Settings are a const table of names with checks; a name that is not in it does not exist. Values
 * are texts in the table `setting`, "" = not set. A change is audited (name, never value) and raises
 * every kind's generation, since any cached page may show a setting. */
#ifndef CORE_SETTING_H
#define CORE_SETTING_H

#include "db/db.h"
#include "lang/lang.h"

struct setting {
	const char *name, *label, *help; /* label and help are msgids */
	int max;			 /* code points */
	const char *form; /* "" | "tel" | "email" | "url" | "day" | "number" | "roles" | "mail" */
};
extern const struct setting settings[]; /* ends with name NULL */
const struct setting *setting_find(const char *name);

/* "" when it was never set; RC_BUG for an unknown name. */
int setting_get(struct ctx *cx, const char *name, const char **out) MUST;
/* CAP_SETTINGS. RC_INVALID names the setting as field; RC_NOTFOUND for an unknown name. */
int setting_set(struct ctx *cx, const char *name, const char *value) MUST;

/* The day that rules take for today: pinned by the setting business_day, else the local day of
 * cx->now. The caller puts it into cx->today. */
int setting_business_day(struct ctx *cx, int *day, bool *pinned) MUST;

struct institution {
	struct text3 name, region; /* "" where not set */
	const char *address, *phone, *email, *site;
};
int setting_institution(struct ctx *cx, struct institution *out) MUST;

#endif
