/* sheet_expire.c – a picture of a signed sheet says who came as plainly as the rows do, so it goes with them. */
#include "core/files.h"
#include "kind/cut.h"
#include "mod/sheet/sheet_inner.h"

static int
drop_picture(struct ctx *cx, int64_t id)
{
	struct sheet_picture p;
	struct file f;

	TRY(kind_load(cx, &sheet_picture_kind, id, &p));
	TRY(kind_load(cx, &file_kind, p.file, &f));
	TRY(files_drop(cx, files_home(), FILES_OF_FILE, f.rec.id, f.thumb));
	return files_drop(cx, files_home(), FILES_OF_FILE, f.rec.id, f.sha256);
}

static int
cut_picture(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	struct sheet_picture p;

	(void)upto;
	TRY(kind_load(cx, &sheet_picture_kind, id, &p));
	return kind_cut_tx(cx, tx, &file_kind, p.file, "person", sums);
}

/* Who stood on a sheet for signatures. */
static int
cut_row(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	return kind_cut_tx(cx, tx, &sheet_row_kind, id, "person", sums);
}

const struct cut_term sheet_terms[] = {
	{ "keep_attendance",
	    "SELECT a.id FROM sheet_row a" EVENT_PAST
	    " AND a.person IS NOT NULL ORDER BY 1 LIMIT 50",
	    cut_row, NULL },
	{ "keep_attendance",
	    "SELECT a.id FROM sheet_picture a JOIN file f ON f.id = a.file AND f.sha256 <> "
	    "'" CUT_MARK "'" EVENT_PAST " ORDER BY 1 LIMIT 50",
	    cut_picture, drop_picture },
	{ NULL, NULL, NULL, NULL },
};
