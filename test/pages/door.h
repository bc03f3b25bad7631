/* door.h – tests at the house's door, in process and without a socket: request text in, answer out,
 * through the very ten steps of app/serve.c. A demo region in a throw-away database on either engine;
 * a cookie and a token for each of its six sign-ins. */
#ifndef TEST_DOOR_H
#define TEST_DOOR_H

#include "app/app.h"

enum { DOOR_ROLES = 10 }; /* guest member door leader clerk head auditor admin relief driver */
struct door {
	struct app app;
	struct arena arena;
	char dir[64];
	const char *base; /* address that the house was told; NULL = none */
	const char *role[DOOR_ROLES];
	const char *cookie[DOOR_ROLES], *csrf[DOOR_ROLES],
	    *token[DOOR_ROLES]; /* NULL for the guest */
};
struct answer {
	int status;
	const char *type, *location;
	struct slice body; /* NUL-ended */
};
void door_open(struct door *d, enum db_engine e);
void door_close(struct door *d);
bool door_has(enum db_engine e);
int door_role(const struct door *d, const char *name);
/* type NULL = form. csrf: add the session's (or a guest) token and Sec-Fetch-Site. */
struct answer door_page(
    struct door *d, int role, enum method m, const char *path, const char *body, bool csrf);
struct answer door_api(struct door *d, int role, enum method m, const char *path, const char *json,
    const char *if_match);
int64_t door_int(struct door *d, const char *sql);

#endif
