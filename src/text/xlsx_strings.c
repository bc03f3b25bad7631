/* xlsx_strings.c – the shared strings of a workbook, kept in an unnamed temporary file.
 *
 * A workbook of a hundred thousand people has some hundred thousand strings; in memory they would make
 * it grow with the file. In the file each string follows its length; every sixteenth place is known by
 * heart. Sheets name strings mostly in the order in which they stand, so one window over the file
 * answers nearly all. */
#include "text/xlsx_inner.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { EVERY = 16, WINDOW = 512 * 1024, LONGEST = TABLE_CELL * 4 };

struct xlsx_strings {
	struct table *t;
	FILE *f;
	uint64_t *mark; /* place of each EVERY-th string */
	size_t n, room;
	uint64_t size;
	struct arena arena;
	struct buf text;
	int phonetic; /* inside <rPh>: how a text is spoken, no part of it */
	bool in_t;
	char *window;
	uint64_t at, have; /* what the window shows */
	int64_t next;	   /* string that stands at `next_at` */
	uint64_t next_at;
};

static FILE *
unnamed(void)
{
	const char *dir = getenv("TMPDIR");
	char path[512];
	int fd;

	if (dir == NULL || dir[0] != '/' || strlen(dir) > 400)
		dir = "/tmp";
	snprintf(path, sizeof path, "%s/shanyraq-table-XXXXXX", dir);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return NULL;
	unlink(path);
	return fdopen(fd, "w+b");
}

static void
keep(struct xlsx_strings *s)
{
	uint32_t n = (uint32_t)s->text.n;

	if (s->n % EVERY == 0) {
		if (s->n / EVERY == s->room) {
			s->room = s->room == 0 ? 1024 : s->room * 2;
			s->mark = realloc(s->mark, s->room * sizeof *s->mark);
			if (s->mark == NULL)
				die("out of memory (xlsx)");
		}
		s->mark[s->n / EVERY] = s->size;
	}
	s->n++;
	s->size += sizeof n + n;
	if (s->text.over)
		table_stop(s->t, TABLE_LONG);
	else if (fwrite(&n, sizeof n, 1, s->f) != 1 || fwrite(s->text.p, 1, n, s->f) != n)
		table_stop(s->t, TABLE_UNREADABLE);
}

static void
on_open(void *user, const char *name, const char **attr)
{
	struct xlsx_strings *s = user;

	(void)attr;
	if (strcmp(name, "si") == 0) {
		arena_reset(&s->arena, ARENA_CHUNK);
		buf_init(&s->text, &s->arena, LONGEST);
	} else if (strcmp(name, "rPh") == 0)
		s->phonetic++;
	else if (strcmp(name, "t") == 0)
		s->in_t = true;
}

static void
on_close(void *user, const char *name)
{
	struct xlsx_strings *s = user;

	if (strcmp(name, "si") == 0 && s->text.arena != NULL)
		keep(s);
	else if (strcmp(name, "rPh") == 0)
		s->phonetic--;
	else if (strcmp(name, "t") == 0)
		s->in_t = false;
}

static void
on_text(void *user, const char *p, int n)
{
	struct xlsx_strings *s = user;

	if (s->in_t && s->phonetic == 0 && s->text.arena != NULL)
		buf_put(&s->text, p, (size_t)n);
}

bool
xlsx_strings_read(struct table *t, struct xlsx_zip *z, const char *name, struct xlsx_strings **out)
{
	static const struct xlsx_events events = { on_open, on_close, on_text };
	struct xlsx_strings *s = calloc(1, sizeof *s);

	*out = s;
	if (s == NULL)
		die("out of memory (xlsx)");
	s->t = t;
	arena_init(&s->arena);
	s->f = unnamed();
	if (s->f == NULL)
		return table_stop(t, TABLE_UNREADABLE);
	if (!xlsx_part_all(t, z, name, &events, s, NULL))
		return false;
	if (fflush(s->f) != 0)
		return table_stop(t, TABLE_UNREADABLE);
	s->window = malloc(WINDOW);
	if (s->window == NULL)
		die("out of memory (xlsx)");
	return true;
}

/* n bytes at a place of the file, through the window. */
static const char *
look(struct xlsx_strings *s, uint64_t at, size_t n)
{
	ssize_t got;

	if (at < s->at || at + n > s->at + s->have) {
		got = pread(fileno(s->f), s->window, WINDOW, (off_t)at);
		s->at = at;
		s->have = got < 0 ? 0 : (uint64_t)got;
		if (n > s->have)
			return NULL;
	}
	return s->window + (at - s->at);
}

bool
xlsx_strings_at(struct xlsx_strings *s, int64_t i, struct slice *out)
{
	const char *p;
	uint32_t n;

	if (i < 0 || (uint64_t)i >= s->n)
		return false;
	if (i < s->next || i / EVERY != s->next / EVERY || s->next_at == 0) {
		s->next = i / EVERY * EVERY;
		s->next_at = s->mark[i / EVERY];
	}
	for (;;) {
		p = look(s, s->next_at, sizeof n);
		if (p == NULL)
			return table_stop(s->t, TABLE_UNREADABLE);
		memcpy(&n, p, sizeof n);
		if (s->next == i)
			break;
		s->next++;
		s->next_at += sizeof n + n;
	}
	p = look(s, s->next_at, sizeof n + n);
	if (p == NULL)
		return table_stop(s->t, TABLE_UNREADABLE);
	*out = (struct slice){ p + sizeof n, n };
	return true;
}

void
xlsx_strings_close(struct xlsx_strings *s)
{
	if (s == NULL)
		return;
	if (s->f != NULL)
		fclose(s->f);
	free(s->mark);
	free(s->window);
	arena_done(&s->arena);
	free(s);
}
