/* draft_names.c – bodies, offices, programmes, observances and districts by name, as they stand in a text:
 * in any case, in Cyrillic or Latin, with the next word glued on. Read once a check, all names as one
 * text; a word of the draft is held only against names that begin with the same letter. */
#include "mod/draft/draft_inner.h"

#include "base/utf8.h"
#include "kind/query.h"
#include "lang/order.h"
#include "mod/event/event.h"
#include "mod/registry/registry.h"

enum { NAMES_MAX = 20000, EVENT_SEARCHES = 24, BRAND_WORDS = 10, MENTIONS_MAX = 4000 };

/* ---- words alike ---- */

static size_t
letters(const char *from, const char *to)
{
	size_t n = 0;

	for (; from < to; from++)
		n += ((unsigned char)*from & 0xC0) != 0x80;
	return n;
}

static bool
day_word(const char *word)
{
	return claim_begins(word, "день.|дня.|дню.|днем.|дне.|праздник");
}

/* What a name may end in and the text not: endings of cases and the plural, or two letters of any kind
 * (Russian). «әкімдігі» is no form of «әкімі». */
static bool
loose_end(const char *rest, size_t n)
{
	return n <= 2 ||
	       claim_begins(rest,
		   "ның.|нің.|дың.|дің.|тың.|тің.|ының.|інің.|сының.|сінің.|лар.|лер.|дар.|"
		   "дер.|тар.|тер.|дан.|ден.|тан.|тен.|нан.|нен.|ого.|его.|ому.|ему.|ами.|ями.|ыми."
		   "|ими.");
}

bool
word_alike(const char *text, const char *name, bool last)
{
	size_t same = 0, common, own, more, left;

	if (strcmp(text, name) == 0 || (day_word(text) && day_word(name)))
		return true;
	while (text[same] != '\0' && text[same] == name[same])
		same++;
	while (same > 0 && (((unsigned char)text[same] & 0xC0) == 0x80 ||
			       ((unsigned char)name[same] & 0xC0) == 0x80))
		same--;
	common = letters(name, name + same);
	own = common + letters(name + same, name + strlen(name));
	more = letters(text + same, text + strlen(text));
	left = own - common;
	if (own < 3 || common < 3 || !loose_end(name + same, left) || (left > 0 && own < 5))
		return false;
	return more <= 6 || (last && left == 0);
}

/* ---- reading the names ---- */

struct collect {
	struct draft_work *w;
	enum named_kind kind;
	struct buf text;
	size_t cap;
};

/* What stands in the first quotation marks; else what stands before a bracket. */
static bool
brand_of(const char *name, const char **from, size_t *n)
{
	const char *open = strstr(name, "«"), *close = open == NULL ? NULL : strstr(open, "»");

	*from = name;
	*n = strlen(name);
	if (close != NULL) {
		*from = open + strlen("«");
		*n = (size_t)(close - *from);
		return true;
	}
	if ((close = strstr(name, " (")) != NULL)
		*n = (size_t)(close - name);
	return false;
}

static void
add_name(struct collect *c, const struct named *like, const char *name)
{
	struct names *names = &c->w->names;
	const char *from;
	size_t n;
	struct named *one;

	if (name == NULL || *name == '\0' || names->n >= NAMES_MAX || strchr(name, '\n') != NULL)
		return;
	if (names->n == c->cap) {
		struct named *bigger;

		c->cap = c->cap == 0 ? 256 : c->cap * 2;
		bigger = arena_array(c->w->cx->arena, struct named, c->cap);
		if (names->n > 0)
			memcpy(bigger, names->v, names->n * sizeof *bigger);
		names->v = bigger;
	}
	one = &names->v[names->n++];
	*one = *like;
	one->kind = c->kind;
	one->brand = brand_of(name, &from, &n);
	buf_put(&c->text, from, n);
	buf_char(&c->text, '\n');
}

static int
body_row(struct ctx *cx, const void *rec, void *arg)
{
	const struct body *b = rec;
	struct named one = { .id = b->rec.id,
		.code = b->code,
		.title = tr3(cx, &b->name, NULL),
		.root = b->parent == 0 || b->parent == INT_NONE };

	add_name(arg, &one, b->name.kk);
	add_name(arg, &one, b->name.ru);
	return RC_OK;
}

static int
office_row(struct ctx *cx, const void *rec, void *arg)
{
	const struct office *o = rec;
	struct named one = { .id = o->rec.id, .title = tr3(cx, &o->title, NULL) };

	add_name(arg, &one, o->title.kk);
	add_name(arg, &one, o->title.ru);
	return RC_OK;
}

static int
programme_row(struct ctx *cx, const void *rec, void *arg)
{
	const struct programme *p = rec;
	struct named one = { .id = p->rec.id, .title = tr3(cx, &p->name, NULL) };

	add_name(arg, &one, p->name.kk);
	add_name(arg, &one, p->name.ru);
	return RC_OK;
}

static int
observance_row(struct ctx *cx, const void *rec, void *arg)
{
	struct observance *o = arena_copy(cx->arena, rec, sizeof *o);
	struct named one = {
		.id = o->rec.id, .code = o->code, .title = tr3(cx, &o->name, NULL), .rec = o
	};

	add_name(arg, &one, o->name.kk);
	add_name(arg, &one, o->name.ru);
	return RC_OK;
}

static int
district_row(struct ctx *cx, const void *rec, void *arg)
{
	const struct district *d = rec;
	struct named one = { .id = d->rec.id,
		.code = d->code,
		.title = tr3(cx, &d->name, NULL),
		.root = strcmp(d->level, "region") == 0 };

	add_name(arg, &one, d->name.kk);
	add_name(arg, &one, d->name.ru);
	return RC_OK;
}

static uint8_t
bucket_of(const char *word)
{
	const char *p = day_word(word) ? "день" : word;

	return (uint8_t)utf8_next(&p, p + strlen(p));
}

/* The words of each line of the names' text belong to one name. */
static void
index_names(struct names *names)
{
	const struct claim_text *t = &names->text;
	size_t i = 0, k;

	for (k = 0; k < names->n; k++) {
		struct named *one = &names->v[k];

		one->first = (uint32_t)i;
		while (i < t->ntokens && t->token[i].kind != TOKEN_LINE)
			i++;
		one->end = (uint32_t)i++;
		while (one->first < one->end && t->token[one->first].kind != TOKEN_WORD &&
		       t->token[one->first].kind != TOKEN_DIGITS)
			one->first++;
		if (one->first >= one->end || t->token[one->first].kind != TOKEN_WORD)
			continue;
		one->next = names->bucket[bucket_of(t->token[one->first].word)];
		names->bucket[bucket_of(t->token[one->first].word)] = (uint32_t)k + 1;
	}
}

int
names_read(struct draft_work *w)
{
	static const struct {
		const struct kind *kind;
		enum named_kind named;
		int (*row)(struct ctx *cx, const void *rec, void *arg);
	} lists[] = {
		{ &body_kind, NAMED_BODY, body_row },
		{ &office_kind, NAMED_OFFICE, office_row },
		{ &programme_kind, NAMED_PROGRAMME, programme_row },
		{ &observance_kind, NAMED_OBSERVANCE, observance_row },
		{ &district_kind, NAMED_DISTRICT, district_row },
	};
	struct collect c = { .w = w };
	size_t i;

	buf_init(&c.text, w->cx->arena, 0);
	for (i = 0; i < ARRAY_LEN(lists); i++) {
		struct query q;
		int rc = query_init(w->cx, &q, lists[i].kind);

		if (rc == RC_DENIED) { /* this reader does not know them */
			err_clear(w->cx);
			continue;
		}
		TRY(rc);
		c.kind = lists[i].named;
		TRY(query_each(&q, lists[i].row, &c));
	}
	claim_read(w->cx->arena, c.text.p, c.text.n, &w->names.text);
	index_names(&w->names);
	return RC_OK;
}

/* ---- finding them ---- */

/* Words of the text from token i on that name the same as the words of names [first, end): the token
 * behind them, 0 = they do not. Marks inside both are passed over. */
static size_t
same_words(const struct claim_text *t, size_t i, size_t stop, const struct claim_text *names,
    size_t first, size_t end)
{
	size_t words = 0, k;

	for (k = first; k < end; k++) {
		const struct claim_token *n = &names->token[k];

		if (n->kind == TOKEN_MARK)
			continue;
		while (words > 0 && i < stop && t->token[i].kind == TOKEN_MARK)
			i++;
		if (i >= stop || t->token[i].kind != n->kind)
			return 0;
		if (n->kind == TOKEN_WORD &&
		    !word_alike(t->token[i].word, n->word, k + 1 == end && words >= 2))
			return 0;
		if (n->kind == TOKEN_DIGITS &&
		    (t->token[i].to - t->token[i].from != n->to - n->from ||
			memcmp(t->text + t->token[i].from, names->text + n->from,
			    n->to - n->from) != 0))
			return 0;
		words++;
		i++;
	}
	return words == 0 ? 0 : i;
}

static void
mention(struct draft_work *w, const struct named *one, size_t token, size_t end)
{
	if (w->nmentions < w->mention_room)
		w->mention[w->nmentions++] = (struct mention){ one, token, end, false };
}

/* The longest name that begins at token i; observances of the same words all of them. Returns the token
 * behind it, or i. */
static size_t
find_at(struct draft_work *w, size_t i)
{
	const struct claim_text *t = &w->t, *names = &w->names.text;
	size_t stop = t->sentence[t->token[i].sentence].end, longest = i;
	const struct named *best = NULL;
	uint32_t k;

	for (k = w->names.bucket[bucket_of(t->token[i].word)]; k != 0; k = w->names.v[k - 1].next) {
		const struct named *one = &w->names.v[k - 1];
		size_t end;

		/* One word alone is too little: «Төраға», «Сабантой» are common words. */
		if (one->brand || one->end - one->first < 2)
			continue;
		end = same_words(t, i, stop, names, one->first, one->end);
		if (end == 0)
			continue;
		if (one->kind == NAMED_OBSERVANCE)
			mention(w, one, i, end);
		else if (end > longest)
			best = one;
		if (end > longest)
			longest = end;
	}
	if (best != NULL)
		mention(w, best, i, longest);
	/* «Ақтөбе облысы әкімі»: the office begins inside the district. */
	return best != NULL && best->kind == NAMED_DISTRICT ? i + 1 : longest;
}

void
names_find(struct draft_work *w)
{
	size_t i;

	w->mention_room = MENTIONS_MAX;
	w->mention = arena_array(w->cx->arena, struct mention, w->mention_room);
	for (i = 0; i < w->t.ntokens;) {
		size_t end = i;

		if (w->t.token[i].kind == TOKEN_WORD && w->t.token[i].quote == 0)
			end = find_at(w, i);
		i = end > i ? end : i + 1;
	}
}

/* ---- names in quotation marks ---- */

static bool
quote_is(const struct claim_text *t, const struct claim *c, const struct claim_text *names,
    size_t first, size_t end)
{
	size_t stop = c->token_end;

	while (stop > c->token && t->token[stop - 1].kind == TOKEN_MARK)
		stop--;
	return same_words(t, c->token, stop, names, first, end) == stop;
}

/* The event whose name, or what stands in its quotation marks, is the quotation. */
static bool
event_is(struct draft_work *w, const struct claim *c, const struct event *e)
{
	const char *names[] = { e->name.kk, e->name.ru };
	size_t l;

	for (l = 0; l < ARRAY_LEN(names); l++) {
		struct claim_text t;
		const char *from;
		size_t n;

		if (names[l] == NULL)
			continue;
		brand_of(names[l], &from, &n);
		claim_read(w->cx->arena, from, n, &t);
		if (quote_is(&w->t, c, &t, 0, t.ntokens))
			return true;
	}
	return false;
}

/* By the key of tolerant comparison, which is kept: no dictionary is waited for. */
static int
event_called(struct draft_work *w, const struct claim *c, const struct named **out)
{
	struct ctx *cx = w->cx;
	struct named *one;
	struct query q;
	struct list l;
	size_t i;
	const char *key =
	    fold_key(cx->arena, arena_strn(cx->arena, w->t.text + c->from, c->to - c->from));

	if (*key == '\0' || strpbrk(key, "%_\\") != NULL)
		return RC_OK;
	TRY(query_init(cx, &q, &event_kind));
	query_and(
	    &q, "event.fold_key LIKE ?", VALS(v_text(arena_printf(cx->arena, "%%%s%%", key))));
	q.limit = 20;
	TRY(query_list(&q, &l));
	for (i = 0; i < l.n; i++) {
		const struct event *e = list_row(&l, &event_kind, i);

		if (!event_is(w, c, e))
			continue;
		one = arena_new(cx->arena, struct named);
		one->kind = NAMED_EVENT;
		one->id = e->rec.id;
		one->title = tr3(cx, &e->name, NULL);
		*out = one;
		return RC_OK;
	}
	return RC_OK;
}

int
names_quoted(struct draft_work *w, const struct claim *c, const struct named **out)
{
	size_t i;

	*out = NULL;
	if (c->token_end - c->token > BRAND_WORDS + 4 || w->t.token[c->token].kind != TOKEN_WORD)
		return RC_OK;
	for (i = 0; i < w->names.n; i++) {
		const struct named *one = &w->names.v[i];

		if (one->first < one->end &&
		    quote_is(&w->t, c, &w->names.text, one->first, one->end)) {
			*out = one;
			return RC_OK;
		}
	}
	if (w->searches++ < EVENT_SEARCHES)
		return event_called(w, c, out);
	return RC_OK;
}
