/* cli.c – the command line: verbs as rows of a table, which --help and the manual page print.
 *
 * Exit: 0 done, 1 found something (verify), 2 usage or bad input, 3 storage. Commands act as the
 * program itself, with all rights: whoever may read the file and its key may run them. The database
 * is --db or SHANYRAQ_DB, so that no password needs to stand in argv. */
#include "app/app.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "app/args.h"
#include "app/cli_backup.h"
#include "app/cli_draft.h"
#include "app/cli_feed.h"
#include "app/cli_edition.h"
#include "app/cli_field.h"
#include "app/cli_ledger.h"
#include "app/cli_page.h"
#include "app/cli_report.h"
#include "app/cli_ticket.h"
#include "app/config.h"
#include "app/cli_users.h"
#include "app/cli_import.h"
#include "app/demo.h"
#include "app/erased.h"
#include "app/lang_cli.h"
#include "core/account.h"
#include "core/picture_run.h"
#include "figure/report.h"
#include "mod/charity/charity.h"
#include "mod/centre/centre.h"
#include "mod/event/event.h"
#include "mod/stock/stock.h"
#include "mod/registry/registry.h"
#include "mod/rights/rights.h"
#include "search/search.h"

enum { EXIT_FOUND = 1, EXIT_USAGE = 2, EXIT_STORAGE = 3 };

struct verb {
	const char *name, *args, *help;
	bool create, migrate;
	int (*run)(struct app *a, struct ctx *cx, const struct opts *o);
	int words; /* that may stand beside the options */
};

/* ---- saying things ---- */

static int
exit_of(int rc)
{
	switch (rc) {
	case RC_OK:
		return 0;
	case RC_STORAGE:
	case RC_BUSY:
	case RC_BUG:
		return EXIT_STORAGE;
	default:
		return EXIT_USAGE;
	}
}

static void
complain(const struct ctx *cx, int rc)
{
	const struct field_error *f;

	fprintf(stderr, "shanyraq: %s\n",
	    cx->err.text != NULL && *cx->err.text != '\0' ? cx->err.text
	    : rc == RC_STORAGE				  ? "the database cannot be read or written"
	    : rc == RC_BUSY				  ? "the database is busy; try again"
							  : "not done");
	for (f = cx->err.fields; f != NULL; f = f->next)
		fprintf(stderr, "  %s: %s\n", f->field, f->text);
	if (cx->err.detail != NULL && rc != RC_INVALID)
		fprintf(stderr, "  (%s)\n", cx->err.detail);
}

static int
print(const char *p, size_t n)
{
	return fwrite(p, 1, n, stdout) == n && fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static int
usage(struct ctx *cx, const char *what)
{
	return fail(cx, RC_INVALID, "%s", what);
}

/* ---- verbs ---- */

static int
seeded(struct ctx *cx, bool *yes)
{
	int64_t n;

	TRY(db_int(cx, &n, "SELECT count(*) FROM body_kind", NO_VALS));
	*yes = n > 0;
	return RC_OK;
}

static int
seed(struct ctx *cx)
{
	bool yes;

	TRY(seeded(cx, &yes));
	if (!yes) {
		TRY(registry_seed(cx));
		TRY(event_seed(cx));
	}
	TRY(stock_seed(cx)); /* an older database gets the lists of goods when it is migrated */
	return charity_seed(cx);
	return centre_seed(cx);
}

static int
init_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct account_new in = {
		.login = o->user == NULL ? "admin" : o->user, .lang = LANG_KK, .role = ROLE_ADMIN
	};
	const char *password = NULL;
	int64_t id, n;

	in.name = o->name == NULL ? in.login : o->name;
	TRY(db_int(cx, &n, "SELECT count(*) FROM account", NO_VALS));
	if (n > 0)
		return fail(cx, RC_RULE, N_("This database has accounts already."));
	TRY(keys_note(cx));
	TRY(seed(cx));
	TRY(retention_propose(cx));
	TRY(account_create(cx, &in, &id, &password));
	printf("database: %s\nkey: %s (keep a copy apart from the database)\nadministrator: "
	       "%s\npassword: %s\n",
	    a->paths.base, a->paths.key, in.login, password);
	return RC_OK;
}

static int
demo_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	(void)o;
	TRY(keys_note(cx));
	TRY(demo_make(cx, a->paths.sign_ins));
	fprintf(stderr, "demo: %s, sign-ins: %s\n", a->paths.base, a->paths.sign_ins);
	return RC_OK;
}

static int
serve_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	const char *err = NULL;
	struct config c = { 0 };
	struct serving s;
	int rc;

	db_end(cx);
	arena_init(&c.arena);
	rc = config_serving(&c, o, &s, &err);
	if (rc == RC_OK)
		rc = serve(a, &s, &err);
	config_free(&c);
	return rc == RC_OK ? RC_OK : fail(cx, RC_STORAGE, "%s", err == NULL ? "cannot serve" : err);
}

static int
ask_opts(struct ctx *cx, const struct opts *o, struct ask *a)
{
	struct ask_text t = { .on = o->on,
		.period = o->period,
		.body = o->body,
		.district = o->district,
		.known = o->known };
	int day;
	bool pinned;

	TRY(setting_business_day(cx, &day, &pinned));
	cx->today = day;
	return ask_read(cx, &t, a);
}

static int
figures_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct ask ask;
	struct json j;

	(void)a;
	if (o->format != NULL && strcmp(o->format, "json") != 0)
		return usage(cx, "figures: --format json");
	TRY(ask_opts(cx, o, &ask));
	json_init(&j, cx->arena, 0);
	TRY(report_figures(cx, &ask, &j));
	buf_char(&j.out, '\n');
	return print(j.out.p, j.out.n);
}

static int
records_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct ask ask;
	struct csv c;
	struct json j;

	(void)a;
	if (o->argc != 1)
		return usage(cx, "records CODE [--on DAY] [--period FROM..TO] [--body CODE] "
				 "[--district CODE] [--known TIME] --format csv|json");
	TRY(ask_opts(cx, o, &ask));
	if (o->format != NULL && strcmp(o->format, "json") == 0) {
		json_init(&j, cx->arena, 0);
		json_open(&j, NULL, '{');
		TRY(report_records_json(cx, o->argv[0], &ask, &j));
		json_close(&j, '}');
		buf_char(&j.out, '\n');
		return print(j.out.p, j.out.n);
	}
	if (o->format != NULL && strcmp(o->format, "csv") != 0)
		return usage(cx, "records: --format csv or json");
	csv_init(&c, cx->arena, false, 0);
	TRY(report_records_csv(cx, o->argv[0], &ask, &c));
	return print(c.out.p, c.out.n);
}

static int
edition_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct ask ask;

	(void)a;
	TRY(ask_opts(cx, o, &ask));
	return cli_edition(cx, o, &ask);
}

static int
statement_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct statement st;
	struct ask ask;
	size_t i;

	(void)a;
	TRY(ask_opts(cx, o, &ask));
	TRY(report_statement(cx, &ask, &st));
	printf("%s\n\n", st.title);
	for (i = 0; i < st.n; i++)
		printf("%s\n", st.sentence[i]);
	return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static int verify_found;

static int
verify_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct buf out;
	int64_t differences = 0;

	a->root = o->root;
	buf_init(&out, cx->arena, 0);
	TRY(figure_verify(cx, &out, &differences));
	verify_found = differences > 0;
	return print(out.p, out.n);
}

static int
ledger_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	int64_t differences = 0;

	(void)a;
	TRY(cli_ledger(cx, o, &differences));
	verify_found = differences > 0;
	return RC_OK;
}

static int
restore(struct app *a, struct ctx *cx, const struct opts *o)
{
	int64_t differences = 0;

	TRY(restore_verb(a, cx, o, &differences));
	verify_found = differences > 0;
	return RC_OK;
}

static int
import(struct app *a, struct ctx *cx, const struct opts *o)
{
	int64_t rejected = 0;

	TRY(import_verb(a, cx, o, &rejected));
	verify_found = rejected > 0;
	return RC_OK;
}

static int
ticket(struct app *a, struct ctx *cx, const struct opts *o)
{
	bool bad = false;

	TRY(ticket_verb(a, cx, o, &bad));
	verify_found = bad;
	return RC_OK;
}

static int
check_draft_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	bool found = false;

	(void)a;
	TRY(cli_draft(cx, o, &found));
	verify_found = found;
	return RC_OK;
}

static int
import_page_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	bool found = false;

	(void)a;
	TRY(cli_page(cx, o, &found));
	verify_found = found;
	return RC_OK;
}

static int
migrate_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	const char *err = NULL;
	int64_t records;
	int rc;

	(void)o;
	TRY(backup_before_migrating(a, cx));
	db_end(cx);
	rc = app_upgrade(a, &err);
	if (rc != RC_OK)
		return fail(cx, rc, "%s", err == NULL ? "" : err);
	/* A database from before the search, or of other keys, gets them now. */
	if (keys_check(cx, &err) == RC_INVALID)
		TRY(search_reindex(cx, app_kinds, app_nkinds, &records));
	TRY(seed(cx));
	printf("schema %d\n", app_schema());
	return RC_OK;
}

static int
reindex_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	int64_t records;

	(void)a;
	(void)o;
	TRY(search_reindex(cx, app_kinds, app_nkinds, &records));
	printf("reindex: %lld records\n", (long long)records);
	return RC_OK;
}

static int
erase_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct erase_in in = { .ground = o->ground == NULL ? "request" : o->ground,
		.document = o->document };
	struct erase_sums sums;
	int64_t seen = -1;
	int rc;

	if (o->argc != 1 || !num_parse(o->argv[0], &in.person))
		return usage(cx, "erase PERSON_ID [--ground request|term|ended|court|unlawful] "
				 "[--document TEXT]");
	rc = person_erase(cx, &in, &sums);
	if (rc == RC_NOTFOUND)
		return fail(cx, rc, N_("There is no such record."));
	TRY(rc);
	TRY(erased_save(a, cx, &seen));
	printf("erased: %lld people, %lld records cut, %lld versions rewritten, %lld keys "
	       "destroyed\nlist: %s.erased (keep it with the key: restore reads it)\n",
	    (long long)sums.people, (long long)sums.records, (long long)sums.versions,
	    (long long)sums.keys, a->paths.base);
	return RC_OK;
}

static int
retain_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct retained *r;
	size_t n, i;
	bool pinned;

	(void)a;
	(void)o;
	TRY(setting_business_day(cx, &cx->today, &pinned));
	TRY(retain(cx, 0, &r, &n));
	for (i = 0; i < n; i++)
		printf("%s: %d months, up to %d: %lld records, %lld versions\n", r[i].term,
		    r[i].months, r[i].upto, (long long)r[i].records, (long long)r[i].versions);
	if (n == 0)
		printf("no term is set: see the settings keep_…\n");
	return RC_OK;
}

static const struct verb verbs[] = {
	{ "init", "[--user LOGIN] [--name NAME]",
	    "make an empty database with its key and the first administrator", true, true,
	    init_verb, 0 },
	{ "demo", "", "make the synthetic demo region; sign-ins are drawn into D.sign-ins", true,
	    true, demo_verb, 0 },
	{ "serve",
	    "[--listen ADDR:PORT|unix:PATH] [--socket-mode MODE] [--base-url URL] [--trust-proxy "
	    "ADDRESSES] [--log journal|json] [--limits on|off] [--stop-seconds N] "
	    "[--tls] [--tls-port PORT] [--quiet]",
	    "serve pages and the API until SIGTERM", false, false, serve_verb, 0 },
	{ "config", "[any option]",
	    "print what holds and where it comes from, as a file for --config", false, false, NULL,
	    0 },
	{ "figures",
	    "[--on DAY] [--period FROM..TO] [--body CODE] [--district CODE] [--known TIME] "
	    "[--format json]",
	    "all figures as JSON", false, false, figures_verb, 0 },
	{ "records", "CODE [same options] [--format csv|json]", "the records behind a figure",
	    false, false, records_verb, 1 },
	{ "statement", "[--lang kk|ru|en] [same options]", "the statement in whole sentences",
	    false, false, statement_verb, 0 },
	{ "edition",
	    "freeze [--name TITLE] [same options] | list | show N | diff N [M] [--format json]",
	    "figures frozen; what moved since, record by record", false, false, edition_verb, 3 },
	{ "report",
	    "[--period 2024|2024-H1|2024-Q3|2024-11|FROM..TO] [--body CODE] [--district CODE] "
	    "[--known TIME] [--number N] [--on DAY] [--signer OFFICE] | --edition N; [--lang "
	    "kk|ru|en] --format docx|xlsx|html [--out FILE]",
	    "the report of a period beside plan and last year; Kazakh and Russian without --lang",
	    false, false, report_verb, 0 },
	{ "check-draft", "FILE",
	    "hold a text or a saved page against the records, as JSON; exit 1 when something is "
	    "false",
	    false, false, check_draft_verb, 1 },
	{ "feed", "poll", "look into every feed of a media outlet that is due, once", false, false,
	    cli_feed, 1 },
	{ "import-page",
	    "FILE [--accept certain|all|none] [--source ADDRESS] [--on DAY] [--rubric CODE] "
	    "[--dry-run]",
	    "a saved or pasted news page becomes a draft article, told as JSON; exit 1 when a "
	    "number in it is false",
	    false, false, import_page_verb, 1 },
	{ "ledger", "check", "recount every balance from its lines; exit 1 when something differs",
	    false, false, ledger_verb, 1 },
	{ "field", "export --headquarters N|CODE FILE | merge FILE",
	    "a copy of one headquarters for a laptop without a network, and its changes back",
	    false, false, cli_field, 2 },
	{ "verify", "[--root [DAY:]HASH]",
	    "recount every figure from its records and prove records, history and audit, also "
	    "against a root kept outside; exit 1 when something differs",
	    false, false, verify_verb, 0 },
	{ "user", USER_ARGS, "accounts, roles, second factors, sign-ins", false, false, user_verb,
	    3 },
	{ "token", TOKEN_ARGS, "API tokens; a new one stands alone on the last line", false, false,
	    token_verb, 2 },
	{ "reindex", "", "make all keys of order and search anew, after an update of the program",
	    false, true, reindex_verb, 0 },
	{ "backup", "FILE [--format rows]",
	    "the whole database in one file for both engines, without the key; rows: smaller, "
	    "slower",
	    false, false, backup_verb, 1 },
	{ "restore", "FILE", "a backup into an empty database, then verify; the key must be there",
	    true, true, restore, 1 },
	{ "import", "KIND FILE [--dry-run] [--sheet N] [--event N] [--map TARGETS] [--label TEXT]",
	    "people, memberships, bodies, events or attendances from XLSX or CSV; exit 1 when "
	    "rows were not "
	    "imported",
	    false, false, import, 2 },
	{ "export", "KIND [--format csv|xlsx|json] [--lang kk|ru|en] [field=value …]",
	    "a list as the page gives it out", false, false, export_verb, 16 },
	{ "erase", "PERSON_ID [--ground request|term|ended|court|unlawful] [--document TEXT]",
	    "erase a person for good; what is counted stays, a proof is left", false, false,
	    erase_verb, 1 },
	{ "ticket", "verify CODE",
	    "what a ticket is worth: valid, revoked, cancelled, waiting, used, over, wrong; exit 1 "
	    "unless valid",
	    false, false, ticket, 2 },
	{ "retain", "", "apply the terms of storage that are set, as the daily job does", false,
	    false, retain_verb, 0 },
	{ "migrate", "", "bring the database to this program's schema; a backup is made first",
	    false, false, migrate_verb, 0 },
};

static void
help(FILE *to)
{
	size_t i;

	fprintf(to, "shanyraq – a people's assembly under one roof\n\n"
		    "usage: shanyraq VERB --db FILE|postgresql://… [options]   (or SHANYRAQ_DB "
		    "instead of --db)\n"
		    "       options also stand in a file (--config FILE) and in the environment "
		    "(SHANYRAQ_LISTEN …)\n\n");
	for (i = 0; i < ARRAY_LEN(verbs); i++)
		fprintf(to, "  %s %s\n      %s\n", verbs[i].name, verbs[i].args, verbs[i].help);
	fprintf(to, "  lang FILTER\n      the language layer as filters, without a database: ");
	for (i = 0; i < lang_nfilters; i++)
		fprintf(to, "%s%s", i == 0 ? "" : " ", lang_filters[i].name);
	fprintf(to, "\n\nA database D is D, D.files/ and D.key (0600); for postgresql:// these lie "
		    "in SHANYRAQ_DIR or the\n"
		    "current folder under the database's name. Days: 2024-11-15 or 15.11.2024.\n"
		    "--known: as known then, 2024-11-15T18:00:00+05:00 or \"15.11.2024 18:00\"; a "
		    "day is its end.\n"
		    "exit: 0 done, 1 found something, 2 usage, 3 storage\n");
}

static int
run_verb(const struct verb *verb, const struct opts *o)
{
	struct app_options ao = { .db = o->db,
		.dir = o->dir,
		.hunspell_kk = o->hunspell_kk,
		.create = verb->create,
		.migrate = verb->migrate,
		.serving = verb->run == serve_verb,
		.aside = verb->run == check_draft_verb || verb->run == import_page_verb,
		.plain = verb->run == backup_verb,
		.as_is = verb->run == migrate_verb };
	struct app app;
	struct arena arena;
	struct ctx cx;
	const char *err = NULL;
	int rc;

	if (verb->run == restore) {
		ao.upto = o->argc == 1 ? backup_schema(o->argv[0]) : 0;
		if (ao.upto == 0) {
			fprintf(stderr, "shanyraq: restore: give a file that backup has written\n");
			return EXIT_USAGE;
		}
	}
	if (ao.serving)
		serve_hold_signals();
	rc = app_open(&app, &ao, &err);
	if (rc != RC_OK) {
		fprintf(stderr, "shanyraq: %s\n", err == NULL ? "the database does not open" : err);
		app_close(&app); /* the words lie in its arena */
		return rc == RC_INVALID ? EXIT_USAGE : EXIT_STORAGE;
	}
	arena_init(&arena);
	app_ctx(&app, &cx, &arena);
	if (o->lang != NULL && !lang_parse(o->lang, &cx.lang))
		rc = usage(&cx, "--lang kk|ru|en");
	else
		rc = verb->run(&app, &cx, o);
	if (rc != RC_OK)
		complain(&cx, rc);
	db_end(&cx);
	arena_done(&arena);
	app_close(&app);
	return rc == RC_OK && verify_found ? EXIT_FOUND : exit_of(rc);
}

/* The options are complete once the environment and the file were read. */
static int
configured(const struct verb *verb, struct opts *o)
{
	struct config c;
	const char *err = NULL;
	int out = EXIT_USAGE;

	if (config_fill(&c, o, &err) != RC_OK)
		fprintf(stderr, "shanyraq: %s\n", err);
	else if (verb->run == NULL) {
		config_print(&c, o, stdout);
		out = fflush(stdout) == 0 ? 0 : EXIT_STORAGE;
	} else
		out = run_verb(verb, o);
	config_free(&c);
	return out;
}

int
cli_main(int argc, char **argv)
{
	struct opts o = { 0 };
	size_t i;

	/* Many short requests on many threads: two heaps are enough, and memory stays small. */
	mallopt(M_ARENA_MAX, 2);
	umask(077);
	/* At a limit of file size (ulimit -f) the write fails and is answered; the signal would end us. */
	signal(SIGXFSZ, SIG_IGN);
	if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
		help(stdout);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], PICTURE_WORD) == 0)
		_exit(picture_helper_main()); /* no leak is looked for: it may open nothing */
	if (argc >= 2 && strcmp(argv[1], "lang") == 0)
		return lang_main(argc - 1, argv + 1);
	for (i = 0; argc >= 2 && i < ARRAY_LEN(verbs); i++)
		if (strcmp(argv[1], verbs[i].name) == 0) {
			if (!args_read(argc - 1, argv + 1, &o))
				return EXIT_USAGE;
			/* A day without its --on would else be overlooked, and another number answered. */
			if (o.argc > verbs[i].words) {
				fprintf(stderr, "shanyraq: %s: one word too many: “%s”\n",
				    verbs[i].name, o.argv[verbs[i].words]);
				return EXIT_USAGE;
			}
			return configured(&verbs[i], &o);
		}
	help(stderr);
	return EXIT_USAGE;
}
