/* cli_users.h – `shanyraq user …` and `shanyraq token …`: accounts from the command line of the server. */
#ifndef APP_CLI_USERS_H
#define APP_CLI_USERS_H

#include "app/app.h"
#include "app/args.h"

#define USER_ARGS                                                                             \
	"list | add LOGIN --role ROLE [--body CODE] [--name NAME] | give LOGIN --role ROLE "  \
	"[--body CODE] [--since DAY] [--until DAY] | roles LOGIN | take NUMBER | requests | " \
	"confirm NUMBER | refuse NUMBER | password LOGIN | reset LOGIN | second-off LOGIN | " \
	"sign-ins LOGIN | sign-out LOGIN | email LOGIN ADDRESS | disable LOGIN | enable LOGIN"
#define TOKEN_ARGS                                                                          \
	"create --user LOGIN [--days N] [--label TEXT] [--scope read|write] [--kinds A,B] " \
	"[--role ROLE] | list [--user LOGIN] | revoke NUMBER"

int user_verb(struct app *a, struct ctx *cx, const struct opts *o) MUST;
int token_verb(struct app *a, struct ctx *cx, const struct opts *o) MUST;

#endif
