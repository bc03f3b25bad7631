/* backup_inner.h – inside core/ only: what writing and reading a backup share. */
#ifndef CORE_BACKUP_INNER_H
#define CORE_BACKUP_INNER_H

#include <sodium.h>

#include "core/backup.h"
#include "kind/vault.h"

#define BACKUP_MAGIC "shanyraq backup 1\n"
#define BACKUP_MAGIC_IMAGE "shanyraq backup 2\n"
#define BACKUP_HEAD 9 /* letter and length of a piece */
enum {
	BACKUP_SUM = 32,
	BACKUP_PIECE = 256 * 1024,   /* rows of one piece, about */
	BACKUP_PIECE_MAX = 64 << 20, /* more is no backup of ours */
	BACKUP_IMAGE = 1 << 20, /* of a piece of the image */
	BACKUP_SHA = 64,
};
/* Cells of an R piece: a letter, then for i a zigzag varint, r eight bytes, t and b a varint of the
 * length and the bytes; n (NULL) nothing. */
enum { CELL_NULL = 'n', CELL_INT = 'i', CELL_REAL = 'r', CELL_TEXT = 't', CELL_BLOB = 'b' };

/* Says whether the key is the same without telling anything of it. */
static inline const char *
backup_key_check(struct arena *a, int64_t created_at)
{
	return vault_mac_hex(a, VAULT_AUDIT, arena_printf(a, "backup|%lld", (long long)created_at));
}

#endif
