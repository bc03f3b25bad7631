/* mark.c – which words of an original text were found, and a piece of it around them. The original
 * is cut, never changed; what is compared are keys. */
#include "search/inner.h"

#include "lang/key.h"

enum {
	LIKE_ENOUGH = 700, /* likeness of a near word that is worth a mark */
	BEFORE = 60,	   /* bytes shown before the first word found */
};

static bool
is_hit(struct arena *arena, const struct question *q, const struct key_token *t)
{
	const char *as_name = name_key(arena, t->exact);
	size_t g, i;

	for (g = 0; g < q->n; g++) {
		const struct ask_group *a = &q->group[g];

		if (strcmp(a->exact, t->exact) == 0 || strcmp(a->stem, t->stem) == 0 ||
		    strcmp(a->name_bare, as_name) == 0)
			return true;
		for (i = 0; i < a->ntext; i++)
			if (a->text[i].weight >= LIKE_ENOUGH &&
			    strcmp(a->text[i].key, t->stem) == 0)
				return true;
		for (i = 0; i < a->nname; i++)
			if (a->name[i].weight >= LIKE_ENOUGH &&
			    strcmp(a->name[i].key, as_name) == 0)
				return true;
	}
	return false;
}

static bool
is_start(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

/* A letter's beginning at or before `at`; a word's, if there is one close by. */
static size_t
cut_before(const char *text, size_t at)
{
	size_t i = at;

	while (i > 0 && at - i < 30 && text[i - 1] != ' ' && text[i - 1] != '\n')
		i--;
	if (i == 0 || at - i < 30)
		return i;
	while (at > 0 && !is_start(text[at]))
		at--;
	return at;
}

static size_t
cut_after(const char *text, size_t n, size_t at)
{
	size_t i = at;

	if (at >= n)
		return n;
	while (i > 0 && at - i < 30 && text[i] != ' ' && text[i] != '\n')
		i--;
	if (at - i < 30)
		return i;
	while (at > 0 && !is_start(text[at]))
		at--;
	return at;
}

size_t
search_marks(struct arena *a, const struct question *q, const char *text, size_t max,
    struct piece **out, bool *found)
{
	size_t n = strlen(text), nt, i, k = 0, from = 0, to = n, at;
	struct key_token *t;
	bool first = true;

	nt = key_tokens(a, text, n, &t);
	*found = false;
	*out = arena_array(a, struct piece, 2 * nt + 4);
	for (i = 0; i < nt; i++)
		if (is_hit(a, q, &t[i])) {
			*found = true;
			break;
		}
	if (max != 0 && n > max) {
		at = *found && t[i].at > BEFORE ? t[i].at - BEFORE : 0;
		from = cut_before(text, at);
		to = cut_after(text, n, from + max);
		if (to <= from)
			to = n;
	}
	if (from > 0)
		(*out)[k++] = (struct piece){ "… ", strlen("… "), false };
	for (at = from, i = 0; i < nt; i++) {
		if (t[i].at < from || t[i].at + t[i].n > to || !is_hit(a, q, &t[i]))
			continue;
		/* Words that stand side by side share one mark. */
		if (!first && k > 0 && (*out)[k - 1].mark && t[i].at == at + 1 && text[at] == ' ') {
			(*out)[k - 1].n += 1 + t[i].n;
			at = t[i].at + t[i].n;
			continue;
		}
		if (t[i].at > at)
			(*out)[k++] = (struct piece){ text + at, t[i].at - at, false };
		(*out)[k++] = (struct piece){ text + t[i].at, t[i].n, true };
		at = t[i].at + t[i].n;
		first = false;
	}
	if (to > at)
		(*out)[k++] = (struct piece){ text + at, to - at, false };
	if (to < n)
		(*out)[k++] = (struct piece){ " …", strlen(" …"), false };
	return k;
}

static bool
names_it(const struct kind *k, const struct field *f)
{
	size_t i;

	for (i = 0; k->title[i] != NULL; i++)
		if (strcmp(k->title[i], f->name) == 0)
			return true;
	return false;
}

/* Any word of it, without laying out the pieces. */
static bool
has_hit(struct arena *a, const struct question *q, const char *text)
{
	struct key_token *t;
	size_t n, i;

	if (text == NULL || *text == '\0')
		return false;
	n = key_tokens(a, text, strlen(text), &t);
	for (i = 0; i < n; i++)
		if (is_hit(a, q, &t[i]))
			return true;
	return false;
}

const char *
search_excerpt(struct ctx *cx, const struct kind *k, const struct question *q, const void *rec,
    enum lang *lang)
{
	size_t i;
	int l;

	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		const void *at = field_at(f, rec);
		const struct text3 *t = at;
		const char *shown;

		if ((f->flags & F_SEARCH) == 0 || !kind_may_read_of(cx, k, f, rec))
			continue;
		*lang = LANG_KK;
		if (f->type == FT_TEXT) {
			shown = *(const char *const *)at;
			if (!names_it(k, f) && has_hit(cx->arena, q, shown))
				return shown;
		} else if (f->type == FT_TEXT3) {
			const char *const all[] = { t->kk, t->ru, t->en };

			/* The title itself stands above; in another language it says something. */
			shown = tr3(cx, t, lang);
			if (has_hit(cx->arena, q, shown)) {
				if (names_it(k, f))
					continue;
				return shown;
			}
			for (l = 0; l < LANG_COUNT; l++)
				if (has_hit(cx->arena, q, all[l])) {
					*lang = (enum lang)l;
					return all[l];
				}
		}
	}
	return NULL;
}
