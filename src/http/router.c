/* router.c – which row of the route table answers a path.
 *
 * The table becomes a tree of segments once, at boot: each node has its literal children sorted by
 * name, at most one child for a brace, and one table index per method. A search tries the literal
 * child first and comes back for the brace, so "/events/new" wins over "/events/{id}", and
 * "/{lang}/x" still matches when "/kk" has children of its own. Its cost is bounded by the
 * number of segments with both kinds of children. Read-only after router_make(), hence safe for
 * all threads. */
#include "http/inner.h"

#include <stdio.h>
#include <stdlib.h>

enum { METHODS = M_OTHER + 1, DEPTH = 16 };

struct node {
	const char *name;
	size_t nname;
	struct node **kid; /* literal children, sorted */
	size_t nkid, cap;
	struct node *brace;
	int route[METHODS]; /* index + 1; 0 = none */
	bool any;
};
struct router {
	struct arena arena;
	struct node root;
};

struct search {
	enum method method;
	struct slice seg[DEPTH];
	int nseg;
	struct slice param[REQ_PARAMS];
	int nparam;
	bool other; /* the path exists with another method */
};

static int
name_order(const char *a, size_t na, const char *b, size_t nb)
{
	int d = memcmp(a, b, na < nb ? na : nb);

	return d != 0 ? d : (na > nb) - (na < nb);
}

/* Position of the child, or where it would stand. */
static bool
kid_find(const struct node *n, struct slice s, size_t *at)
{
	size_t lo = 0, hi = n->nkid;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = name_order(n->kid[mid]->name, n->kid[mid]->nname, s.p, s.n);

		if (d == 0) {
			*at = mid;
			return true;
		}
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*at = lo;
	return false;
}

static struct node *
kid_make(struct arena *a, struct node *n, struct slice s)
{
	struct node *k;
	size_t at;

	if (kid_find(n, s, &at))
		return n->kid[at];
	if (n->nkid == n->cap) {
		size_t cap = n->cap == 0 ? 4 : n->cap * 2;
		struct node **more = arena_array(a, struct node *, cap);

		if (n->nkid > 0)
			memcpy(more, n->kid, n->nkid * sizeof(struct node *));
		n->kid = more;
		n->cap = cap;
	}
	memmove(n->kid + at + 1, n->kid + at, (n->nkid - at) * sizeof(struct node *));
	k = arena_new(a, struct node);
	k->name = arena_strn(a, s.p, s.n);
	k->nname = s.n;
	n->kid[at] = k;
	n->nkid++;
	return k;
}

/* "/a/b" → a, b; "/" → one empty segment. -1 = too deep. */
static int
split(const char *path, struct slice seg[DEPTH])
{
	int n = 0;

	while (*path == '/') {
		size_t len = strcspn(path + 1, "/");

		if (n == DEPTH)
			return -1;
		seg[n++] = (struct slice){ path + 1, len };
		path += 1 + len;
	}
	return n;
}

static bool
is_brace(struct slice s)
{
	return s.n > 2 && s.p[0] == '{' && s.p[s.n - 1] == '}';
}

/* What is wrong with a pattern, or NULL. */
static const char *
pattern_fault(const struct route_match *m, const struct slice *seg, int n)
{
	int i, braces = 0;

	if (m->pattern[0] != '/')
		return "does not start with '/'";
	if (n < 0)
		return "has too many segments";
	if ((int)m->method < 0 || m->method >= M_OTHER)
		return "has no method that can be routed";
	for (i = 0; i < n; i++) {
		if (seg[i].n == 0 && i != n - 1)
			return "has an empty segment";
		if (is_brace(seg[i]))
			braces++;
		else if (memchr(seg[i].p, '{', seg[i].n) != NULL ||
			 memchr(seg[i].p, '}', seg[i].n) != NULL)
			return "has a brace that is not a whole segment";
	}
	return braces > REQ_PARAMS ? "has too many braces" : NULL;
}

static const char *
add(struct router *r, const struct route_match *m, int index)
{
	struct slice seg[DEPTH];
	int i, n = split(m->pattern, seg);
	const char *fault = pattern_fault(m, seg, n);
	struct node *at = &r->root;

	if (fault != NULL)
		return fault;
	for (i = 0; i < n; i++) {
		if (!is_brace(seg[i])) {
			at = kid_make(&r->arena, at, seg[i]);
			continue;
		}
		if (at->brace == NULL)
			at->brace = arena_new(&r->arena, struct node);
		at = at->brace;
	}
	if (at->route[m->method] != 0)
		return "stands twice in the table";
	at->route[m->method] = index + 1;
	at->any = true;
	return NULL;
}

int
router_make(const struct route_match *m, size_t n, struct router **out, const char **err)
{
	struct router *r = calloc(1, sizeof *r);
	size_t i;

	*err = "out of memory";
	if (r == NULL)
		return RC_STORAGE;
	arena_init(&r->arena);
	for (i = 0; i < n; i++) {
		const char *fault = add(r, &m[i], (int)i);
		char *text = NULL;

		if (fault == NULL)
			continue;
		*err = fault;
		if (asprintf(&text, "route %s %s", m[i].pattern, fault) >= 0)
			*err = text;
		router_free(r);
		return RC_BUG;
	}
	*out = r;
	*err = NULL;
	return RC_OK;
}

/* Table index + 1, or 0. */
static int
node_route(struct search *s, const struct node *n)
{
	int i = n->route[s->method];

	if (i == 0 && s->method == M_HEAD)
		i = n->route[M_GET];
	s->other = s->other || (i == 0 && n->any);
	return i;
}

static int
walk(struct search *s, const struct node *n, int at)
{
	size_t k;
	int i;

	if (at == s->nseg)
		return node_route(s, n);
	if (kid_find(n, s->seg[at], &k)) {
		i = walk(s, n->kid[k], at + 1);
		if (i > 0)
			return i;
	}
	if (n->brace == NULL || s->seg[at].n == 0 || s->nparam == REQ_PARAMS)
		return 0;
	s->param[s->nparam++] = s->seg[at];
	i = walk(s, n->brace, at + 1);
	if (i == 0)
		s->nparam--;
	return i;
}

int
router_find(const struct router *r, struct req *rq)
{
	struct search s = { .method = rq->method };
	int i, k;

	rq->nparam = 0;
	s.nseg = split(rq->path, s.seg);
	if (s.nseg <= 0)
		return -1;
	i = walk(&s, &r->root, 0);
	if (i == 0)
		return s.other ? -2 : -1;
	for (k = 0; k < s.nparam; k++)
		rq->param[k] = arena_strn(&rq->arena, s.param[k].p, s.param[k].n);
	rq->nparam = s.nparam;
	return i - 1;
}

void
router_free(struct router *r)
{
	if (r == NULL)
		return;
	arena_done(&r->arena);
	free(r);
}
