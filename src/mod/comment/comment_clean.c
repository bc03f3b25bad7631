/* comment_clean.c – see comment_clean.h. */
#include "mod/comment/comment_clean.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/letters.h"

enum { MARKS_IN_A_ROW = 3, BLANK_LINES = 1, LINES_MAX = 60 };

static bool
within(int32_t cp, int32_t from, int32_t to)
{
	return cp >= from && cp <= to;
}

static bool
turns(int32_t cp)
{
	return cp == 0x061c || within(cp, 0x200e, 0x200f) || within(cp, 0x202a, 0x202e) ||
	       within(cp, 0x2066, 0x2069);
}

/* The joiners are kept in texts: pictures of families are made with them. */
static bool
unseen(int32_t cp, bool line)
{
	return cp == 0x00ad || cp == 0x180e || cp == 0x200b || within(cp, 0x2060, 0x2064) ||
	       within(cp, 0x206a, 0x206f) || cp == 0xfeff || within(cp, 0xe0000, 0xe007f) ||
	       (line && within(cp, 0x200c, 0x200d));
}

static bool
stacks(int32_t cp)
{
	return within(cp, 0x0300, 0x036f) || within(cp, 0x0483, 0x0489) ||
	       within(cp, 0x1ab0, 0x1aff) || within(cp, 0x1dc0, 0x1dff) ||
	       within(cp, 0x20d0, 0x20ff) || within(cp, 0xfe20, 0xfe2f);
}

struct reading {
	struct buf out;
	bool line; /* one line: a break is a control character like any other */
	bool turned, control;
	int stacked, breaks, lines;
};

static void
put(struct reading *r, int32_t cp)
{
	char c[4];

	if (cp == '\n') {
		r->lines++;
		if (++r->breaks <= BLANK_LINES + 1 && r->lines <= LINES_MAX)
			buf_char(&r->out, '\n');
		else if (r->lines > LINES_MAX)
			buf_char(&r->out, ' ');
		return;
	}
	if (cp != ' ')
		r->breaks = 0;
	buf_put(&r->out, c, utf8_put(c, cp));
}

static void
read_one(struct reading *r, int32_t cp)
{
	if (unseen(cp, r->line))
		return;
	r->stacked = stacks(cp) ? r->stacked + 1 : 0;
	if (turns(cp))
		r->turned = true;
	else if (cp == '\n' && !r->line)
		put(r, cp);
	else if (cp == '\t' || cp == 0xa0)
		put(r, ' ');
	else if (cp < 0x20 || within(cp, 0x7f, 0x9f) || within(cp, 0x2028, 0x2029))
		r->control = true;
	else if (r->stacked <= MARKS_IN_A_ROW)
		put(r, cp);
}

enum clean_fault
comment_clean(struct arena *a, const char *typed, bool line, const char **out)
{
	struct reading r = { .line = line };
	const char *p = typed == NULL ? "" : typed, *end = p + strlen(p);

	*out = NULL;
	buf_init(&r.out, a, 0);
	while (p < end) {
		int32_t cp = utf8_next(&p, end);

		if (cp == '\r') { /* browsers send CR LF */
			if (p < end && *p == '\n')
				continue;
			cp = '\n';
		}
		if (cp < 0)
			r.control = true;
		else
			read_one(&r, cp);
	}
	if (r.turned)
		return CLEAN_TURNS;
	if (r.control)
		return CLEAN_CONTROL;
	*out = r.out.n == 0 ? NULL : utf8_trim(a, r.out.p);
	return CLEAN_FINE;
}

/* A dot between letters, as in "site.kz", or a scheme: good enough to look twice. */
bool
comment_has_link(const char *s)
{
	static const char *const signs[] = { "://", "www.", ".kz", ".ru", ".com", ".org", ".net",
		".me/", ".рф", ".қаз" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(signs); i++)
		if (strstr(s, signs[i]) != NULL)
			return true;
	return false;
}

/* Look-alike letters: Latin and Cyrillic in one word. */
bool
comment_is_mixed(const char *s)
{
	const char *end = s + strlen(s);
	bool latin = false, cyrillic = false;

	while (s < end) {
		int32_t cp = utf8_next(&s, end);

		if (!letter_is(cp)) {
			latin = cyrillic = false;
			continue;
		}
		latin = latin || within(cp, 'A', 'z') || within(cp, 0xc0, 0x24f);
		cyrillic = cyrillic || within(cp, 0x400, 0x52f);
		if (latin && cyrillic)
			return true;
	}
	return false;
}
