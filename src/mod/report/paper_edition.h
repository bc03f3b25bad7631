/* paper_edition.h – the report of a frozen edition: drawn again, it says what it said when it was frozen.
 *
 * Every question is asked as known at the edition's moment, and the answers that stand in the frozen
 * text are taken from there: what was erased since changes nothing. A signed edition carries its stamp. */
#ifndef MOD_PAPER_EDITION_H
#define MOD_PAPER_EDITION_H

#include "mod/report/paper.h"

/* RULE report-10. base: "https://example.org" of the server, NULL = the setting “Web site”. *stamp is filled, and *stamped true, when the edition is signed. RC_NOTFOUND; RC_RULE
 * when it was withdrawn. */
int paper_of_edition(struct ctx *cx, int64_t number, const char *base, struct paper *out,
    struct paper_stamp *stamp, bool *stamped) MUST;

#endif
