/* article.c – see article.h.
 *
 * Four looks at the page. First every line by itself: is it furniture of the site, is it surely text?
 * Then the span from the first to the last sure line: what lies within and is no furniture is text
 * when it ends like a sentence, counts, or stands as a heading over text. Then what stands before the
 * span: title, who signs, rubric. Last, what is left gets its reason. */
#include "lang/article_inner.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "lang/lang.h"

static const struct {
	const char *code, *text;
} reasons[ARTICLE_REASONS] = {
	[ARTICLE_TITLE_AGAIN] = { "title_again", N_("the title once more") },
	[ARTICLE_RUBRIC] = { "rubric", N_("a rubric of the site") },
	[ARTICLE_DATE] = { "date", N_("when it was published or how long it takes to read") },
	[ARTICLE_BYLINE] = { "byline", N_("more about who wrote it") },
	[ARTICLE_MENU] = { "menu", N_("a part of the site or a way to move in it") },
	[ARTICLE_SHARE] = { "share", N_("sharing, subscribing, social networks") },
	[ARTICLE_READ_ALSO] = { "read_also", N_("points to other articles") },
	[ARTICLE_COMMENTS] = { "comments", N_("comments or their form") },
	[ARTICLE_RIGHTS] = { "rights", N_("copyright, terms, cookies") },
	[ARTICLE_CONTACT] = { "contact", N_("telephone, address or e-mail") },
	[ARTICLE_COUNT] = { "count", N_("views, ratings or a lone number") },
	[ARTICLE_CREDIT] = { "credit", N_("source of a picture or text") },
	[ARTICLE_TAGS] = { "tags", N_("tags or categories") },
	[ARTICLE_ADVERT] = { "advert", N_("advertising") },
	[ARTICLE_LINKS] = { "links", N_("almost nothing but links") },
	[ARTICLE_TWICE] = { "twice", N_("the same short line stands on the page several times") },
	[ARTICLE_ABOVE] = { "above", N_("stands before the article and is no sentence") },
	[ARTICLE_BELOW] = { "below", N_("stands after the end of the article") },
	[ARTICLE_BETWEEN] = { "between", N_("stands amid the text but is no sentence") },
};

const char *
article_reason_code(enum article_reason r)
{
	return r >= 0 && r < ARTICLE_REASONS ? reasons[r].code : "";
}

const char *
article_reason_text(enum article_reason r)
{
	return r >= 0 && r < ARTICLE_REASONS ? reasons[r].text : "";
}

static size_t
space_at(const char *p, const char *end)
{
	int32_t cp = utf8_next(&(const char *){ p }, end);

	if (cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0)
		return 1;
	if (cp == 0xA0)
		return 2;
	return cp == 0xFEFF || cp == 0x3000 || (cp >= 0x2000 && cp <= 0x200F) || cp == 0x2028 ||
		       cp == 0x2029
		   ? 3
		   : 0;
}

struct slice
line_trimmed(const char *s, size_t n)
{
	const char *end = s + n, *at;
	size_t k;

	while (s < end && (k = space_at(s, end)) > 0)
		s += k;
	while (end > s) {
		at = end - 1;
		while (at > s && end - at < 3 && ((unsigned char)*at & 0xC0) == 0x80)
			at--;
		if (space_at(at, end) != (size_t)(end - at))
			break;
		end = at;
	}
	return (struct slice){ s, (size_t)(end - s) };
}

struct line *
page_line(struct page *p, const char *s, size_t n)
{
	struct slice t = line_trimmed(s, n);

	if (t.n == 0)
		return NULL;
	if (p->n == ARTICLE_LINES) {
		p->cut = true;
		return NULL;
	}
	if (p->n == p->cap) {
		size_t cap = p->cap == 0 ? 128 : 2 * p->cap;
		struct line *more = arena_array(p->a, struct line, cap);

		if (p->n > 0)
			memcpy(more, p->lines, p->n * sizeof *more);
		p->lines = more;
		p->cap = cap;
	}
	p->lines[p->n] = (struct line){ .s = t };
	return &p->lines[p->n++];
}

static void
page_from_text(struct page *p, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end && !p->cut) {
		const char *to = s;

		while (to < end && *to != '\n' && *to != '\r')
			to++;
		page_line(p, s, (size_t)(to - s));
		s = to + 1;
	}
}

/* -- every line by itself -- */

static bool
only_marks(const struct line *l)
{
	return l->letters == 0;
}

/* An address of the net or of mail, a telephone number, hashtags: every word of the line is one. */
unsigned
line_addresses(const struct line *l)
{
	const char *p = l->s.p, *end = p + l->s.n;
	size_t hashes = 0, nets = 0, others = 0;

	while (p < end) {
		const char *from = p;

		while (p < end && *p != ' ' && *p != '\t')
			p++;
		if (p - from > 1 && *from == '#')
			hashes++;
		else if (memchr(from, '@', (size_t)(p - from)) != NULL ||
			 memmem(from, (size_t)(p - from), "://", 3) != NULL ||
			 (p - from > 4 && memcmp(from, "www.", 4) == 0))
			nets++;
		else if (p > from)
			others++;
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
	}
	if (hashes > 0 && others + nets == 0)
		return F_TAGS;
	return nets > 0 && others <= nets ? F_CONTACT : 0;
}

static bool
is_furniture(const struct line *l)
{
	size_t t = l->tokens, c = l->covered;

	/* A word that may name a rubric says little beside others. */
	if (c < t)
		c -= l->by_kind[RUBRIC_AT];
	if (only_marks(l) || line_addresses(l) != 0)
		return true;
	if ((l->label & ~(unsigned)(F_DATE | F_RUBRIC | F_ROLE)) != 0 && l->words <= 14)
		return true;
	if (l->strong && (t <= 14 || 5 * c >= t))
		return true;
	if (l->links >= 60 && l->words < 25)
		return true;
	if (t >= TOKENS_MAX)
		return 2 * c >= t && !l->sentence;
	return (l->sentence && !l->cut_off) || (l->hints & HINT_TEXT && l->links < 50)
		   ? 10 * c >= 7 * t
		   : 2 * c >= t;
}

static bool
is_sure_text(const struct line *l, size_t least)
{
	return !l->cut_off && l->words >= least && (l->sentence || l->words >= least + 10) &&
	       l->letters >= 3 * l->words / 2;
}

struct same_line {
	uint64_t same;
	size_t at;
};

static int
same_compare(const void *x, const void *y)
{
	const struct same_line *a = x, *b = y;

	if (a->same != b->same)
		return a->same < b->same ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static void
find_twice(struct look *k)
{
	struct page *p = k->page;
	struct same_line *s = arena_array(p->a, struct same_line, p->n + 1);
	size_t i;

	for (i = 0; i < p->n; i++)
		s[i] = (struct same_line){ p->lines[i].same, i };
	qsort(s, p->n, sizeof *s, same_compare);
	for (i = 1; i < p->n; i++)
		if (s[i].same == s[i - 1].same && p->lines[s[i].at].letters > 0)
			k->twice[s[i].at] = k->twice[s[i - 1].at] = true;
}

/* -- the span of the text -- */

static bool
ends_articles(const struct line *l)
{
	return (l->furniture & (F_ALSO | F_COMMENT | F_RIGHTS)) != 0;
}

/* Behind two lines of furniture together, of which one says «read also» or «comment», a small rest of
 * sentences belongs to others: teasers, comments. */
static void
cut_rest(struct look *k)
{
	struct line *l = k->page->lines;
	size_t i, all = 0, before = 0;

	for (i = k->first; i < k->last; i++)
		all += l[i].body ? l[i].words : 0;
	for (i = k->first; i + 1 < k->last; i++) {
		before += l[i].body ? l[i].words : 0;
		if (!k->furniture[i] || !k->furniture[i + 1] ||
		    !(ends_articles(&l[i]) || ends_articles(&l[i + 1])) ||
		    10 * (all - before) > 3 * all)
			continue;
		for (k->last = i; k->last > k->first && !l[k->last - 1].body; k->last--)
			;
		for (; i < k->page->n; i++)
			l[i].body = false;
		return;
	}
}

static void
find_span(struct look *k)
{
	static const size_t least[] = { 10, 6, 4 };
	struct page *p = k->page;
	size_t i, pass;

	k->first = p->n;
	k->last = 0;
	for (pass = 0; pass < ARRAY_LEN(least) && k->first == p->n; pass++)
		for (i = 0; i < p->n; i++) {
			struct line *l = &p->lines[i];

			l->body = !k->furniture[i] && !(l->hints & HINT_H1) &&
				  is_sure_text(l, least[pass]);
			if (!l->body)
				continue;
			if (k->first == p->n)
				k->first = i;
			k->last = i + 1;
		}
	if (k->first < p->n)
		cut_rest(k);
}

/* -- what lies within the span -- */

static bool
heads_text(const struct look *k, size_t i)
{
	const struct line *l = k->page->lines;
	size_t next = i + 1;

	while (next < k->last && (k->furniture[next] || l[next].taken))
		next++;
	return next < k->last && i > k->first && l[i].words >= 2 && !line_is_person(&l[i]);
}

static bool
is_text_within(const struct look *k, size_t i)
{
	const struct line *l = &k->page->lines[i];

	if (k->furniture[i] || l->taken || l->cut_off || l->hints & HINT_OUTSIDE)
		return false;
	if (k->title < k->page->n && l->same == k->page->lines[k->title].same)
		return false;
	if (k->twice[i] && l->words < 4)
		return false;
	if (l->sentence || l->numbered)
		return true;
	if (l->hints & (HINT_HEADING | HINT_PARAGRAPH | HINT_ITEM) && l->words >= 1)
		return true;
	return !line_is_rubric(l) && heads_text(k, i);
}

/* Outwards from the sure text: short sentences that touch it, below the title also shorter ones. */
static bool
touches(const struct look *k, size_t i)
{
	const struct line *l = &k->page->lines[i];
	bool above = i < k->first, headed = k->title < k->page->n && i > k->title;

	if (k->furniture[i] || l->taken || k->twice[i] || l->cut_off || l->letters < 3 ||
	    l->hints & (HINT_OUTSIDE | HINT_H1))
		return false;
	if (!l->sentence && !(above && headed && l->numbered) && !(l->words >= 10 && headed))
		return false;
	return above ? l->words >= (headed ? 2 : 4) && !line_is_byline(k, l)
		     : !line_is_byline(k, l);
}

/* One line of furniture may stand before the last sentence. */
static bool
touches_over(const struct look *k, size_t i)
{
	const struct line *l = &k->page->lines[i];

	/* A word like «келесі» names a way through a site, too: in what the page itself calls a
	 * paragraph it may stand. */
	return i + 1 < k->page->n && k->furniture[i] && !ends_articles(l) && touches(k, i + 1) &&
	       (l[1].words >= 4 || l[1].numbered) &&
	       (l[1].covered == 0 ||
		   (l[1].hints & HINT_PARAGRAPH && 4 * l[1].covered <= l[1].tokens));
}

static void
fill_span(struct look *k)
{
	struct line *l = k->page->lines;
	size_t i;

	while (k->first > 0 && k->first < k->page->n && touches(k, k->first - 1))
		l[--k->first].body = true;
	while (k->last > 0 && k->last < k->page->n) {
		if (touches_over(k, k->last))
			k->last++;
		else if (!touches(k, k->last))
			break;
		l[k->last++].body = true;
	}
	for (i = k->first; i < k->last; i++) {
		bool again = k->title < k->page->n && i != k->title && l[i].words < 30 &&
			     l[i].same == l[k->title].same;

		l[i].body = !again && !l[i].taken && (l[i].body || is_text_within(k, i));
	}
}

/* -- reasons -- */

static enum article_reason
reason_of(const struct look *k, size_t i)
{
	static const enum article_reason of_kind[FURNITURE_KINDS] = { ARTICLE_MENU, ARTICLE_SHARE,
		ARTICLE_READ_ALSO, ARTICLE_COMMENTS, ARTICLE_RIGHTS, ARTICLE_CONTACT, ARTICLE_COUNT,
		ARTICLE_CREDIT, ARTICLE_TAGS, ARTICLE_ADVERT, ARTICLE_DATE, ARTICLE_RUBRIC,
		ARTICLE_BYLINE, ARTICLE_BYLINE };
	const struct line *l = &k->page->lines[i];
	unsigned kind, best = 0, addresses = line_addresses(l);
	bool said = false;

	if (k->title < k->page->n && l->same == k->page->lines[k->title].same)
		return ARTICLE_TITLE_AGAIN;
	if (l->letters == 0 && l->digits >= 7 &&
	    (l->s.p[0] == '+' || memchr(l->s.p, '(', l->s.n) != NULL))
		return ARTICLE_CONTACT;
	if (addresses != 0)
		return addresses == F_TAGS ? ARTICLE_TAGS : ARTICLE_CONTACT;
	for (kind = 0; kind < FURNITURE_KINDS; kind++)
		if (l->by_kind[kind] > (said ? l->by_kind[best] : 0)) {
			best = kind;
			said = true;
		}
	if (k->furniture[i] && said && (l->letters > 0 || l->digits < 3 || l->tokens > 1))
		return of_kind[best];
	if (l->letters == 0)
		return l->digits > 0 ? ARTICLE_COUNT : ARTICLE_BETWEEN;
	if (k->furniture[i] && l->links >= 60)
		return ARTICLE_LINKS;
	if (k->twice[i])
		return ARTICLE_TWICE;
	if (line_is_byline(k, l) && i < k->first)
		return ARTICLE_BYLINE;
	if (k->first == k->page->n || i < k->first)
		return ARTICLE_ABOVE;
	return i >= k->last ? ARTICLE_BELOW : ARTICLE_BETWEEN;
}

static void
hand_out(const struct look *k, struct article *out)
{
	const struct page *p = k->page;
	struct slice *body = arena_array(p->a, struct slice, p->n + 1);
	struct article_dropped *dropped = arena_array(p->a, struct article_dropped, p->n + 1);
	size_t i;

	for (i = 0; i < p->n; i++) {
		const struct line *l = &p->lines[i];

		if (l->body)
			body[out->nbody++] = l->s;
		else if (!l->taken)
			dropped[out->ndropped++] =
			    (struct article_dropped){ l->s, reason_of(k, i), out->nbody };
	}
	out->body = body;
	out->dropped = dropped;
}

static void
page_judge(struct page *p, struct article *out)
{
	struct look k = { .page = p };
	bool outside = true;
	size_t i;

	k.furniture = arena_array(p->a, bool, p->n + 1);
	k.twice = arena_array(p->a, bool, p->n + 1);
	for (i = 0; i < p->n; i++)
		line_measure(&p->lines[i], &p->words);
	find_twice(&k);
	/* A page may call everything a sidebar: then its names for its parts count for nothing. */
	do {
		for (i = 0; i < p->n; i++)
			k.furniture[i] =
			    is_furniture(&p->lines[i]) ||
			    (outside && p->lines[i].hints & (HINT_OUTSIDE | HINT_CAPTION));
		find_span(&k);
		outside = !outside;
	} while (k.first == p->n && !outside);
	find_title(&k);
	find_author(&k, out);
	find_rubric(&k, out);
	fill_span(&k);
	if (k.title < p->n)
		out->title = p->lines[k.title].s;
	hand_out(&k, out);
}

void
article_read(struct arena *a, const char *page, size_t n, struct article *out)
{
	struct page p = { .a = a };

	vocabulary_make(&p.words, a);
	*out = (struct article){ 0 };
	out->title = out->author = out->position = out->rubric = slice_str("");
	if (n > ARTICLE_BYTES) {
		/* The cut goes before a whole character. */
		for (n = ARTICLE_BYTES;
		     n > ARTICLE_BYTES - 4 && ((unsigned char)page[n] & 0xC0) == 0x80;)
			n--;
		p.cut = true;
	}
	p.html = looks_like_html(page, n);
	if (p.html)
		page_from_html(&p, page, n);
	else {
		bool cut = p.cut;

		p.cut = false;
		page_from_text(&p, page, n);
		p.cut |= cut;
	}
	page_judge(&p, out);
	if (out->title.n == 0 && p.title.n > 0)
		out->title = p.title;
	out->html = p.html;
	out->cut = p.cut;
}
