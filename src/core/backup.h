/* backup.h – a whole database in one file that both engines read: records, history, audit, accounts,
 * settings, sums, and the contents of D.files. The key D.key is not in it and must be kept apart:
 * without it sealed values cannot be opened, and restore refuses another one.
 *
 * The file: the line "shanyraq backup 1" (rows) or "shanyraq backup 2" (the image of an SQLite database,
 * as fast as a copy), then pieces. Both are restored into either engine. A piece is one letter, its length (8 bytes,
 * little-endian) and so many bytes:
 *   H  lines NAME=VALUE: schema, created_at (µs), key_check
 *   T  a table: its name and, each after a NUL, its columns as "name:type"
 *   R  rows of the table before it, cell after cell (see backup_inner.h)
 *   P  the next bytes of an SQLite database file     (instead of T and R; see db/bulk.h)
 *   W  the next bytes of its write-ahead log
 *   F  64 hex digits of SHA-256 and a content of D.files
 *   E  BLAKE2b-256 of everything before this piece; the file ends here
 * It is read twice: once as a whole against E, and only then into the database. */
#ifndef CORE_BACKUP_H
#define CORE_BACKUP_H

#include "db/db.h"
#include "lang/lang.h"

struct backup_sums {
	int64_t tables, rows, files, bytes, created_at;
	int schema;
	bool image; /* its tables and rows are counted only when it is restored */
};
/* BACKUP_QUICK: the image where the engine has one, else rows. */
enum backup_form { BACKUP_QUICK, BACKUP_ROWS };
/* Write the database of cx as of one snapshot (which is begun anew and stays), while others go on writing. The file gets its name
 * only when all of it is on the disk; an older one of that name is replaced. RC_STORAGE with a text
 * when the disk is full or a content is missing. `files` is the folder D.files. */
int backup_write(struct ctx *cx, const char *path, const char *files, enum backup_form form,
    struct backup_sums *out) MUST;
/* Read it through: RC_INVALID with a text for what is no backup, a torn or changed one, one of
 * another version of the format, or one made with another key than this process's. */
int backup_check(struct ctx *cx, const char *path, struct backup_sums *out) MUST;
/* Put a checked backup into an empty database of the same schema number and its contents into
 * `files`: all or nothing in the database (contents are put first and are harmless alone; files NULL =
 * they are only held against their digests). RC_EXISTS
 * when the database holds rows. */
int backup_restore(
    struct ctx *cx, const char *path, const char *files, struct backup_sums *out) MUST;

#endif
