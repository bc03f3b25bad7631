/* mo.c – see mo.h. The format (GNU gettext manual, "The Format of GNU MO Files"): magic, revision,
 * count, offset of the msgid table, offset of the msgstr table, hash table; each table row is
 * length and offset. The hash table is not used: eleven comparisons find one of two thousand texts.
 *
 * The catalogues are embedded in the program, so hostile bytes can only come from a broken build;
 * they are checked all the same, because a reader that trusts offsets is a hole waiting for its
 * first use on a file. Called by lang.c and by the fuzz target. */
#include "lang/mo.h"

#include "base/utf8.h"

enum { MO_HEAD = 28, MO_ROW = 8 };
#define MO_MAGIC 0x950412deU
#define MO_CIGAM 0xde120495U

static uint32_t
mo_u32(const struct mo *m, size_t at)
{
	uint32_t v;

	memcpy(&v, m->p + at, sizeof v);
	return m->swap ? __builtin_bswap32(v) : v;
}

/* Row i of a table, already known to lie inside. */
static struct slice
mo_row(const struct mo *m, uint32_t table, uint32_t i)
{
	size_t at = (size_t)table + (size_t)i * MO_ROW;

	return (struct slice){ (const char *)m->p + mo_u32(m, at + 4), mo_u32(m, at) };
}

static bool
mo_row_ok(const struct mo *m, uint32_t table, uint32_t i)
{
	size_t at = (size_t)table + (size_t)i * MO_ROW;
	size_t len = mo_u32(m, at), off = mo_u32(m, at + 4);

	return off < m->n && len < m->n - off && m->p[off + len] == '\0';
}

static bool
mo_utf8_ok(struct slice s)
{
	const char *p = s.p, *end = s.p + s.n;

	while (p <= end) {
		size_t n = strlen(p);

		if (!utf8_valid(p, n))
			return false;
		p += n + 1;
	}
	return true;
}

static bool
mo_table_ok(const struct mo *m, uint32_t table)
{
	return table >= MO_HEAD && table <= m->n && m->count <= (m->n - table) / MO_ROW;
}

int
mo_open(const void *p, size_t n, struct mo *out)
{
	struct mo m = { .p = p, .n = n };
	uint32_t magic, i;

	if (p == NULL || n < MO_HEAD)
		return RC_INVALID;
	magic = mo_u32(&m, 0);
	m.swap = magic == MO_CIGAM;
	if (magic != MO_MAGIC && magic != MO_CIGAM)
		return RC_INVALID;
	if (mo_u32(&m, 4) >> 16 > 1)
		return RC_INVALID;
	m.count = mo_u32(&m, 8);
	m.ids = mo_u32(&m, 12);
	m.strs = mo_u32(&m, 16);
	if (!mo_table_ok(&m, m.ids) || !mo_table_ok(&m, m.strs))
		return RC_INVALID;
	for (i = 0; i < m.count; i++) {
		if (!mo_row_ok(&m, m.ids, i) || !mo_row_ok(&m, m.strs, i))
			return RC_INVALID;
		if (i > 0 && strcmp(mo_row(&m, m.ids, i - 1).p, mo_row(&m, m.ids, i).p) >= 0)
			return RC_INVALID;
		if (!mo_utf8_ok(mo_row(&m, m.strs, i)))
			return RC_INVALID;
	}
	*out = m;
	return RC_OK;
}

struct slice
mo_find(const struct mo *m, const char *msgid)
{
	uint32_t lo = 0, hi = m->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		/* A plural msgid is "one NUL many": the search sees only the first. */
		int c = strcmp(mo_row(m, m->ids, mid).p, msgid);

		if (c == 0)
			return mo_row(m, m->strs, mid);
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (struct slice){ NULL, 0 };
}

const char *
mo_form(struct slice forms, unsigned at)
{
	const char *p = forms.p, *end = forms.p + forms.n;

	while (at-- > 0) {
		size_t n = strlen(p);

		if (p + n >= end)
			break;
		p += n + 1;
	}
	return p;
}
