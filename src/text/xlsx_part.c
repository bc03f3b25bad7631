/* xlsx_part.c – a part of a workbook, unpacked and parsed piece by piece, with every limit in one place.
 *
 * The sizes written in the archive are not believed: bytes are counted while they come. WHY a ratio
 * besides the total: a part that is all one letter packs a thousandfold, sheets at most some
 * hundredfold. A DTD ends the parse before any entity is known; a token that goes on for a megabyte
 * without an event is no table. */
#include "text/xlsx_inner.h"

#include <expat.h>
#include <minizip/unzip.h>
#include <stdlib.h>

enum { PIECE = 65536, ENTRIES_MAX = 4096, DEPTH_MAX = 64, EVENTLESS = 1 << 20 };
#define RATIO_FROM ((size_t)8 << 20)
enum { RATIO_MAX = 400 };

struct xlsx_zip {
	unzFile zip;
	size_t total; /* unpacked so far */
};
struct xlsx_part {
	struct table *t;
	struct xlsx_zip *z;
	XML_Parser xml;
	const struct xlsx_events *e;
	void *user;
	size_t packed, out, eventless;
	int depth;
	bool paused, ended;
};

struct xlsx_zip *
xlsx_zip_open(struct table *t, const char *path)
{
	struct xlsx_zip *z = calloc(1, sizeof *z);
	unz_global_info64 g;

	if (z == NULL)
		die("out of memory (xlsx)");
	z->zip = unzOpen64(path);
	if (z->zip == NULL || unzGetGlobalInfo64(z->zip, &g) != UNZ_OK)
		table_stop(t, TABLE_BROKEN);
	else if (g.number_entry > ENTRIES_MAX)
		table_stop(t, TABLE_BOMB);
	return z;
}

void
xlsx_zip_close(struct xlsx_zip *z)
{
	if (z == NULL)
		return;
	if (z->zip != NULL)
		unzClose(z->zip);
	free(z);
}

/* Opens the part for reading; false: not there, or a fault. */
static bool
locate(struct table *t, struct xlsx_zip *z, const char *name, size_t *packed)
{
	unz_file_info64 i;

	if (t->fault != TABLE_FINE || unzLocateFile(z->zip, name, 2) != UNZ_OK)
		return false;
	if (unzGetCurrentFileInfo64(z->zip, &i, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
		return table_stop(t, TABLE_BROKEN);
	if ((i.flag & 1) != 0)
		return table_stop(t, TABLE_OLD_XLS); /* locked */
	if (unzOpenCurrentFile(z->zip) != UNZ_OK)
		return table_stop(t, TABLE_BROKEN);
	*packed = (size_t)i.compressed_size;
	return true;
}

/* Bytes unpacked into buf: 0 at the end, −1 at a fault. */
static int
unpack(struct table *t, struct xlsx_zip *z, void *buf, size_t packed, size_t *out)
{
	int n = unzReadCurrentFile(z->zip, buf, PIECE);

	if (n < 0) {
		table_stop(t, TABLE_BROKEN);
		return -1;
	}
	*out += (size_t)n;
	z->total += (size_t)n;
	if (z->total > TABLE_BYTES || (*out > RATIO_FROM && *out / RATIO_MAX > packed)) {
		table_stop(t, TABLE_BOMB);
		return -1;
	}
	return n;
}

/* ---- events ---- */

static const char *
bare(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

const char *
xlsx_attr(const char **attr, const char *name)
{
	for (; attr[0] != NULL; attr += 2)
		if (strcmp(bare(attr[0]), name) == 0)
			return attr[1];
	return NULL;
}

static void
stop(struct xlsx_part *p, enum table_fault f)
{
	table_stop(p->t, f);
	XML_StopParser(p->xml, XML_FALSE);
}

static void XMLCALL
on_open(void *user, const XML_Char *name, const XML_Char **attr)
{
	struct xlsx_part *p = user;

	p->eventless = 0;
	if (++p->depth > DEPTH_MAX) {
		stop(p, TABLE_BOMB);
		return;
	}
	p->e->open(p->user, bare(name), attr);
	if (p->t->fault != TABLE_FINE)
		XML_StopParser(p->xml, XML_FALSE);
}

static void XMLCALL
on_close(void *user, const XML_Char *name)
{
	struct xlsx_part *p = user;

	p->eventless = 0;
	p->depth--;
	if (p->e->close != NULL)
		p->e->close(p->user, bare(name));
	if (p->t->fault != TABLE_FINE)
		XML_StopParser(p->xml, XML_FALSE);
	else if (p->paused)
		XML_StopParser(p->xml, XML_TRUE);
}

static void XMLCALL
on_text(void *user, const XML_Char *s, int n)
{
	struct xlsx_part *p = user;

	p->eventless = 0;
	if (p->e->text != NULL)
		p->e->text(p->user, s, n);
	if (p->t->fault != TABLE_FINE)
		XML_StopParser(p->xml, XML_FALSE);
}

static void XMLCALL
on_doctype(void *user, const XML_Char *name, const XML_Char *sysid, const XML_Char *pubid, int sub)
{
	(void)name;
	(void)sysid;
	(void)pubid;
	(void)sub;
	stop(user, TABLE_BOMB);
}

/* ---- a part ---- */

struct xlsx_part *
xlsx_part_open(
    struct table *t, struct xlsx_zip *z, const char *name, const struct xlsx_events *e, void *user)
{
	struct xlsx_part *p;
	size_t packed;

	if (!locate(t, z, name, &packed))
		return NULL;
	p = calloc(1, sizeof *p);
	if (p == NULL)
		die("out of memory (xlsx)");
	*p = (struct xlsx_part){ .t = t, .z = z, .e = e, .user = user, .packed = packed };
	p->xml = XML_ParserCreate(NULL);
	if (p->xml == NULL)
		die("out of memory (xlsx)");
	XML_SetUserData(p->xml, p);
	XML_SetElementHandler(p->xml, on_open, on_close);
	XML_SetCharacterDataHandler(p->xml, on_text);
	XML_SetStartDoctypeDeclHandler(p->xml, on_doctype);
	return p;
}

void
xlsx_part_pause(struct xlsx_part *p)
{
	p->paused = true;
}

/* One more piece of bytes into the parser. */
static enum XML_Status
feed(struct xlsx_part *p)
{
	void *buf = XML_GetBuffer(p->xml, PIECE);
	int n;

	if (buf == NULL)
		return XML_STATUS_ERROR;
	n = unpack(p->t, p->z, buf, p->packed, &p->out);
	if (n < 0)
		return XML_STATUS_ERROR;
	p->ended = n == 0;
	p->eventless += (size_t)n;
	if (p->eventless > EVENTLESS) {
		table_stop(p->t, TABLE_BOMB);
		return XML_STATUS_ERROR;
	}
	return XML_ParseBuffer(p->xml, n, n == 0);
}

bool
xlsx_part_run(struct xlsx_part *p)
{
	enum XML_Status s = XML_STATUS_OK;
	bool resume = p->paused;

	p->paused = false;
	while (p->t->fault == TABLE_FINE) {
		if (resume)
			s = XML_ResumeParser(p->xml);
		else if (p->ended)
			return false;
		else
			s = feed(p);
		resume = false;
		if (s == XML_STATUS_SUSPENDED)
			return true;
		if (s == XML_STATUS_ERROR)
			return table_stop(p->t, TABLE_BROKEN);
	}
	return false;
}

void
xlsx_part_close(struct xlsx_part *p)
{
	if (p == NULL)
		return;
	XML_ParserFree(p->xml);
	unzCloseCurrentFile(p->z->zip);
	free(p);
}

bool
xlsx_part_all(struct table *t, struct xlsx_zip *z, const char *name, const struct xlsx_events *e,
    void *user, bool *found)
{
	struct xlsx_part *p = xlsx_part_open(t, z, name, e, user);

	if (found != NULL)
		*found = p != NULL;
	if (p == NULL)
		return t->fault == TABLE_FINE;
	while (xlsx_part_run(p))
		;
	xlsx_part_close(p);
	return t->fault == TABLE_FINE;
}

bool
xlsx_part_holds(struct table *t, struct xlsx_zip *z, const char *name, const char *word)
{
	size_t packed, out = 0, nw = strlen(word), keep = 0, before = z->total;
	char *buf;
	bool yes = false;
	int n;

	if (!locate(t, z, name, &packed))
		return false;
	buf = malloc(PIECE + nw);
	if (buf == NULL)
		die("out of memory (xlsx)");
	while (!yes && (n = unpack(t, z, buf + keep, packed, &out)) > 0) {
		size_t have = keep + (size_t)n;

		yes = memmem(buf, have, word, nw) != NULL;
		keep = have < nw - 1 ? have : nw - 1;
		memmove(buf, buf + have - keep, keep);
	}
	free(buf);
	unzCloseCurrentFile(z->zip);
	z->total = before; /* the same bytes are read again */
	return yes;
}
