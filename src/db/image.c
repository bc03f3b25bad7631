/* image.c – the files of an SQLite database while it is being written; see bulk.h. The log is copied
 * under the writer's lock (at most some 16 MB, since checkpoints come every 4 000 pages), the file
 * afterwards and without any. */
#include <stdlib.h>

#include "db/bulk.h"
#include "db/db_impl.h"

static int
read_log(struct ctx *cx, struct bulk_image *out)
{
	struct conn *c = cx->db->conn;
	const struct driver *drv = cx->db->store->drv;
	int64_t n = drv->file_size(c, true);

	out->nlog = (size_t)n;
	out->log = malloc(out->nlog + 1);
	if (out->log == NULL)
		die("out of memory (image)");
	if (n > 0 && drv->file_read(c, true, 0, out->log, out->nlog) != RC_OK)
		return fault_raise(cx, &c->fault);
	out->bytes = drv->file_size(c, false);
	return RC_OK;
}

int
bulk_image_begin(struct ctx *cx, struct bulk_image *out)
{
	struct store *s = cx->db->store;
	int64_t some;
	int rc;

	*out = (struct bulk_image){ 0 };
	if (s->drv->file_read == NULL)
		return RC_NOTFOUND;
	db_end(cx);
	pthread_mutex_lock(&s->writing);
	/* BEGIN alone takes no snapshot; the first read does. */
	rc = db_int(cx, &some, "SELECT count(*) FROM sqlite_schema", NO_VALS);
	if (rc == RC_OK)
		rc = read_log(cx, out);
	pthread_mutex_unlock(&s->writing);
	if (rc != RC_OK)
		bulk_image_end(out);
	return rc;
}

int
bulk_image_read(struct ctx *cx, int64_t at, void *to, size_t n)
{
	struct conn *c = cx->db->conn;

	if (c == NULL)
		return RC_BUG;
	return cx->db->store->drv->file_read(c, false, at, to, n) == RC_OK
		   ? RC_OK
		   : fault_raise(cx, &c->fault);
}

void
bulk_image_end(struct bulk_image *i)
{
	free(i->log);
	*i = (struct bulk_image){ 0 };
}
