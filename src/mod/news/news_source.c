/* news_source.c – see news_source.h: imported pages as a kind, kept, made into a draft, thrown away. */
#include "mod/news/news_source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "core/files.h"
#include "kind/cut.h"
#include "kind/internal.h"
#include "kind/proof.h"
#include "lang/order.h"
#include "mod/event/event.h"
#include "mod/news/news_inner.h"
#include "search/search.h"

enum { NAME_MAX_LETTERS = 120 };

static void
source_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(
		    q, "article_source.body IN " ARTICLE_OWN_BODIES, VALS(v_int(cx->actor->body)));
}

static int
source_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct article_source *s = rec;

	(void)old;
	if (actor_scoped(cx->actor) && (s->body == 0 || !actor_in_scope(cx->actor, s->body)))
		return fail(cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	return RC_OK;
}

static const struct field source_fields[] = {
	F_TEXT(article_source, name, .label = N_("Page"), .flags = F_REQUIRED | F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF, .max = 255),
	F_REF(article_source, article, &article_kind, .label = N_("Article"),
	    .flags = F_RULED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(article_source, body, &body_kind, .label = N_("Body"), .flags = F_FIXED | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_TEXT(article_source, address, .label = N_("Address of the page"), .flags = F_LIST,
	    .privacy = PRIV_STAFF, .max = 1000, .valid = link_error, .form = "url"),
	F_DAY(article_source, fetched_on, .label = N_("Saved on"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_TEXT(article_source, sha256, .label = N_("SHA-256"), .flags = F_REQUIRED | F_RULED,
	    .privacy = PRIV_STAFF, .max = 64),
	F_TEXT(article_source, media, .label = N_("Media type"), .flags = F_REQUIRED | F_RULED,
	    .privacy = PRIV_STAFF, .max = 100),
	F_INT(article_source, size, .label = N_("Size"),
	    .flags = F_REQUIRED | F_RULED | F_OPTION_COLUMN, .privacy = PRIV_STAFF, .min = 0,
	    .max = INT64_C(1) << 40),
};
static struct kind_state article_source_state;
const struct kind article_source_kind = {
	.name = "article_source",
	.plural_name = "article_sources",
	.label = N_("Imported page"),
	.plural = N_("Imported pages"),
	.size = sizeof(struct article_source),
	.fields = source_fields,
	.nfields = ARRAY_LEN(source_fields),
	.title = { "name" },
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = source_scope,
	.writable = source_writable,
	.path = "/newsroom/import/%lld",
	.state = &article_source_state,
};

/* ---- keeping ---- */

static int
waiting(struct ctx *cx, const char *sha256, struct article_source *out, bool *found)
{
	int64_t *ids;
	size_t n, i;
	AUTO_ROWS r = { 0 };

	*found = false;
	ids = arena_array(cx->arena, int64_t, 16);
	n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id FROM article_source WHERE sha256 = $1 AND article IS NULL ORDER BY id DESC "
	    "LIMIT 16",
	    VALS(v_text(sha256))));
	while (rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n && !*found; i++) {
		int rc = kind_get(cx, &article_source_kind, ids[i], out);

		if (rc == RC_OK)
			*found = true;
		else if (rc != RC_NOTFOUND) /* another body's */
			return rc;
		else
			err_clear(cx);
	}
	return RC_OK;
}

/* Its title, else the file: "C:\\fakepath\\page.html" and "../page.html" are page.html. */
static const char *
named(struct ctx *cx, struct news_given *g, const struct news_page *p)
{
	const char *s = *p->title != '\0' ? p->title : g->name, *slash, *at, *end;
	size_t n = 0;

	if (article_blank(s))
		s = tr(cx, "Pasted text");
	while (s == g->name && (slash = strpbrk(s, "/\\")) != NULL && slash[1] != '\0')
		s = g->name = slash + 1;
	for (end = s + strlen(s), at = s; at < end && n < NAME_MAX_LETTERS; n++)
		utf8_next(&at, end);
	return arena_strn(cx->arena, s, (size_t)(at - s));
}

/* Looked for inside the write: two that are sent at once are one page. */
static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct article_source *s = arg, there;
	bool found;

	TRY(waiting(cx, s->sha256, &there, &found));
	s->rec = (struct rec){ 0 }; /* a write may run twice */
	if (!found)
		return kind_insert_tx(cx, tx, &article_source_kind, s);
	*s = there;
	return RC_OK;
}

int
news_source_take(struct ctx *cx, const struct news_given *g, struct article_source *out)
{
	struct news_page page;
	struct file_put put;
	const char *why;

	TRY(news_page_read(cx, g->bytes, &page));
	why = article_blank(g->address) ? NULL : link_error(g->address);
	if (why != NULL)
		fail_field(cx, "address", "%s", tr(cx, why));
	if (g->fetched_on > cx->today)
		fail_field(cx, "fetched_on", N_("This day has not come yet."));
	TRY(fields_rc(cx));
	TRY(files_put_page(cx, files_home(), g->bytes, page.html, &put));
	kind_empty(&article_source_kind, out);
	out->name = named(cx, &(struct news_given){ .name = g->name }, &page);
	out->address = article_blank(g->address) ? NULL : g->address;
	out->fetched_on = g->fetched_on == 0 ? cx->today : g->fetched_on;
	out->body = actor_scoped(cx->actor) ? cx->actor->body : 0;
	out->sha256 = arena_str(cx->arena, put.sha256);
	out->media = put.media;
	out->size = put.size;
	return db_write(cx, take_fn, out);
}

int
news_source_bytes(struct ctx *cx, const struct article_source *s, struct slice *out)
{
	const char *path = files_path(cx->arena, files_home(), s->sha256);
	int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t n = 0;
	char *p;

	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size > NEWS_PAGE_BYTES) {
		if (fd >= 0)
			close(fd);
		return fail(cx, RC_NOTFOUND, N_("This file has no content here."));
	}
	p = arena_alloc(cx->arena, (size_t)st.st_size + 1);
	while (n < (size_t)st.st_size) {
		ssize_t got = read(fd, p + n, (size_t)st.st_size - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	close(fd);
	p[n] = '\0';
	*out = (struct slice){ p, n };
	return RC_OK;
}

/* ---- an article of it ---- */

static bool
same_name(struct arena *arena, const char *a, const char *b)
{
	return b != NULL && *a != '\0' && strcmp(fold_key(arena, a), fold_key(arena, b)) == 0;
}

int
news_rubric_named(struct ctx *cx, const char *name, int64_t *out)
{
	AUTO_ROWS r = { 0 };

	*out = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id, code, name_kk, name_ru, name_en FROM rubric WHERE closed = 0 ORDER BY "
	    "rank, id",
	    NO_VALS));
	while (rows_next(&r)) {
		int c;

		for (c = 1; c < 5 && *out == 0; c++)
			if (same_name(cx->arena, name, row_text(&r, c)))
				*out = row_int(&r, 0);
	}
	return rows_end(&r);
}

int
news_rubric_of(struct ctx *cx, const struct news_page *p, int64_t *out)
{
	size_t i;

	TRY(news_rubric_named(cx, p->rubric, out));
	for (i = 0; i < p->n && *out == 0; i++)
		if (p->line[i].why != NULL && strcmp(p->line[i].code, "rubric") == 0)
			TRY(news_rubric_named(cx, p->line[i].text, out));
	return RC_OK;
}

void
news_source_draft(struct ctx *cx, const struct news_checked *c, const struct news_choice *choice,
    enum lang l, struct article *out)
{
	kind_empty(&article_kind, out);
	out->original = lang_code(l);
	out->state = "draft";
	*text3_slot(&out->title, l) = news_page_title(cx, c, choice);
	*text3_slot(&out->text, l) = news_page_text(cx, c, choice);
}

struct making {
	struct article_source *source;
	struct article *article;
};

static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;
	struct article_source now;

	TRY(kind_get(cx, &article_source_kind, m->source->rec.id, &now));
	if (now.article != 0) {
		*m->source = now;
		return kind_get(cx, &article_kind, now.article, m->article);
	}
	m->article->rec = (struct rec){ 0 };
	TRY(kind_insert_tx(cx, tx, &article_kind, m->article));
	now.article = m->article->rec.id;
	TRY(kind_rewrite_tx(cx, tx, &article_source_kind, &now));
	*m->source = now;
	return RC_OK;
}

int
news_source_make(struct ctx *cx, struct article_source *s, struct article *a)
{
	return db_write(cx, make_fn, &(struct making){ s, a });
}

/* ---- back ---- */

static int
undo_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct article_source s;
	struct article a;
	int64_t links;
	int rc;

	TRY(kind_get(cx, &article_source_kind, *(int64_t *)arg, &s));
	if (s.article == 0)
		return RC_OK;
	TRY(kind_get(cx, &article_kind, s.article, &a));
	TRY(article_may_change(cx, &a));
	TRY(db_int(cx, &links, "SELECT count(*) FROM article_link WHERE article = $1",
	    VALS(v_int(a.rec.id))));
	if (strcmp(a.state, "draft") != 0 || a.published_on != 0)
		return fail(
		    cx, RC_RULE, N_("The article is no longer a mere draft; withdraw it instead."));
	if (links > 0)
		return fail(cx, RC_RULE, N_("Take the links of the article away first."));
	s.article = 0;
	TRY(kind_rewrite_tx(cx, tx, &article_source_kind, &s));
	TRY(search_forget_tx(cx, tx, &article_kind, &a));
	/* Whatever hangs on an article names it by a reference, and that refuses. */
	rc = tx_run(cx, tx, NULL, "DELETE FROM article WHERE id = $1", VALS(v_int(a.rec.id)));
	if (rc == RC_INVALID) {
		err_clear(cx);
		return fail(cx, RC_RULE,
		    N_("Something hangs on the article already; withdraw it instead."));
	}
	TRY(rc);
	tx_touch(tx, kind_number(&article_kind));
	return kind_removed_tx(cx, tx, &article_kind, &a, "title,text");
}

int
news_source_undo(struct ctx *cx, int64_t id)
{
	return db_write(cx, undo_fn, &id);
}

static int
may_drop(struct ctx *cx, const struct kind *k, const void *rec)
{
	(void)k;
	return ((const struct article_source *)rec)->article == 0
		   ? RC_OK
		   : fail(cx, RC_RULE, N_("An article stands on this page."));
}

int
news_source_drop(struct ctx *cx, int64_t id)
{
	struct article_source s;

	TRY(kind_get(cx, &article_source_kind, id, &s));
	TRY(kind_remove(cx,
	    &(struct kind_removal){ &article_source_kind, id, may_drop, "name,address,sha256" }));
	/* After the row: a content without a row is harmless. */
	return files_drop(cx, files_home(), FILES_OF_PAGE, id, s.sha256);
}

int
news_source_of(struct ctx *cx, int64_t article, struct article_source *out)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT coalesce(max(id), 0) FROM article_source WHERE article = $1",
	    VALS(v_int(article))));
	return id == 0 ? RC_NOTFOUND : kind_get(cx, &article_source_kind, id, out);
}

/* ---- the term of those that wait ---- */

static int
content_over(struct ctx *cx, int64_t id)
{
	struct article_source s;

	TRY(kind_load(cx, &article_source_kind, id, &s));
	return files_drop(cx, files_home(), FILES_OF_PAGE, id, s.sha256);
}

static int
cut_source(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	struct article_source s;

	(void)upto;
	TRY(kind_load(cx, &article_source_kind, id, &s));
	return s.article != 0 ? RC_OK
			      : kind_cut_whole_tx(cx, tx, &article_source_kind, id, NULL, sums);
}

/* RULE news-21 */
const struct cut_term news_terms[] = {
	{ "keep_pages",
	    "SELECT id FROM article_source WHERE article IS NULL AND changed_at < $2 AND $1 = $1 "
	    "ORDER BY id LIMIT 50",
	    cut_source, content_over },
	{ NULL, NULL, NULL, NULL },
};
