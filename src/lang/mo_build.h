/* mo_build.h – for tests only: lays a small catalogue out in memory, as msgfmt would. The pairs
 * must come sorted by msgid; a string may hold NULs (plural forms), so lengths are passed. */
#ifndef LANG_MO_BUILD_H
#define LANG_MO_BUILD_H

#include <stdint.h>
#include <string.h>

struct mo_pair {
	const char *id;
	size_t nid;
	const char *str;
	size_t nstr;
};
#define MO_PAIR(id, str)                                 \
	{                                                \
		id, sizeof(id) - 1, str, sizeof(str) - 1 \
	}

static inline void
mo_put32(unsigned char *out, size_t at, uint32_t v)
{
	memcpy(out + at, &v, sizeof v);
}

/* Returns the bytes written; out must have room for all. */
static inline size_t
mo_build(unsigned char *out, const struct mo_pair *pairs, size_t n)
{
	size_t ids = 28, strs = ids + 8 * n, at = strs + 8 * n, i;

	memset(out, 0, 28);
	mo_put32(out, 0, 0x950412deU);
	mo_put32(out, 8, (uint32_t)n);
	mo_put32(out, 12, (uint32_t)ids);
	mo_put32(out, 16, (uint32_t)strs);
	for (i = 0; i < n; i++) {
		mo_put32(out, ids + 8 * i, (uint32_t)pairs[i].nid);
		mo_put32(out, ids + 8 * i + 4, (uint32_t)at);
		memcpy(out + at, pairs[i].id, pairs[i].nid + 1);
		at += pairs[i].nid + 1;
		mo_put32(out, strs + 8 * i, (uint32_t)pairs[i].nstr);
		mo_put32(out, strs + 8 * i + 4, (uint32_t)at);
		memcpy(out + at, pairs[i].str, pairs[i].nstr + 1);
		at += pairs[i].nstr + 1;
	}
	return at;
}

#endif
