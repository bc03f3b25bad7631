/* paths.h – where the parts of a database D lie: D, D.key, D.files/, D.sign-ins.
 *
 * For SQLite D is the file. For postgresql://…/NAME it is NAME in the folder given (the app passes
 * SHANYRAQ_DIR) or in the current one; characters that do not belong into a file name become '_'. */
#ifndef CORE_PATHS_H
#define CORE_PATHS_H

#include <stdbool.h>

#include "base/arena.h"

struct paths {
	const char *base;     /* D */
	const char *key;      /* D.key */
	const char *files;    /* D.files, without a slash at the end */
	const char *sign_ins; /* D.sign-ins */
	bool pg;
};
/* RC_INVALID when the address names no database. dir may be NULL. */
int paths_of(struct arena *a, const char *url, const char *dir, struct paths *out) MUST;

#endif
