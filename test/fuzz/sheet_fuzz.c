/* sheet_fuzz.c – the XML of a sheet itself: packed into a stored workbook, so that changes of the bytes
 * reach the rows and do not end at the zip's check sums. */
#include "fuzz.h"

#include <minizip/zip.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "text/table_read.h"

static void
put(zipFile z, const char *name, const void *p, size_t n)
{
	REQUIRE(zipOpenNewFileInZip64(z, name, NULL, NULL, 0, NULL, 0, NULL, 0, 0, 0) == ZIP_OK);
	REQUIRE(zipWriteInFileInZip(z, p, (unsigned)n) == ZIP_OK);
	zipCloseFileInZip(z);
}

#define PUT(z, name, text) put(z, name, text, sizeof text - 1)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct table_ask ask = { .sheet = -1 };
	const struct table_row *r;
	enum table_fault fault;
	struct table *t = NULL;
	char path[40];
	size_t i;
	int fd = memfd_create("sheet", MFD_CLOEXEC);
	zipFile z;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	z = zipOpen64(path, APPEND_STATUS_CREATE);
	REQUIRE(fd >= 0 && z != NULL);
	PUT(z, "xl/workbook.xml",
	    "<workbook><sheets><sheet name='a' id='r1'/></sheets></workbook>");
	PUT(z, "xl/_rels/workbook.xml.rels", "<R><Relationship Id='r1' Target='s.xml'/></R>");
	PUT(z, "xl/styles.xml",
	    "<s><cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='22'/></cellXfs></s>");
	PUT(z, "xl/sharedStrings.xml", "<sst><si><t>a</t></si><si><t>b</t></si></sst>");
	put(z, "xl/s.xml", data, n);
	zipClose(z, NULL);
	if (table_open(path, &ask, &t, &fault) == RC_OK)
		while ((r = table_next(t)) != NULL)
			for (i = 0; i < r->n; i++)
				REQUIRE(utf8_valid(r->cell[i], strlen(r->cell[i])));
	table_close(t);
	close(fd);
	return 0;
}
