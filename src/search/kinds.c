/* kinds.c – record kinds in the index: which words of a record go where, what q= means, who finds
 * what.
 *
 * Public fields of records that guests see go to AUD_OPEN, of other records to AUD_CLOSED, staff
 * fields to AUD_STAFF. A subject's and sealed fields are never searched: kind_boot() refuses them.
 * What an actor may search follows from kind_may_read(); which rows, from the kind's scope. */
#include "search/inner.h"

enum {
	KINDS_MAX = DB_KINDS, /* as many as there can be: none is left out in silence */
	/* Down to which score a hit is shown, in thirds of the best one's. Names more strictly: who asks
	 * for Айгүл and finds her is not shown Назгүл, and sees the same people whichever way it was
	 * typed. */
	THIRDS = 3,
	TEXT_TAIL = 1,
	NAME_TAIL = 2,
	NAME_LEAST =
	    526000, /* and a name down to this score: 550 alike, asked for without its surname */
};

static struct {
	const struct kind *shown[KINDS_MAX], *indexed[KINDS_MAX];
	size_t n, nindexed;
} search_house;

static bool
searched(const struct field *f)
{
	return (f->flags & F_SEARCH) != 0 && (f->type == FT_TEXT || f->type == FT_TEXT3) &&
	       f->privacy != PRIV_UNSET && f->privacy <= PRIV_STAFF;
}

bool
search_has(const struct kind *k)
{
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if (searched(&k->fields[i]))
			return true;
	return false;
}

/* Ranked as names where all that is searched is one. */
static bool
of_names(const struct kind *k)
{
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if (searched(&k->fields[i]) && (k->fields[i].flags & F_NAME) == 0)
			return false;
	return true;
}

/* ---- what a record posts ---- */

static bool
is_open(const struct kind *k, const void *rec)
{
	if (k->read != CAP_PUBLIC)
		return false;
	return k->open != NULL ? k->open(rec) : k->scope == NULL;
}

static bool
in_title(const struct kind *k, const struct field *f)
{
	size_t i;

	for (i = 0; k->title[i] != NULL; i++)
		if (strcmp(k->title[i], f->name) == 0)
			return true;
	return false;
}

static const char *
text_of(const struct field *f, const void *rec, int part)
{
	const void *at = field_at(f, rec);
	const struct text3 *t = at;

	if (f->type == FT_TEXT)
		return *(const char *const *)at;
	return part == 0 ? t->kk : part == 1 ? t->ru : t->en;
}

size_t
kind_parts(const struct kind *k, const void *rec, struct search_part *out)
{
	bool open = is_open(k, rec);
	size_t i, n = 0;
	int part;

	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		bool staff = f->privacy == PRIV_STAFF;

		if (!searched(f))
			continue;
		for (part = 0; part < (f->type == FT_TEXT3 ? 3 : 1) && n < PARTS_MAX; part++) {
			const char *text = text_of(f, rec, part);

			if (text == NULL || *text == '\0')
				continue;
			out[n++] = (struct search_part){ .text = text,
				.audience = staff  ? AUD_STAFF
					    : open ? AUD_OPEN
						   : AUD_CLOSED,
				.reader = staff || !open ? k->staff : k->read,
				.name = (f->flags & F_NAME) != 0,
				.surname = (f->flags & F_SURNAME) != 0,
				.glued = part == 0 && (f->flags & F_GLUED) != 0,
				.weight = in_title(k, f) ? 3 : 1 };
		}
	}
	return n;
}

static int
put(struct ctx *cx, struct tx *tx, const struct kind *k, bool fresh, const void *rec)
{
	struct search_part parts[PARTS_MAX];

	if (!search_has(k))
		return RC_OK;
	return search_put_tx(cx, tx,
	    &(struct search_record){
		k->name, ((const struct rec *)rec)->id, fresh, parts, kind_parts(k, rec, parts) });
}

/* ---- who may search what ---- */

unsigned
search_audiences(const struct ctx *cx, const struct kind *k)
{
	static const struct field staff_field = { .privacy = PRIV_STAFF };
	unsigned bits = 0;

	if (!search_has(k) || !may(cx, k->read))
		return 0;
	if (k->read == CAP_PUBLIC)
		bits |= AUD_BIT(AUD_OPEN);
	if (may(cx, k->staff))
		bits |= AUD_BIT(AUD_CLOSED);
	if (kind_may_read(cx, k, &staff_field))
		bits |= AUD_BIT(AUD_STAFF);
	return bits;
}

uint64_t
search_readers(const struct ctx *cx, const struct kind *k)
{
	unsigned bits = search_audiences(cx, k);
	uint64_t readers = 0;

	if ((bits & AUD_BIT(AUD_OPEN)) != 0)
		readers |= READER(k->read);
	if ((bits & (AUD_BIT(AUD_CLOSED) | AUD_BIT(AUD_STAFF))) != 0)
		readers |= READER(k->staff);
	return readers;
}

unsigned
search_words_of(const struct kind *k)
{
	return of_names(k) ? ASK_NAMES : ASK_TEXTS;
}

const struct kind *const *
search_kinds(size_t *n)
{
	*n = search_house.n;
	return search_house.shown;
}

const struct kind *const *
search_indexed(size_t *n)
{
	*n = search_house.nindexed;
	return search_house.indexed;
}

static struct collection
collection_of(const struct ctx *cx, const struct kind *k, const struct query *rows)
{
	return (struct collection){ .name = k->name,
		.names = of_names(k),
		.audiences = search_audiences(cx, k),
		.rows = rows };
}

/* ---- q= of lists ---- */

static int
filter(struct query *q, const char *text)
{
	struct ctx *cx = q->cx;
	struct collection c = collection_of(cx, q->kind, NULL);
	struct question *ask = arena_new(cx->arena, struct question);

	TRY(question_read(cx, text, search_readers(cx, q->kind), search_words_of(q->kind), ask));
	query_and(q, question_where(cx, ask, &c, arena_printf(cx->arena, "%s.id", q->kind->name)),
	    NO_VALS);
	return RC_OK;
}

/* ---- results ---- */

static const void *
row_with(const struct list *l, const struct kind *k, int64_t id)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (((const struct rec *)list_row(l, k, i))->id == id)
			return list_row(l, k, i);
	return NULL;
}

static int
load_hits(
    struct ctx *cx, const struct kind *k, const struct hit *hits, size_t n, struct section *out)
{
	struct query q;
	struct list l;
	struct buf b;
	size_t i;

	out->hits = arena_array(cx->arena, struct found, n + 1);
	if (n == 0)
		return RC_OK;
	TRY(query_init(cx, &q, k));
	buf_init(&b, cx->arena, 0);
	buf_printf(&b, "%s.id IN (0", k->name);
	for (i = 0; i < n; i++)
		buf_printf(&b, ",%lld", (long long)hits[i].rec);
	buf_char(&b, ')');
	query_and(&q, b.p, NO_VALS);
	q.limit = (int)n;
	TRY(query_list(&q, &l));
	for (i = 0; i < n; i++) {
		const void *rec = row_with(&l, k, hits[i].rec);

		if (rec != NULL)
			out->hits[out->n++] = (struct found){ hits[i].rec, hits[i].score, rec };
	}
	return RC_OK;
}

/* The tail only shares a few letters. */
static size_t
without_tail(const struct hit *hits, size_t n, bool names)
{
	while (n > 0 &&
	       (hits[n - 1].score * THIRDS < hits[0].score * (names ? NAME_TAIL : TEXT_TAIL) ||
		   (names && hits[n - 1].score < NAME_LEAST)))
		n--;
	return n;
}

int
search_kind(struct ctx *cx, const struct kind *k, const struct question *q, struct window w,
    struct section *out)
{
	struct query rows;
	struct collection c;
	struct hit *hits;
	size_t n;

	*out = (struct section){ .kind = k };
	if (search_audiences(cx, k) == 0)
		return RC_OK;
	TRY(query_init(cx, &rows, k));
	c = collection_of(cx, k, &rows);
	TRY(question_rank(cx, q, &c, &hits, &n));
	out->ranked = without_tail(hits, n, c.names);
	if (out->ranked == 0)
		return RC_OK;
	if (w.from > out->ranked)
		w.from = out->ranked;
	if (w.most > QUERY_LIMIT_MAX)
		w.most = QUERY_LIMIT_MAX;
	n = out->ranked - w.from < w.most ? out->ranked - w.from : w.most;
	TRY(load_hits(cx, k, hits + w.from, n, out));
	query_and(
	    &rows, question_where(cx, q, &c, arena_printf(cx->arena, "%s.id", k->name)), NO_VALS);
	return query_count(&rows, &out->all);
}

static int
read_all(struct ctx *cx, const char *text, const struct kind *only, struct question *q)
{
	uint64_t readers = 0;
	unsigned of = 0;
	size_t i;

	for (i = 0; i < search_house.n; i++) {
		const struct kind *k = search_house.shown[i];
		uint64_t r = only == NULL || only == k ? search_readers(cx, k) : 0;

		readers |= r;
		of |= r == 0 ? 0 : search_words_of(k);
	}
	return question_read(cx, text, readers, of, q);
}

int
search_all(
    struct ctx *cx, const char *text, const struct kind *only, struct window w, struct answer *out)
{
	struct section *s = arena_array(cx->arena, struct section, search_house.n + 1);
	bool whole = false;
	size_t i, n = 0;

	memset(out, 0, sizeof *out);
	out->sections = s;
	TRY(read_all(cx, text, only, &out->q));
	for (i = 0; i < search_house.n; i++) {
		if (only != NULL && only != search_house.shown[i])
			continue;
		TRY(search_kind(cx, search_house.shown[i], &out->q, w, &s[n]));
		whole = whole || s[n].all > 0;
		n += s[n].n > 0;
	}
	for (i = 0; i < n; i++)
		if (s[i].all > 0 || !whole)
			s[out->n++] = s[i];
	return RC_OK;
}

void
search_boot(const struct kind *const *kinds, size_t n)
{
	static const struct kind_search hooks = { put, filter, search_forget_tx };
	size_t i;

	search_house.n = search_house.nindexed = 0;
	for (i = 0; i < n && search_house.nindexed < KINDS_MAX; i++)
		if (search_has(kinds[i]))
			search_house.indexed[search_house.nindexed++] = kinds[i];
	for (i = 0; i < n && search_house.n < KINDS_MAX; i++)
		if (search_has(kinds[i]) && kinds[i]->path != NULL)
			search_house.shown[search_house.n++] = kinds[i];
	kind_search_set(&hooks);
}
