/* setting.h – what an administrator sets: the institution's data and the business day.
 *
 * Settings are a const table of names with checks; a name that is not in it does not exist. Values
 * are texts in the table `setting`, "" = not set. A change is audited (name, never value), stands with
 * both values in setting_change, and raises
 * every kind's generation, since any cached page may show a setting. */
#ifndef CORE_SETTING_H
#define CORE_SETTING_H

#include "db/db.h"
#include "lang/lang.h"

struct setting {
	const char *name, *label, *help; /* label and help are msgids */
	int max;			 /* code points */
	/* "" | "tel" | "email" | "url" | "day" | "number" | "secret" (never shown, kept in no history) */
	const char *form;
	const char *group;   /* code of a setting_group; NULL = "other" */
	int64_t least, most; /* of a number; most 0 = no bounds */
};
struct setting_group {
	const char *code, *label, *help; /* msgids */
};
extern const struct setting_group
    setting_groups[]; /* in the order of the page; ends with code NULL */

extern const struct setting settings[]; /* ends with name NULL */
const struct setting *setting_find(const char *name);

/* "" when it was never set; RC_BUG for an unknown name. */
int setting_get(struct ctx *cx, const char *name, const char **out) MUST;
/* CAP_SETTINGS. RC_INVALID names the setting as field; RC_NOTFOUND for an unknown name. */
int setting_set(struct ctx *cx, const char *name, const char *value) MUST;

/* A number that was set, else `otherwise`. */
int setting_number(struct ctx *cx, const char *name, int64_t otherwise, int64_t *out) MUST;

/* What was changed, newest first. CAP_SETTINGS. */
struct setting_change {
	int64_t id, at;
	const char *name, *old, *now, *who; /* old, now "" where nothing stood, or of a secret */
	bool undone, undoable;		    /* undoable: the value is still that of this change */
};
int setting_changes(struct ctx *cx, int limit, struct setting_change **out, size_t *n) MUST;
/* Put the value before a change back; a change itself. RC_CONFLICT when it was changed since,
 * RC_NOTFOUND. */
int setting_undo(struct ctx *cx, int64_t change) MUST;

/* The day that rules take for today: pinned by the setting business_day, else the local day of
 * cx->now, which begins as many hours after midnight as day_start says. The caller puts it into cx->today. */
int setting_business_day(struct ctx *cx, int *day, bool *pinned) MUST;

struct institution {
	struct text3 name, region; /* "" where not set */
	const char *address, *phone, *email, *site;
	int64_t logo; /* id for institution_logo(); 0 = none */
};
/* Today's, and as of another day: what a letter or report of that day is headed with. */
int setting_institution(struct ctx *cx, struct institution *out) MUST;
int setting_institution_on(struct ctx *cx, int day, struct institution *out) MUST;

#endif
