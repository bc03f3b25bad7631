/* news_section_pages.c – sections that other modules draw under an article. */
#include "mod/news/news_pages.h"

enum { SECTIONS = 4 };
static struct {
	news_section *draw[SECTIONS];
} under;

void
news_section_add(news_section *f)
{
	size_t i;

	for (i = 0; i < SECTIONS; i++)
		if (under.draw[i] == NULL || under.draw[i] == f) {
			under.draw[i] = f;
			return;
		}
	die("more than %d sections under an article", SECTIONS);
}

int
news_draw_sections(struct view *v, const struct article *a)
{
	size_t i;

	for (i = 0; i < SECTIONS && under.draw[i] != NULL; i++)
		TRY(under.draw[i](v, a));
	return RC_OK;
}
