/* lang_cli_index.c – `lang index`: a throw-away index over a file, then questions from stdin.
 *
 * The same code as in the house (search/), over a database in a folder of its own that is gone
 * afterwards: what is measured here is what the program does. */
#include "app/lang_cli_index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/db.h"
#include "lang/key.h"
#include "lang/spelling.h"
#include "search/search.h"
#include "web/assets.h"

enum { BATCH = 500, ANSWERS = 10 };

struct lines {
	const char **id, **text;
	size_t n, cap;
};
struct throwaway {
	char dir[40], file[64];
	struct store *store;
	struct arena arena;
	struct ctx cx;
	struct lines l;
	bool names;
	bool surname_last; /* this list writes "Given Surname" */
};

static int
complain(const char *what)
{
	fprintf(stderr, "shanyraq: lang index: %s\n", what);
	return 3;
}

static void
add_line(struct throwaway *t, const char *line, size_t n)
{
	struct lines *l = &t->l;
	const char *tab = memchr(line, '\t', n);

	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 4096 : l->cap * 2;
		const char **id = arena_array(&t->arena, const char *, cap),
			   **text = arena_array(&t->arena, const char *, cap);

		if (l->n > 0) {
			memcpy(id, l->id, l->n * sizeof *id);
			memcpy(text, l->text, l->n * sizeof *text);
		}
		l->id = id;
		l->text = text;
		l->cap = cap;
	}
	/* Of names, an id in front may stand or not. */
	l->id[l->n] = arena_strn(&t->arena, line, tab == NULL ? n : (size_t)(tab - line));
	l->text[l->n++] = tab == NULL
			      ? arena_strn(&t->arena, line, n)
			      : arena_strn(&t->arena, tab + 1, n - (size_t)(tab + 1 - line));
}

static size_t
cut_end(char *line, ssize_t n)
{
	size_t k = (size_t)n;

	while (k > 0 && (line[k - 1] == '\n' || line[k - 1] == '\r'))
		k--;
	line[k] = '\0';
	return k;
}

static bool
read_lines(struct throwaway *t, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (f == NULL)
		return false;
	while ((n = getline(&line, &cap, f)) >= 0)
		add_line(t, line, cut_end(line, n));
	free(line);
	return fclose(f) == 0;
}

static int
make(struct throwaway *t)
{
	struct migration *m = arena_array(&t->arena, struct migration, nschema_blobs);
	const char *err = NULL;
	size_t i;

	snprintf(t->dir, sizeof t->dir, "%s", "/tmp/shanyraq-index-XXXXXX");
	if (mkdtemp(t->dir) == NULL)
		return RC_STORAGE;
	snprintf(t->file, sizeof t->file, "%s/index.db", t->dir);
	TRY(store_open(&(struct store_options){ .url = t->file, .create = true, .readers = 1 },
	    &t->store, &err));
	for (i = 0; i < nschema_blobs; i++)
		m[i] = (struct migration){ atoi(schema_blobs[i].name), schema_blobs[i].name,
			(const char *)schema_blobs[i].data };
	TRY(store_migrate(t->store, m, nschema_blobs, NULL, &err));
	t->cx = (struct ctx){
		.arena = &t->arena, .actor = &actor_system, .now = clock_now(), .lang = LANG_KK
	};
	db_bind(&t->cx, t->store);
	return RC_OK;
}

struct batch {
	struct throwaway *t;
	size_t from, to;
};

/* ---- names: which word of a line is the surname ---- */

static size_t
words_of(struct throwaway *t, size_t line, struct key_token **k)
{
	return key_tokens(&t->arena, t->l.text[line], strlen(t->l.text[line]), k);
}

/* The form of most lines tells it for those that have none (Сағат Ораз). */
static void
learn_habit(struct throwaway *t)
{
	size_t first = 0, last = 0, i, n;
	struct key_token *k;

	for (i = 0; i < t->l.n; i++) {
		struct arena_mark mark = arena_mark(&t->arena);

		n = words_of(t, i, &k);
		if (n > 1) {
			first += surname_form(k[0].exact) == SURNAME_SURE;
			last += surname_form(k[n - 1].exact) == SURNAME_SURE;
		}
		arena_rewind(&t->arena, mark);
	}
	t->surname_last = last > first;
}

static size_t
surname_of(const struct throwaway *t, const struct key_token *k, size_t n)
{
	size_t habit = t->surname_last ? n - 1 : 0, other = n - 1 - habit;

	if (surname_form(k[habit].exact) != SURNAME_SURE &&
	    surname_form(k[other].exact) == SURNAME_SURE)
		return other;
	return habit;
}

/* Before the surname, the surname, behind it. */
static size_t
name_line(struct throwaway *t, size_t line, struct search_part p[3])
{
	const char *text = t->l.text[line];
	struct key_token *k;
	size_t n = words_of(t, line, &k), at, end, i;

	if (n == 0)
		return 0;
	i = surname_of(t, k, n);
	at = k[i].at;
	end = at + k[i].n;
	p[0].text = arena_strn(&t->arena, text, at);
	p[1].text = arena_strn(&t->arena, text + at, end - at);
	p[1].surname = true;
	p[2].text = text + end;
	return 3;
}

static int
put_batch(struct ctx *cx, struct tx *tx, void *arg)
{
	struct batch *b = arg;
	size_t i;

	for (i = b->from; i < b->to; i++) {
		const struct search_part part = { .text = b->t->l.text[i],
			.audience = AUD_OPEN,
			.reader = CAP_PUBLIC,
			.name = b->t->names,
			.weight = 1 };
		struct search_part p[3] = { part, part, part };
		struct arena_mark mark = arena_mark(cx->arena);
		size_t n = b->t->names ? name_line(b->t, i, p) : 1;

		TRY(search_put_tx(
		    cx, tx, &(struct search_record){ "line", (int64_t)i + 1, true, p, n }));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

static int
fill(struct throwaway *t)
{
	size_t at;

	for (at = 0; at < t->l.n; at += BATCH) {
		struct batch b = { t, at, at + BATCH < t->l.n ? at + BATCH : t->l.n };
		struct arena_mark mark = arena_mark(&t->arena);

		TRY(db_write(&t->cx, put_batch, &b));
		arena_rewind(&t->arena, mark);
	}
	return RC_OK;
}

static int
answer(struct throwaway *t, const char *line)
{
	const struct collection c = {
		.name = "line", .names = t->names, .audiences = AUD_BIT(AUD_OPEN)
	};
	struct question *q = arena_new(&t->arena, struct question);
	struct hit *hits;
	size_t n, i;

	TRY(question_read(&t->cx, line, READER(CAP_PUBLIC), t->names ? ASK_NAMES : ASK_TEXTS, q));
	TRY(question_rank(&t->cx, q, &c, &hits, &n));
	for (i = 0; i < n && i < ANSWERS; i++)
		printf("%s%s",
		    i == 0     ? ""
		    : t->names ? "|"
			       : " ",
		    t->names ? t->l.text[hits[i].rec - 1] : t->l.id[hits[i].rec - 1]);
	putchar('\n');
	return RC_OK;
}

static int
answers(struct throwaway *t)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	int rc = RC_OK;

	while (rc == RC_OK && (n = getline(&line, &cap, stdin)) >= 0) {
		struct arena_mark mark = arena_mark(&t->arena);

		(void)cut_end(line, n);
		rc = answer(t, line);
		arena_rewind(&t->arena, mark);
	}
	free(line);
	db_end(&t->cx);
	return rc != RC_OK ? rc : fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static void
sweep(struct throwaway *t)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char path[80];
	size_t i;

	if (t->store != NULL) {
		db_end(&t->cx);
		store_close(t->store);
	}
	for (i = 0; i < ARRAY_LEN(ends); i++) {
		snprintf(path, sizeof path, "%s%s", t->file, ends[i]);
		(void)unlink(path);
	}
	(void)rmdir(t->dir);
}

int
lang_index(int argc, char **argv)
{
	struct throwaway t = { 0 };
	const char *path = NULL;
	int i, rc;

	for (i = 0; i < argc; i++)
		if (strcmp(argv[i], "--names") == 0)
			t.names = true;
		else if (path == NULL)
			path = argv[i];
		else
			path = "";
	if (path == NULL || *path == '\0') {
		fprintf(
		    stderr, "usage: shanyraq lang index FILE.tsv [--names], questions on stdin\n");
		return 2;
	}
	arena_init(&t.arena);
	if (!read_lines(&t, path)) {
		arena_done(&t.arena);
		return complain(strerror(errno));
	}
	if (t.names)
		learn_habit(&t);
	rc = make(&t);
	if (rc == RC_OK)
		rc = fill(&t);
	if (rc == RC_OK)
		rc = answers(&t);
	if (rc != RC_OK)
		complain(t.cx.err.detail != NULL ? t.cx.err.detail : "the index cannot be written");
	sweep(&t);
	arena_done(&t.arena);
	return rc == RC_OK ? 0 : 3;
}
