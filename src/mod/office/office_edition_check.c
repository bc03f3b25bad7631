/* office_edition_check.c – what verify asks of editions (RULE edition-1): the text has the digest that
 * stands in the record, and the ids kept beside it give the digests that stand in the text. */
#include <jansson.h>

#include "figure/figure.h"
#include "mod/office/office.h"
#include "text/hash.h"

struct looked {
	struct ctx *cx;
	struct buf *out;
	int64_t *differences;
	int64_t id, number;
};

static void
differs(struct looked *l, const char *what, const char *figure)
{
	buf_printf(l->out, "edition %lld: %s%s%s\n", (long long)l->number, what,
	    figure == NULL ? "" : " of ", figure == NULL ? "" : figure);
	++*l->differences;
}

static int
check_records(struct looked *l, const char *figure, const char *digest, int64_t records)
{
	AUTO_ROWS r = { 0 };
	struct sha256 h;
	char hex[65];
	int64_t n = 0;

	sha256_init(&h);
	TRY(db_rows(l->cx, &r,
	    "SELECT rec FROM edition_record WHERE edition = $1 AND figure = $2 ORDER BY rec",
	    VALS(v_int(l->id), v_text(figure))));
	for (; rows_next(&r); n++)
		sha256_add_id(&h, row_int(&r, 0));
	TRY(rows_end(&r));
	sha256_hex(&h, hex);
	if (digest == NULL || strcmp(hex, digest) != 0 || n != records)
		differs(l, "the records kept are not those", figure);
	return RC_OK;
}

static int
check_text(struct looked *l, const char *text)
{
	json_t *root = json_loads(text, 0, NULL), *row;
	size_t i;
	int rc = RC_OK;

	if (root == NULL) {
		differs(l, "its text cannot be read", NULL);
		return RC_OK;
	}
	json_array_foreach(json_object_get(root, "figures"), i, row)
	{
		const char *code = json_string_value(json_object_get(row, "code"));

		if (rc != RC_OK || code == NULL ||
		    json_object_size(json_object_get(row, "dims")) > 0)
			continue;
		rc = check_records(l, code, json_string_value(json_object_get(row, "sha256")),
		    json_integer_value(json_object_get(row, "records")));
	}
	json_decref(root);
	return rc;
}

static int
check_one(struct looked *l, const char *sha256)
{
	const char *text;
	int rc = db_text(l->cx, &text, "SELECT content FROM edition_text WHERE edition = $1",
	    VALS(v_int(l->id)));

	if (rc == RC_NOTFOUND) {
		differs(l, "its text is missing", NULL);
		return RC_OK;
	}
	TRY(rc);
	if (sha256 == NULL || strcmp(sha256_of(l->cx->arena, text), sha256) != 0)
		differs(l, "its text has another digest", NULL);
	return check_text(l, text);
}

static int
check_run(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	struct looked l = { .cx = cx, .out = out, .differences = differences };
	int64_t *ids, *numbers, all;
	const char **digests;
	size_t n = 0, i;
	AUTO_ROWS r = { 0 };

	TRY(db_int(cx, &all, "SELECT count(*) FROM edition", NO_VALS));
	ids = arena_array(cx->arena, int64_t, all + 1);
	numbers = arena_array(cx->arena, int64_t, all + 1);
	digests = arena_array(cx->arena, const char *, all + 1);
	TRY(db_rows(cx, &r, "SELECT id, number, sha256 FROM edition ORDER BY id", NO_VALS));
	for (; n < (size_t)all && rows_next(&r); n++) {
		ids[n] = row_int(&r, 0);
		numbers[n] = row_int(&r, 1);
		digests[n] = row_text(&r, 2);
	}
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		l.id = ids[i];
		l.number = numbers[i];
		TRY(check_one(&l, digests[i]));
	}
	*records += (int64_t)n;
	return RC_OK;
}

const struct verify_check edition_check = { "editions", check_run };
