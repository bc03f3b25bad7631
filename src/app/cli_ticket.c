/* cli_ticket.c – see cli_ticket.h. No name is printed: a code tells nothing about its holder. */
#include "app/cli_ticket.h"

#include <stdio.h>

#include "core/setting.h"
#include "mod/signup/ticket.h"

static int
say(const char *word, const char *more)
{
	printf("%s%s\n", word, more);
	return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static int
say_worth(const struct ticket_status *s)
{
	char at[34] = " ";

	if (s->at == 0)
		return say(ticket_worth_code(s->worth), "");
	moment_rfc3339(s->at, at + 1);
	return say(ticket_worth_code(s->worth), at);
}

int
ticket_verb(struct app *a, struct ctx *cx, const struct opts *o, bool *bad)
{
	struct ticket t;
	struct ticket_status s;
	enum ticket_fault fault;
	bool pinned;
	int rc;

	(void)a;
	*bad = true;
	if (o->argc != 2 || strcmp(o->argv[0], "verify") != 0)
		return fail(cx, RC_INVALID, "%s", "ticket verify CODE");
	TRY(setting_business_day(cx, &cx->today, &pinned));
	rc = ticket_find(cx, o->argv[1], &t, &fault);
	if (rc == RC_NOTFOUND || (rc == RC_INVALID && fault != TICKET_SOUND))
		return say("wrong", fault == TICKET_TRUNCATED	 ? ": a part is missing"
				    : fault == TICKET_FORGED	 ? ": not signed by this house"
				    : fault == TICKET_UNREADABLE ? ": no code of a ticket"
								 : ": there is no such ticket");
	TRY(rc);
	TRY(ticket_status(cx, &t, &s));
	*bad = s.worth != TICKET_VALID;
	return say_worth(&s);
}
