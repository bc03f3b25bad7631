/* assets.c – finding what tools/embed.py put into the binary.
 *
 * The table is sorted by path when it is generated, so the server's lookup is a binary search over
 * const memory: no start-up work, no locks. Names and blobs are few (some ten of each) and asked
 * for rarely; walking them is quicker than keeping a second index right. */
#include <stdlib.h>
#include <string.h>
#include "web/assets.h"

static int
path_compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct asset *)row)->path);
}

const struct asset *
asset_find(const char *path)
{
	return bsearch(path, assets, nassets, sizeof assets[0], path_compare);
}

const char *
asset_url(const char *name)
{
	for (size_t i = 0; i < nassets; i++) {
		if (strcmp(assets[i].name, name) == 0)
			return assets[i].path;
	}
	return "/static/missing";
}

const struct blob *
blob_find(const struct blob *blobs, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(blobs[i].name, name) == 0)
			return &blobs[i];
	}
	return NULL;
}
