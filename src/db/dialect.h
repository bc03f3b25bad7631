/* dialect.h – the few pieces of SQL that the engines spell differently and that one SELECT for both
 * cannot do without: members of a JSON text, a table by its own name where a WITH shadows it, NULL of
 * a type. Everything else stays one text (db.h). Only kind/past.c needs them today. */
#ifndef DB_DIALECT_H
#define DB_DIALECT_H

#include "db/db.h"

enum json_as { JSON_TEXT, JSON_INT, JSON_REAL, JSON_BOOL, JSON_DAY };
/* The member `name` (or, with `inner`, its member `inner`) of the JSON text in `column`, as a value of
 * this storage type; NULL where it is missing. Names are identifiers of ours, never input. A bool
 * comes as 0/1, a day ("2024-11-15") as yyyymmdd. */
void db_json(struct ctx *cx, struct buf *sql, const char *column, const char *name,
    const char *inner, enum json_as as);
/* How a table is named inside a WITH that gives its name to something else. */
const char *db_own(struct ctx *cx, const char *table);
/* NULL that says of which type it is. */
const char *db_null(struct ctx *cx, enum vt t);

#endif
