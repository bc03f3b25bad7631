/* comment_text.c – what was typed into a comment: what is taken out, what is refused, and what earns a mark.
 *
 * Marks that turn the direction of writing are refused, since with them a line reads other than it is and reaches into
 * the page around it; what takes no place is taken out without a word, since telephones put it in by themselves.
 * RULE comment-5, comment-7 */
#include "base/utf8.h"
#include "core/setting.h"
#include "lang/key.h"
#include "lang/letters.h"
#include "mod/comment/comment_inner.h"

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
	r->stacked = stacks(cp) ? r->stacked + 1 : 0;
	if (turns(cp))
		r->turned = true;
	else if (cp == '\n' && !r->line)
		put(r, cp);
	else if (cp == '\t' || cp == 0xa0)
		put(r, ' ');
	else if (cp < 0x20 || within(cp, 0x7f, 0x9f) || within(cp, 0x2028, 0x2029))
		r->control = true;
	else if (!unseen(cp, r->line) && r->stacked <= MARKS_IN_A_ROW)
		put(r, cp);
}

/* NULL when nothing is left or something was refused. */
static const char *
clean(struct ctx *cx, const char *field, const char *typed, bool line)
{
	struct reading r = { .line = line };
	const char *p = typed == NULL ? "" : typed, *end = p + strlen(p);

	buf_init(&r.out, cx->arena, 0);
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
		fail_field(cx, field,
		    N_("There are signs in it that turn the direction of writing. Type it anew."));
	else if (r.control)
		fail_field(cx, field,
		    line ? N_("Write it in one line, with letters alone.")
			 : N_("There are signs in it that cannot be shown. Type it anew."));
	if (r.turned || r.control || r.out.n == 0)
		return NULL;
	return utf8_trim(cx->arena, r.out.p);
}

/* ---- the name ---- */

static bool
said_of(const struct ctx *cx, const char *field)
{
	const struct field_error *e;

	for (e = cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, field) == 0)
			return true;
	return false;
}

/* Nobody signs as the office, in whatever letters. RULE comment-6 */
static bool
of_office(struct ctx *cx, const char *name)
{
	static const char words[] =
	    "Хатшылық секретариат secretariat модератор moderator әкімші администратор "
	    "administrator admin админ редакция editorial";
	struct key_token *of, *in;
	size_t n = key_tokens(cx->arena, words, sizeof words - 1, &of), k, i, j;

	k = key_tokens(cx->arena, name, strlen(name), &in);
	for (i = 0; i < k; i++)
		for (j = 0; j < n; j++)
			if (strcmp(in[i].exact, of[j].exact) == 0 ||
			    strcmp(in[i].stem, of[j].stem) == 0)
				return true;
	return false;
}

static bool
has_letter(const char *s)
{
	const char *end = s + strlen(s);

	while (s < end)
		if (letter_is(utf8_next(&s, end)))
			return true;
	return false;
}

const char *
comment_read_name(struct ctx *cx, const char *typed)
{
	const char *name = clean(cx, "name", typed, true);

	if (said_of(cx, "name"))
		return NULL;
	if (name == NULL || !has_letter(name))
		fail_field(cx, "name", N_("Write your name, as it shall stand under the comment."));
	else if (utf8_len(name) > COMMENT_NAME_MAX)
		fail_field(cx, "name", N_("The text is too long: at most %s characters, now %s."),
		    num(cx, COMMENT_NAME_MAX), num(cx, (int64_t)utf8_len(name)));
	else if (strstr(name, "://") != NULL || strchr(name, '@') != NULL ||
		 strstr(name, "www.") != NULL)
		fail_field(cx, "name", N_("A name alone, please, without an address."));
	else if (of_office(cx, name))
		fail_field(cx, "name", N_("Only the office signs like this. Write your own name."));
	return name;
}

const char *
comment_read_text(struct ctx *cx, const char *typed, const char *field)
{
	const char *text = clean(cx, field, typed, false);

	if (said_of(cx, field))
		return NULL;
	if (text != NULL && utf8_len(text) > COMMENT_TEXT_MAX)
		fail_field(cx, field, N_("The text is too long: at most %s characters, now %s."),
		    num(cx, COMMENT_TEXT_MAX), num(cx, (int64_t)utf8_len(text)));
	return text;
}

/* ---- marks ---- */

bool
comment_has_mark(const char *marks, const char *code)
{
	size_t n = strlen(code);
	const char *p = marks;

	while (p != NULL && (p = strstr(p, code)) != NULL) {
		if ((p == marks || p[-1] == ' ') && (p[n] == '\0' || p[n] == ' '))
			return true;
		p += n;
	}
	return false;
}

const char *
comment_add_mark(struct arena *a, const char *marks, const char *code)
{
	if (comment_has_mark(marks, code))
		return marks;
	return marks == NULL ? code : arena_printf(a, "%s %s", marks, code);
}

/* RULE comment-7: a word of the list in any script and with any ending. */
static int
holds_word(struct ctx *cx, const char *setting, const char *text, bool *holds)
{
	struct key_token *of, *in;
	const char *list;
	size_t n, k, i, j;

	*holds = false;
	TRY(setting_get(cx, setting, &list));
	n = key_tokens(cx->arena, list, strlen(list), &of);
	if (n == 0)
		return RC_OK;
	k = key_tokens(cx->arena, text, strlen(text), &in);
	for (i = 0; i < k && !*holds; i++)
		for (j = 0; j < n; j++)
			if (strcmp(in[i].exact, of[j].exact) == 0 ||
			    strcmp(in[i].stem, of[j].stem) == 0 ||
			    strcmp(in[i].stem, of[j].exact) == 0) {
				*holds = true;
				break;
			}
	return RC_OK;
}

/* A dot between letters, as in "site.kz", or a scheme: good enough to look twice. */
static bool
holds_link(const char *s)
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
static bool
is_mixed(const char *s)
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

int
comment_read_marks(struct ctx *cx, const char *name, const char *text, const char **out)
{
	const char *all = arena_printf(cx->arena, "%s\n%s", name, text), *marks = NULL;
	bool stop, discord;

	TRY(holds_word(cx, "comment_stop", all, &stop));
	TRY(holds_word(cx, "comment_discord", all, &discord));
	if (stop)
		marks = comment_add_mark(cx->arena, marks, "stop");
	if (discord)
		marks = comment_add_mark(cx->arena, marks, "discord");
	if (holds_link(all))
		marks = comment_add_mark(cx->arena, marks, "link");
	if (is_mixed(all))
		marks = comment_add_mark(cx->arena, marks, "mixed");
	*out = marks;
	return RC_OK;
}
