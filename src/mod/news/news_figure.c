/* news_figure.c – reading {figure:…}, freezing what it says, and saying it; see news_figure.h. */
#include "mod/news/news_figure.h"

#include <math.h>

#include "figure/report.h"
#include "lang/counted.h"
#include "lang/rounded.h"
#include "mod/news/news.h"
#include "text/markdown.h"
#include "text/url.h"

/* ---- reading ---- */

struct spec_part {
	const char *name, *value;
};
enum { PARTS_MAX = 10 };

static bool
split(struct arena *a, const char *spec, struct spec_part *out, size_t *n)
{
	*n = 0;
	for (spec += strspn(spec, " "); *spec != '\0'; spec += strspn(spec, " ")) {
		size_t len = strcspn(spec, " ");
		char *word = arena_strn(a, spec, len), *eq = strchr(word, '=');

		if (*n == PARTS_MAX || (*n > 0 && eq == NULL) || (*n == 0 && eq != NULL))
			return false;
		if (eq != NULL)
			*eq = '\0';
		out[(*n)++] = (struct spec_part){ word, eq == NULL ? "" : eq + 1 };
		spec += len;
	}
	return *n > 0;
}

static const char *
take(struct news_figure *f, struct ask_text *t, const struct spec_part *p)
{
	const struct {
		const char *name, **slot;
	} texts[] = { { "on", &t->on }, { "from", &t->from }, { "to", &t->to },
		{ "body", &t->body }, { "district", &t->district } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(texts); i++)
		if (strcmp(p->name, texts[i].name) == 0) {
			*texts[i].slot = p->value;
			return *p->value == '\0' ? N_("nothing stands behind the sign “=”") : NULL;
		}
	if (strcmp(p->name, "case") == 0)
		return kk_case_parse(p->value, &f->c) ? NULL : N_("there is no such case");
	if (strcmp(p->name, "noun") == 0) {
		f->bare = strcmp(p->value, "no") == 0;
		return f->bare ? NULL : N_("noun=no is all that can be said of the noun");
	}
	if (strcmp(p->name, "say") == 0) {
		f->over = strcmp(p->value, "over") == 0;
		return f->over ? NULL : N_("say=over is all that can be said of rounding");
	}
	return N_("a word before the sign “=” is not known");
}

/* The first thing refused about the question, taken out of the context's errors. */
static const char *
refused(struct ctx *cx, struct err kept)
{
	const char *why = cx->err.fields != NULL ? cx->err.fields->text
			  : cx->err.text != NULL ? cx->err.text
						 : "";

	cx->err = kept;
	return why;
}

static int
ask_of(struct ctx *cx, const struct ask_text *t, struct news_figure *out, const char **why)
{
	struct err kept = cx->err;
	int rc;

	err_clear(cx);
	rc = ask_read(cx, t, &out->ask);
	if (rc == RC_OK)
		rc = fields_rc(cx);
	if (rc == RC_INVALID || rc == RC_NOTFOUND || rc == RC_RULE) {
		*why = refused(cx, kept);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		cx->err = kept;
	return rc;
}

int
news_figure_read(struct ctx *cx, const char *spec, struct news_figure *out, const char **why)
{
	struct spec_part part[PARTS_MAX];
	struct ask_text t = { 0 };
	struct buf key;
	size_t n, i;

	*out = (struct news_figure){ .c = KK_NOM };
	if (!split(cx->arena, spec, part, &n)) {
		*why = tr(cx, "write it as {figure:events_total on=2024-11-15}");
		return RC_INVALID;
	}
	out->figure = figure_find(part[0].name);
	if (out->figure == NULL || out->figure->value_cap != CAP_PUBLIC) {
		*why = tr(cx, "there is no such figure that everybody may see");
		return RC_INVALID;
	}
	for (i = 1; i < n; i++) {
		const char *wrong = take(out, &t, &part[i]);

		if (wrong != NULL) {
			*why = tr_in(cx->lang, wrong);
			return RC_INVALID;
		}
	}
	out->body = t.body;
	out->district = t.district;
	buf_init(&key, cx->arena, 0);
	buf_str(&key, out->figure->code);
	for (i = 1; i < n; i++)
		if (strcmp(part[i].name, "case") != 0 && strcmp(part[i].name, "noun") != 0 &&
		    strcmp(part[i].name, "say") != 0)
			buf_printf(&key, " %s=%s", part[i].name, part[i].value);
	out->key = key.p;
	return ask_of(cx, &t, out, why);
}

/* ---- values ---- */

int
news_value_now(struct ctx *cx, const struct news_figure *f, struct news_value *out)
{
	struct figure_answer a;

	TRY(figure_answer(cx, f->figure, &f->ask, &a));
	*out = (struct news_value){ .key = f->key,
		.value = a.value,
		.is_known = a.known,
		.on = f->ask.on,
		.from = f->ask.from,
		.to = f->ask.to };
	return RC_OK;
}

int
news_frozen(struct ctx *cx, int64_t article, struct news_value **out, size_t *n)
{
	enum { MOST = MARKDOWN_EMBEDS * LANG_COUNT };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct news_value, MOST);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT spec, value, known, on_day, from_day, to_day FROM article_figure WHERE article "
	    "= $1 ORDER BY spec",
	    VALS(v_int(article))));
	while (rows_next(&r) && *n < MOST)
		(*out)[(*n)++] = (struct news_value){ .key = row_text(&r, 0),
			.is_known = !row_null(&r, 1),
			.value = row_real(&r, 1),
			.known = row_int(&r, 2),
			.on = (int)row_int(&r, 3),
			.from = (int)row_int(&r, 4),
			.to = (int)row_int(&r, 5) };
	return rows_end(&r);
}

static const struct news_value *
value_of(const struct news_value *v, size_t n, const char *key)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i].key, key) == 0)
			return &v[i];
	return NULL;
}

static int
freeze_text(struct ctx *cx, struct tx *tx, const struct article *a, const char *text)
{
	struct news_value *have, now;
	struct news_figure f;
	const char **spec, *why;
	size_t n, nhave, i;

	markdown_embeds(cx->arena, text, &spec, &n);
	for (i = 0; i < n; i++) {
		if (news_figure_read(cx, spec[i], &f, &why) != RC_OK)
			return fail(cx, RC_RULE, N_("{figure:%1$s}: %2$s"), spec[i], why);
		TRY(news_frozen(cx, a->rec.id, &have, &nhave));
		if (value_of(have, nhave, f.key) != NULL)
			continue;
		TRY(news_value_now(cx, &f, &now));
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO article_figure (article, spec, value, known, on_day, from_day, "
		    "to_day) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		    VALS(v_int(a->rec.id), v_text(f.key),
			now.is_known ? v_real(now.value) : v_null(V_REAL), v_int(cx->now),
			v_int(now.on), v_int(now.from), v_int(now.to))));
	}
	return RC_OK;
}

int
news_freeze_tx(struct ctx *cx, struct tx *tx, const struct article *a, bool anew)
{
	enum lang l;

	if (anew)
		TRY(tx_run(cx, tx, NULL, "DELETE FROM article_figure WHERE article = $1",
		    VALS(v_int(a->rec.id))));
	for (l = LANG_KK; l < LANG_COUNT; l++)
		TRY(freeze_text(cx, tx, a, article_in(&a->text, l)));
	return RC_OK;
}

/* ---- saying ---- */

/* Only figures whose records are things or people that are counted; all others are said in digits. */
struct noun {
	const char *code, *kk;
	struct ru_noun ru;
	const char *one, *many;
};
#define RU_IT_NOUN(s)                                                       \
	{                                                                   \
		{ s "е", s "я", s "ю", s "е", s "ем", s "и" },              \
		    { s "я", s "й", s "ям", s "я", s "ями", s "ях" }, false \
	}
#define RU_MEMBER                                                                        \
	{                                                                                \
		{ "член", "члена", "члену", "члена", "членом", "члене" },                \
		    { "члены", "членов", "членам", "членов", "членами", "членах" }, true \
	}
#define RU_LEARNER                                                                                 \
	{                                                                                          \
		{ "слушатель", "слушателя", "слушателю", "слушателя", "слушателем", "слушателе" }, \
		    { "слушатели", "слушателей", "слушателям", "слушателей", "слушателями",        \
			    "слушателях" },                                                        \
		    true                                                                           \
	}
#define RU_PERSON                                                                                 \
	{                                                                                         \
		{ "человек", "человека", "человеку", "человека", "человеком", "человеке" },       \
		    { "человек", "человек", "человекам", "человек", "людьми", "человеках" }, true \
	}
static const struct noun nouns[] = {
	{ "events_total", "іс-шара", RU_IT_NOUN("мероприяти"), "event", "events" },
	{ "participants_total", "қатысу", RU_IT_NOUN("посещени"), "attendance", "attendances" },
	{ "participants_unique", "адам", RU_PERSON, "person", "people" },
	{ "eca_count", "этномәдени бірлестік",
	    { { "этнокультурное объединение", "этнокультурного объединения",
		  "этнокультурному объединению", "этнокультурное объединение",
		  "этнокультурным объединением", "этнокультурном объединении" },
		{ "этнокультурные объединения", "этнокультурных объединений",
		    "этнокультурным объединениям", "этнокультурные объединения",
		    "этнокультурными объединениями", "этнокультурных объединениях" },
		false },
	    "ethnocultural association", "ethnocultural associations" },
	{ "eca_members", "мүше", RU_MEMBER, "member", "members" },
	{ "youth_members", "мүше", RU_MEMBER, "member", "members" },
	{ "ethnos_present", "этнос",
	    { { "этнос", "этноса", "этносу", "этнос", "этносом", "этносе" },
		{ "этносы", "этносов", "этносам", "этносы", "этносами", "этносах" }, false },
	    "ethnic group", "ethnic groups" },
	{ "club_learners", "тыңдаушы", RU_LEARNER, "learner", "learners" },
	{ "language_learners", "тыңдаушы", RU_LEARNER, "learner", "learners" },
};

static const struct noun *
noun_of(const char *code)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(nouns); i++)
		if (strcmp(nouns[i].code, code) == 0)
			return &nouns[i];
	return NULL;
}

static enum ru_case
ru_case_of(enum kk_case c)
{
	static const enum ru_case of[] = { [KK_NOM] = RU_NOM,
		[KK_GEN] = RU_GEN,
		[KK_DAT] = RU_DAT,
		[KK_ACC] = RU_ACC,
		[KK_LOC] = RU_LOC,
		[KK_ABL] = RU_GEN,
		[KK_INS] = RU_INS };

	return of[c];
}

/* RULE figure-2: the rounded word only where it is true. */
static const char *
say_over(struct ctx *cx, const struct news_figure *f, int64_t v)
{
	const struct noun *noun = f->bare ? NULL : noun_of(f->figure->code);
	int64_t step = v >= 1000 ? 1000 : 10, n = v / step * step;
	const char *said;

	if (!rounded_honest(ROUND_OVER, n, v))
		return NULL;
	said = rounded_text(cx, ROUND_OVER, n);
	if (noun == NULL)
		return said;
	return arena_printf(cx->arena, "%s %s", said,
	    cx->lang == LANG_KK	  ? kk_word(cx->arena, noun->kk, f->c, false)
	    : cx->lang == LANG_RU ? ru_form(&noun->ru, n, RU_GEN)
				  : noun->many);
}

const char *
news_figure_say(struct ctx *cx, const struct news_figure *f, const struct news_value *v)
{
	const struct noun *noun = f->bare ? NULL : noun_of(f->figure->code);
	bool whole = fabs(v->value) < 9e15 && fabs(v->value - round(v->value)) < 1e-9;
	const char *said;
	int64_t n;

	if (!v->is_known)
		return tr(cx, "not known");
	if (f->figure->mass || !whole || v->value < 0 || f->figure->shape == FIGURE_MEAN ||
	    f->figure->shape == FIGURE_MEDIAN)
		return figure_digits(cx, f->figure, v->value);
	n = (int64_t)llround(v->value);
	if (f->over && (said = say_over(cx, f, n)) != NULL)
		return said;
	if (noun == NULL)
		return cx->lang == LANG_KK && f->c != KK_NOM ? kk_num(cx->arena, n, f->c)
							     : num(cx, n);
	if (cx->lang == LANG_KK)
		return arena_printf(
		    cx->arena, "%s %s", num(cx, n), kk_word(cx->arena, noun->kk, f->c, false));
	return cx->lang == LANG_RU ? ru_counted(cx->arena, n, &noun->ru, ru_case_of(f->c))
				   : en_counted(cx->arena, n, noun->one, noun->many);
}

const char *
news_receipt(struct ctx *cx, const struct news_figure *f, const struct news_value *v)
{
	char day[16], day2[16], known[32];
	struct buf b;

	buf_init(&b, cx->arena, 0);
	if (f->figure->time == FIGURE_ON_DAY) {
		day_iso(v->on, day);
		buf_printf(&b, "/figures/%s?on=%s", f->figure->code, day);
	} else {
		day_iso(v->from, day);
		day_iso(v->to, day2);
		buf_printf(&b, "/figures/%s?period=%s..%s", f->figure->code, day, day2);
	}
	if (f->body != NULL)
		buf_str(&b, url_make(cx->arena, "&body=%s", f->body));
	if (f->district != NULL)
		buf_str(&b, url_make(cx->arena, "&district=%s", f->district));
	if (v->known != 0) {
		moment_rfc3339(v->known, known);
		buf_str(&b, url_make(cx->arena, "&known=%s", known));
	}
	return b.p;
}

/* ---- a text's figures ---- */

int
news_figures_of(
    struct ctx *cx, const struct article *a, enum lang l, struct news_shown **out, size_t *n)
{
	struct news_value *have, now;
	const struct news_value *v;
	struct news_figure f;
	enum lang reader = cx->lang;
	const char **spec, *why;
	size_t nhave = 0, i;

	markdown_embeds(cx->arena, article_in(&a->text, l), &spec, n);
	*out = arena_array(cx->arena, struct news_shown, *n + 1);
	if (*n > 0)
		TRY(news_frozen(cx, a->rec.id, &have, &nhave));
	for (i = 0; i < *n; i++) {
		bool asked;

		(*out)[i] = (struct news_shown){ .spec = spec[i], .text = tr(cx, "not known") };
		asked = news_figure_read(cx, spec[i], &f, &why) == RC_OK;
		if (!asked)
			err_clear(cx);
		/* What was frozen stays, though a body's code has changed since. */
		v = f.key != NULL && article_out(a->state) ? value_of(have, nhave, f.key) : NULL;
		if (v == NULL && !asked)
			continue;
		if (v == NULL) {
			TRY(news_value_now(cx, &f, &now));
			v = &now;
		}
		cx->lang = l;
		(*out)[i].text = news_figure_say(cx, &f, v);
		cx->lang = reader;
		(*out)[i].receipt = news_receipt(cx, &f, v);
		(*out)[i].figure = f.figure;
		(*out)[i].value = *v;
	}
	return RC_OK;
}
