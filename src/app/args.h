/* args.h – the options of the command line, read by getopt_long in a file of its own (its `struct
 * option` and the kinds' would meet otherwise). */
#ifndef APP_ARGS_H
#define APP_ARGS_H

#include <stdbool.h>

struct opts {
	const char *db, *on, *period, *body, *district, *format, *lang, *listen, *user, *days,
	    *role, *name, *label;
	const char *ground, *document; /* erase */
	bool quiet;
	int argc;
	char **argv; /* what is left after the options */
};
bool args_read(int argc, char **argv, struct opts *o);

#endif
