/* paths.c – see paths.h. */
#include "core/paths.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"

static bool
is_pg(const char *url)
{
	return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Percent-decoded, and only what is harmless in a file name; never ".", ".." or hidden. */
static const char *
file_name(struct arena *a, const char *p, size_t n)
{
	struct buf b;
	size_t i;

	buf_init(&b, a, 0);
	for (i = 0; i < n; i++) {
		char c = p[i];

		if (c == '%' && i + 2 < n && hex(p[i + 1]) >= 0 && hex(p[i + 2]) >= 0) {
			c = (char)(hex(p[i + 1]) * 16 + hex(p[i + 2]));
			i += 2;
		}
		if (!isalnum((unsigned char)c) &&
		    (strchr("-_.", c) == NULL || c == '\0' || (c == '.' && b.n == 0)))
			c = '_';
		buf_char(&b, c);
	}
	return b.p;
}

/* Value of dbname= in the query part; n = 0 when there is none. */
static struct slice
query_dbname(const char *q)
{
	while (q != NULL && *q != '\0') {
		size_t n = strcspn(q, "&");

		if (n > 7 && strncmp(q, "dbname=", 7) == 0)
			return (struct slice){ q + 7, n - 7 };
		q += n + (q[n] == '&');
	}
	return (struct slice){ "", 0 };
}

static struct slice
pg_name(const char *url)
{
	const char *p = strstr(url, "://") + 3, *query = strchr(p, '?');
	const char *slash;
	struct slice name = query_dbname(query == NULL ? NULL : query + 1);

	if (name.n > 0)
		return name;
	slash = memchr(p, '/', query == NULL ? strlen(p) : (size_t)(query - p));
	if (slash == NULL)
		return (struct slice){ "", 0 };
	return (struct slice){ slash + 1,
		query == NULL ? strlen(slash + 1) : (size_t)(query - slash - 1) };
}

int
paths_of(struct arena *a, const char *url, const char *dir, struct paths *out)
{
	struct paths p = { .pg = url != NULL && is_pg(url) };
	struct slice name;
	size_t n;

	if (url == NULL || *url == '\0')
		return RC_INVALID;
	p.base = arena_str(a, url);
	if (p.pg) {
		name = pg_name(url);
		if (name.n == 0)
			return RC_INVALID;
		p.base = file_name(a, name.p, name.n);
		if (dir != NULL && *dir != '\0') {
			n = strlen(dir);
			p.base =
			    arena_printf(a, "%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", p.base);
		}
	} else if (url[strlen(url) - 1] == '/')
		return RC_INVALID;
	p.key = arena_printf(a, "%s.key", p.base);
	p.files = arena_printf(a, "%s.files", p.base);
	p.sign_ins = arena_printf(a, "%s.sign-ins", p.base);
	*out = p;
	return RC_OK;
}
