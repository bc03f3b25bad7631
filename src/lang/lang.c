/* lang.c – texts in three languages, and errors in the reader's language.
 *
 * gettext's formats and tools are used, but not its run time: glibc wants installed locales and one
 * language for the whole process, and here three readers with three languages are served in the
 * same millisecond. So the catalogues are plain bytes handed over at boot (lang_init), searched
 * without locks, and the plural rules are three small C functions.
 *
 * What is not here: numbers (number.c), days (date.c), endings (kazakh.c). The one mutable global
 * of this floor is `catalogues`, written at boot before the first thread starts. */
#include "lang/lang.h"

#include "lang/mo.h"

static struct mo catalogues[LANG_COUNT]; /* docs/globals.md: set once by lang_init() */

static const struct {
	const char *code, *own_name;
} langs[LANG_COUNT] = {
	[LANG_KK] = { "kk", "Қазақша" },
	[LANG_RU] = { "ru", "Русский" },
	[LANG_EN] = { "en", "English" },
};

int
lang_init(enum lang l, const void *mo, size_t n)
{
	if ((unsigned)l >= LANG_COUNT)
		return RC_BUG;
	if (mo == NULL) {
		catalogues[l] = (struct mo){ 0 };
		return RC_OK;
	}
	return mo_open(mo, n, &catalogues[l]);
}

const char *
lang_code(enum lang l)
{
	return langs[(unsigned)l < LANG_COUNT ? l : LANG_KK].code;
}

const char *
lang_own_name(enum lang l)
{
	return langs[(unsigned)l < LANG_COUNT ? l : LANG_KK].own_name;
}

bool
lang_parse(const char *code, enum lang *out)
{
	int l;

	if (code == NULL)
		return false;
	for (l = 0; l < LANG_COUNT; l++)
		if (strcmp(code, langs[l].code) == 0) {
			*out = (enum lang)l;
			return true;
		}
	return false;
}

static const char latin_prefix[] = "kk-latn";

/* Each in its own letters, so none of the names is shown otherwise. */
const struct lang_reading lang_readings[LANG_READINGS] = {
	{ "kk", "kk", "Қаз", "Қазақша" },
	{ latin_prefix, "kk-Latn", "Qaz", "Qazaqşa" },
	{ "ru", "ru", "Рус", "Русский" },
	{ "en", "en", "Eng", "English" },
};

const char *
lang_prefix(const struct ctx *cx)
{
	return cx->latin && cx->lang == LANG_KK ? latin_prefix : lang_code(cx->lang);
}

bool
lang_prefix_parse(const char *prefix, enum lang *out, bool *latin)
{
	*latin = prefix != NULL && strcmp(prefix, latin_prefix) == 0;
	if (!*latin)
		return lang_parse(prefix, out);
	*out = LANG_KK;
	return true;
}

const char *
lang_tag(const struct ctx *cx)
{
	return cx->latin && cx->lang == LANG_KK ? "kk-Latn" : lang_code(cx->lang);
}

/* The empty msgid would find the catalogue's header: it is not a text. */
static struct slice
forms_find(enum lang l, const char *msgid)
{
	if ((unsigned)l >= LANG_COUNT || catalogues[l].count == 0 || msgid[0] == '\0')
		return (struct slice){ NULL, 0 };
	return mo_find(&catalogues[l], msgid);
}

const char *
tr_in(enum lang l, const char *msgid)
{
	struct slice forms;

	if (msgid == NULL)
		return "";
	forms = forms_find(l, msgid);
	return forms.p == NULL || forms.p[0] == '\0' ? msgid : forms.p;
}

const char *
tr(const struct ctx *cx, const char *msgid)
{
	return tr_in(cx->lang, msgid);
}

const char *
trf(const struct ctx *cx, const char *msgid, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, msgid);
	text = arena_vprintf(cx->arena, tr(cx, msgid), ap);
	va_end(ap);
	return text;
}

/* The noun after a Kazakh number stays singular, so there is one form. */
static unsigned
plural_kk(uint64_t n)
{
	(void)n;
	return 0;
}

static unsigned
plural_ru(uint64_t n)
{
	if (n % 10 == 1 && n % 100 != 11)
		return 0;
	if (n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14))
		return 1;
	return 2;
}

static unsigned
plural_en(uint64_t n)
{
	return n == 1 ? 0 : 1;
}

static const char *plural_form(enum lang l, int64_t n, const char *one, const char *many)
    __attribute__((format_arg(3), format_arg(4)));

static const char *
plural_form(enum lang l, int64_t n, const char *one, const char *many)
{
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	struct slice forms = forms_find(l, one);
	const char *text;

	if (forms.p != NULL) {
		unsigned at = l == LANG_KK   ? plural_kk(u)
			      : l == LANG_RU ? plural_ru(u)
					     : plural_en(u);

		text = mo_form(forms, at);
		if (text[0] != '\0')
			return text;
	}
	return plural_en(u) == 0 ? one : many;
}

const char *
trn(const struct ctx *cx, int64_t n, const char *one, const char *many, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, many);
	text = arena_vprintf(cx->arena, plural_form(cx->lang, n, one, many), ap);
	va_end(ap);
	return text;
}

int
fail_at(struct ctx *cx, const char *where, int rc, const char *msgid, ...)
{
	struct err *e = &cx->err;
	va_list ap;

	if (e->text != NULL && e->text[0] != '\0')
		return rc;
	va_start(ap, msgid);
	e->text = arena_vprintf(cx->arena, tr(cx, msgid), ap);
	va_end(ap);
	e->rc = rc;
	/* A driver may have left its SQL state already: both belong in the log. */
	if (e->detail == NULL || e->detail[0] == '\0')
		e->detail = where;
	else
		e->detail = arena_printf(cx->arena, "%s at %s", e->detail, where);
	return rc;
}

void
fail_field(struct ctx *cx, const char *field, const char *msgid, ...)
{
	struct field_error *f = arena_new(cx->arena, struct field_error), **end;
	va_list ap;

	va_start(ap, msgid);
	f->text = arena_vprintf(cx->arena, tr(cx, msgid), ap);
	va_end(ap);
	f->field = arena_str(cx->arena, field);
	for (end = &cx->err.fields; *end != NULL; end = &(*end)->next)
		;
	*end = f;
	if (cx->err.rc == RC_OK)
		cx->err.rc = RC_INVALID;
}

int
fields_rc(const struct ctx *cx)
{
	return cx->err.fields == NULL ? RC_OK : RC_INVALID;
}

const char *
tr3(const struct ctx *cx, const struct text3 *t, enum lang *out_lang)
{
	const char *by[LANG_COUNT] = { [LANG_KK] = t->kk, [LANG_RU] = t->ru, [LANG_EN] = t->en };
	enum lang l = (unsigned)cx->lang < LANG_COUNT ? cx->lang : LANG_KK;
	int i;

	for (i = 0; i < LANG_COUNT && (by[l] == NULL || by[l][0] == '\0'); i++)
		l = (enum lang)i;
	if (by[l] == NULL || by[l][0] == '\0')
		l = cx->lang;
	if (out_lang != NULL)
		*out_lang = l;
	return by[l] == NULL ? "" : by[l];
}
