/* news_beside.c – the check while an article is written: its text comes from the script of the form (web/news.js) and
 * goes back as places with verdicts. Nothing is stored. Places are counted in UTF-16, as scripts count.
 *
 * Checked is the text as it stands in its field; what is no words of it – embedded figures, addresses of links, marks of
 * Markdown – is blank to the check, so that every place stays where it is. */
#include "base/utf8.h"
#include "core/session.h"
#include "mod/draft/draft.h"
#include "mod/news/news_beside.h"
#include "mod/news/news_figure.h"
#include "web/assets.h"

enum { TEXT_BYTES = 200 * 1024, TOLD_MAX = 100, STRETCH_MAX = 4096 };

/* ---- the words of a Markdown text, in their places ---- */

/* Within its line and STRETCH_MAX: a text of beginnings without an end costs no square of its length. */
static size_t
stretch(const char *p, size_t n, const char *first, char last)
{
	size_t len = strlen(first);
	const char *end;

	if (n < len || memcmp(p, first, len) != 0)
		return 0;
	n = n < STRETCH_MAX ? n : STRETCH_MAX;
	end = memchr(p, '\n', n);
	end = memchr(p, last, end == NULL ? n : (size_t)(end - p));
	return end == NULL ? 0 : (size_t)(end - p) + 1;
}

char *
news_words_in_place(struct arena *a, const char *p, size_t n)
{
	char *out = arena_strn(a, p, n);
	size_t i = 0;

	while (i < n) {
		size_t gone = stretch(p + i, n - i, "{figure:", '}');

		if (gone == 0)
			gone = stretch(p + i, n - i, "](", ')');
		if (gone == 0 && memchr("*_`#>|\\[]~", p[i], 10) != NULL)
			gone = 1;
		memset(out + i, ' ', gone);
		i += gone == 0 ? 1 : gone;
	}
	return out;
}

/* ---- what may stand in a number's place ---- */

static bool
only_digits(const char *s)
{
	for (; *s != '\0'; s++)
		if ((*s < '0' || *s > '9') && *s != ' ' && *s != '\xc2' && *s != '\xa0')
			return false;
	return true;
}

int
news_claim_embed(struct ctx *cx, const struct draft_claim *c, const char **out)
{
	struct err kept = cx->err;
	struct news_figure f;
	const char *why;
	struct buf b;
	char from[16], to[16];
	int rc;

	*out = NULL;
	if (c->figure == NULL || !c->counts || c->verdict == DRAFT_NOSOURCE ||
	    !(c->relation == CLAIM_GT || (c->relation == CLAIM_EQ && only_digits(c->text))))
		return RC_OK;
	buf_init(&b, cx->arena, 0);
	buf_str(&b, c->figure->code);
	if (c->figure->time == FIGURE_ON_DAY && c->ask.on != cx->today) {
		day_iso(c->ask.on, to);
		buf_printf(&b, " on=%s", to);
	} else if (c->figure->time != FIGURE_ON_DAY &&
		   (c->ask.to != cx->today || c->ask.from != cx->today / 10000 * 10000 + 101)) {
		day_iso(c->ask.from, from);
		day_iso(c->ask.to, to);
		buf_printf(&b, " from=%s to=%s", from, to);
	}
	if (c->body != NULL)
		buf_printf(&b, " body=%s", c->body);
	if (c->district != NULL)
		buf_printf(&b, " district=%s", c->district);
	buf_str(&b, c->relation == CLAIM_GT ? " noun=no say=over" : " noun=no");
	rc = news_figure_read(cx, b.p, &f, &why);
	if (rc == RC_OK)
		*out = arena_printf(cx->arena, "{figure:%s}", b.p);
	else
		cx->err = kept; /* not for everybody, or not asked so: nothing is offered */
	return rc == RC_OK || rc == RC_INVALID ? RC_OK : rc;
}

/* ---- told to the script ---- */

/* Units of UTF-16 before byte `to`, going on from an earlier place. */
struct counter {
	const char *p;
	size_t byte;
	int64_t units;
};

static int64_t
units_at(struct counter *c, size_t to)
{
	for (; c->byte < to; c->byte++) {
		unsigned char b = (unsigned char)c->p[c->byte];

		c->units += (b & 0xC0) != 0x80; /* a sign begins … */
		c->units += b >= 0xF0;		/* … and takes two */
	}
	return c->units;
}

static int
put_claim(struct view *v, struct json *j, const struct draft_claim *c, struct counter *at)
{
	struct ctx *cx = v->cx;
	const char *embed, *href = draft_receipt(v, c);

	TRY(news_claim_embed(cx, c, &embed));
	json_open(j, NULL, '{');
	json_num(j, "from", units_at(at, c->vfrom));
	json_num(j, "to", units_at(&(struct counter){ at->p, at->byte, at->units }, c->vto));
	json_str(j, "text", c->text);
	json_str(j, "verdict", draft_verdict_code(c->verdict));
	json_str(j, "said", draft_verdict_said(cx, c->verdict));
	json_str(j, "source",
	    *c->title == '\0'	? NULL
	    : c->figure != NULL ? tr(cx, c->title)
				: c->title);
	json_str(j, "href", href);
	json_str(j, "expected", *c->expected == '\0' ? NULL : draft_expected(cx, c));
	json_str(j, "put", *c->suggestion == '\0' ? NULL : c->suggestion);
	json_str(j, "figure", embed);
	json_close(j, '}');
	return RC_OK;
}

static int
put_claims(struct view *v, struct json *j, const struct draft *d)
{
	struct counter at = { .p = d->view.p };
	size_t i, told = 0;

	json_open(j, "claims", '[');
	for (i = 0; i < d->nclaims && told < TOLD_MAX; i++) {
		const struct draft_claim *c = &d->claim[i];

		/* A name that is right, and a quotation that nobody has to answer for, are no news. */
		if (!c->counts && (c->verdict == DRAFT_NOSOURCE || *c->expected == '\0'))
			continue;
		told++;
		TRY(put_claim(v, j, c, &at));
	}
	json_close(j, ']');
	return RC_OK;
}

static void
put_findings(struct view *v, struct json *j, const struct draft *d)
{
	struct counter at = { .p = d->view.p };
	size_t i;

	json_open(j, "language", '[');
	for (i = 0; i < d->nfindings && i < TOLD_MAX; i++) {
		const struct finding *f = &d->finding[i];

		json_open(j, NULL, '{');
		json_num(j, "from", units_at(&at, f->from));
		json_num(j, "to", units_at(&(struct counter){ at.p, at.byte, at.units }, f->to));
		json_strn(j, "text", d->view.p + f->from, f->to - f->from);
		json_str(j, "said", tr(v->cx, finding_text(f->kind)));
		json_str(j, "put", f->n > 0 ? f->suggestions[0] : NULL);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static int
beside_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct slice text = v->rq->body;
	const char *lang = req_q(v->rq, "lang");
	struct draft d;
	struct json j;

	if (lang != NULL)
		(void)!lang_parse(lang, &cx->lang);
	if (text.n > TEXT_BYTES)
		return fail(cx, RC_TOOBIG, N_("The text is too long."));
	if (!utf8_valid(text.p, text.n))
		return fail(cx, RC_INVALID,
		    N_("The request could not be read: broken text or a "
		       "broken form."));
	TRY(draft_check(cx, news_words_in_place(cx->arena, text.p, text.n), text.n, &d));
	if (d.html || d.view.n != text.n)
		d = (struct draft){ .view = text };
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	TRY(put_claims(v, &j, &d));
	put_findings(v, &j, &d);
	json_close(&j, '}');
	v->rq->res.status = 200;
	v->rq->res.type = "application/json";
	v->rq->res.body = (struct slice){ j.out.p, j.out.n };
	res_header(v->rq, "Cache-Control", "no-store");
	return RC_OK;
}

void
news_draw_beside(struct view *v)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<div id='news-check' hidden data-url='/news/check?lang=%s' data-csrf='%s' "
	    "data-title='%s' data-clean='%s' data-put='%s' data-figure='%s' data-lost='%s' "
	    "data-go='%s'></div><script src='%s' defer></script>",
	    lang_code(cx->lang), csrf_make(cx, "/news/check"), tr(cx, "Numbers and words"),
	    tr(cx, "Nothing to say about this text."), tr(cx, "Put there:"),
	    tr(cx, "Put the figure there"), tr(cx, "The check does not answer; saving works."),
	    tr(cx, "Show the place"), asset_url("news.js"));
}

const struct route news_beside_routes[] = {
	{ M_POST, "/news/check", beside_post, CAP_EVENT_WRITE, ROUTE_SCRIPT,
	    N_("Check while writing"),
	    N_("A text comes, places with verdicts go back; nothing is stored.") },
};
const size_t news_beside_nroutes = ARRAY_LEN(news_beside_routes);
