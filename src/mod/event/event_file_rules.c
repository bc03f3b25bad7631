/* event_file_rules.c – evidence on its way in: what is kept as it came, and what is made new.
 *
 * A scanned list and a PDF stay as they came: they are the evidence. Any other picture is a photograph: it
 * is made new without place and camera (RULE after-1), and one in which people can be recognised is shown
 * to everybody only when they agreed (RULE after-2). */
#include "core/files.h"
#include "mod/event/event_inner.h"

/* "IMG_1.HEIC.png" → "IMG_1.HEIC.jpg" */
static const char *
named_jpg(struct ctx *cx, const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t n =
	    dot == NULL || dot == name || strlen(dot) > 6 ? strlen(name) : (size_t)(dot - name);

	return arena_printf(cx->arena, "%.*s.jpg", (int)n, name);
}

int
event_file_take(struct ctx *cx, struct slice body, const char *media, struct file *f)
{
	const char *found = files_sniff(body);
	bool list = f->type != NULL && strcmp(f->type, "list") == 0,
	     photo = f->type != NULL && strcmp(f->type, "photo") == 0;
	struct file_put put;

	if (photo || (!list && found != NULL && strncmp(found, "image/", 6) == 0))
		TRY(files_put_photo(cx, files_home(), body, media, &put));
	else
		TRY(files_put(cx, files_home(), body, media, &put));
	f->sha256 = arena_str(cx->arena, put.sha256);
	f->thumb = put.thumb[0] == '\0' ? NULL : arena_str(cx->arena, put.thumb);
	f->media = put.media;
	f->size = put.size;
	if (f->thumb != NULL && f->name != NULL)
		f->name = named_jpg(cx, f->name);
	return RC_OK;
}
