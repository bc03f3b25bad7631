/* lang.h – words for people: translation, numbers, days, errors. Kazakh is the first language.
 *
 * Source texts (msgids) are English and marked tr("…") or N_("…"); po/kk.po and po/ru.po hold the
 * others; English is the msgid itself. All functions return plain text in cx->arena (or a constant)
 * which html() then escapes: a translator cannot inject markup. Numbers and days enter messages as
 * %s through num(), day_text() …; translators may reorder with %1$s. */
#ifndef LANG_LANG_H
#define LANG_LANG_H

#include "base/buf.h"
#include "base/ctx.h"

#define N_(s) (s) /* marks a constant for xgettext; translated where it is shown */

/* Hand over the compiled catalogues (.mo bytes, valid until exit) once at boot; NULL for LANG_EN. */
int lang_init(enum lang l, const void *mo, size_t n) MUST;

const char *lang_code(enum lang l);		   /* "kk" "ru" "en" */
bool lang_parse(const char *code, enum lang *out); /* exact codes only */
const char *lang_own_name(enum lang l);		   /* Қазақша, Русский, English */
/* Readings of the site: the languages, and Kazakh in Latin. The first part of an address ("kk" "ru"
 * "en" "kk-latn") and the tag of a page ("kk-Latn"). */
enum { LANG_READINGS = 4 };
struct lang_reading {
	const char *prefix, *tag, *small, *name; /* small: where there is little room, "Қаз" */
};
extern const struct lang_reading lang_readings[LANG_READINGS];
const char *lang_prefix(const struct ctx *cx);
bool lang_prefix_parse(const char *prefix, enum lang *out, bool *latin);
const char *lang_tag(const struct ctx *cx);

const char *tr_in(enum lang l, const char *msgid) __attribute__((format_arg(2)));
const char *tr(const struct ctx *cx, const char *msgid) __attribute__((format_arg(2)));
const char *trf(const struct ctx *cx, const char *msgid, ...) PRINTF(2, 3);
/* Plural by n: kk has one form, ru three, en two. */
const char *trn(const struct ctx *cx, int64_t n, const char *one, const char *many, ...)
    PRINTF(3, 5) PRINTF(4, 5);

/* Note the outcome and its text; returns rc. Keeps an earlier error. */
int fail_at(struct ctx *cx, const char *where, int rc, const char *msgid, ...) PRINTF(4, 5);
#define FAIL_STR2(x) #x
#define FAIL_STR(x) FAIL_STR2(x)
#undef fail /* cmocka.h has one too: tests include it first */
#define fail(cx, rc, ...) fail_at((cx), __FILE__ ":" FAIL_STR(__LINE__), (rc), __VA_ARGS__)
/* Add a refused field and go on checking; fields_rc() says RC_INVALID if there was any. */
void fail_field(struct ctx *cx, const char *field, const char *msgid, ...) PRINTF(3, 4);
int fields_rc(const struct ctx *cx);

/* Numbers: no-break space U+00A0 between groups from five digits in kk and ru (2245, 14 236), comma
 * from four in en (2,245); decimal comma in kk and ru. */
const char *num(const struct ctx *cx, int64_t v);
const char *num_real(const struct ctx *cx, double v, int decimals);
const char *percent(const struct ctx *cx, double part, double whole); /* 12,3 % · 12,3% in en */
bool num_parse(const char *s, int64_t *out); /* any spaces between groups; no sign but '-' */

const char *day_text(const struct ctx *cx, int day); /* 15.11.2024; "" for 0 */
const char *day_long(
    const struct ctx *cx, int day); /* 15 қараша 2024 ж. · 15 ноября 2024 г. · 15 November 2024 */
const char *day_range(
    const struct ctx *cx, int from, int to); /* 01.01.2024–15.11.2024; one day once */
const char *month_name(
    const struct ctx *cx, int month); /* as a heading word: Қараша · Ноябрь · November */
const char *month_short(const struct ctx *cx, int month);     /* қар · ноя · Nov */
const char *weekday_name(const struct ctx *cx, int weekday);  /* 1 = Monday: дүйсенбі */
const char *weekday_short(const struct ctx *cx, int weekday); /* дс · пн · Mon */
const char *moment_text(const struct ctx *cx, int64_t us);    /* 15.11.2024 18:00, local */

/* Content that exists in three languages; any of them may be NULL or "". */
struct text3 {
	const char *kk, *ru, *en;
};
/* The reader's language, else kk, ru, en in this order; never NULL. *out_lang (may be NULL) tells
 * which it is, for the lang attribute. */
const char *tr3(const struct ctx *cx, const struct text3 *t, enum lang *out_lang);

#endif
