/* args.c – see args.h. */
#include "app/args.h"

#include <getopt.h>
#include <stddef.h>

bool
args_read(int argc, char **argv, struct opts *o)
{
	static const struct option long_options[] = { { "db", 1, NULL, 'd' },
		{ "on", 1, NULL, 'o' }, { "period", 1, NULL, 'p' }, { "body", 1, NULL, 'b' },
		{ "district", 1, NULL, 'k' }, { "format", 1, NULL, 'f' }, { "lang", 1, NULL, 'l' },
		{ "listen", 1, NULL, 'L' }, { "user", 1, NULL, 'u' }, { "days", 1, NULL, 'D' },
		{ "role", 1, NULL, 'r' }, { "name", 1, NULL, 'n' }, { "label", 1, NULL, 'a' },
		{ "ground", 1, NULL, 'g' }, { "document", 1, NULL, 'c' }, { "quiet", 0, NULL, 'q' },
		{ NULL, 0, NULL, 0 } };
	struct {
		int c;
		const char **to;
	} texts[] = { { 'd', &o->db }, { 'o', &o->on }, { 'p', &o->period }, { 'b', &o->body },
		{ 'k', &o->district }, { 'f', &o->format }, { 'l', &o->lang }, { 'L', &o->listen },
		{ 'u', &o->user }, { 'D', &o->days }, { 'r', &o->role }, { 'n', &o->name },
		{ 'a', &o->label }, { 'g', &o->ground }, { 'c', &o->document } };
	size_t i;
	int c;

	while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (c == '?')
			return false;
		if (c == 'q')
			o->quiet = true;
		for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
			if (texts[i].c == c)
				*texts[i].to = optarg;
	}
	o->argc = argc - optind;
	o->argv = argv + optind;
	return true;
}
