/* backup_out.h – the file that a backup is written to: bytes in, in order; hashed by a thread beside and
 * brought to the disk as they come, so that the end does not stall everybody's fsync. */
#ifndef CORE_BACKUP_OUT_H
#define CORE_BACKUP_OUT_H

#include "core/backup_inner.h"

struct backup_out;
/* A temporary file beside `path`; NULL and errno when there can be none. */
struct backup_out *backup_out_open(struct arena *a, const char *path);
void backup_out_put(struct backup_out *o, const void *bytes, size_t n);
/* Where the next bytes may be read to without a copy: *n of them at least 1; say then how many came. */
void *backup_out_room(struct backup_out *o, size_t *n);
void backup_out_filled(struct backup_out *o, size_t n);
int64_t backup_out_bytes(const struct backup_out *o);
bool backup_out_failed(const struct backup_out *o); /* for loops: nothing more need come */
/* An error met elsewhere (reading a content), to be said by backup_out_close(). */
void backup_out_fail(struct backup_out *o, int why);
/* BLAKE2b-256 of everything put so far; what is put after it is not hashed. */
void backup_out_sum(struct backup_out *o, unsigned char sum[BACKUP_SUM]);
/* Close; keep = all on the disk and under its name, else removed. 0 or an errno. */
int backup_out_close(struct backup_out *o, bool keep);

#endif
