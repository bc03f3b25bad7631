/* report.h – the door of this module: who signs an office paper. The report itself is paper.h. */
#ifndef MOD_REPORT_H
#define MOD_REPORT_H

#include "mod/event/event.h"

struct paper_signer {
	int64_t office;
	struct text3 title, body;
	const char *name; /* NULL = the office is vacant */
};
/* Offices that may sign, with their holders on the day, the secretariat's first. */
int paper_signers(struct ctx *cx, int day, struct paper_signer **out, size_t *n) MUST;

#endif
