/* assets_test.c – what was embedded is whole, sorted, hashed and packed as the header says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <zlib.h>
#include "web/assets.h"

static void
sorted_and_found(void **state)
{
	(void)state;
	assert_true(nassets >= 11);
	for (size_t i = 0; i < nassets; i++) {
		if (i > 0)
			assert_true(strcmp(assets[i - 1].path, assets[i].path) < 0);
		assert_ptr_equal(asset_find(assets[i].path), &assets[i]);
		assert_string_equal(asset_url(assets[i].name), assets[i].path);
		assert_true(assets[i].size > 0);
		assert_int_equal(assets[i].etag[0], '"');
		assert_int_equal(strlen(assets[i].etag), 18);
	}
	assert_null(assets[nassets].path);
}

static void
unknown_names(void **state)
{
	(void)state;
	assert_null(asset_find("/static/shanyraq.css"));
	assert_null(asset_find(""));
	assert_string_equal(asset_url("no-such.css"), "/static/missing");
	assert_null(asset_find("/static/missing"));
}

static void
gzip_unpacks_to_the_same(void **state)
{
	(void)state;
	size_t packed = 0;
	for (size_t i = 0; i < nassets; i++) {
		const struct asset *a = &assets[i];
		if (a->gz == NULL)
			continue;
		packed++;
		assert_true(a->gz_size < a->size);
		unsigned char *out = malloc(a->size + 1);
		assert_non_null(out);
		z_stream z = { .next_in = (Bytef *)(uintptr_t)a->gz,
			.avail_in = (uInt)a->gz_size,
			.next_out = out,
			.avail_out = (uInt)a->size + 1 };
		assert_int_equal(inflateInit2(&z, 31), Z_OK);
		assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
		assert_int_equal(z.total_out, a->size);
		assert_memory_equal(out, a->data, a->size);
		inflateEnd(&z);
		free(out);
	}
	assert_true(packed >= 4);
}

/* Every url( of the style sheet must name an embedded path, else a font or the hem is lost. */
static void
style_sheet_addresses(void **state)
{
	(void)state;
	const struct asset *css = asset_find(asset_url("shanyraq.css"));
	assert_non_null(css);
	size_t seen = 0;
	for (size_t i = 0; i + 4 < css->size; i++) {
		if (memcmp(css->data + i, "url(", 4) != 0)
			continue;
		char path[128];
		size_t n = 0;
		for (size_t k = i + 4; k < css->size && css->data[k] != ')' && n + 1 < sizeof path;
		     k++)
			path[n++] = (char)css->data[k];
		path[n] = '\0';
		assert_non_null(asset_find(path));
		seen++;
	}
	assert_int_equal(seen, 9);
}

static void
blobs_sorted_and_ended(const struct blob *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			assert_true(strcmp(b[i - 1].name, b[i].name) < 0);
		assert_int_equal(b[i].data[b[i].size], 0);
		assert_ptr_equal(blob_find(b, n, b[i].name), &b[i]);
	}
	assert_null(b[n].name);
	assert_null(blob_find(b, n, "no such blob"));
}

static void
blobs_are_whole(void **state)
{
	(void)state;
	blobs_sorted_and_ended(schema_blobs, nschema_blobs);
	blobs_sorted_and_ended(data_blobs, ndata_blobs);
	blobs_sorted_and_ended(mo_blobs, nmo_blobs);
	const struct blob *kinds = blob_find(data_blobs, ndata_blobs, "body_kinds.csv");
	assert_non_null(kinds);
	assert_memory_equal(kinds->data, "code,kk,ru,en", 13);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorted_and_found),
		cmocka_unit_test(unknown_names),
		cmocka_unit_test(gzip_unpacks_to_the_same),
		cmocka_unit_test(style_sheet_addresses),
		cmocka_unit_test(blobs_are_whole),
	};
	return cmocka_run_group_tests_name("assets", tests, NULL, NULL);
}
