/* conf.c – see conf.h. */
#include "text/conf.h"

#include "base/utf8.h"

static struct slice
trimmed(struct slice s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s.p++, s.n--;
	while (s.n > 0 && strchr(" \t\r", s.p[s.n - 1]) != NULL)
		s.n--;
	return s;
}

enum conf_line
conf_line(struct slice line, struct slice *name, struct slice *value)
{
	struct slice s = trimmed(line);
	const char *eq;
	size_t i;

	if (s.n == 0 || s.p[0] == '#')
		return CONF_NOTHING;
	if (!utf8_valid(s.p, s.n))
		return CONF_BROKEN;
	for (i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7F)
			return CONF_BROKEN;
	eq = memchr(s.p, '=', s.n);
	if (eq == NULL || eq == s.p)
		return CONF_BROKEN;
	*name = trimmed((struct slice){ s.p, (size_t)(eq - s.p) });
	*value = trimmed((struct slice){ eq + 1, s.n - (size_t)(eq - s.p) - 1 });
	return name->n == 0 ? CONF_BROKEN : CONF_PAIR;
}
