/* signup_check.c – who sees which sign-ups, and what a form and a question must be.
 *
 * The secretariat sees all; a leader sees and writes what belongs to events of the own bodies (the lead's, to
 * write; a co-organiser's too, to see), since sign-ups name people. */
#include "mod/signup/signup_inner.h"

#include "lang/order.h"

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

void
signup_form_scope(struct ctx *cx, struct query *q)
{
	event_follow(cx, q, "signup_form", false);
}

void
signup_question_scope(struct ctx *cx, struct query *q)
{
	event_follow(cx, q, "signup_question", false);
}

void
signup_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "signup.person");
	event_follow(cx, q, "signup", true);
}

void
ticket_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "ticket.person");
	event_follow(cx, q, "ticket", true);
}

int
signup_form_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct signup_form *f = rec;

	(void)old; /* the event is fixed */
	return f->event == 0 ? RC_OK : event_in_scope(cx, f->event, false);
}

int
signup_question_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct signup_question *q = rec;

	(void)old;
	return q->event == 0 ? RC_OK : event_in_scope(cx, q->event, false);
}

int
signup_form_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct signup_form *f = rec;

	(void)cx;
	if (f->reserved == INT_NONE)
		f->reserved = 0;
	if (f->per_signup == INT_NONE)
		f->per_signup = 5;
	if (old == NULL && blank(f->email))
		f->email = "optional";
	if (old == NULL && blank(f->phone))
		f->phone = "no";
	return RC_OK;
}

/* RULE signup-6: places that were given stay given. */
static int
check_taken(struct ctx *cx, const struct signup_form *f)
{
	struct places p;

	TRY(signup_places(cx, f, &p));
	if (f->capacity != INT_NONE && p.taken + p.taken_reserved > f->capacity)
		fail_field(cx, "capacity", N_("%s places are given already."),
		    num(cx, p.taken + p.taken_reserved));
	else if (p.taken_reserved > f->reserved)
		fail_field(cx, "reserved", N_("%s reserved places are given already."),
		    num(cx, p.taken_reserved));
	else if (f->capacity != INT_NONE && p.taken > f->capacity - f->reserved)
		fail_field(cx, "reserved", N_("Only %s places are left to reserve."),
		    num(cx, f->capacity - p.taken));
	return RC_OK;
}

int
signup_form_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct signup_form *f = rec;

	if (f->opens_on != 0 && f->closes_on != 0 && f->closes_on < f->opens_on)
		fail_field(cx, "closes_on", N_("The end lies before the beginning."));
	if (f->reserved > 0 && f->capacity == INT_NONE)
		fail_field(
		    cx, "capacity", N_("Places can be reserved only where their number is known."));
	if (f->capacity != INT_NONE && f->reserved > f->capacity)
		fail_field(cx, "reserved", N_("More places are reserved than there are places."));
	if (f->reserved > 0 && blank(f->reserved_for))
		fail_field(cx, "reserved_for", N_("Say for whom these places are reserved."));
	if (f->minors && blank(f->consent))
		fail_field(
		    cx, "consent", N_("The text that a parent agrees to is needed for minors."));
	if (f->minors && blank(f->consent_version))
		fail_field(cx, "consent_version", N_("The version of the text is needed."));
	return old == NULL ? RC_OK : check_taken(cx, f);
}

/* ---- questions ---- */

/* RULE signup-9: ethnicity is never asked at an event, in whatever language, case and script. What is called
 * national (ұлттық киім, национальный костюм) may be asked. */
static bool
is_asked_word(struct ctx *cx, const char *word, size_t n)
{
	static const struct {
		const char *word;
		bool whole;
	} words[] = { { "ұлт", true }, { "ұлты", true }, { "ұлтқа", true }, { "ұлтың", false },
		{ "этнос", false }, { "этник", false }, { "этнич", false },
		{ "национальност", false }, { "народност", false }, { "происхожден", false },
		{ "ethnicity", false }, { "ethnic", false }, { "nationality", false } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++) {
		const char *key = fold_key(cx->arena, words[i].word);
		size_t k = strlen(key);

		if (n >= k && memcmp(word, key, k) == 0 && (n == k || !words[i].whole))
			return true;
	}
	return false;
}

static bool
asks_ethnicity(struct ctx *cx, const char *text)
{
	const char *key;
	size_t n;

	if (blank(text))
		return false;
	for (key = fold_key(cx->arena, text); *key != '\0'; key += n) {
		key += strspn(key, " ");
		n = strcspn(key, " ");
		if (n > 0 && is_asked_word(cx, key, n))
			return true;
	}
	return false;
}

static bool
any_asks(struct ctx *cx, const struct text3 *t)
{
	return asks_ethnicity(cx, t->kk) || asks_ethnicity(cx, t->ru) || asks_ethnicity(cx, t->en);
}

static size_t
lines_of(const char *s)
{
	size_t n = 0;

	for (; s != NULL && *s != '\0'; s += strcspn(s, "\r\n"), s += strspn(s, "\r\n"))
		n += s[strspn(s, " \t")] != '\r' && s[strspn(s, " \t")] != '\n';
	return n;
}

static void
check_choices(struct ctx *cx, const struct signup_question *q)
{
	size_t n = lines_of(q->choices.kk);

	if (strcmp(q->type, "choice") != 0) {
		if (n > 0)
			fail_field(cx, "choices",
			    N_("Only “one of several” has something to choose from."));
	} else if (n < 2 || n > SIGNUP_CHOICES)
		fail_field(cx, "choices", N_("Two to twelve lines are needed."));
	else if ((!blank(q->choices.ru) && lines_of(q->choices.ru) != n) ||
		 (!blank(q->choices.en) && lines_of(q->choices.en) != n))
		fail_field(cx, "choices", N_("Each language needs the same number of lines."));
}

static int
check_number(struct ctx *cx, const struct signup_question *q)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM signup_question WHERE event = $1 AND gone = 0 AND id <> $2",
	    VALS(v_int(q->event), v_int(q->rec.id))));
	if (n >= SIGNUP_QUESTIONS)
		fail_field(cx, "text", N_("An event asks at most ten questions."));
	return RC_OK;
}

int
signup_question_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct signup_question *q = rec, *was = old;

	if (any_asks(cx, &q->text) || any_asks(cx, &q->choices))
		fail_field(cx, "text",
		    N_("Ethnicity is not asked at an event: it is told only by the person's own "
		       "will, in the own record."));
	if (q->type != NULL)
		check_choices(cx, q);
	return q->gone || (was != NULL && !was->gone) ? RC_OK : check_number(cx, q);
}
