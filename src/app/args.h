/* args.h – the options of the command line, read by getopt_long in a file of its own (its `struct
 * option` and the kinds' would meet otherwise). */
#ifndef APP_ARGS_H
#define APP_ARGS_H

#include <stdbool.h>

struct opts {
	const char *db, *on, *period, *body, *district, *format, *lang, *listen, *user, *days,
	    *role, *name, *label, *known, *root, *out, *number, *signer, *edition, *config, *dir,
	    *base_url, *trust_proxy, *socket_mode, *log, *limits, *stop_seconds, *metrics_token,
	    *hunspell_kk, *quiet_word, *since, *until, *scope, *kinds, *map, *tls, *tls_port,
	    *sheet, *event, *headquarters;    /* of an import */
	const char *ground, *document;	      /* erase */
	const char *accept, *source, *rubric; /* import-page */
	bool quiet, dry_run;
	int argc;
	char **argv; /* what is left after the options */
};
bool args_read(int argc, char **argv, struct opts *o);

#endif
