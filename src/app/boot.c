/* boot.c – from a database's name to a program that can work with it: paths, key, languages, kinds,
 * migrations, the comparison of tables and kinds. Everything here is done once, before anything
 * listens, so a mistake stops the start and not a request. */
#include "app/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/log.h"
#include "core/data.h"
#include "core/files.h"
#include "core/work.h"
#include "kind/vault.h"
#include "lang/lexicon.h"
#include "mod/field/field.h"
#include "search/search.h"
#include "ui/ui.h"
#include "web/assets.h"

static int
load_languages(const char **err)
{
	const struct blob *kk = blob_find(mo_blobs, nmo_blobs, "kk.mo"),
			  *ru = blob_find(mo_blobs, nmo_blobs, "ru.mo");

	if ((kk != NULL && lang_init(LANG_KK, kk->data, kk->size) != RC_OK) ||
	    (ru != NULL && lang_init(LANG_RU, ru->data, ru->size) != RC_OK)) {
		*err = "the catalogues of translations inside the program are broken";
		return RC_BUG;
	}
	return RC_OK;
}

int
app_schema(void)
{
	size_t i;
	int want = 0;

	for (i = 0; i < nschema_blobs; i++)
		if (atoi(schema_blobs[i].name) > want)
			want = atoi(schema_blobs[i].name);
	return want;
}

static void
warn_lexicon(const char *warning)
{
	log_line(LOG_WARN, "%s", warning);
}

/* What may be lost: the folder that systemd names, else the user's own. */
const char *
cache_path(struct arena *a)
{
	const char *dir = getenv("CACHE_DIRECTORY");

	if (dir != NULL && *dir == '/')
		return arena_printf(a, "%s/words", dir);
	dir = getenv("XDG_CACHE_HOME");
	if (dir != NULL && *dir == '/')
		return arena_printf(a, "%s/shanyraq/words", dir);
	dir = getenv("HOME");
	return dir != NULL && *dir == '/' ? arena_printf(a, "%s/.cache/shanyraq/words", dir) : NULL;
}

/* Keys and stems depend on it, so every command that opens a store reads it. A server answers its first
 * guest meanwhile, and a draft's figures are counted. */
static void
load_lexicon(struct arena *a, bool aside, const char *hunspell)
{
	const struct lexicon_sources from = { house_data("kk_words.csv"),
		hunspell != NULL ? hunspell : getenv("SHANYRAQ_HUNSPELL_KK"), cache_path(a) };
	const char *warning;

	if (aside) {
		lexicon_load_aside(&from, warn_lexicon);
		return;
	}
	lexicon_load(&from, &warning);
	if (warning != NULL)
		warn_lexicon(warning);
}

/* As many as there are up to this number; 0 = all. */
static struct migration *
migrations(struct app *a, int upto, size_t *n)
{
	struct migration *m = arena_array(&a->arena, struct migration, nschema_blobs);
	size_t i;

	*n = 0;
	for (i = 0; i < nschema_blobs; i++) {
		m[i] = (struct migration){ atoi(schema_blobs[i].name), schema_blobs[i].name,
			(const char *)schema_blobs[i].data };
		*n += upto == 0 || m[i].number <= upto;
	}
	return m;
}

int
app_store_make(struct app *a, const char *path, struct store **out, const char **err)
{
	struct migration *m;
	size_t n;

	TRY(store_open(
	    &(struct store_options){ .url = path, .create = true, .patient = true }, out, err));
	m = migrations(a, 0, &n);
	return store_migrate(*out, m, n, NULL, err);
}

static int
migrate(struct app *a, bool run, int upto, const char **err)
{
	size_t n;
	struct migration *m = migrations(a, upto, &n);
	int have, want = app_schema();

	if (upto > want) {
		*err = "this backup is newer than the program";
		return RC_INVALID;
	}
	if (run)
		return store_migrate(a->store, m, n, NULL, err);
	TRY(store_schema(a->store, &have, err));
	if (have == want)
		return RC_OK;
	*err = have == 0 ? "this database is empty: run “shanyraq init” or “shanyraq demo” first"
	       : have < want ? "this database is older than the program: run “shanyraq migrate”"
			     : "this database is newer than the program";
	return RC_INVALID;
}

/* The tables and the kinds must tell the same story. */
static int
compare(struct app *a, const char **err)
{
	struct arena arena;
	struct ctx cx;
	struct buf out;
	int64_t copy;
	int rc;

	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	buf_init(&out, &arena, 0);
	rc = kind_compare(&cx, app_kinds, app_nkinds, &out);
	if (rc != RC_OK)
		*err = arena_printf(
		    &a->arena, "the database's tables differ from the program's:\n%s", out.p);
	/* Old keys beside new ones would list and find wrongly without anybody noticing. */
	else if (a->serving)
		rc = keys_check(&cx, err);
	if (rc == RC_OK && field_boot(&cx, &copy) != RC_OK) {
		*err = "the table field_origin does not read";
		rc = RC_STORAGE;
	}
	if (rc == RC_OK)
		ui_copy(copy);
	db_end(&cx);
	arena_done(&arena);
	return rc;
}

static int
open_store(struct app *a, const struct app_options *o, const char **err)
{
	struct store_options so = { .url = a->url,
		.create = o->create,
		.writer_thread = o->serving,
		.patient = !o->serving };

	TRY(store_open(&so, &a->store, err));
	if (o->as_is)
		return RC_OK;
	TRY(migrate(a, o->migrate, o->upto, err));
	return o->upto != 0 ? RC_OK : compare(a, err);
}

int
app_upgrade(struct app *a, const char **err)
{
	TRY(migrate(a, true, 0, err));
	return compare(a, err);
}

int
app_open(struct app *a, const struct app_options *o, const char **err)
{
	memset(a, 0, sizeof *a);
	arena_init(&a->arena);
	a->url = o->db != NULL ? o->db : getenv("SHANYRAQ_DB");
	a->serving = o->serving;
	if (a->url == NULL || *a->url == '\0') {
		*err = "no database: give --db FILE or --db postgresql://…, or set SHANYRAQ_DB";
		return RC_INVALID;
	}
	if (paths_of(&a->arena, a->url, o->dir != NULL ? o->dir : getenv("SHANYRAQ_DIR"),
		&a->paths) != RC_OK) {
		*err = "the address names no database";
		return RC_INVALID;
	}
	tables_init();
	TRY(load_languages(err));
	if (!o->plain)
		load_lexicon(&a->arena, o->serving || o->aside, o->hunspell_kk);
	TRY(kind_boot(app_kinds, app_nkinds, err));
	search_boot(app_kinds, app_nkinds);
	TRY(vault_open(a->paths.key, o->create && o->upto == 0, err));
	if (mkdir(a->paths.files, 0700) != 0)
		err_clear(&(struct ctx){ 0 }); /* there already, or said when a file is put */
	files_home_set(a->paths.files);
	work_folder_set(arena_printf(&a->arena, "%s.works", a->paths.base));
	return open_store(a, o, err);
}

void
app_close(struct app *a)
{
	lexicon_wait();
	if (a->store != NULL)
		store_close(a->store);
	arena_done(&a->arena);
}

void
app_ctx(struct app *a, struct ctx *cx, struct arena *arena)
{
	*cx = (struct ctx){ .arena = arena,
		.actor = &actor_system,
		.now = clock_now(),
		.lang = LANG_KK,
		.app = a };
	cx->today = day_of_moment(cx->now);
	db_bind(cx, a->store);
}
