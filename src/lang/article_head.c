/* article_head.c – title, author, position and rubric: what stands around the text. */
#include "lang/article_inner.h"

#include <stdlib.h>

static bool
only_kinds(const struct line *l, unsigned kinds)
{
	return l->furniture != 0 && (l->furniture & ~kinds) == 0 && l->covered == l->tokens;
}

bool
line_is_rubric(const struct line *l)
{
	return !l->sentence && l->tokens <= 6 && only_kinds(l, F_RUBRIC);
}

static bool
is_role(const struct line *l)
{
	return (l->furniture & F_ROLE) != 0 && l->words <= 16 && !only_kinds(l, F_DATE);
}

static bool
ends_comma(const struct line *l)
{
	return l->s.n > 0 && l->s.p[l->s.n - 1] == ',';
}

/* The page's own title begins with this line, or is it. */
static bool
is_page_title(const struct page *p, const struct line *l)
{
	struct line t = { .s = p->title };

	if (p->title.n == 0 || l->s.n < 4)
		return false;
	line_measure(&t, &p->words);
	return t.same == l->same ||
	       (l->words >= 2 && p->title.n > l->s.n && memcmp(p->title.p, l->s.p, l->s.n) == 0);
}

static int
title_score(const struct look *k, size_t i)
{
	const struct line *l = &k->page->lines[i];
	int score = (int)(l->words > 8 ? 8 : l->words);

	if (is_page_title(k->page, l))
		score += 40;
	if (l->hints & HINT_H1)
		score += 20;
	if (l->hints & HINT_HEADING)
		score += 3;
	if (k->twice[i] && !k->furniture[i])
		score += 10;
	if (line_is_person(l))
		score -= 5;
	if (l->numbered || (l->sentence && l->s.p[l->s.n - 1] != '?' && l->s.p[l->s.n - 1] != '!'))
		score -= 6;
	if (ends_comma(l))
		score -= 6;
	if (is_role(l) && l->words <= 6 && !(l->hints & HINT_H1))
		score -= 6;
	if (l->hints & (HINT_OUTSIDE | HINT_BYLINE))
		score -= 8;
	return score;
}

/* Furniture is asked only where nothing else stands above the text: a title may be made of such
 * words («Мәдениет және спорт»). */
void
find_title(struct look *k)
{
	struct line *l = k->page->lines;
	size_t i, end = k->first < k->page->n ? k->first : k->page->n;
	int best = -100, score, before = 0;

	k->title = k->page->n;
	for (i = 0; i < end; i++) {
		if (l[i].letters == 0 || l[i].words > 40 || line_addresses(&l[i]) != 0)
			continue;
		/* A title may be made of a site's words («Мәдениет және спорт»), but not wholly. */
		if (k->furniture[i] && (l[i].strong || l[i].words < 2 ||
					   l[i].covered == l[i].tokens || l[i].label != 0))
			continue;
		score = title_score(k, i) - 4 * k->furniture[i] - (before < 4 ? before : 4);
		before += !k->furniture[i];
		if (score > best) {
			best = score;
			k->title = i;
		}
	}
	if (k->title < k->page->n)
		l[k->title].taken = true;
}

/* Cuts «Автор:», and behind a comma the post: «Серік САПАРОВ, облыс әкімі». */
static void
take_author(struct look *k, struct article *out, size_t i)
{
	struct line *l = &k->page->lines[i];
	struct slice s = l->s;
	const char *at;

	if (l->label & F_PERSON) {
		at = (const char *)memchr(s.p, ':', s.n) + 1;
		s = line_trimmed(at, s.n - (size_t)(at - s.p));
	}
	at = memchr(s.p, ',', s.n);
	if (at != NULL) {
		out->position = line_trimmed(at + 1, s.n - (size_t)(at + 1 - s.p));
		s = line_trimmed(s.p, (size_t)(at - s.p));
	}
	out->author = s;
	l->taken = true;
	k->author = i;
}

bool
line_is_byline(const struct look *k, const struct line *l)
{
	struct line name = { .s = l->s };
	const char *comma = memchr(l->s.p, ',', l->s.n);

	if (l->label & F_PERSON)
		return memchr(l->s.p, ':', l->s.n) != NULL && l->words <= 8;
	if (line_is_person(l))
		return true;
	if (comma == NULL || !is_role(l))
		return false;
	name.s.n = (size_t)(comma - l->s.p);
	line_measure(&name, &k->page->words);
	return line_is_person(&name);
}

/* «… облысы әкімі» below the name; several lines while a comma says that more follows. */
static void
take_position(struct look *k, struct article *out)
{
	struct line *l = k->page->lines;
	size_t i = k->author + 1;
	bool more = out->position.n == 0 && ends_comma(&l[k->author]);

	while (i < k->page->n && !l[i].body && !l[i].taken && l[i].words <= 16 && !k->twice[i] &&
	       !line_is_rubric(&l[i]) && (!k->furniture[i] || is_role(&l[i])) &&
	       !line_is_person(&l[i]) && (more || (out->position.n == 0 && is_role(&l[i])))) {
		out->position =
		    out->position.n == 0
			? l[i].s
			: slice_str(arena_printf(k->page->a, "%.*s %.*s", (int)out->position.n,
			      out->position.p, (int)l[i].s.n, l[i].s.p));
		l[i].taken = true;
		more = ends_comma(&l[i]);
		i++;
	}
}

void
find_author(struct look *k, struct article *out)
{
	struct line *l = k->page->lines;
	size_t i, n = k->page->n;

	k->author = n;
	for (i = k->title < n ? k->title + 1 : 0; i < k->first && k->author == n; i++)
		if (!l[i].taken &&
		    (line_is_byline(k, &l[i]) ||
			(l[i].hints & HINT_BYLINE && l[i].words <= 4 && !k->furniture[i])) &&
		    !(k->title < n && l[i].same == l[k->title].same))
			take_author(k, out, i);
	/* Over the title, or under the last line of the text. */
	if (k->author == n && k->title < n && k->title > 0 && line_is_byline(k, &l[k->title - 1]))
		take_author(k, out, k->title - 1);
	for (i = k->last; i < n && i <= k->last + 1 && k->author == n; i++)
		if (line_is_byline(k, &l[i]))
			take_author(k, out, i);
	if (k->author < n)
		take_position(k, out);
}

void
find_rubric(struct look *k, struct article *out)
{
	struct line *l = k->page->lines;
	size_t i, n = k->page->n, found = n, title = k->title < n ? k->title : 0;

	for (i = 0; i < k->first && i < n && found == n; i++)
		if (!l[i].taken && line_is_rubric(&l[i]) && !(l[i].hints & HINT_OUTSIDE))
			found = i;
	if (title > 0 && (found == n || found > title)) {
		const struct line *b = &l[title - 1];

		if (!b->taken && b->tokens <= 3 && !b->sentence && !b->strong && !b->digits &&
		    (!k->furniture[title - 1] ? !line_is_person(b)
					      : only_kinds(b, F_RUBRIC | F_ALSO)))
			found = title - 1;
	}
	if (found < n) {
		out->rubric = l[found].s;
		l[found].taken = true;
	}
}
