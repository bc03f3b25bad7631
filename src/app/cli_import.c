/* cli_import.c – `shanyraq import KIND FILE` and `shanyraq export KIND`.
 *
 * An import that was killed goes on when the same command is given again: the batch knows how far it
 * came. What is not imported lies beside the file as FILE.rejected.xlsx or .csv, in the file's own
 * columns with the reason, to be put right and given again. Export is the page's own list, asked as the
 * page would be. */
#include "app/cli_import.h"

#include <stdio.h>
#include <stdlib.h>

#include "mod/import/import.h"

/* ---- import ---- */

static int
kind_and_file(struct ctx *cx, const struct opts *o, struct import_new *in)
{
	char *real;

	if (o->argc != 2)
		return fail(cx, RC_INVALID, "%s",
		    "import KIND FILE [--dry-run] [--sheet N] [--event N] [--map TARGETS] [--lang "
		    "kk|ru|en]");
	*in = (struct import_new){ .kind = import_kind_of(o->argv[0]), .sheet = -1 };
	if (in->kind == NULL)
		return fail(cx, RC_INVALID, "%s",
		    "import: people, memberships, bodies, events or attendances");
	real = realpath(o->argv[1], NULL);
	if (real == NULL)
		return fail(cx, RC_INVALID, N_("The file cannot be read."));
	in->path = arena_str(cx->arena, real);
	free(real);
	in->file_name = strrchr(in->path, '/') + 1;
	if (o->sheet != NULL)
		in->sheet = atoi(o->sheet) - 1;
	return RC_OK;
}

static void
say_plan(struct ctx *cx, const struct import_batch *b, const struct import_counts *n)
{
	fprintf(stderr,
	    "import %lld: rows %lld, new %lld, changed %lld, same %lld, asking %lld, errors %lld\n",
	    (long long)b->id, (long long)n->rows, (long long)n->fresh, (long long)n->updates,
	    (long long)n->same, (long long)n->asks, (long long)n->errors + n->left_out);
	if (b->plan_digest != NULL)
		fprintf(stderr, "plan %s\n", b->plan_digest);
	(void)cx;
}

/* One line a row: number, outcome, fields, reason. */
static int
print_lines(struct ctx *cx, const struct import_batch *b, const char *outcomes)
{
	enum { AT_ONCE = 100 };
	struct arena_mark mark = arena_mark(cx->arena);
	int64_t after = 0;
	size_t n, i;

	do {
		struct import_line *l = arena_array(cx->arena, struct import_line, AT_ONCE);

		TRY(import_lines(cx, b, (struct import_window){ 0, after, AT_ONCE, false }, l, &n));
		for (i = 0; i < n; i++) {
			after = l[i].row;
			if (strchr(outcomes, l[i].outcome) != NULL)
				printf("%lld\t%s\t%s\t%s\n", (long long)l[i].row,
				    l[i].outcome == 'n'	  ? "new"
				    : l[i].outcome == 'u' ? "change"
				    : l[i].outcome == 's' ? "same"
				    : l[i].outcome == 'a' ? "asks"
				    : l[i].outcome == 'k' ? "left out"
							  : "error",
				    l[i].fields == NULL ? "" : l[i].fields,
				    l[i].reason == NULL ? "" : l[i].reason);
		}
		arena_rewind(cx->arena, mark);
	} while (n == AT_ONCE);
	return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static int
write_rejected(struct ctx *cx, const struct import_batch *b)
{
	const char *dot = strrchr(b->path, '.');
	bool xlsx = dot != NULL && strcmp(dot, ".xlsx") == 0;
	const char *to = arena_printf(cx->arena, "%s.rejected.%s", b->path, xlsx ? "xlsx" : "csv");
	struct slice out;
	FILE *f;

	TRY(import_rejected(cx, b, xlsx, &out));
	f = fopen(to, "wbe");
	if (f == NULL || fwrite(out.p, 1, out.n, f) != out.n || fclose(f) != 0)
		return fail(cx, RC_STORAGE, N_("The file cannot be kept: the disk refuses."));
	fprintf(stderr, "%s\n", to);
	return RC_OK;
}

static int
run_to_end(struct ctx *cx, int64_t id, struct import_batch *b, struct import_counts *n)
{
	bool more = true;

	while (more) {
		TRY(import_run(cx, id, 60000, &more));
		cx->now = clock_now();
	}
	TRY(import_get(cx, id, b));
	if (b->error != NULL)
		fprintf(stderr, "%s\n", b->error);
	return import_count(cx, id, n);
}

static int
begin(struct ctx *cx, const struct opts *o, const struct import_new *in, struct import_batch *b,
    struct import_counts *n)
{
	int64_t id;

	TRY(import_open(cx, in, &id));
	TRY(import_get(cx, id, b));
	if (in->kind->names_person)
		TRY(import_set_event(cx, id, o->event));
	TRY(import_set_mapping(cx, id, o->map != NULL ? o->map : b->mapping, false, o->label));
	TRY(run_to_end(cx, id, b, n));
	if (strcmp(b->state, "planned") != 0)
		return fail(cx, RC_INVALID, "%s", b->error == NULL ? "not planned" : b->error);
	say_plan(cx, b, n);
	return RC_OK;
}

int
import_verb(struct app *a, struct ctx *cx, const struct opts *o, int64_t *rejected)
{
	struct import_counts n = { 0 };
	struct import_batch b;
	struct import_new in;
	bool pinned;
	int64_t id;

	store_lean(a->store);
	TRY(setting_business_day(cx, &cx->today, &pinned));
	TRY(kind_and_file(cx, o, &in));
	TRY(import_unfinished(cx, &in, &id));
	if (id == 0) {
		TRY(begin(cx, o, &in, &b, &n));
		*rejected = n.errors + n.asks + n.left_out;
		if (o->dry_run) {
			TRY(print_lines(cx, &b, "nuaek"));
			return import_drop(cx, b.id);
		}
		id = b.id;
		if (n.fresh + n.updates > 0)
			TRY(import_commit(cx, id, b.plan_digest));
	} else {
		TRY(import_get(cx, id, &b));
		if (strcmp(b.state, "stopped") == 0)
			TRY(import_commit(cx, id, b.plan_digest));
		fprintf(stderr, "import %lld goes on behind row %lld\n", (long long)id,
		    (long long)b.done_row);
	}
	TRY(run_to_end(cx, id, &b, &n));
	*rejected = n.errors + n.asks + n.left_out;
	fprintf(stderr, "import %lld: written %lld, not imported %lld\n", (long long)id,
	    (long long)n.done, (long long)*rejected);
	if (*rejected > 0) {
		TRY(print_lines(cx, &b, "aek"));
		TRY(write_rejected(cx, &b));
	}
	return strcmp(b.state, "planned") == 0 ? import_drop(cx, id) : RC_OK;
}

/* ---- export ---- */

/* The list page of a collection; NULL = it has none of its own. */
static handler *
list_page_of(const struct kind *k)
{
	char path[64];
	size_t t, i;

	snprintf(path, sizeof path, "/%s", k->plural_name);

	for (t = 0; t < app_nroutes; t++)
		for (i = 0; i < *app_routes[t].n; i++)
			if (app_routes[t].rows[i].method == M_GET && strcmp(k->name, "body") != 0 &&
			    strcmp(app_routes[t].rows[i].pattern, path) == 0)
				return app_routes[t].rows[i].run;
	return NULL;
}

/* "format=csv&sex=f": as the address of the page would have it. A filter that the page would pass over
 * is refused here: nobody sees on a file what it was not asked. */
static int
query_text(
    struct ctx *cx, const struct kind *k, const struct opts *o, const char *format, struct buf *out)
{
	struct query q;
	int i;

	buf_init(out, cx->arena, 0);
	buf_printf(out, "format=%s", format);
	TRY(query_init(cx, &q, k));
	for (i = 1; i < o->argc; i++) {
		const char *eq = strchr(o->argv[i], '='), *name;

		if (eq == NULL)
			return fail(
			    cx, RC_INVALID, "%s", "export: filters are written field=value");
		name = arena_strn(cx->arena, o->argv[i], (size_t)(eq - o->argv[i]));
		TRY(strcmp(name, "sort") == 0 ? query_sort(&q, eq + 1)
					      : query_filter(&q, name, eq + 1));
		buf_char(out, '&');
		url_encode(out, name);
		buf_char(out, '=');
		url_encode(out, eq + 1);
	}
	return RC_OK;
}

int
export_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	const char *format = o->format == NULL ? "csv" : o->format;
	const struct kind *k = o->argc > 0 ? kind_of_collection(o->argv[0]) : NULL;
	struct req *rq = arena_new(cx->arena, struct req);
	struct view *v = arena_new(cx->arena, struct view);
	struct buf query;
	handler *page;
	bool pinned, written;

	(void)a;
	if (k == NULL || (strcmp(format, "csv") != 0 && strcmp(format, "xlsx") != 0 &&
			     strcmp(format, "json") != 0))
		return fail(cx, RC_INVALID, "%s",
		    "export people|memberships|bodies|events|… --format csv|xlsx|json [field=value "
		    "…]");
	TRY(setting_business_day(cx, &cx->today, &pinned));
	TRY(query_text(cx, k, o, format, &query));
	arena_init(&rq->arena);
	rq->method = M_GET;
	rq->path = arena_printf(cx->arena, "/%s/%s", lang_code(cx->lang), k->plural_name);
	rq->query_raw = (struct slice){ query.p, query.n };
	rq->cx = cx;
	*v = (struct view){ .rq = rq,
		.cx = cx,
		.status = 200,
		.path = arena_printf(cx->arena, "/%s", k->plural_name) };
	html_init(&v->h, cx->arena, 0);
	TRY(req_parse(rq));
	page = list_page_of(k);
	TRY(page != NULL ? page(v)
			 : ui_list_page(v, &(struct ui_list){ .kind = k, .path = v->path }));
	written = fwrite(rq->res.body.p, 1, rq->res.body.n, stdout) == rq->res.body.n &&
		  fflush(stdout) == 0;
	arena_done(&rq->arena);
	return written ? RC_OK : RC_STORAGE;
}
