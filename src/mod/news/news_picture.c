/* news_picture.c – photographs of articles: the kind, who sees and writes them, taking in, taking away. */
#include "mod/news/news_picture.h"

#include "core/files.h"
#include "kind/internal.h"
#include "mod/news/news_inner.h"

/* RULE news-30 */
#define AGREED "article_picture.consent IN ('agreed', 'no_faces')"

static void
picture_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_EVENT_READ))
		query_and(q,
		    AGREED " AND EXISTS (SELECT 1 FROM article WHERE article.id = "
			   "article_picture.article AND " ARTICLE_PUBLIC ")",
		    VALS(v_int(cx->today)));
	else if (actor_scoped(cx->actor))
		query_and(q,
		    "EXISTS (SELECT 1 FROM article WHERE article.id = article_picture.article AND "
		    "((" AGREED " AND " ARTICLE_PUBLIC ") OR article.body IN " ARTICLE_OWN_BODIES
		    "))",
		    VALS(v_int(cx->today), v_int(cx->actor->body)));
}

/* Whoever may write the article now; who may approve it also puts right what stands on a withdrawn one. */
static int
picture_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct article_picture *p = rec;
	struct article a;
	int rc;

	(void)old; /* the article is fixed */
	rc = p->article == 0 ? RC_NOTFOUND : kind_load(cx, &article_kind, p->article, &a);
	if (rc == RC_NOTFOUND)
		return RC_OK; /* named as missing */
	TRY(rc);
	if (!may(cx, CAP_EVENT_WRITE) ||
	    (actor_scoped(cx->actor) && (a.body == 0 || !actor_in_scope(cx->actor, a.body))))
		return fail(cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	return strcmp(a.state, "withdrawn") == 0 && may(cx, CAP_EVENT_APPROVE)
		   ? RC_OK
		   : article_may_change(cx, &a);
}

static int
picture_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct article_picture *p = rec;

	if (article_blank(p->consent))
		p->consent = "not_asked";
	if (old == NULL && p->rank == INT_NONE)
		TRY(db_int(cx, &p->rank,
		    "SELECT coalesce(max(rank), 0) + 1 FROM article_picture WHERE article = $1",
		    VALS(v_int(p->article))));
	return RC_OK;
}

static int
picture_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct article_picture *p = rec;
	int64_t others = 0;

	if (article_blank(p->alt.kk) && article_blank(p->alt.ru) && article_blank(p->alt.en))
		fail_field(cx, "alt",
		    N_("Say in words what the picture shows: it is read to those who cannot see "
		       "it."));
	if (old != NULL)
		return RC_OK;
	TRY(db_int(cx, &others, "SELECT count(*) FROM article_picture WHERE article = $1",
	    VALS(v_int(p->article))));
	if (others >= ARTICLE_PICTURES)
		fail_field(cx, "file", N_("An article has at most %d pictures."), ARTICLE_PICTURES);
	return RC_OK;
}

#define MADE(m, LABEL)                                                           \
	F_INT(article_picture, m, .label = LABEL, .flags = F_REQUIRED | F_RULED, \
	    .privacy = PRIV_PUBLIC, .min = 0, .max = INT64_C(1) << 40)

static const struct field fields[] = {
	F_REF(article_picture, article, &article_kind, .label = N_("Article"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(article_picture, sha256, .label = N_("SHA-256"), .flags = F_REQUIRED | F_RULED,
	    .privacy = PRIV_PUBLIC, .max = 64),
	F_TEXT(article_picture, thumb, .label = N_("SHA-256 of the small picture"),
	    .flags = F_REQUIRED | F_RULED, .privacy = PRIV_PUBLIC, .max = 64),
	MADE(size, N_("Size")),
	MADE(width, N_("Width, pixels")),
	MADE(height, N_("Height, pixels")),
	MADE(small_width, N_("Width of the small one, pixels")),
	MADE(small_height, N_("Height of the small one, pixels")),
	F_TEXT3(article_picture, alt, .label = N_("What the picture shows"),
	    .help = N_("Read to those who cannot see it."), .flags = F_LIST, .privacy = PRIV_PUBLIC,
	    .max = 300),
	F_TEXT3(article_picture, caption, .label = N_("Caption"),
	    .help = N_("Stands under the picture."), .privacy = PRIV_PUBLIC, .max = 500),
	F_TEXT(article_picture, credit, .label = N_("Photo by"), .privacy = PRIV_PUBLIC),
	F_ENUM(article_picture, consent, file_consents,
	    .label = N_("Consent of those in the picture"),
	    .help = N_("Without it readers do not see the picture."),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(article_picture, rank, .label = N_("Order"),
	    .help = N_("The lowest stands under the first lines, the others below the text."),
	    .flags = F_LIST, .privacy = PRIV_PUBLIC, .min = 0, .max = 1000),
};
static struct kind_state article_picture_state;
const struct kind article_picture_kind = {
	.name = "article_picture",
	.plural_name = "article_pictures",
	.label = N_("Picture of an article"),
	.plural = N_("Pictures of articles"),
	.size = sizeof(struct article_picture),
	.fields = fields,
	.nfields = ARRAY_LEN(fields),
	.title = { "alt" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = picture_scope,
	.writable = picture_writable,
	.prepare = picture_prepare,
	.check = picture_check,
	.state = &article_picture_state,
};

/* ---- reading ---- */

int
article_pictures(struct ctx *cx, int64_t article, struct article_picture **out, size_t *n)
{
	struct query q;
	struct list l;

	TRY(query_init(cx, &q, &article_picture_kind));
	query_and(&q, "article_picture.article = ?", VALS(v_int(article)));
	TRY(query_sort(&q, "rank"));
	q.limit = ARTICLE_PICTURES;
	TRY(query_list(&q, &l));
	*out = l.rows;
	*n = l.n;
	return RC_OK;
}

int
article_pictures_first(
    struct ctx *cx, const struct article *a, size_t n, struct article_picture **out)
{
	struct query q;
	struct list l;
	struct buf b;
	size_t i, k;

	*out = arena_array(cx->arena, struct article_picture, n + 1);
	if (n == 0)
		return RC_OK;
	memset(*out, 0, (n + 1) * sizeof **out);
	buf_init(&b, cx->arena, 0);
	/* The first of each: no other one of the article that is shown stands before it. */
	buf_str(&b, AGREED " AND NOT EXISTS (SELECT 1 FROM article_picture o WHERE o.article = "
			   "article_picture.article AND o.consent IN ('agreed', 'no_faces') AND "
			   "(coalesce(o.rank, 0) < "
			   "coalesce(article_picture.rank, 0) OR (coalesce(o.rank, 0) = "
			   "coalesce(article_picture.rank, 0) "
			   "AND o.id < article_picture.id))) AND article_picture.article IN (0");
	for (i = 0; i < n; i++)
		buf_printf(&b, ",%lld", (long long)a[i].rec.id);
	buf_char(&b, ')');
	TRY(query_init(cx, &q, &article_picture_kind));
	query_and(&q, b.p, NO_VALS);
	q.limit = (int)(n > 100 ? 100 : n);
	TRY(query_list(&q, &l));
	for (i = 0; i < l.n; i++) {
		const struct article_picture *p = list_row(&l, &article_picture_kind, i);

		for (k = 0; k < n; k++)
			if (a[k].rec.id == p->article)
				(*out)[k] = *p;
	}
	return RC_OK;
}

/* ---- in and away ---- */

int
article_picture_take(
    struct ctx *cx, struct slice body, const char *media, struct article_picture *p)
{
	struct file_put put;

	TRY(picture_writable(cx, NULL, p));
	if (body.n == 0)
		fail_field(cx, "file", N_("Choose a file."));
	if (article_blank(p->consent))
		fail_field(cx, "consent", N_("Say whether those in the picture agreed."));
	TRY(picture_check(cx, NULL, p));
	TRY(fields_rc(cx));
	TRY(files_put_photo(cx, files_home(), body, media, &put));
	p->sha256 = arena_str(cx->arena, put.sha256);
	p->thumb = arena_str(cx->arena, put.thumb);
	p->size = put.size;
	p->width = put.width;
	p->height = put.height;
	p->small_width = put.small_width;
	p->small_height = put.small_height;
	return kind_insert(cx, &article_picture_kind, p);
}

static int
may_go(struct ctx *cx, const struct kind *k, const void *rec)
{
	(void)cx, (void)k, (void)rec;
	return RC_OK;
}

/* The row first: a content without a row is harmless. */
int
article_picture_remove(struct ctx *cx, int64_t id)
{
	struct article_picture p;

	TRY(kind_get(cx, &article_picture_kind, id, &p));
	TRY(kind_remove(cx,
	    &(struct kind_removal){ &article_picture_kind, id, may_go, "article,alt,consent" }));
	TRY(files_drop(cx, files_home(), FILES_OF_PICTURE, id, p.thumb));
	return files_drop(cx, files_home(), FILES_OF_PICTURE, id, p.sha256);
}
