/* sqltext.h – migrations as text: one for both engines, cut into statements; what is refused at run
 * time. Part of db_impl.h. */
#ifndef DB_SQLTEXT_H
#define DB_SQLTEXT_H

#include "db/db_impl.h"

/* A migration's text for one engine: blocks of the other left out, type words replaced. */
char *sql_for_engine(struct arena *a, enum db_engine e, const char *sql);
/* Next statement of *p without its semicolon, trimmed; false at the end. */
bool sql_next(const char **p, struct slice *out);
/* Whether a statement is refused outside of migrations: DDL, or a change of audit or history. */
bool sql_refused(const char *sql, enum guard g);

#endif
