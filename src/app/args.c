/* args.c – see args.h. Every option with a value is one row. */
#include "app/args.h"

#include <getopt.h>
#include <stddef.h>
#include <string.h>

enum { FIRST = 256, MOST = 64 }; /* getopt's codes of the rows: none is a letter */

static const struct option switches[] = { { "quiet", 0, NULL, 'q' }, { "dry-run", 0, NULL, 'y' },
	{ "tls", 0, NULL, 't' } };

static void
take_switch(struct opts *o, int c)
{
	o->quiet |= c == 'q';
	o->dry_run |= c == 'y';
	o->tls = c == 't' ? "yes" : o->tls;
}

bool
args_read(int argc, char **argv, struct opts *o)
{
	const struct {
		const char *name;
		const char **to;
	} texts[] = {
		{ "db", &o->db },
		{ "on", &o->on },
		{ "period", &o->period },
		{ "body", &o->body },
		{ "district", &o->district },
		{ "format", &o->format },
		{ "lang", &o->lang },
		{ "listen", &o->listen },
		{ "tls-port", &o->tls_port },
		{ "user", &o->user },
		{ "days", &o->days },
		{ "role", &o->role },
		{ "name", &o->name },
		{ "label", &o->label },
		{ "known", &o->known },
		{ "root", &o->root },
		{ "out", &o->out },
		{ "number", &o->number },
		{ "signer", &o->signer },
		{ "edition", &o->edition },
		{ "config", &o->config },
		{ "dir", &o->dir },
		{ "base-url", &o->base_url },
		{ "trust-proxy", &o->trust_proxy },
		{ "socket-mode", &o->socket_mode },
		{ "log", &o->log },
		{ "limits", &o->limits },
		{ "stop-seconds", &o->stop_seconds },
		{ "metrics-token", &o->metrics_token },
		{ "hunspell-kk", &o->hunspell_kk },
		{ "since", &o->since },
		{ "until", &o->until },
		{ "scope", &o->scope },
		{ "kinds", &o->kinds },
		{ "map", &o->map },
		{ "sheet", &o->sheet },
		{ "event", &o->event },
		{ "ground", &o->ground },
		{ "document", &o->document },
		{ "headquarters", &o->headquarters },
		{ "accept", &o->accept },
		{ "source", &o->source },
		{ "rubric", &o->rubric },
	};
	enum { TEXTS = sizeof texts / sizeof texts[0] };
	struct option options[MOST] = { 0 };
	int c;

	_Static_assert(TEXTS + 4 <= MOST, "more options than there is room for");
	for (c = 0; c < TEXTS; c++)
		options[c] = (struct option){ texts[c].name, 1, NULL, FIRST + c };
	memcpy(options + TEXTS, switches, sizeof switches);
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == '?')
			return false;
		take_switch(o, c);
		if (c >= FIRST && c < FIRST + TEXTS)
			*texts[c - FIRST].to = optarg;
	}
	o->argc = argc - optind;
	o->argv = argv + optind;
	return true;
}
