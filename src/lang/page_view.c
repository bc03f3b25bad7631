/* page_view.c – see page_view.h. */
#include "lang/page_view.h"

#include <strings.h>

#include "base/utf8.h"
#include "lang/article_inner.h"

struct page_run {
	uint32_t view, nview, src, nsrc;
};
struct scanner {
	struct arena *a;
	const char *p, *begin, *end;
	struct buf text;
	struct page_view *v;
	size_t cap;
};

static void
add_run(struct scanner *s, size_t nview, const char *src, size_t nsrc)
{
	struct page_view *v = s->v;
	struct page_run *last = v->nruns > 0 ? &v->run[v->nruns - 1] : NULL;
	size_t at = (size_t)(src - s->begin);

	if (last != NULL && nview == nsrc && last->nview == last->nsrc &&
	    last->src + last->nsrc == at) {
		last->nview += (uint32_t)nview;
		last->nsrc += (uint32_t)nsrc;
		return;
	}
	if (v->nruns == s->cap) {
		struct page_run *bigger;

		s->cap = s->cap == 0 ? 256 : s->cap * 2;
		bigger = arena_array(s->a, struct page_run, s->cap);
		if (v->nruns > 0)
			memcpy(bigger, v->run, v->nruns * sizeof *bigger);
		v->run = bigger;
	}
	v->run[v->nruns++] =
	    (struct page_run){ (uint32_t)s->text.n, (uint32_t)nview, (uint32_t)at, (uint32_t)nsrc };
}

static void
put(struct scanner *s, const char *bytes, size_t nview, const char *src, size_t nsrc)
{
	if (s->text.n + nview > PAGE_VIEW_BYTES) {
		s->v->cut = true;
		s->p = s->end;
		return;
	}
	add_run(s, nview, src, nsrc);
	buf_put(&s->text, bytes, nview);
}

static void
take_text(struct scanner *s)
{
	while (s->p < s->end && *s->p != '<') {
		const char *from = s->p;
		char bytes[4];
		int32_t cp;

		if (*from == '&' && (cp = html_reference(&s->p, s->end)) >= 0) {
			put(s, bytes, utf8_put(bytes, cp), from, (size_t)(s->p - from));
			continue;
		}
		s->p = from + 1;
		put(s, (unsigned char)*from < ' ' ? " " : from, 1, from, 1);
	}
}

static bool
name_in(const char *name, size_t n, const char *list)
{
	while (*list != '\0') {
		size_t k = strcspn(list, " ");

		if (k == n && strncasecmp(list, name, n) == 0)
			return true;
		list += k;
		list += *list == ' ';
	}
	return false;
}

/* Behind the end tag of an element whose inside is no text. */
static void
skip_raw(struct scanner *s, const char *name, size_t n)
{
	for (; s->p < s->end; s->p++)
		if (s->p[0] == '<' && (size_t)(s->end - s->p) > n + 2 && s->p[1] == '/' &&
		    strncasecmp(s->p + 2, name, n) == 0)
			return;
}

static bool
tag_letter(char c, bool digits)
{
	return ((c | 32) >= 'a' && (c | 32) <= 'z') || (digits && c >= '0' && c <= '9');
}

static void
take_tag(struct scanner *s)
{
	const char *from = s->p++, *name, *close;
	bool closing, slash;
	size_t n = 0;

	if (s->end - s->p >= 3 && memcmp(s->p, "!--", 3) == 0) {
		close = memmem(s->p, (size_t)(s->end - s->p), "-->", 3);
		s->p = close == NULL ? s->end : close + 3;
		return;
	}
	closing = s->p < s->end && *s->p == '/';
	name = s->p + closing;
	while (name + n < s->end && tag_letter(name[n], n > 0))
		n++;
	if (n == 0 && !closing && *name != '!' && *name != '?') {
		put(s, "<", 1, from, 1); /* a lone sign */
		return;
	}
	close = memchr(s->p, '>', (size_t)(s->end - s->p));
	s->p = close == NULL ? s->end : close + 1;
	slash = close != NULL && close[-1] == '/';
	if (!closing && !slash &&
	    name_in(name, n,
		"script style noscript template svg iframe object textarea select math title"))
		skip_raw(s, name, n);
	else if (!name_in(name, n,
		     "b i u s a em strong span small sup sub mark font q cite code abbr time wbr "
		     "img ins "
		     "del big tt bdi bdo dfn kbd var data nobr"))
		put(s, "\n", 1, from, (size_t)(s->p - from));
}

/* ---- only the article ---- */

/* Where the letters of a line, without its spaces, stand in the view's letters from `at` on. */
struct letters {
	char *p;
	uint32_t *where;
	size_t n;
};

static struct letters
squeezed(struct arena *a, const char *text, size_t n, bool places)
{
	struct letters out = { arena_alloc(a, n + 1), NULL, 0 };
	size_t i;

	if (places)
		out.where = arena_array(a, uint32_t, n + 1);
	for (i = 0; i < n; i++) {
		if ((unsigned char)text[i] <= ' ')
			continue;
		if (i + 1 < n && (unsigned char)text[i] == 0xC2 &&
		    (unsigned char)text[i + 1] == 0xA0) {
			i++; /* the no-break space is one of them */
			continue;
		}
		if (places)
			out.where[out.n] = (uint32_t)i;
		out.p[out.n++] = text[i];
	}
	return out;
}

static size_t
keep_line(struct arena *a, const struct letters *all, size_t at, struct slice line, char *keep)
{
	struct arena_mark m = arena_mark(a);
	struct letters one = squeezed(a, line.p, line.n, false);
	const char *found = one.n == 0 ? NULL : memmem(all->p + at, all->n - at, one.p, one.n);

	if (found != NULL) {
		size_t first = (size_t)(found - all->p), last = first + one.n - 1;

		memset(keep + all->where[first], 1, all->where[last] - all->where[first] + 1);
		at = last + 1;
	}
	arena_rewind(a, m);
	return at;
}

static void
blank_the_site(struct arena *a, const char *file, size_t n, struct page_view *v, char *text)
{
	struct article art;
	struct letters all = squeezed(a, text, v->n, true);
	char *keep = arena_alloc(a, v->n + 1);
	size_t at = 0, i, missed = 0;

	article_read(a, file, n, &art);
	if (art.nbody == 0)
		return;
	keep_line(a, &all, 0, art.title, keep);
	for (i = 0; i < art.nbody && missed < 64; i++) {
		size_t next = keep_line(a, &all, at, art.body[i], keep);

		missed += next == at;
		at = next;
	}
	for (i = 0; i < v->n; i++)
		if (!keep[i])
			text[i] = i == 0 || keep[i - 1] || text[i] == '\n' ? '\n' : ' ';
}

void
page_view_read(struct arena *a, const char *file, size_t n, struct page_view *out)
{
	struct scanner s = { .a = a, .p = file, .begin = file, .end = file + n, .v = out };

	*out = (struct page_view){ .text = file, .n = n };
	if (!looks_like_html(file, n)) {
		if (n > PAGE_VIEW_BYTES) {
			out->n = PAGE_VIEW_BYTES;
			out->cut = true;
		}
		return;
	}
	out->html = true;
	buf_init(&s.text, a, PAGE_VIEW_BYTES * 2);
	while (s.p < s.end)
		if (*s.p == '<')
			take_tag(&s);
		else
			take_text(&s);
	out->text = s.text.p;
	out->n = s.text.n;
	blank_the_site(a, file, n, out, s.text.p);
}

static const struct page_run *
run_of(const struct page_view *v, size_t at)
{
	size_t low = 0, high = v->nruns;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (v->run[mid].view <= at)
			low = mid;
		else
			high = mid;
	}
	return &v->run[low];
}

void
page_view_place(const struct page_view *v, size_t from, size_t to, size_t *ffrom, size_t *fto)
{
	const struct page_run *r;

	*ffrom = from;
	*fto = to;
	if (v->nruns == 0)
		return;
	r = run_of(v, from);
	*ffrom = r->nview == r->nsrc ? r->src + (from - r->view) : r->src;
	r = run_of(v, to - 1);
	*fto = r->nview == r->nsrc ? r->src + (to - r->view) : r->src + r->nsrc;
}
