/* table_fuzz.c – whatever the bytes are, reading a table ends, and its cells are clean text. */
#include "fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "text/table_read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct table_ask ask = { .sheet = -1 };
	const struct table_row *r;
	enum table_fault fault;
	struct table *t = NULL;
	int64_t last = 0;
	char path[40];
	size_t i;
	int fd = memfd_create("table", MFD_CLOEXEC);

	REQUIRE(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (table_open(path, &ask, &t, &fault) != RC_OK)
		REQUIRE(t == NULL && fault != TABLE_FINE);
	else {
		while ((r = table_next(t)) != NULL) {
			REQUIRE(r->number > last && r->n > 0 && r->n <= TABLE_COLUMNS);
			last = r->number;
			for (i = 0; i < r->n; i++)
				REQUIRE(utf8_valid(r->cell[i], strlen(r->cell[i])));
			REQUIRE(*r->cell[r->n - 1] != '\0');
		}
		REQUIRE(table_info(t)->nsheets <= TABLE_SHEETS);
	}
	table_close(t);
	close(fd);
	return 0;
}
