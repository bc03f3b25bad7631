/* comment_text.c – what was typed into a comment: refused in words, or taken, and what earns a mark. RULE comment-5 …
 * comment-7 */
#include "base/utf8.h"
#include "core/setting.h"
#include "lang/key.h"
#include "lang/letters.h"
#include "mod/comment/comment_clean.h"
#include "mod/comment/comment_inner.h"

/* NULL when nothing is left or something was refused. */
static const char *
clean(struct ctx *cx, const char *field, const char *typed, bool line)
{
	const char *text;

	switch (comment_clean(cx->arena, typed, line, &text)) {
	case CLEAN_FINE:
		return text;
	case CLEAN_TURNS:
		fail_field(cx, field,
		    N_("There are signs in it that turn the direction of writing. Type it anew."));
		break;
	case CLEAN_CONTROL:
		fail_field(cx, field,
		    line ? N_("Write it in one line, with letters alone.")
			 : N_("There are signs in it that cannot be shown. Type it anew."));
		break;
	}
	return NULL;
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
	if (text == NULL && strcmp(field, "text") == 0)
		fail_field(cx, field, N_("Write your comment."));
	else if (text != NULL && utf8_len(text) > COMMENT_TEXT_MAX)
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

static const char *
lowered(struct arena *a, const char *s)
{
	const char *end = s + strlen(s);
	struct buf b;
	char c[4];

	buf_init(&b, a, 0);
	while (s < end)
		buf_put(&b, c, utf8_put(c, utf8_lower(utf8_next(&s, end))));
	return b.p;
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
	if (comment_has_link(lowered(cx->arena, all)))
		marks = comment_add_mark(cx->arena, marks, "link");
	if (comment_is_mixed(all))
		marks = comment_add_mark(cx->arena, marks, "mixed");
	*out = marks;
	return RC_OK;
}
