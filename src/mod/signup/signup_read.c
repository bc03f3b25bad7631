/* signup_read.c – what was typed into the form of an event, against what the form asks. Every fault is told
 * with its field at once, so that nobody sends the form five times. */
#include "mod/signup/signup_inner.h"

#include "base/utf8.h"
#include "core/mail.h"

enum { NAME_MAX_CHARS = 120, ANSWER_MAX_CHARS = 300, PHONE_DIGITS = 7 };

static const char *
name_of(const struct ctx *cx, const char *base, int64_t n)
{
	return arena_printf(cx->arena, "%s%lld", base, (long long)n);
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

static void
check_line(struct ctx *cx, const char *field, const char *text, int most)
{
	if (text == NULL)
		return;
	if (has_control(text))
		fail_field(cx, field, N_("One line of text, please."));
	else if (utf8_len(text) > (size_t)most)
		fail_field(cx, field, N_("At most %s characters."), num(cx, most));
}

/* ---- persons ---- */

bool
signup_any_minor(const struct signup_in *in)
{
	size_t i;

	for (i = 0; i < in->n; i++)
		if (in->minor[i])
			return true;
	return false;
}

static void
check_persons(struct ctx *cx, const struct signup_form *f, const struct signup_in *in)
{
	size_t i;

	if (in->n == 0)
		fail_field(cx, "name1", N_("A name is needed."));
	if ((int64_t)in->n > (in->office ? SIGNUP_PERSONS : f->per_signup))
		fail_field(cx, "persons", N_("At most %s persons come with one sign-up."),
		    num(cx, f->per_signup));
	for (i = 0; i < in->n; i++) {
		const char *field = name_of(cx, "name", (int64_t)i + 1);

		if (in->name[i] == NULL && !(i == 0 && in->self))
			fail_field(cx, field, N_("A name is needed."));
		check_line(cx, field, in->name[i], NAME_MAX_CHARS);
		if (in->minor[i] && !f->minors)
			fail_field(cx, field, N_("This event is for adults."));
	}
}

/* RULE signup-11: minors come with a parent's consent, by name, to a text of which the version is kept. */
static void
check_consent(struct ctx *cx, const struct signup_form *f, const struct signup_in *in)
{
	if (!f->minors || !signup_any_minor(in))
		return;
	if (in->parent == NULL)
		fail_field(cx, "parent", N_("Who consents for the child is needed."));
	check_line(cx, "parent", in->parent, NAME_MAX_CHARS);
	if (!in->consents)
		fail_field(
		    cx, "consent", N_("Without a parent's consent a child is not signed up."));
	else if (in->consent_version == NULL ||
		 strcmp(in->consent_version, f->consent_version) != 0)
		fail_field(cx, "consent",
		    N_("The text was changed in between. Read it and agree once more."));
}

/* ---- contacts ---- */

static void
check_contacts(struct ctx *cx, const struct signup_form *f, const struct signup_in *in)
{
	size_t digits = 0;
	const char *p;

	if (in->email != NULL && !mail_address(in->email))
		fail_field(cx, "email", N_("This is not an e-mail address."));
	else if (in->email == NULL && strcmp(f->email, "required") == 0 && !in->office)
		fail_field(cx, "email", N_("An e-mail address is needed."));
	for (p = in->phone; p != NULL && *p != '\0'; p++)
		digits += *p >= '0' && *p <= '9';
	if (in->phone != NULL &&
	    (digits < PHONE_DIGITS || strspn(in->phone, "+0123456789 ()-") != strlen(in->phone)))
		fail_field(cx, "phone", N_("A telephone number is written like +7 701 123 45 67."));
	else if (in->phone == NULL && strcmp(f->phone, "required") == 0 && !in->office)
		fail_field(cx, "phone", N_("A telephone number is needed."));
	check_line(cx, "phone", in->phone, 40);
}

/* However it is written: a mail server takes A@B.KZ for a@b.kz. */
int
signup_check_address(struct ctx *cx, int64_t event, const char *email, int64_t but)
{
	int64_t n;

	if (email == NULL)
		return RC_OK;
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM signup WHERE event = $1 AND lower(email) = lower($2) AND state "
	    "<> 'withdrawn' AND id <> $3",
	    VALS(v_int(event), v_text(email), v_int(but))));
	if (n < SIGNUP_EMAILS)
		return RC_OK;
	fail_field(cx, "email", N_("This address has signed up %s times already. Ask the office."),
	    num(cx, n));
	return RC_INVALID;
}

/* ---- answers ---- */

/* Line n (1…) of the choices in a language; NULL = there are fewer. */
static const char *
choice_line(struct arena *a, const char *lines, int64_t n)
{
	size_t len;

	for (; lines != NULL && *lines != '\0'; lines += len) {
		lines += strspn(lines, "\r\n");
		len = strcspn(lines, "\r\n");
		if (len > 0 && --n == 0)
			return utf8_trim(a, arena_strn(a, lines, len));
	}
	return NULL;
}

static void
check_answer(struct ctx *cx, const struct signup_question *q, const char *answer, bool office)
{
	const char *field = name_of(cx, "q", q->rec.id);
	int64_t n;

	if (answer == NULL) {
		if (q->required && !office)
			fail_field(cx, field, N_("This question must be answered."));
		return;
	}
	if (strcmp(q->type, "text") == 0)
		check_line(cx, field, answer, ANSWER_MAX_CHARS);
	else if (strcmp(q->type, "number") == 0) {
		if (!num_parse(answer, &n) || n < 0 || n > 1000000)
			fail_field(cx, field, N_("A number is needed."));
	} else if (strcmp(q->type, "yesno") == 0) {
		if (strcmp(answer, "yes") != 0 && strcmp(answer, "no") != 0)
			fail_field(cx, field, N_("Choose one of the values offered."));
	} else if (!num_parse(answer, &n) || n < 1 ||
		   choice_line(cx->arena, q->choices.kk, n) == NULL)
		fail_field(cx, field, N_("Choose one of the values offered."));
}

int
signup_check_in(struct ctx *cx, const struct reading *r, const struct signup_in *in, bool old)
{
	size_t i;

	check_persons(cx, r->form, in);
	if (!old)
		check_consent(cx, r->form, in);
	check_contacts(cx, r->form, in);
	for (i = 0; i < r->nq; i++)
		check_answer(cx, &r->q[i], in->answer[i], in->office);
	return fields_rc(cx);
}

/* As it stands in lists: a choice by its Kazakh words, so that all answers to it are alike. */
static const char *
kept(struct ctx *cx, const struct signup_question *q, const char *answer)
{
	int64_t n;

	if (strcmp(q->type, "choice") == 0 && num_parse(answer, &n))
		return choice_line(cx->arena, q->choices.kk, n);
	if (strcmp(q->type, "yesno") == 0)
		return strcmp(answer, "yes") == 0 ? tr_in(LANG_KK, N_("yes"))
						  : tr_in(LANG_KK, N_("no"));
	return answer;
}

const char *
signup_answers(struct ctx *cx, const struct reading *r, const struct signup_in *in)
{
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	for (i = 0; i < r->nq; i++)
		if (in->answer[i] != NULL)
			buf_printf(&b, "%s%lld. %s\t%s", b.n == 0 ? "" : "\n",
			    (long long)r->q[i].rec.id, r->q[i].text.kk,
			    kept(cx, &r->q[i], in->answer[i]));
	return b.n == 0 ? NULL : b.p;
}

const char *
signup_answer(struct arena *a, const struct signup *s, int64_t question)
{
	const char *line = s->answers, *start = arena_printf(a, "%lld. ", (long long)question);

	while (line != NULL && *line != '\0') {
		size_t n = strcspn(line, "\n"), to = strcspn(line, "\t\n");

		if (strncmp(line, start, strlen(start)) == 0)
			return to < n ? arena_strn(a, line + to + 1, n - to - 1) : "";
		line += n + (line[n] == '\n');
	}
	return "";
}

int
signup_questions(
    struct ctx *cx, int64_t event, struct signup_question out[SIGNUP_QUESTIONS], size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t ids[SIGNUP_QUESTIONS];
	size_t found = 0, i;

	TRY(db_rows(cx, &r,
	    "SELECT id FROM signup_question WHERE event = $1 AND gone = 0 ORDER BY coalesce(rank, "
	    "0), "
	    "id LIMIT 10",
	    VALS(v_int(event))));
	while (found < ARRAY_LEN(ids) && rows_next(&r))
		ids[found++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < found; i++)
		TRY(kind_load(cx, &signup_question_kind, ids[i], &out[i]));
	*n = found;
	return RC_OK;
}
