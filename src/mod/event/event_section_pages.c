/* event_section_pages.c – sections that other modules draw on the pages of events and programmes. */
#include "mod/event/event_pages.h"

enum { SECTIONS = 12 };
static struct {
	event_section *event[SECTIONS], *head[SECTIONS];
	programme_section *programme[SECTIONS];
} sections;

static void
add(event_section **list, event_section *f)
{
	size_t i;

	for (i = 0; i < SECTIONS; i++)
		if (list[i] == NULL || list[i] == f) {
			list[i] = f;
			return;
		}
	die("more than %d sections on an event", SECTIONS);
}

void
event_section_add(event_section *f)
{
	add(sections.event, f);
}

void
event_head_add(event_section *f)
{
	add(sections.head, f);
}

void
programme_section_add(programme_section *f)
{
	size_t i;

	for (i = 0; i < SECTIONS; i++)
		if (sections.programme[i] == NULL || sections.programme[i] == f) {
			sections.programme[i] = f;
			return;
		}
	die("more than %d sections on a programme", SECTIONS);
}

static int
draw(struct view *v, event_section *const *list, const struct event_shown *s)
{
	size_t i;

	for (i = 0; i < SECTIONS && list[i] != NULL; i++)
		TRY(list[i](v, &s->e, &s->can));
	return RC_OK;
}

int
event_draw_sections(struct view *v, const struct event_shown *s)
{
	return draw(v, sections.event, s);
}

int
event_draw_under_head(struct view *v, const struct event_shown *s)
{
	return draw(v, sections.head, s);
}

int
programme_draw_sections(struct view *v, const struct programme *p)
{
	size_t i;

	for (i = 0; i < SECTIONS && sections.programme[i] != NULL; i++)
		TRY(sections.programme[i](v, p));
	return RC_OK;
}
