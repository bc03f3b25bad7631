/* import_cell.c – what stands in a cell, as a clerk wrote it, into a field.
 *
 * Days: 15.11.2024, 15/11/24, 2024-11-15, «15 қараша 2024 ж.», «2024 жылғы 15 қараша», the number that
 * a spreadsheet shows when the cell has lost its format. An IIN that a spreadsheet took for a number
 * has lost its leading zeros. A dash is an empty cell. A name in one cell is parted: surname, given
 * name, the rest; where the second word is a patronymic and the third none, the surname stands last. */
#include "mod/import/import_inner.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "lang/order.h"

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0' || strcmp(s, "-") == 0 || strcmp(s, "–") == 0 ||
	       strcmp(s, "—") == 0;
}

const char *
import_short(struct arena *a, const char *text)
{
	enum { SHOWN = 200 };
	size_t n = strlen(text);

	if (n <= SHOWN)
		return arena_str(a, text);
	for (n = SHOWN; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80; n--)
		;
	return arena_printf(a, "%.*s…", (int)n, text);
}

/* ---- days ---- */

static const char *const month_stems[] = { "", "каң|янв|jan", "ақп|фев|feb", "нау|мар|mar",
	"сәу|апр|apr", "мам|мая|май|may", "мау|июн|jun", "шіл|июл|jul", "там|авг|aug",
	"қыр|сен|sep", "қаз|окт|oct", "қар|ноя|nov", "жел|дек|dec" };

/* A month by the beginning of its name, in any of three languages; 0 = none. */
static int
month_of(struct arena *a, const char *word)
{
	const char *key = fold_key(a, word);
	int m;

	for (m = 1; m <= 12; m++) {
		const char *s = month_stems[m];

		while (*s != '\0') {
			size_t n = strcspn(s, "|");
			const char *stem = fold_key(a, arena_strn(a, s, n));

			if (*stem != '\0' && strncmp(key, stem, strlen(stem)) == 0)
				return m;
			s += n + (s[n] == '|');
		}
	}
	return 0;
}

static int
full_year(int y, int today)
{
	if (y >= 100)
		return y;
	return y <= day_year(today) % 100 ? 2000 + y : 1900 + y;
}

static bool
made(int y, int m, int d, int *out)
{
	if (y < 1000 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	*out = y * 10000 + m * 100 + d;
	return day_valid(*out);
}

/* Numbers of a text in their order, and the month among its words. */
static bool
day_in_words(const char *text, int today, int *out)
{
	struct arena a;
	char word[64];
	int n[3] = { 0, 0, 0 }, digits[3] = { 0, 0, 0 }, month = 0, have = 0;
	const char *p = text;
	size_t len;

	arena_init(&a);
	while (*p != '\0' && have < 3) {
		if (isdigit((unsigned char)*p)) {
			for (; isdigit((unsigned char)*p) && digits[have] < 5; p++, digits[have]++)
				n[have] = n[have] * 10 + (*p - '0');
			have++;
		} else if ((unsigned char)*p >= 0x80 || isalpha((unsigned char)*p)) {
			for (len = 0; (unsigned char)*p >= 0x80 || isalpha((unsigned char)*p); p++)
				if (len < sizeof word - 1)
					word[len++] = *p;
			word[len] = '\0';
			if (month == 0)
				month = month_of(&a, word);
		} else
			p++;
	}
	arena_done(&a);
	if (month == 0 || have != 2)
		return false;
	return digits[0] == 4 ? made(n[0], month, n[1], out)
			      : made(full_year(n[1], today), month, n[0], out);
}

bool
import_day(const char *text, int today, int *out)
{
	int a, b, c, n = 0;
	char s1[2], s2[2];
	size_t len = strlen(text);

	*out = 0;
	if (len > 60)
		return false;
	/* Behind the day a time may stand, a dot, «г.», «ж.», but no further digit. */
	if (sscanf(text, "%4d%1[./-]%2d%1[./-]%4d%n", &a, s1, &b, s2, &c, &n) == 5) {
		if (isdigit((unsigned char)text[n]) || a < 0 || b < 0 || c < 0)
			return false;
		return a >= 1000 ? made(a, b, c, out) : made(full_year(c, today), b, a, out);
	}
	if (strspn(text, "0123456789") == len && len == 5) {
		int64_t serial = strtoll(text, NULL, 10);

		*out = day_of_number(serial - 25569);
		return serial >= 5000 && serial < 80000; /* 1913 … 2119 */
	}
	return day_in_words(text, today, out);
}

/* ---- numbers ---- */

const char *
import_iin(struct arena *a, const char *text)
{
	char digits[16];
	size_t n = 0;

	for (; *text != '\0'; text++) {
		if (*text == ' ' || *text == '-' || *text == '\'')
			continue;
		if (!isdigit((unsigned char)*text) || n == 12)
			return NULL;
		digits[n++] = *text;
	}
	if (n < 9 || n > 12)
		return NULL;
	return arena_printf(a, "%.*s%.*s", (int)(12 - n), "000", (int)n, digits);
}

/* ---- names in one cell ---- */

static bool
ends_so(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

/* -ұлы, -қызы, -ович, -евич, -овна, -евна, -ична in all their scripts, as fold keys (a test spells each). */
static bool
is_patronymic(struct ctx *cx, const char *word)
{
	static const char *const ends[] = { "ули", "кизи", "овитс", "евитс", "овна", "евна",
		"итсна" };
	const char *key = fold_key(cx->arena, word);
	size_t i;

	for (i = 0; i < ARRAY_LEN(ends); i++)
		if (ends_so(key, ends[i]))
			return true;
	return false;
}

/* АХМЕТОВ → Ахметов; a word with any small letter stays. */
static const char *
calm(struct ctx *cx, const char *text)
{
	const char *p = text, *end = text + strlen(text);
	bool start = true;
	struct buf b;

	while (p < end) {
		int32_t cp = utf8_next(&p, end);

		if (cp >= 0 && utf8_upper(cp) != cp)
			return text; /* a small letter */
	}
	if (utf8_len(text) < 3 || strchr(text, '.') != NULL)
		return text;
	buf_init(&b, cx->arena, 0);
	for (p = text; p < end;) {
		int32_t cp = utf8_next(&p, end);
		char out[4];

		if (cp < 0)
			continue;
		buf_put(&b, out, utf8_put(out, start ? cp : utf8_lower(cp)));
		start = cp == '-' || cp == ' ';
	}
	return b.p;
}

void
import_split_name(struct ctx *cx, const char *full, struct person *out)
{
	char *save = NULL, *w, *s = arena_str(cx->arena, full), *dot;
	const char *part[8];
	struct buf rest;
	size_t n = 0, i;

	for (w = strtok_r(s, " \t\n,", &save); w != NULL && n < ARRAY_LEN(part);
	     w = strtok_r(NULL, " \t\n,", &save))
		part[n++] = calm(cx, w);
	if (n == 0)
		return;
	if (n == 3 && is_patronymic(cx, part[1]) && !is_patronymic(cx, part[2])) {
		out->given = part[0];
		out->patronymic = part[1];
		out->surname = part[2];
		return;
	}
	out->surname = part[0];
	/* «Ахметов К.С.» */
	if (n == 2 && (dot = strchr(part[1], '.')) != NULL && dot[1] != '\0') {
		out->given = arena_strn(cx->arena, part[1], (size_t)(dot + 1 - part[1]));
		out->patronymic = dot + 1;
		return;
	}
	if (n > 1)
		out->given = part[1];
	buf_init(&rest, cx->arena, 0);
	for (i = 2; i < n; i++)
		buf_printf(&rest, "%s%s", i > 2 ? " " : "", part[i]);
	if (rest.n > 0)
		out->patronymic = rest.p;
}

/* ---- one cell ---- */

static const char *const error_cells[] = { "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!",
	"#NULL!", NULL };

/* Words of closed lists that stand in no label. */
static const struct {
	const struct option *of;
	const char *code, *words;
} option_words[] = {
	{ sexes, "f", "ж|жен|женский|ә|әйел|қыз|f|woman" },
	{ sexes, "m", "м|муж|мужской|е|ер|еркек|ұл|m|man" },
	{ membership_roles, "member", "член|мүше|мүшесі|қатардағы мүше|участник" },
	{ membership_roles, "chair", "председатель|төраға|төрағасы|руководитель|жетекші|басшы" },
	{ membership_roles, "deputy",
	    "заместитель|зам|заместитель председателя|орынбасар|төраға "
	    "орынбасары|төрағаның орынбасары" },
	{ membership_roles, "secretary", "секретарь|хатшы|хатшысы" },
	{ membership_roles, "volunteer", "волонтер|волонтёр|ерікті" },
	{ membership_roles, "employee", "сотрудник|қызметкер|работник" },
	{ tongues, "kk", "казахский|қазақша|қазақ тілі|каз|қаз" },
	{ tongues, "ru", "русский|орысша|орыс тілі|рус" },
};

static void
put_enum(struct ctx *cx, const struct field *f, const char *text, void *rec)
{
	const char *key = fold_key(cx->arena, text);
	const struct option *o;
	size_t i;
	int l;

	for (o = f->options; o->code != NULL; o++) {
		bool is = strcmp(o->code, text) == 0;

		for (l = 0; !is && l < LANG_COUNT; l++)
			is = strcmp(fold_key(cx->arena, tr_in((enum lang)l, o->label)), key) == 0;
		if (is) {
			*(const char **)field_at_rw(f, rec) = o->code;
			return;
		}
	}
	for (i = 0; i < ARRAY_LEN(option_words); i++)
		if (option_words[i].of == f->options &&
		    import_word_is(cx, option_words[i].words, key)) {
			*(const char **)field_at_rw(f, rec) = option_words[i].code;
			return;
		}
	fail_field(cx, f->name, N_("“%s” is none of the values known here."),
	    import_short(cx->arena, text));
}

int
import_choice(struct import_run *r, const char *what, int64_t *pick)
{
	if (r->unanswered)
		return RC_NOTFOUND;
	return db_int(r->cx, pick, "SELECT pick FROM import_choice WHERE batch = $1 AND what = $2",
	    VALS(v_int(r->b.id), v_text(what)));
}

/* Offers of a reference, when somebody asks about this row. */
static int
offer(struct import_run *r, const struct field *f, const char *what, const char *text,
    const int64_t *ids, size_t n)
{
	struct import_question *q = r->question;
	const char *titles[IMPORT_OFFERS];
	size_t i;

	if (q == NULL || q->what != NULL)
		return RC_OK;
	TRY(kind_titles(r->cx, f->ref, ids, n, titles));
	*q = (struct import_question){
		.what = what, .text = trf(r->cx, "%s: “%s”", tr(r->cx, f->label), text), .n = n
	};
	for (i = 0; i < n; i++)
		q->offers[i] = (struct import_offer){ ids[i], titles[i], "", "" };
	return RC_OK;
}

enum { NAME_BYTES = 400 };

static int
put_ref(
    struct import_run *r, struct import_plan *p, const struct field *f, const char *text, void *rec)
{
	struct ctx *cx = r->cx;
	const char *key = fold_key(cx->arena, text), *what, *shown = import_short(cx->arena, text);
	int64_t ids[IMPORT_OFFERS], pick;
	struct import_names *names;
	bool exact = true;
	size_t n;
	int rc;

	TRY(import_names_of(r, f->ref, &names));
	n = import_names_find(r, names, key, ids, IMPORT_OFFERS);
	if (n == 1) {
		*(int64_t *)field_at_rw(f, rec) = ids[0];
		return RC_OK;
	}
	what = arena_printf(cx->arena, "%s:%s", f->ref->name, key);
	rc = import_choice(r, what, &pick);
	if (rc == RC_OK && pick > 0) {
		*(int64_t *)field_at_rw(f, rec) = pick;
		return RC_OK;
	}
	if (rc == RC_OK) {
		p->outcome = 'k';
		return RC_OK;
	}
	if (rc != RC_NOTFOUND)
		return rc;
	if (n == 0 && strlen(key) < NAME_BYTES) {
		exact = false;
		n = import_names_near(r, names, key, ids, IMPORT_OFFERS);
	}
	if (n == 0) {
		fail_field(cx, f->name,
		    N_("“%s” is not known. Enter it first, or write its name as "
		       "it stands in the list."),
		    shown);
		return RC_OK;
	}
	/* The row asks; an error elsewhere in it weighs more. */
	p->outcome = 'a';
	p->fields = f->name;
	p->reason = exact ? trf(cx, "%s: “%s” may be one of several.", tr(cx, f->label), shown)
			  : trf(cx, "%s: “%s” is not known, but there are similar ones.",
				tr(cx, f->label), shown);
	return offer(r, f, what, shown, ids, n);
}

static void
put_day(struct ctx *cx, const struct field *f, const char *text, void *rec)
{
	int day;

	if (import_day(text, cx->today, &day))
		*(int *)field_at_rw(f, rec) = day;
	else if (strspn(text, "0123456789") == 4 && text[4] == '\0')
		fail_field(cx, f->name, N_("“%s” is a year: the whole day is needed."), text);
	else
		fail_field(cx, f->name, N_("There is no such day: “%s”. Write it as 15.11.2024."),
		    import_short(cx->arena, text));
}

static int
put_cell(struct import_run *r, struct import_plan *p, const struct import_target *t,
    const char *text, void *rec)
{
	struct ctx *cx = r->cx;
	const struct field *f = t->field;
	const char *iin;
	size_t i;

	for (i = 0; error_cells[i] != NULL; i++)
		if (strcmp(error_cells[i], text) == 0) {
			fail_field(cx, f == NULL ? "surname" : f->name,
			    N_("The formula of this cell gives an error: %s."), text);
			return RC_OK;
		}
	if (f == NULL) {
		import_split_name(cx, text, rec);
		return RC_OK;
	}
	switch (f->type) {
	case FT_REF:
		return put_ref(r, p, f, text, rec);
	case FT_DAY:
		put_day(cx, f, text, rec);
		return RC_OK;
	case FT_ENUM:
		put_enum(cx, f, text, rec);
		return RC_OK;
	case FT_SEALED:
		iin = import_iin(cx->arena, text);
		((struct sealed *)field_at_rw(f, rec))->fresh = iin == NULL ? text : iin;
		return RC_OK;
	default:
		field_parse(cx, f, text, t->lang, rec);
		return RC_OK;
	}
}

int
import_cells(struct import_run *r, struct import_plan *p, bool person, void *rec)
{
	size_t i;

	for (i = 0; i < r->ncolumns && i < p->ncells; i++) {
		const struct import_target *t = r->column[i];

		if (t != NULL && t->person == person && !blank(p->cells[i]))
			TRY(put_cell(r, p, t, p->cells[i], rec));
	}
	return RC_OK;
}
