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
		{ "known", 1, NULL, 'K' }, { "quiet", 0, NULL, 'q' }, { "root", 1, NULL, 'R' },
		{ "out", 1, NULL, 'O' }, { "number", 1, NULL, 'N' }, { "signer", 1, NULL, 's' },
		{ "edition", 1, NULL, 'E' }, { "config", 1, NULL, 1 }, { "dir", 1, NULL, 2 }, { "base-url", 1, NULL, 3 }, { "trust-proxy", 1, NULL, 4 }, { "socket-mode", 1, NULL, 5 }, { "log", 1, NULL, 6 }, { "limits", 1, NULL, 7 }, { "stop-seconds", 1, NULL, 8 }, { "metrics-token", 1, NULL, 9 }, { "hunspell-kk", 1, NULL, 10 }, { NULL, 0, NULL, 0 } };
	struct {
		int c;
		const char **to;
	} texts[] = { { 'd', &o->db }, { 'o', &o->on }, { 'p', &o->period }, { 'b', &o->body },
		{ 'k', &o->district }, { 'f', &o->format }, { 'l', &o->lang }, { 'L', &o->listen },
		{ 'u', &o->user }, { 'D', &o->days }, { 'r', &o->role }, { 'n', &o->name },
		{ 'a', &o->label }, { 'K', &o->known }, { 'R', &o->root }, { 'O', &o->out },
		{ 'N', &o->number }, { 's', &o->signer }, { 'E', &o->edition }, { 1, &o->config }, { 2, &o->dir }, { 3, &o->base_url }, { 4, &o->trust_proxy }, { 5, &o->socket_mode }, { 6, &o->log }, { 7, &o->limits }, { 8, &o->stop_seconds }, { 9, &o->metrics_token }, { 10, &o->hunspell_kk } };
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
