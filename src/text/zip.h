/* zip.h – files packed into one ZIP in memory, over minizip: what DOCX is made of.
 *
 * The same files give the same bytes: every date is 1 January 1980, the format's first day. Bytes lie
 * in the arena. Errors are remembered and told by zip_pack_close(). */
#ifndef TEXT_ZIP_H
#define TEXT_ZIP_H

#include "base/buf.h"

struct zip_pack;
struct zip_pack *zip_pack_open(struct arena *a); /* NULL: no memory */
/* name: ASCII, "word/document.xml"; the first file of a package is the one that readers look for. */
void zip_pack_file(struct zip_pack *z, const char *name, const void *p, size_t n);
int zip_pack_close(struct zip_pack *z, struct slice *out) MUST;

#endif
