/* sheet_expire.c – a picture of a signed sheet says who came as plainly as the rows do, so it goes with them. */
#include "core/files.h"
#include "kind/cut.h"
#include "mod/sheet/sheet_inner.h"

int
sheet_picture_drop(struct ctx *cx, int64_t id)
{
	struct sheet_picture p;
	struct file f;

	TRY(kind_load(cx, &sheet_picture_kind, id, &p));
	TRY(kind_load(cx, &file_kind, p.file, &f));
	TRY(files_drop(cx, files_home(), f.rec.id, f.thumb));
	return files_drop(cx, files_home(), f.rec.id, f.sha256);
}

int
sheet_picture_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums)
{
	struct sheet_picture p;

	TRY(kind_load(cx, &sheet_picture_kind, id, &p));
	return kind_cut_tx(cx, tx, &file_kind, p.file, "person", sums);
}
