/* import_lines.c – the plan to look at, its questions and answers, the rows that were not imported, and a
 * blank sheet to begin with. Cells come from the file each time: the plan keeps none. */
#include "mod/import/import_inner.h"

#include "text/csv.h"
#include "text/xlsx.h"

static int
line_rows(struct ctx *cx, const struct import_batch *b, struct import_window w,
    struct import_line *out, size_t *n)
{
	char o[2] = { w.outcome, '\0' };
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    w.outcome == 0 ? "SELECT row, outcome, rec, person, done, fields, reason FROM "
			     "import_plan WHERE batch = $1 AND "
			     "$2 <> '-' AND row > $3 ORDER BY row LIMIT $4"
			   : "SELECT row, outcome, rec, person, done, fields, reason FROM "
			     "import_plan WHERE batch = $1 AND "
			     "outcome = $2 AND row > $3 ORDER BY row LIMIT $4",
	    VALS(v_int(b->id), v_text(arena_str(cx->arena, o)), v_int(w.after),
		v_int((int64_t)w.limit))));
	while (*n < w.limit && rows_next(&r))
		out[(*n)++] = (struct import_line){ .row = row_int(&r, 0),
			.outcome = *row_text(&r, 1),
			.rec = row_int(&r, 2),
			.person = row_int(&r, 3),
			.done = row_int(&r, 4) != 0,
			.fields = row_text(&r, 5),
			.reason = row_text(&r, 6) };
	return rows_end(&r);
}

/* The cells of lines that are in order of rows. */
static int
fill_cells(struct ctx *cx, const struct import_batch *b, struct import_line *out, size_t n)
{
	struct table_ask ask = {
		.code = (enum table_code)b->code, .sep = (char)b->sep, .sheet = b->sheet
	};
	const struct table_row *row;
	enum table_fault fault;
	struct table *t;
	size_t i = 0, c;

	if (b->path == NULL || n == 0 || table_open(b->path, &ask, &t, &fault) != RC_OK)
		return RC_OK; /* the term is over: the lines stand without their cells */
	while (i < n && (row = table_next(t)) != NULL) {
		while (i < n && out[i].row < row->number)
			i++;
		if (i == n || out[i].row != row->number)
			continue;
		out[i].ncells = row->n < IMPORT_COLUMNS ? row->n : IMPORT_COLUMNS;
		for (c = 0; c < out[i].ncells; c++)
			out[i].cells[c] = import_short(cx->arena, row->cell[c]);
	}
	table_close(t);
	return RC_OK;
}

int
import_lines(struct ctx *cx, const struct import_batch *b, struct import_window w,
    struct import_line *out, size_t *n)
{
	TRY(line_rows(cx, b, w, out, n));
	return w.cells ? fill_cells(cx, b, out, *n) : RC_OK;
}

/* ---- questions ---- */

int
import_ask(struct ctx *cx, const struct import_batch *b, int64_t row, struct import_question *out)
{
	struct import_run r;
	struct import_plan p;
	size_t n = 0;
	int rc;

	*out = (struct import_question){ 0 };
	rc = import_run_open(cx, b->id, &r);
	r.question = out;
	if (rc == RC_OK)
		rc = import_run_file(&r, row - 1);
	/* Empty rows are no rows: the next one may be a later one. */
	if (rc == RC_OK)
		rc = import_run_rows(&r, &p, 1, &n);
	if (rc == RC_OK && (n == 0 || p.row != row))
		rc = RC_NOTFOUND;
	if (rc == RC_OK)
		rc = import_plan_row(&r, &p);
	import_run_close(&r);
	return rc;
}

struct answer {
	const struct import_batch *b;
	const char *what;
	int64_t pick;
};

static int
answer_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct answer *a = arg;

	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO import_choice (batch, what, pick) VALUES ($1, $2, $3) ON CONFLICT (batch, "
	    "what) DO "
	    "UPDATE SET pick = excluded.pick",
	    VALS(v_int(a->b->id), v_text(a->what), v_int(a->pick))));
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM import_plan WHERE batch = $1", VALS(v_int(a->b->id))));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE import_batch SET done_row = 0, plan_digest = NULL, asked_digest = NULL, error "
	    "= NULL WHERE "
	    "id = $1",
	    VALS(v_int(a->b->id))));
	return import_state_tx(cx, tx, a->b->id, "planned", "planning");
}

/* WHY the whole plan anew: an answer may concern many rows, and rows lean on rows before them. */
int
import_answer(struct ctx *cx, int64_t id, const char *what, int64_t pick)
{
	struct import_batch b;
	struct answer a = { &b, what, pick };

	TRY(import_get(cx, id, &b));
	if (what == NULL || *what == '\0' || pick < -1 || strlen(what) > 400)
		return fail(cx, RC_INVALID, N_("Choose one of the records offered."));
	/* A record that this actor may not see cannot be meant. */
	if (pick > 0 && (strncmp(what, "row:", 4) == 0 || strncmp(what, "who:", 4) == 0)) {
		const struct import_kind *ik = import_kind_of(b.kind);
		const struct kind *k =
		    ik->with_person || ik->names_person ? &person_kind : ik->kind;

		TRY(kind_get(cx, k, pick, arena_alloc(cx->arena, k->size)));
	}
	return db_write(cx, answer_fn, &a);
}

/* ---- rejected rows ---- */

struct sheet {
	bool office;
	struct xlsx *x;
	struct csv c;
	size_t columns;
};

static void
put(struct sheet *s, const char *text, bool head)
{
	if (s->x == NULL)
		csv_cell(&s->c, text);
	else if (head)
		xlsx_head(s->x, text);
	else
		xlsx_text(s->x, text);
}

static void
end_row(struct sheet *s)
{
	if (s->x == NULL)
		csv_end_row(&s->c);
	else
		xlsx_end_row(s->x);
}

static int
reject_header(struct ctx *cx, const struct import_batch *b, struct sheet *s)
{
	struct import_view *v = arena_new(cx->arena, struct import_view);
	const char *reason = tr(cx, "Why not imported");
	size_t i;

	TRY(import_look(cx, b, v));
	s->columns = v->ncolumns;
	/* A file that was sent again has the column already. */
	while (s->columns > 0 && v->head[s->columns - 1] != NULL &&
	       strcmp(v->head[s->columns - 1], reason) == 0)
		s->columns--;
	for (i = 0; i < s->columns; i++)
		put(s, v->head[i], true);
	put(s, reason, true);
	end_row(s);
	return RC_OK;
}

/* One chunk of the file beside its part of the plan; *more = there was one. */
static int
reject_chunk(struct ctx *cx, struct import_run *r, struct sheet *s, bool *more)
{
	static const char outcomes[] = "eak";
	struct import_plan *rows = arena_array(cx->arena, struct import_plan, IMPORT_PAGE_CHUNK),
			   *plan = arena_array(cx->arena, struct import_plan, IMPORT_PAGE_CHUNK);
	size_t n = 0, np = IMPORT_PAGE_CHUNK, i, j, c;

	TRY(import_run_rows(r, rows, IMPORT_PAGE_CHUNK, &n));
	*more = n > 0;
	if (n == 0)
		return RC_OK;
	TRY(import_plan_load(cx, r->b.id, rows[0].row, rows[n - 1].row, plan, &np));
	for (i = j = 0; i < n; i++) {
		while (j < np && plan[j].row < rows[i].row)
			j++;
		if (j == np || plan[j].row != rows[i].row ||
		    strchr(outcomes, plan[j].outcome) == NULL)
			continue;
		for (c = 0; c < s->columns; c++)
			put(s, c < rows[i].ncells ? rows[i].cells[c] : "", false);
		put(s, plan[j].reason == NULL ? tr(cx, "left out") : plan[j].reason, false);
		end_row(s);
	}
	return RC_OK;
}

/* What a chunk needs is forgotten after it: a file has tens of megabytes, its good rows among them. The
 * list itself lies where it was begun. */
static int
reject_rows(struct ctx *cx, const struct import_batch *b, struct sheet *s)
{
	struct arena page, *own = cx->arena;
	struct import_run r;
	bool more = true;
	int rc = import_run_open(cx, b->id, &r);

	if (rc == RC_OK)
		rc = import_run_file(&r, 0);
	arena_init(&page);
	while (rc == RC_OK && more) {
		cx->arena = &page;
		rc = reject_chunk(cx, &r, s, &more);
		cx->arena = own;
		cx->err.text = arena_str(own, cx->err.text);
		cx->err.detail = arena_str(own, cx->err.detail);
		arena_reset(&page, ARENA_CHUNK * 16);
	}
	arena_done(&page);
	import_run_close(&r);
	return rc;
}

int
import_rejected(struct ctx *cx, const struct import_batch *b, bool xlsx, struct slice *out)
{
	struct sheet s = { .office = true };
	int rc, closed = RC_OK;

	if (xlsx)
		TRY(xlsx_open(cx->arena, tr(cx, "Not imported"), &s.x));
	else
		csv_init(&s.c, cx->arena, true, 0);
	rc = reject_header(cx, b, &s);
	if (rc == RC_OK)
		rc = reject_rows(cx, b, &s);
	if (xlsx)
		closed = xlsx_close(s.x, out);
	else
		*out = (struct slice){ s.c.out.p, s.c.out.n };
	TRY(rc);
	if (closed == RC_TOOBIG || s.c.out.over)
		return fail(
		    cx, RC_TOOBIG, N_("The list is too long for one file. Filter it first."));
	return closed;
}

/* ---- a blank sheet ---- */

/* What may stand in a column, by the reader's language; columns that are not here stay empty. */
static const struct {
	const char *target;
	const char *text[LANG_COUNT];
} examples[] = {
	{ "full_name",
	    { "Үлгіұлы Мысал Сынақұлы", "Образцов Пример Тестович", "Sample Example Testovich" } },
	{ "iin", { "850101300015", "850101300015", "850101300015" } },
	{ "birth_day", { "01.01.1985", "01.01.1985", "01.01.1985" } },
	{ "sex", { "ер", "муж", "male" } },
	{ "phone", { "+7 700 000 00 00", "+7 700 000 00 00", "+7 700 000 00 00" } },
	{ "email", { "mysal@example.org", "primer@example.org", "sample@example.org" } },
	{ "role", { "мүше", "член", "member" } },
	{ "from_day", { "15.11.2024", "15.11.2024", "15.11.2024" } },
	{ "first_day", { "15.11.2024", "15.11.2024", "15.11.2024" } },
	{ "document", { "№ 5 хаттама", "Протокол № 5", "Minutes No. 5" } },
	{ "starts", { "17:00", "17:00", "17:00" } },
	{ "name", { "Үлгі атау", "Үлгі атау", "Үлгі атау" } },
	{ "name.ru", { "Примерное название", "Примерное название", "Примерное название" } },
};

/* Columns that nobody fills in a sheet: they are told by full_name, or rarely known. */
static bool
left_out(const struct import_target *t)
{
	static const char *const names[] = { "surname", "given", "patronymic", "latin_surname",
		"latin_given", "note", "end_reason", "declared_members", "declared_on",
		"declared_document", "name_from", "legal_basis", "summary", "head_count",
		"programme", "observance", "goal", "code", "lang", NULL };
	size_t i;

	if (t->lang == LANG_EN)
		return true;
	for (i = 0; t->field != NULL && names[i] != NULL; i++)
		if (strcmp(t->field->name, names[i]) == 0)
			return true;
	return false;
}

static int
example(struct ctx *cx, const struct import_target *t, const char **out)
{
	const char *bare = t->field == NULL ? "full_name" : t->name;
	size_t i;
	int rc = RC_OK;

	*out = "";
	if (t->person && t->field != NULL)
		bare = t->field->name;
	for (i = 0; i < ARRAY_LEN(examples); i++)
		if (strcmp(examples[i].target, bare) == 0)
			*out = examples[i].text[cx->lang];
	if (**out == '\0' && t->field != NULL && t->field->type == FT_REF) {
		struct query q;
		struct list l;

		TRY(query_init(cx, &q, t->field->ref));
		q.limit = 1;
		rc = query_list(&q, &l);
		if (rc == RC_OK && l.n > 0)
			*out = kind_title(cx, t->field->ref, l.rows);
	}
	return rc;
}

int
import_template(struct ctx *cx, const struct import_kind *k, struct slice *out)
{
	struct import_target t[IMPORT_TARGETS];
	size_t n = import_targets(cx, k, t), i;
	const char *text = "";
	struct xlsx *x;
	int rc = RC_OK, closed;

	TRY(xlsx_open(cx->arena, tr(cx, k->kind->plural), &x));
	for (i = 0; i < n; i++)
		if (!left_out(&t[i]))
			xlsx_head(x, t[i].label);
	xlsx_end_row(x);
	for (i = 0; i < n && rc == RC_OK; i++) {
		if (left_out(&t[i]))
			continue;
		rc = example(cx, &t[i], &text);
		xlsx_text(x, text);
	}
	xlsx_end_row(x);
	closed = xlsx_close(x, out);
	TRY(rc);
	return closed;
}
