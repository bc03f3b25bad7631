/* event_section_pages.c – sections that other modules draw on the pages of events and programmes. */
#include "mod/event/event_pages.h"

enum { SECTIONS = 12 };
static struct {
	event_section *event[SECTIONS];
	programme_section *programme[SECTIONS];
} sections;

void
event_section_add(event_section *f)
{
	size_t i;

	for (i = 0; i < SECTIONS; i++)
		if (sections.event[i] == NULL || sections.event[i] == f) {
			sections.event[i] = f;
			return;
		}
	die("more than %d sections on an event", SECTIONS);
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

int
event_draw_sections(struct view *v, const struct event_shown *s)
{
	size_t i;

	for (i = 0; i < SECTIONS && sections.event[i] != NULL; i++)
		TRY(sections.event[i](v, &s->e, &s->can));
	return RC_OK;
}

int
programme_draw_sections(struct view *v, const struct programme *p)
{
	size_t i;

	for (i = 0; i < SECTIONS && sections.programme[i] != NULL; i++)
		TRY(sections.programme[i](v, p));
	return RC_OK;
}
