/* registry_cells.c – what memberships leave in the kept sums of figures.
 *
 * person_cells() is the one function that says which cells a person's memberships make: for every
 * figure of member_rules[], for the whole assembly, for each body (the membership's own and all above
 * it) and each district (likewise), the days of the union of intervals: +1 on its first day, −1 on
 * the first day after it. A person in an association and its branch makes one step, not two.
 * A write records the difference of that before and after: of one person when a membership changes, of
 * everybody beneath when a body changes its kind, parent or district. verify calls the same function
 * for everybody. WHY differences: a second count kept by hand would drift from the first. */
#include <stdlib.h>

#include "figure/sealed.h"
#include "mod/registry/registry_inner.h"

enum { CHAIN_MAX = 64 };
/* A membership whose person was erased is one of nobody else. */
#define WHOSE "coalesce(m.person, -m.id)"

/* ---- bodies and districts, read when first asked for ---- */

struct node {
	int64_t id, parent, district;
	const char *kind; /* NULL = a district */
};
struct tree {
	struct ctx *cx;
	struct node **slot; /* open addressing; bodies by id, districts by −id */
	size_t size, n;
};

static size_t
place(const struct tree *t, int64_t key)
{
	size_t at = (size_t)((uint64_t)key * 0x9e3779b97f4a7c15u >> 20) & (t->size - 1);

	while (t->slot[at] != NULL && t->slot[at]->id != key)
		at = (at + 1) & (t->size - 1);
	return at;
}

static void
tree_init(struct tree *t, struct ctx *cx)
{
	*t = (struct tree){ .cx = cx, .size = 256 };
	t->slot = arena_array(cx->arena, struct node *, t->size);
}

static void
tree_put(struct tree *t, const struct node *n)
{
	struct tree old = *t;
	size_t i;

	if (t->n * 2 >= t->size) {
		t->size *= 2;
		t->slot = arena_array(t->cx->arena, struct node *, t->size);
		for (i = 0; i < old.size; i++)
			if (old.slot[i] != NULL)
				t->slot[place(t, old.slot[i]->id)] = old.slot[i];
	}
	t->slot[place(t, n->id)] = arena_copy(t->cx->arena, n, sizeof *n);
	t->n++;
}

#define BODY_NODE \
	"SELECT b.id, b.parent, b.district, k.code FROM body b JOIN body_kind k ON k.id = b.kind"

static int
put_rows(struct tree *t, struct rows *r)
{
	while (rows_next(r)) {
		struct node n = { row_int(r, 0), row_int(r, 1), row_int(r, 2), row_text(r, 3) };

		if (t->slot[place(t, n.id)] == NULL)
			tree_put(t, &n);
	}
	return rows_end(r);
}

static int
tree_body(struct tree *t, int64_t id, const struct node **out)
{
	if (t->slot[place(t, id)] == NULL) {
		AUTO_ROWS r = { 0 };

		TRY(db_rows(t->cx, &r, BODY_NODE " WHERE b.id = $1", VALS(v_int(id))));
		TRY(put_rows(t, &r));
	}
	*out = t->slot[place(t, id)];
	return *out != NULL ? RC_OK
			    : fail(t->cx, RC_BUG, "%s", "a membership in a body that is not there");
}

/* The district above, 0 = none. */
static int
tree_district(struct tree *t, int64_t id, int64_t *parent)
{
	if (t->slot[place(t, -id)] == NULL) {
		struct node n = { .id = -id };

		TRY(db_int(t->cx, &n.parent, "SELECT parent FROM district WHERE id = $1",
		    VALS(v_int(id))));
		tree_put(t, &n);
	}
	*parent = t->slot[place(t, -id)]->parent;
	return RC_OK;
}

/* For verify: all at once, since nothing else may be read while the memberships stream by. */
static int
tree_all(struct tree *t)
{
	AUTO_ROWS b = { 0 };
	AUTO_ROWS d = { 0 };

	TRY(db_rows(t->cx, &b, BODY_NODE, NO_VALS));
	TRY(put_rows(t, &b));
	TRY(db_rows(t->cx, &d, "SELECT -id, parent, 0, NULL FROM district", NO_VALS));
	return put_rows(t, &d);
}

/* ---- cells ---- */

struct stay { /* one membership, as far as figures look at it */
	int64_t body;
	unsigned roles;
	int from, to; /* to 0 = open */
};
struct span {
	const char *figure, *dim;
	int64_t key, root;
	int from, to;
};
struct cell {
	const char *figure, *dim;
	int64_t key;
	int day;
	int64_t amount;
};
struct cells {
	struct arena *arena;
	struct cell *v;
	size_t n, room;
	struct span *span;
	size_t nspan, span_room;
};

/* The array with room for index n. */
static void *
grown(struct arena *a, void *old, size_t n, size_t *room, size_t size)
{
	void *more;

	if (n < *room)
		return old;
	*room = *room == 0 ? 64 : *room * 2;
	more = arena_alloc(a, *room * size);
	if (n > 0)
		memcpy(more, old, n * size);
	return more;
}

static void
add_cell(struct cells *c, const struct span *s, int day, int64_t amount)
{
	c->v = grown(c->arena, c->v, c->n, &c->room, sizeof *c->v);
	c->v[c->n++] = (struct cell){ s->figure, s->dim, s->key, day, amount };
}

static void
add_span(struct cells *c, const char *figure, const char *dim, int64_t key, const struct span *like)
{
	c->span = grown(c->arena, c->span, c->nspan, &c->span_room, sizeof *c->span);
	c->span[c->nspan] = *like;
	c->span[c->nspan].figure = figure;
	c->span[c->nspan].dim = dim;
	c->span[c->nspan++].key = key;
}

static unsigned
role_bit(struct slice role)
{
	if (slice_is(role, "member"))
		return ROLE_BIT_MEMBER;
	if (slice_is(role, "honorary"))
		return ROLE_BIT_HONORARY;
	return slice_is(role, "learner") ? ROLE_BIT_LEARNER : 0;
}

static bool
is_branch(const struct member_rule *r, const char *kind)
{
	size_t n = strlen(r->kind);

	return r->branches && strncmp(kind, r->kind, n) == 0 && strcmp(kind + n, "_branch") == 0;
}

/* The body of the rule's kind that this one counts for; 0 = none. */
static int
root_of(struct tree *t, const struct member_rule *r, int64_t body, int64_t *root)
{
	const struct node *n;
	int steps;

	*root = 0;
	for (steps = 0; body != 0 && steps < CHAIN_MAX; steps++) {
		TRY(tree_body(t, body, &n));
		if (strcmp(n->kind, r->kind) == 0)
			*root = body;
		if (!is_branch(r, n->kind))
			return RC_OK;
		body = n->parent;
	}
	return RC_OK;
}

/* Everything that one membership counts in. */
static int
stay_spans(struct tree *t, struct cells *c, const struct member_rule *r, const struct stay *s)
{
	struct span like = { .from = s->from, .to = s->to };
	const struct node *n;
	int64_t root, body, district;
	int steps;

	if ((s->roles & r->roles) == 0 || (s->to != 0 && s->to <= s->from))
		return RC_OK;
	TRY(root_of(t, r, s->body, &root));
	if (root == 0)
		return RC_OK;
	like.root = r->per_root ? root : 0;
	add_span(c, r->figure, "", 0, &like);
	for (body = s->body, steps = 0; body != 0 && steps < CHAIN_MAX; body = n->parent, steps++) {
		TRY(tree_body(t, body, &n));
		add_span(c, r->figure, "body", body, &like);
	}
	TRY(tree_body(t, s->body, &n));
	for (district = n->district, steps = 0; district != 0 && steps < CHAIN_MAX; steps++) {
		add_span(c, r->figure, "district", district, &like);
		TRY(tree_district(t, district, &district));
	}
	return RC_OK;
}

static int
by_span(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	int c = strcmp(x->figure, y->figure);

	c = c != 0 ? c : strcmp(x->dim, y->dim);
	c = c != 0 ? c : (x->key > y->key) - (x->key < y->key);
	c = c != 0 ? c : (x->root > y->root) - (x->root < y->root);
	return c != 0 ? c : (x->from > y->from) - (x->from < y->from);
}

static bool
same_span(const struct span *a, const struct span *b)
{
	return strcmp(a->figure, b->figure) == 0 && strcmp(a->dim, b->dim) == 0 &&
	       a->key == b->key && a->root == b->root;
}

/* The cells of one person's memberships, each times `sign`, added to c. */
static int
person_cells(struct tree *t, struct cells *c, const struct stay *stays, size_t n, int64_t sign)
{
	size_t i, j;

	c->nspan = 0;
	for (i = 0; i < n; i++)
		for (j = 0; j < nmember_rules; j++)
			TRY(stay_spans(t, c, &member_rules[j], &stays[i]));
	if (c->nspan > 0)
		qsort(c->span, c->nspan, sizeof *c->span, by_span);
	for (i = 0; i < c->nspan; i = j) {
		const struct span *s = &c->span[i];
		int to = s->to;

		/* Stays that touch or overlap are one. */
		for (j = i + 1; j < c->nspan && same_span(s, &c->span[j]) &&
				(to == 0 || c->span[j].from <= to);
		     j++)
			if (to != 0 && (c->span[j].to == 0 || c->span[j].to > to))
				to = c->span[j].to;
		add_cell(c, s, s->from, sign);
		if (to != 0)
			add_cell(c, s, to, -sign);
	}
	return RC_OK;
}

static int
by_cell(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	int c = strcmp(x->figure, y->figure);

	c = c != 0 ? c : strcmp(x->dim, y->dim);
	c = c != 0 ? c : (x->key > y->key) - (x->key < y->key);
	return c != 0 ? c : (x->day > y->day) - (x->day < y->day);
}

/* What is left when before and after are taken together becomes deltas. */
static int
write_cells(struct ctx *cx, struct tx *tx, struct cells *c)
{
	size_t i, j;

	if (c->n > 0)
		qsort(c->v, c->n, sizeof *c->v, by_cell);
	for (i = 0; i < c->n; i = j) {
		const struct cell *k = &c->v[i];
		int64_t amount = k->amount;

		for (j = i + 1; j < c->n && by_cell(k, &c->v[j]) == 0; j++)
			amount += c->v[j].amount;
		if (amount != 0)
			TRY(figure_add_tx(cx, tx,
			    &(struct figure_cell){ k->figure, k->dim, k->key, k->day, amount }));
	}
	return RC_OK;
}

/* ---- what a write changes ---- */

static struct stay
stay_of(const struct membership *m)
{
	return (struct stay){ m->body, role_bit(slice_str(m->role)), m->from_day, m->to_day };
}

/* The stays of one person: `was` goes and `is` comes, either may be NULL; the others lie in the
 * database. */
static int
person_changed_stays(struct tree *t, struct cells *c, int64_t person, int64_t id,
    const struct membership *was, const struct membership *is)
{
	struct ctx *cx = t->cx;
	struct stay *s = NULL;
	size_t n = 0, room = 0;
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT body, role, from_day, to_day FROM membership WHERE person = $1 AND id <> $2",
	    VALS(v_int(person), v_int(id))));
	while (rows_next(&r)) {
		s = grown(cx->arena, s, n, &room, sizeof *s);
		s[n++] = (struct stay){ row_int(&r, 0), role_bit(row_slice(&r, 1)),
			(int)row_int(&r, 2), (int)row_int(&r, 3) };
	}
	TRY(rows_end(&r));
	s = grown(cx->arena, s, n, &room, sizeof *s);
	if (was != NULL)
		s[n] = stay_of(was);
	TRY(person_cells(t, c, s, was == NULL ? n : n + 1, -1));
	if (is != NULL)
		s[n] = stay_of(is);
	return person_cells(t, c, s, is == NULL ? n : n + 1, 1);
}

int
membership_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct membership *was = old, *m = rec;
	struct cells c = { .arena = cx->arena };
	struct tree t;

	tree_init(&t, cx);
	if (was == NULL || was->person == m->person)
		TRY(person_changed_stays(&t, &c, m->person, m->rec.id, was, m));
	else { /* two records of one person were joined */
		TRY(person_changed_stays(&t, &c, was->person, m->rec.id, was, NULL));
		TRY(person_changed_stays(&t, &c, m->person, m->rec.id, NULL, m));
	}
	return write_cells(cx, tx, &c);
}

/* ---- what an erased person leaves ---- */

static int
read_stays(struct ctx *cx, int64_t person, struct stay **out, size_t *n)
{
	size_t room = 0;
	AUTO_ROWS r = { 0 };

	*out = NULL;
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT body, role, from_day, to_day FROM membership WHERE person = $1 ORDER BY id",
	    VALS(v_int(person))));
	while (rows_next(&r)) {
		*out = grown(cx->arena, *out, *n, &room, sizeof **out);
		(*out)[(*n)++] = (struct stay){ row_int(&r, 0), role_bit(row_slice(&r, 1)),
			(int)row_int(&r, 2), (int)row_int(&r, 3) };
	}
	return rows_end(&r);
}

/* Together less each for itself: what nobody can count any more after the cut. */
int
membership_seal_tx(struct ctx *cx, struct tx *tx, int64_t person)
{
	struct cells c = { .arena = cx->arena };
	struct stay *s;
	struct tree t;
	size_t n, i, j;

	tree_init(&t, cx);
	TRY(read_stays(cx, person, &s, &n));
	if (n < 2)
		return RC_OK;
	TRY(person_cells(&t, &c, s, n, 1));
	for (i = 0; i < n; i++)
		TRY(person_cells(&t, &c, &s[i], 1, -1));
	if (c.n > 0)
		qsort(c.v, c.n, sizeof *c.v, by_cell);
	for (i = 0; i < c.n; i = j) {
		const struct cell *k = &c.v[i];
		int64_t amount = k->amount;

		for (j = i + 1; j < c.n && by_cell(k, &c.v[j]) == 0; j++)
			amount += c.v[j].amount;
		TRY(figure_seal_tx(cx, tx,
		    &(struct figure_cell){ k->figure, k->dim, k->key, k->day, amount }, true));
	}
	return learners_seal_tx(cx, tx, person);
}

/* Memberships in order of their persons, handed over person by person. */
struct persons {
	struct rows *rows;
	struct arena *arena;
	struct stay *s;
	size_t n, room;
	int64_t person, seen;
	bool more;
};

static void
persons_open(struct persons *p, struct rows *r, struct arena *a)
{
	*p = (struct persons){ .rows = r, .arena = a };
	p->more = rows_next(r);
}

static bool
persons_next(struct persons *p)
{
	if (!p->more)
		return false;
	p->n = 0;
	p->person = row_int(p->rows, 0);
	do {
		p->s = grown(p->arena, p->s, p->n, &p->room, sizeof *p->s);
		p->s[p->n++] = (struct stay){ row_int(p->rows, 1), role_bit(row_slice(p->rows, 2)),
			(int)row_int(p->rows, 3), (int)row_int(p->rows, 4) };
		p->seen++;
		p->more = rows_next(p->rows);
	} while (p->more && row_int(p->rows, 0) == p->person);
	return true;
}

int
body_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct body *was = old, *b = rec;
	struct node before;
	struct tree then, now;
	struct cells c = { .arena = cx->arena };
	struct persons p;
	AUTO_ROWS r = { 0 };

	if (was == NULL ||
	    (was->kind == b->kind && was->parent == b->parent && was->district == b->district))
		return RC_OK;
	tree_init(&then, cx);
	tree_init(&now, cx);
	before = (struct node){ .id = b->rec.id, .parent = was->parent, .district = was->district };
	TRY(db_text(
	    cx, &before.kind, "SELECT code FROM body_kind WHERE id = $1", VALS(v_int(was->kind))));
	tree_put(&then, &before); /* found there first, so its stored row is never read */
	TRY(tree_all(&then));
	TRY(tree_all(&now));
	TRY(db_rows(cx, &r,
	    "WITH RECURSIVE sub (id) AS (SELECT id FROM body WHERE id = $1 UNION"
	    " SELECT b.id FROM body b JOIN sub ON b.parent = sub.id)"
	    " SELECT " WHOSE ", m.body, m.role, m.from_day, m.to_day FROM membership m WHERE " WHOSE
	    " IN (SELECT " WHOSE " FROM membership m WHERE m.body IN (SELECT id FROM "
	    "sub)) ORDER BY 1, m.id",
	    VALS(v_int(b->rec.id))));
	persons_open(&p, &r, cx->arena);
	while (persons_next(&p)) {
		TRY(person_cells(&then, &c, p.s, p.n, -1));
		TRY(person_cells(&now, &c, p.s, p.n, 1));
	}
	TRY(rows_end(&r));
	return write_cells(cx, tx, &c);
}

/* ---- verify ---- */

int
membership_emit(struct ctx *cx, struct cell_sink *sink, int64_t *records)
{
	struct cells c = { .arena = cx->arena };
	struct persons p;
	struct tree t;
	AUTO_ROWS r = { 0 };
	size_t i;

	tree_init(&t, cx);
	TRY(tree_all(&t));
	TRY(db_stream(cx, &r,
	    "SELECT " WHOSE ", m.body, m.role, m.from_day, m.to_day FROM membership m ORDER BY 1, "
	    "m.id",
	    NO_VALS));
	persons_open(&p, &r, cx->arena);
	while (persons_next(&p)) {
		c.n = 0;
		TRY(person_cells(&t, &c, p.s, p.n, 1));
		for (i = 0; i < c.n; i++)
			TRY(sink->add(sink, c.v[i].figure, c.v[i].dim, c.v[i].key, c.v[i].day,
			    c.v[i].amount));
	}
	*records += p.seen;
	return rows_end(&r);
}
