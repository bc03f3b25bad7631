/* cli_page.c – see cli_page.h. The same steps as the page /newsroom/import, with the choices as options: what is certain
 * is repaired unless --accept says otherwise, what was left out stays left out. */
#include "app/cli_page.h"

#include <errno.h>
#include <stdio.h>

#include "core/setting.h"
#include "mod/news/news_source.h"

int
cli_read_file(struct ctx *cx, const char *name, size_t most, struct buf *out)
{
	char piece[1 << 15];
	FILE *f = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
	size_t n;
	bool bad;

	if (f == NULL)
		return fail(cx, RC_INVALID, "%s: %s", name, strerror(errno));
	buf_init(out, cx->arena, most + sizeof piece * 2);
	while (out->n <= most && (n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(out, piece, n);
	bad = ferror(f) != 0;
	if (f != stdin)
		fclose(f);
	if (bad)
		return fail(cx, RC_INVALID, "%s: %s", name, strerror(errno == 0 ? EIO : errno));
	return RC_OK;
}

enum accept { ACCEPT_CERTAIN, ACCEPT_ALL, ACCEPT_NONE };
struct job {
	struct news_page page;
	struct news_checked c;
	struct news_choice choice;
	bool *back, *claims, *findings;
	struct article_source source;
	struct article article;
	bool dry;
};

static int
accept_of(struct ctx *cx, const struct opts *o, enum accept *out)
{
	static const char *const words[] = { "certain", "all", "none" };
	size_t i;

	*out = ACCEPT_CERTAIN;
	for (i = 0; o->accept != NULL && i < ARRAY_LEN(words); i++)
		if (strcmp(o->accept, words[i]) == 0) {
			*out = (enum accept)i;
			return RC_OK;
		}
	return o->accept == NULL ? RC_OK : fail(cx, RC_INVALID, "%s", "--accept certain|all|none");
}

/* "all" puts the first suggestion everywhere but in quotations and over numbers: those are for people. */
static void
choose(struct ctx *cx, struct job *j, enum accept accept)
{
	const struct draft *d = &j->c.d;
	size_t i;

	j->claims = arena_array(cx->arena, bool, d->nclaims + 1);
	j->findings = arena_array(cx->arena, bool, d->nfindings + 1);
	for (i = 0; i < d->nfindings; i++)
		j->findings[i] = d->finding[i].n > 0 &&
				 ((accept != ACCEPT_NONE && news_certain(&d->finding[i])) ||
				     (accept == ACCEPT_ALL && !d->finding[i].quoted));
	j->choice = (struct news_choice){ .back = j->back, .repair = { j->claims, j->findings } };
}

static int
rubric_of(struct ctx *cx, const struct opts *o, struct job *j)
{
	if (o->rubric != NULL)
		TRY(news_rubric_named(cx, o->rubric, &j->article.rubric));
	else
		TRY(news_rubric_of(cx, &j->page, &j->article.rubric));
	if (j->article.rubric == 0 && !j->dry)
		return fail(cx, RC_INVALID, "%s",
		    o->rubric != NULL ? "no open rubric is called so"
				      : "the page names no rubric that is open here; give one: "
					"--rubric CODE");
	return RC_OK;
}

static int
make(struct ctx *cx, const struct opts *o, struct slice bytes, struct job *j)
{
	struct news_given g = { .bytes = bytes, .address = o->source };
	struct article *a = &j->article;

	news_source_draft(cx, &j->c, &j->choice, j->page.lang, a);
	TRY(rubric_of(cx, o, j));
	a->dated = j->page.dated;
	a->author = *j->page.author == '\0' ? NULL : j->page.author;
	a->office = *j->page.office == '\0' ? NULL : j->page.office;
	if (o->on != NULL && !day_parse(o->on, &g.fetched_on))
		return fail(cx, RC_INVALID,
		    N_("There is no such day: “%s”. Write it as 15.11.2024."), o->on);
	if (strcmp(o->argv[0], "-") != 0)
		g.name = o->argv[0];
	if (j->dry)
		return RC_OK;
	TRY(kind_check(cx, &article_kind, NULL, a));
	TRY(news_source_take(cx, &g, &j->source));
	return news_source_make(cx, &j->source, a);
}

/* ---- told ---- */

static void
put_lines(struct json *out, const struct job *j)
{
	size_t i;

	json_open(out, "taken", '[');
	for (i = 0; i < j->page.n; i++)
		if (j->page.line[i].why == NULL)
			json_str(out, NULL, j->page.line[i].text);
	json_close(out, ']');
	json_open(out, "left_out", '[');
	for (i = 0; i < j->page.n; i++)
		if (j->page.line[i].why != NULL) {
			json_open(out, NULL, '{');
			json_str(out, "line", j->page.line[i].text);
			json_str(out, "reason", j->page.line[i].code);
			json_str(out, "why", j->page.line[i].why);
			json_close(out, '}');
		}
	json_close(out, ']');
}

static void
put_findings(struct json *out, const struct job *j)
{
	const struct draft *d = &j->c.d;
	size_t i, k;

	json_open(out, "findings", '[');
	for (i = 0; i < d->nfindings; i++) {
		const struct finding *f = &d->finding[i];

		json_open(out, NULL, '{');
		json_strn(out, "text", d->view.p + f->from, f->to - f->from);
		json_str(out, "kind", finding_code(f->kind));
		json_bool(out, "certain", news_certain(f));
		json_bool(out, "quoted", f->quoted);
		json_bool(out, "accepted", j->findings[i]);
		json_open(out, "suggestions", '[');
		for (k = 0; k < f->n; k++)
			json_str(out, NULL, f->suggestions[k]);
		json_close(out, ']');
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void
put_claims(struct json *out, const struct draft *d)
{
	size_t i;

	json_open(out, "claims", '[');
	for (i = 0; i < d->nclaims; i++) {
		const struct draft_claim *c = &d->claim[i];

		json_open(out, NULL, '{');
		json_str(out, "text", c->text);
		json_str(out, "unit", c->unit);
		json_str(out, "matched", *c->matched == '\0' ? NULL : c->matched);
		json_str(out, "verdict", draft_verdict_code(c->verdict));
		json_str(out, "suggestion", *c->suggestion == '\0' ? NULL : c->suggestion);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static int
tell(struct ctx *cx, const struct job *j)
{
	struct json out;
	char dated[16];

	json_init(&out, cx->arena, 0);
	json_open(&out, NULL, '{');
	json_num(&out, "article", j->article.rec.id);
	json_num(&out, "page", j->source.rec.id);
	json_str(&out, "title", j->page.title);
	json_str(&out, "author", j->page.author);
	json_str(&out, "office", j->page.office);
	json_str(&out, "rubric", j->page.rubric);
	json_str(&out, "original", lang_code(j->page.lang));
	day_iso(j->page.dated, dated);
	json_str(&out, "dated", j->page.dated == 0 ? NULL : dated);
	json_bool(&out, "html", j->page.html);
	json_bool(&out, "cut", j->page.cut || j->c.d.cut);
	json_str(&out, "sha256", j->source.sha256);
	put_lines(&out, j);
	put_findings(&out, j);
	put_claims(&out, &j->c.d);
	json_close(&out, '}');
	if (!json_ok(&out))
		return fail(cx, RC_TOOBIG, "%s", "there is more to say than fits into one answer");
	buf_char(&out.out, '\n');
	return fwrite(out.out.p, 1, out.out.n, stdout) == out.out.n && fflush(stdout) == 0
		   ? RC_OK
		   : RC_STORAGE;
}

int
cli_page(struct ctx *cx, const struct opts *o, bool *found)
{
	struct job j = { .dry = o->dry_run };
	enum accept accept;
	struct buf file;
	bool pinned;

	*found = false;
	if (o->argc != 1)
		return fail(cx, RC_INVALID, "%s",
		    "import-page FILE [--accept certain|all|none] [--source ADDRESS] [--on DAY] "
		    "[--rubric CODE] [--dry-run] (- reads standard input)");
	TRY(accept_of(cx, o, &accept));
	TRY(cli_read_file(cx, o->argv[0], NEWS_PAGE_BYTES, &file));
	TRY(setting_business_day(cx, &cx->today, &pinned));
	TRY(news_page_read(cx, (struct slice){ file.p, file.n }, &j.page));
	j.back = arena_array(cx->arena, bool, j.page.n + 1);
	TRY(news_page_check(cx, &j.page, j.page.title, j.back, &j.c));
	choose(cx, &j, accept);
	TRY(make(cx, o, (struct slice){ file.p, file.n }, &j));
	*found = j.c.d.count[DRAFT_FALSE] > 0;
	return tell(cx, &j);
}
