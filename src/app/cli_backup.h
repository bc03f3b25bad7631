/* cli_backup.h – the verbs backup and restore. */
#ifndef APP_CLI_BACKUP_H
#define APP_CLI_BACKUP_H

#include "app/app.h"
#include "app/args.h"

int backup_verb(struct app *a, struct ctx *cx, const struct opts *o) MUST;
/* The database was opened empty; *differences (of verify) tells the exit code. */
int restore_verb(struct app *a, struct ctx *cx, const struct opts *o, int64_t *differences) MUST;
/* Writes D.before-schema-N.shanyraq where the database has an older schema than the program. */
int backup_before_migrating(struct app *a, struct ctx *cx) MUST;
/* Schema number of a backup, read before a database is there; 0 when it tells none. */
int backup_schema(const char *path);

#endif
