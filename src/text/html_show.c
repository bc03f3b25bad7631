/* html_show.c – the texts of a page in another script, see html.h.
 *
 * What decides stands in the markup itself: the lang of the elements around, translate='no', and
 * elements whose text is somebody's own (typed, quoted, code). So no page knows of the script in which
 * it is read. */
#include "text/html_inner.h"

enum { KEPT_LANG = 1, KEPT_WHOLE = 2 };

static bool
named(const char *name, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}

void
show_tag_begin(struct html *h)
{
	h->tag_kept = h->depth > 0 ? h->kept[h->depth - 1] : 0;
}

void
show_attr_end(struct html *h, size_t end)
{
	struct slice v;

	if (h->show == NULL || h->out.over || h->value_at > end || end > h->out.n)
		return;
	v = (struct slice){ h->out.p + h->value_at, end - h->value_at };
	if (strcmp(h->attr, "lang") == 0) {
		h->tag_kept &= (unsigned char)~KEPT_LANG;
		if (!slice_is(v, h->show->lang) && !slice_is(v, h->show->as))
			h->tag_kept |= KEPT_LANG;
	} else if (strcmp(h->attr, "translate") == 0) {
		h->tag_kept &= (unsigned char)~KEPT_WHOLE;
		if (slice_is(v, "no"))
			h->tag_kept |= KEPT_WHOLE;
	}
}

void
show_element_open(struct html *h)
{
	static const char *const own[] = { "textarea", "code", "q", "blockquote" };

	h->kept[h->depth - 1] =
	    (unsigned char)(h->tag_kept | (named(h->tag, own, ARRAY_LEN(own)) ? KEPT_WHOLE : 0));
}

static struct slice
through(struct html *h, const char *p, size_t n)
{
	struct slice s;

	s.p = h->show->text(h->out.arena, p, n, &s.n);
	return s;
}

struct slice
shown_text(struct html *h, const char *p, size_t n)
{
	if (h->show == NULL || (h->depth > 0 && h->kept[h->depth - 1] != 0))
		return (struct slice){ p, n };
	return through(h, p, n);
}

struct slice
shown_value(struct html *h, const char *p, size_t n)
{
	static const char *const read[] = { "title", "aria-label", "placeholder", "alt", "content",
		"data-l" };
	struct slice s = { p, n };

	if (h->show == NULL || (h->tag_kept & KEPT_WHOLE) != 0)
		return s;
	if (strcmp(h->attr, "lang") == 0 && strcmp(h->tag, "textarea") != 0 &&
	    strcmp(h->tag, "input") != 0)
		return slice_is(s, h->show->lang) ? slice_str(h->show->as) : s;
	if (h->tag_kept != 0 || !named(h->attr, read, ARRAY_LEN(read)))
		return s;
	return through(h, p, n);
}
