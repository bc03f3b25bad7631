/* claim_say.c – what words of rounding mean, and the number that may stand in place of another. */
#include "lang/claim_inner.h"

#include <stdio.h>

#include "base/utf8.h"
#include "lang/date.h"
#include "lang/latin.h"
#include "lang/rounded.h"
#include "lang/ru_number.h"

const char *
claim_relation_code(enum claim_relation r)
{
	static const char *const codes[] = { "eq", "gt", "ge", "about", "lt" };

	return codes[r];
}

bool
claim_true(enum claim_relation r, int64_t n, int64_t v)
{
	switch (r) {
	case CLAIM_GT:
		return rounded_honest(ROUND_OVER, n, v);
	case CLAIM_GE:
		return v == n || rounded_honest(ROUND_OVER, n, v);
	case CLAIM_ABOUT:
		return v == n || rounded_honest(ROUND_ABOUT, n, v);
	case CLAIM_LT:
		return rounded_honest(ROUND_UP_TO, n, v);
	case CLAIM_EQ:
		break;
	}
	return v == n;
}

/* The round number that the words are true of, as coarse as the writer's but with two digits at most
 * lost; 0 = none. */
static int64_t
rounded_for(enum claim_relation r, int64_t written, int64_t v)
{
	int64_t step = rounded_step(written), fine = 10, n;

	for (n = v; n >= 1000; n /= 10)
		fine *= 10;
	if (step > fine || step == 0)
		step = fine;
	for (; step > 0; step /= 10) {
		switch (r) {
		case CLAIM_GT:
			n = (v - 1) / step * step;
			break;
		case CLAIM_LT:
			n = (v / step + 1) * step;
			break;
		case CLAIM_ABOUT:
			n = (v + step / 2) / step * step;
			break;
		default:
			n = v / step * step;
		}
		if (n > 0 && claim_true(r, n, v))
			return n;
	}
	return 0;
}

/* ---- writing ---- */

static void
put_digits(struct buf *out, const struct claim_form *f, int64_t n)
{
	const char *sep = f->sep;
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)n), i;

	if (*sep == '\0' && f->digits < 5 && len >= 5)
		sep = "\u00a0";
	for (i = 0; i < len; i++) {
		if (i > 0 && *sep != '\0' && len >= 4 && (len - i) % 3 == 0)
			buf_str(out, sep);
		buf_char(out, digits[i]);
	}
}

/* With one place behind the comma where the group allows it: 14,2 мың. */
static bool
put_scaled(struct buf *out, const struct claim_form *f, int64_t n)
{
	int64_t tenth = f->scale / 10;

	if (f->scale <= 1 || n < f->scale || n % tenth != 0)
		return false;
	put_digits(out, f, n / f->scale);
	if (n % f->scale != 0)
		buf_printf(out, ",%d", (int)(n % f->scale / tenth));
	return true;
}

static const char *
kk_scale(int64_t scale, bool shortened)
{
	return scale == 1000	     ? "мың"
	       : scale == 1000000    ? (shortened ? "млн" : "миллион")
	       : scale == 1000000000 ? (shortened ? "млрд" : "миллиард")
				     : "";
}

static const char *
kk_written(struct arena *a, const struct claim_form *f, int64_t n, enum kk_case c)
{
	struct buf out;

	if (f->words)
		return kk_words(a, n, c);
	buf_init(&out, a, 0);
	if (put_scaled(&out, f, n)) {
		buf_printf(&out, " %s%s%s", kk_scale(f->scale, f->shortened),
		    f->shortened && c != KK_NOM ? "-" : "", kk_num_ending(f->scale, c));
		return out.p;
	}
	put_digits(&out, f, n);
	if (c != KK_NOM)
		buf_printf(&out, "-%s", kk_num_ending(n, c));
	return out.p;
}

static const char *
ru_written(
    struct arena *a, const struct claim_form *f, int64_t n, enum ru_case c, enum ru_gender gender)
{
	struct buf out;

	if (f->words)
		return ru_words(a, n, c, gender);
	buf_init(&out, a, 0);
	if (put_scaled(&out, f, n)) {
		int64_t k = n / f->scale;
		const char *group;

		if (f->shortened)
			group = f->scale == 1000 ? "тыс" : kk_scale(f->scale, true);
		else if (n % f->scale != 0) /* 14,2 тысячи */
			group = ru_group(f->scale, 2, RU_NOM);
		else
			group = ru_group(f->scale, k, c);
		buf_printf(&out, " %s", group);
		return out.p;
	}
	put_digits(&out, f, n);
	return out.p;
}

static const char *
say_kk(struct arena *a, const struct claim_text *t, const struct claim *c, int64_t n, bool rounded)
{
	const struct claim_form *f = &c->form;
	bool after = f->after_to > f->after_from;
	const char *s = kk_written(a, f, n, rounded || !after ? f->kk : KK_NOM);
	struct buf out;

	if (t->sentence[c->sentence].latin) {
		size_t len;
		const char *latin = kk_latin(a, s, strlen(s), &len);

		s = arena_strn(a, latin, len);
	}
	buf_init(&out, a, 0);
	if (rounded && f->before_to > f->before_from) {
		buf_put(&out, t->text + f->before_from, f->before_to - f->before_from);
		buf_char(&out, ' ');
	}
	buf_str(&out, f->capital ? utf8_capital(a, s) : s);
	if (rounded && after) {
		buf_char(&out, ' ');
		buf_put(&out, t->text + f->after_from, f->after_to - f->after_from);
	}
	return out.p;
}

static const char *
say_ru(struct arena *a, const struct claim_text *t, const struct claim *c, int64_t n, bool rounded)
{
	const struct claim_form *f = &c->form;
	bool before = f->before_to > f->before_from;
	enum ru_case ru = rounded || !before ? f->ru : RU_NOM;
	enum ru_gender g = c->unit == CLAIM_EVENT || c->unit == CLAIM_ASSOCIATION ? RU_IT : RU_HE;
	const char *s;
	struct buf out;

	/* «14 тысяч» without a word before it: the case of the number is the nominative's. */
	if (!before && !f->words && ru == RU_GEN)
		ru = RU_NOM;
	s = ru_written(a, f, n, ru, g);
	buf_init(&out, a, 0);
	if (rounded && before) {
		buf_put(&out, t->text + f->before_from, f->before_to - f->before_from);
		buf_char(&out, ' ');
	}
	buf_str(&out, f->capital && !before ? utf8_capital(a, s) : s);
	return out.p;
}

const char *
claim_say(struct arena *a, const struct claim_text *t, const struct claim *c, int64_t v)
{
	int64_t n = c->relation == CLAIM_EQ ? 0 : rounded_for(c->relation, c->value, v);
	bool rounded = n > 0;

	if (c->kind != CLAIM_COUNT || v < 0)
		return "";
	if (!rounded) {
		if (c->form.apart) /* аса stands behind the noun and would stay */
			return "";
		n = v;
	}
	return t->sentence[c->sentence].lang == LANG_KK ? say_kk(a, t, c, n, rounded)
							: say_ru(a, t, c, n, rounded);
}

const char *
claim_say_day(
    struct arena *a, const struct claim_text *t, const struct claim *c, int month, int day)
{
	const struct claim_sentence *s = &t->sentence[c->sentence];
	const struct claim_token *m = &t->token[c->token_end - 1];
	const char *name = month_after_day(s->lang, month), *old, *rest = "";
	size_t n;

	/* The ending of the month is kept: 4 маусымда → 1 мамырда. */
	old = month_after_day(LANG_KK, c->month);
	n = strlen(old);
	if (s->lang == LANG_KK && strncmp(m->word, old, n) == 0 && m->word[n] != '\0') {
		enum kk_case k;

		if (kk_ending(m->word + n, &k))
			name = kk_word(a, name, k, false);
		else
			rest = m->word + n;
	}
	name = arena_printf(a, "%s%s", name, rest);
	if (s->latin)
		name = kk_latin(a, name, strlen(name), &n);
	return arena_printf(a, "%d %s", day, name);
}
