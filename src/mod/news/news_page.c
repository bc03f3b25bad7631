/* news_page.c – see news_page.h. Which line is what says lang/article.h; words and numbers are held against
 * dictionary and records by mod/draft; here the two meet and become Markdown. */
#include "mod/news/news_page.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "lang/article.h"
#include "text/markdown.h"
#include "text/table_read.h"

enum { HEAD_BYTES = 2000 };

/* ---- which language ---- */

static bool
one_of(int32_t cp, const char *letters)
{
	const char *end = letters + strlen(letters);

	while (letters < end)
		if (utf8_next(&letters, end) == cp)
			return true;
	return false;
}

/* Letters that Russian has not, in Cyrillic or in the Latin of 2021, are more than one of sixty only in Kazakh. */
static enum lang
language_of(const struct news_page *p)
{
	size_t cyrillic = 0, latin = 0, kazakh = 0, i;

	for (i = 0; i < p->n; i++) {
		const char *s = p->line[i].text, *end = s + strlen(s);

		while (p->line[i].why == NULL && s < end) {
			int32_t cp = utf8_lower(utf8_next(&s, end));

			cyrillic += cp >= 0x400 && cp < 0x530;
			latin += (cp >= 'a' && cp <= 'z') || (cp >= 0xc0 && cp < 0x250);
			kazakh += one_of(cp, "әғқңөұүһіäğıñöşūü");
		}
	}
	if (kazakh * 60 > cyrillic + latin)
		return LANG_KK;
	return latin > cyrillic ? LANG_EN : LANG_RU;
}

/* ---- which day ---- */

static bool
day_here(const char *s, int *out)
{
	char word[11];
	size_t n = strspn(s, "0123456789.-");

	if (n != 10)
		return false;
	memcpy(word, s, n);
	word[n] = '\0';
	return day_parse(word, out);
}

/* The first number of four digits; 0 = there is none. */
static int
year_in(const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n > 0 ? n : 1) {
		n = strspn(s, "0123456789");
		if (n == 4)
			return atoi(s);
	}
	return 0;
}

/* «14 қараша 2024», «2024 жылғы 14 қараша», «14 ноября 2024 года» */
static int
day_in_words(struct arena *a, const char *s)
{
	struct claim_text t;
	size_t i;
	int day;

	claim_read(a, s, strlen(s), &t);
	for (i = 0; i < t.nclaims; i++) {
		const struct claim *c = &t.claim[i];

		if (c->kind == CLAIM_DAY &&
		    day_parse(arena_printf(a, "%04d-%02d-%02d", c->year > 0 ? c->year : year_in(s),
				  c->month, c->day),
			&day))
			return day;
	}
	return 0;
}

/* The first day in digits in a line that tells of one, else in words. */
static int
day_in(struct arena *a, const char *s)
{
	const char *line = s;
	int day;

	for (; *s != '\0'; s++)
		if (*s >= '0' && *s <= '9') {
			if (day_here(s, &day))
				return day;
			s += strspn(s, "0123456789.-") - 1;
		}
	return day_in_words(a, line);
}

/* ---- the page ---- */

static const char *
text_of(struct arena *a, struct slice s)
{
	return arena_strn(a, s.p, s.n);
}

/* At most so many bytes of it, whole letters. */
static struct slice
at_most(struct slice s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most > 0 && ((unsigned char)s.p[most] & 0xC0) == 0x80)
		most--;
	return (struct slice){ s.p, most };
}

/* Several times what an article may hold: what is beyond would only make a page that nobody can open. */
static void
add(struct ctx *cx, struct news_page *p, struct slice s, const char *code, const char *why)
{
	struct slice taken = at_most(s, NEWS_PAGE_TEXT - p->bytes);

	p->cut |= taken.n < s.n || p->n == NEWS_PAGE_LINES;
	if (taken.n == 0 || p->n == NEWS_PAGE_LINES)
		return;
	p->bytes += taken.n;
	p->line[p->n++] = (struct news_line){ text_of(cx->arena, taken), code, why };
}

static void
take_lines(struct ctx *cx, const struct article *a, struct news_page *out)
{
	size_t i, k = 0;

	for (i = 0; i <= a->nbody; i++) {
		for (; k < a->ndropped && a->dropped[k].after <= i; k++) {
			const struct article_dropped *d = &a->dropped[k];

			if (d->reason == ARTICLE_DATE && out->dated == 0)
				out->dated = day_in(cx->arena, text_of(cx->arena, d->line));
			add(cx, out, d->line, article_reason_code(d->reason),
			    article_reason_text(d->reason));
		}
		if (i < a->nbody)
			add(cx, out, a->body[i], NULL, NULL);
	}
}

int
news_page_read(struct ctx *cx, struct slice bytes, struct news_page *out)
{
	struct article a;
	struct buf utf8;
	size_t i;

	if (bytes.n > NEWS_PAGE_BYTES) {
		fail_field(cx, "file", N_("The file is too large: at most %s MB."),
		    num(cx, NEWS_PAGE_BYTES >> 20));
		return RC_TOOBIG;
	}
	buf_init(&utf8, cx->arena, 0);
	if (!utf8_valid(bytes.p, bytes.n) && old_letters(bytes, &utf8))
		bytes = (struct slice){ utf8.p, utf8.n }; /* as older sites are saved */
	if (!utf8_valid(bytes.p, bytes.n)) {
		fail_field(cx, "file",
		    N_("The file is no text in UTF-8. Save it as text or as a web page in UTF-8, "
		       "or paste the text."));
		return RC_INVALID;
	}
	article_read(cx->arena, bytes.p, bytes.n, &a);
	if (a.nbody + a.ndropped == 0 && a.title.n == 0) {
		fail_field(cx, "file", N_("There are no words in it."));
		return RC_INVALID;
	}
	*out = (struct news_page){ .title = text_of(cx->arena, at_most(a.title, HEAD_BYTES)),
		.author = text_of(cx->arena, at_most(a.author, HEAD_BYTES)),
		.office = text_of(cx->arena, at_most(a.position, HEAD_BYTES)),
		.rubric = text_of(cx->arena, at_most(a.rubric, HEAD_BYTES)),
		.html = a.html,
		.cut = a.cut };
	out->line = arena_array(cx->arena, struct news_line, NEWS_PAGE_LINES);
	take_lines(cx, &a, out);
	for (i = 0; i < out->n; i++)
		out->left_out += out->line[i].why != NULL;
	out->lang = language_of(out);
	return RC_OK;
}

/* ---- held against dictionary and records ---- */

static void
put_blank(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		buf_char(out, ' ');
}

int
news_page_check(struct ctx *cx, const struct news_page *p, const char *title, const bool *back,
    struct news_checked *out)
{
	struct buf all;
	size_t i;

	*out = (struct news_checked){ .page = p, .title = title };
	out->at = arena_array(cx->arena, size_t, p->n + 2);
	buf_init(&all, cx->arena, 0);
	for (i = 0; i <= p->n; i++) {
		out->at[i] = all.n;
		if (i < p->n && p->line[i].why != NULL && !back[i])
			put_blank(&all, p->line[i].text);
		else
			buf_str(&all, i < p->n ? p->line[i].text : title);
		buf_char(&all, '\n');
	}
	out->at[i] = all.n;
	TRY(draft_check(cx, all.p, all.n, &out->d));
	/* Lines of text that look like a page of HTML have other places: nothing is offered. */
	if (out->d.html || out->d.view.n != all.n) {
		out->d = (struct draft){ 0 };
		out->d.view = (struct slice){ all.p, all.n };
	}
	return RC_OK;
}

bool
news_certain(const struct finding *f)
{
	return f->automatic && !f->quoted && f->n > 0;
}

/* ---- the text ---- */

static struct slice
line_of(struct ctx *cx, const struct news_checked *c, const struct news_choice *choice, size_t i)
{
	return draft_repaired_part(cx->arena, &c->d, &choice->repair, c->at[i], c->at[i + 1] - 1);
}

const char *
news_page_title(struct ctx *cx, const struct news_checked *c, const struct news_choice *choice)
{
	return text_of(cx->arena, line_of(cx, c, choice, c->page->n));
}

const char *
news_page_text(struct ctx *cx, const struct news_checked *c, const struct news_choice *choice)
{
	struct buf out;
	size_t i;

	buf_init(&out, cx->arena, 0);
	for (i = 0; i < c->page->n; i++) {
		struct slice s;

		if (c->page->line[i].why != NULL && !choice->back[i])
			continue;
		s = line_of(cx, c, choice, i);
		if (out.n > 0)
			buf_str(&out, "\n\n");
		markdown_escape(&out, s.p, s.n);
	}
	return arena_strn(cx->arena, out.p, out.n);
}
