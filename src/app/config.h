/* config.h – options from a file and from the environment, and what `serve` makes of them.
 *
 * A key is the long name of an option. An option on the command line holds over SHANYRAQ_NAME (dashes
 * as underscores), that over the file of --config (or SHANYRAQ_CONFIG), that over what is built in.
 * The file: "name = value" a line, '#' begins a comment line, a value runs to the end of its line and
 * is taken as it stands; no sections, no continued lines. Unknown keys, keys given twice and values
 * that cannot be are errors that name file and line (docs/adr/0014-on-a-server.md). */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdio.h>

#include "app/args.h"
#include "base/arena.h"
#include "base/rc.h"
#include "http/forward.h"

enum { CONFIG_KEYS_MAX = 24 };
struct config {
	struct arena arena;
	const char *origin[CONFIG_KEYS_MAX]; /* by row: "option", "environment", "FILE:12", NULL */
};
/* Fill what the command line left open in o. RC_INVALID with words in *err (in c's arena): the file
 * cannot be read, or something in it is wrong. config_free() in any case. */
int config_fill(struct config *c, struct opts *o, const char **err) MUST;
void config_free(struct config *c);
/* Every key with its value and, as a comment, where that comes from: a file that config_fill() reads
 * again. Passwords and secrets are replaced by asterisks. */
void config_print(const struct config *c, const struct opts *o, FILE *to);

/* How the wire is served; made from the options. */
enum log_form { LOG_FORM_JOURNAL, LOG_FORM_JSON };
struct serving {
	const char *listen;
	int socket_mode;      /* of a unix socket: 0600 … 0777 */
	const char *base_url; /* "https://example.org" without a slash behind; NULL = none */
	struct trust trust;   /* proxies */
	enum log_form log;
	bool quiet;	  /* no line a request */
	bool limits;	  /* rate limits by kind of door */
	int stop_seconds; /* how long running requests may take after SIGTERM */
	bool tls;	  /* HTTPS on tls_port; the port of listen only leads there (app/tls.h) */
	int tls_port;
	const char *token; /* opens /metrics from outside; NULL = none does */
};
/* RC_INVALID with *err: which value cannot be, and where it stands. */
int config_serving(
    struct config *c, const struct opts *o, struct serving *out, const char **err) MUST;

#endif
