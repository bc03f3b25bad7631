/* cli_ledger.c – the ledger recounted from the command line. */
#include "app/cli_ledger.h"

#include <stdio.h>
#include <string.h>

#include "mod/stock/stock.h"

int
cli_ledger(struct ctx *cx, const struct opts *o, int64_t *differences)
{
	struct buf b;
	int64_t sets = 0;

	if (o->argc != 1 || strcmp(o->argv[0], "check") != 0)
		return fail(cx, RC_INVALID, "%s", "ledger check");
	buf_init(&b, cx->arena, (size_t)16 << 20);
	TRY(ledger_check(cx, &b, &sets, differences));
	if (*differences == 0)
		buf_printf(&b, "balanced %lld sets\n", (long long)sets);
	return fwrite(b.p, 1, b.n, stdout) == b.n && fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}
