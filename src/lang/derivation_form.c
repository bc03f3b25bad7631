/* derivation_form.c – see derivation_inner.h: forms at the ends of words, stems behind endings. */
#include "lang/derivation_inner.h"

#include <string.h>

#include "base/rc.h"

static bool
is_front_of(char32_t back, uint8_t code)
{
	switch (back) {
	case U'а':
		return code == kk_code(U'е');
	case U'ы':
		return code == kk_code(U'і');
	case U'ғ':
		return code == kk_code(U'г');
	case U'қ':
		return code == kk_code(U'к');
	default:
		return code == kk_code((int32_t)back);
	}
}

size_t
form_at_end(const uint8_t *w, size_t n, const char32_t *form, char *harmony)
{
	bool as_is = form[0] == U'=', back = true, front = true;
	size_t len = 0, i;

	form += as_is;
	while (form[len] != 0)
		len++;
	if (len >= n)
		return 0;
	for (i = 0; i < len && (back || front); i++) {
		uint8_t c = w[n - len + i];

		back = back && c == kk_code((int32_t)form[i]);
		front = front && !as_is && is_front_of(form[i], c);
	}
	*harmony = back && front ? '*' : back ? (as_is ? '*' : 'b') : 'f';
	return back || front ? len : 0;
}

bool
form_at_start(const uint8_t *w, size_t n, const char32_t *form, size_t *len)
{
	size_t i;

	for (i = 0; form[i] != 0; i++)
		if (i >= n || w[i] != kk_code((int32_t)form[i]))
			return false;
	*len = i;
	return true;
}

bool
one_of(uint8_t code, const char32_t *letters)
{
	for (; *letters != 0; letters++)
		if (code == kk_code((int32_t)*letters))
			return true;
	return false;
}

char
class_of(uint8_t c)
{
	if (one_of(c, U"уюи"))
		return 'r';
	if (kk_is_vowel(c))
		return 'v';
	if (one_of(c, U"мнң"))
		return 'n';
	if (one_of(c, U"зж"))
		return 'z';
	if (one_of(c, U"л"))
		return 'l';
	return one_of(c, U"рй") ? 'r' : 't';
}

uint8_t
last_of(const uint8_t *w, size_t n)
{
	return n >= 2 && w[n - 1] == kk_code(U'ь') ? w[n - 2] : w[n - 1];
}

unsigned
flags_of(const uint8_t *w, size_t n)
{
	uint64_t h = LEX_SEED;
	size_t i;

	for (i = 0; i < n; i++)
		h = lex_step(h, w[i]);
	return lex_find(KK_CYRILLIC, h);
}

/* б г ғ before a vowel were п к қ at the end of the stem. */
static uint8_t
hard_of(uint8_t c)
{
	return c == kk_code(U'б')   ? kk_code(U'п')
	       : c == kk_code(U'г') ? kk_code(U'к')
	       : c == kk_code(U'ғ') ? kk_code(U'қ')
				    : 0;
}

bool
each_stem(const uint8_t *w, size_t n, stem_fn *fn, void *arg)
{
	int ends[AFFIX_MAX + 1][2];
	uint8_t copy[AFFIX_MAX + 1];
	size_t j;
	int kind;

	affix_ends(w, n, ends);
	for (j = n; j >= 3; j--)
		for (kind = NOUN; kind <= VERB; kind++) {
			uint8_t hard = j < n && kk_is_vowel(w[j]) ? hard_of(w[j - 1]) : 0;

			if (ends[j][kind] >= AFFIX_NEVER)
				continue;
			if (fn(w, j, (enum kind)kind, arg))
				return true;
			if (hard == 0)
				continue;
			memcpy(copy, w, j);
			copy[j - 1] = hard;
			if (fn(copy, j, (enum kind)kind, arg))
				return true;
		}
	return false;
}

bool
only_endings(const uint8_t *w, size_t n, enum kind most)
{
	static const char32_t *const stems[] = { U"қала", U"үлке", U"жарақ", U"мектеп", U"адам",
		U"өзен", U"қымыз", U"жүйез", U"ауыл", U"көңіл", U"қабыр", U"өңір", U"қалы",
		U"кісі" };
	uint8_t with[16 + AFFIX_MAX];
	int ends[AFFIX_MAX + 1][2];
	size_t i, len;

	if (n > 9)
		return false;
	for (i = 0; i < ARRAY_LEN(stems); i++) {
		for (len = 0; stems[i][len] != 0; len++)
			with[len] = kk_code((int32_t)stems[i][len]);
		memcpy(with + len, w, n);
		affix_ends(with, len + n, ends);
		if (ends[len][NOUN] < AFFIX_NEVER ||
		    (most == VERB && ends[len][VERB] < AFFIX_NEVER))
			return true;
	}
	return false;
}
