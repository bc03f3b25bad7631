/* erased_line.c – see erased_line.h. Strict, so that each line has one spelling: what is read can be
 * written again and compared. */
#include "text/erased_line.h"

#include <string.h>

struct words {
	const char *p, *end;
};

/* The next word, and whether the right mark stands behind it: a space, or the end for the last. */
static bool
word(struct words *w, size_t max, bool last, const char **at, size_t *n)
{
	*at = w->p;
	while (w->p < w->end && *w->p != ' ')
		w->p++;
	*n = (size_t)(w->p - *at);
	if (*n == 0 || *n > max || (w->p == w->end) != last)
		return false;
	w->p += !last;
	return true;
}

static bool
number(struct words *w, int64_t *out)
{
	const char *at;
	size_t n, i;

	if (!word(w, 18, false, &at, &n) || (n > 1 && *at == '0'))
		return false;
	for (*out = 0, i = 0; i < n; i++) {
		if (at[i] < '0' || at[i] > '9')
			return false;
		*out = *out * 10 + (at[i] - '0');
	}
	return true;
}

static bool
letters(struct words *w, const char *allowed, size_t max, bool last, char *out)
{
	const char *at;
	size_t n, i;

	if (!word(w, max, last, &at, &n))
		return false;
	for (i = 0; i < n; i++)
		if (at[i] == '\0' || strchr(allowed, at[i]) == NULL)
			return false;
	memcpy(out, at, n);
	out[n] = '\0';
	return true;
}

bool
erased_line_read(const char *text, size_t n, struct erased_line *out)
{
	struct words w = { text, text + n };
	int64_t day;

	memset(out, 0, sizeof *out);
	if (!number(&w, &out->person) || !number(&w, &out->made_at) || !number(&w, &out->at) ||
	    !number(&w, &day) || day > 99991231 || !number(&w, &out->account))
		return false;
	out->day = (int)day;
	return letters(
		   &w, "abcdefghijklmnopqrstuvwxyz_", sizeof out->ground - 1, false, out->ground) &&
	       letters(&w, "0123456789abcdef", sizeof out->hash - 1, true, out->hash) &&
	       strlen(out->hash) == 64;
}
