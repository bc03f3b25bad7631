/* phone_shell.c – what every page that lives on a telephone has: head, manifest, worker, words.
 *
 * The shell holds nothing about people, so the worker may keep it for the hours without network; what it works on comes by
 * requests of its own and leaves the telephone again. */
#include "mod/phone/phone_pages.h"

#include "text/json.h"
#include "ui/bare.h"
#include "web/assets.h"

void
phone_shell_head(struct view *v, const struct page *p, const struct phone_shell *s, const char *css,
    const char *manifest)
{
	struct html *h = &v->h;
	size_t i;

	ui_bare_head(v, p);
	html(h, "<link rel='stylesheet' href='%s'>", asset_url(css));
	html(h, "<link rel='manifest' href='%s' crossorigin='use-credentials'>", manifest);
	html(h,
	    "<link rel='apple-touch-icon' href='%s'><meta name='theme-color' content='#14222C'>",
	    asset_url("icon-180.png"));
	for (i = 1; i < s->nmodules; i++)
		html(h, "<link rel='modulepreload' href='%s'>", asset_url(s->modules[i]));
	html(h, "<script type='module' src='%s'></script></head>", asset_url(s->modules[0]));
}

void
phone_policy(struct view *v)
{
	res_header(v->rq, "Content-Security-Policy",
	    "default-src 'self'; script-src 'self'; worker-src 'self'; img-src 'self' blob:; "
	    "base-uri 'none'; "
	    "form-action 'self'; frame-ancestors 'none'");
}

void
phone_words_draw(struct view *v, const struct phone_word *w, size_t n)
{
	size_t i;

	html(&v->h, "<dl id='words' hidden>");
	for (i = 0; i < n; i++)
		html(&v->h, "<div><dt translate='no'>%s</dt><dd>%s</dd></div>", w[i].key,
		    tr(v->cx, w[i].text));
	html(&v->h, "</dl>");
}

/* ---- the application ---- */

static void
icon(struct json *j, const char *name, const char *size, const char *purpose)
{
	json_open(j, NULL, '{');
	json_str(j, "src", asset_url(name));
	json_str(j, "sizes", size);
	json_str(j, "type", "image/png");
	json_str(j, "purpose", purpose);
	json_close(j, '}');
}

int
phone_app_manifest(struct view *v, const struct phone_app *a)
{
	struct json j;

	json_init(&j, v->cx->arena, 0);
	json_open(&j, NULL, '{');
	json_str(&j, "id", a->start);
	json_str(&j, "name", a->name);
	json_str(&j, "short_name", a->short_name);
	json_str(&j, "lang", lang_tag(v->cx));
	json_str(&j, "start_url", a->start);
	json_str(&j, "scope", a->scope);
	json_str(&j, "display", "standalone");
	json_str(&j, "background_color", "#14222C");
	json_str(&j, "theme_color", "#14222C");
	json_open(&j, "icons", '[');
	icon(&j, "icon-192.png", "192x192", "any");
	icon(&j, "icon-512.png", "512x512", "any");
	icon(&j, "icon-512.png", "512x512", "maskable");
	json_close(&j, ']');
	json_close(&j, '}');
	if (!json_ok(&j))
		return RC_BUG;
	v->rq->res.status = 200;
	v->rq->res.type = "application/manifest+json";
	v->rq->res.body = (struct slice){ j.out.p, j.out.n };
	return RC_OK;
}

/* ---- the worker ---- */

static void
parts(struct json *j, const char *const *names, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		json_str(j, NULL, asset_url(names[i]));
}

int
phone_worker(struct view *v, const struct phone_shell *s)
{
	const struct asset *text = asset_find(asset_url("sw.js"));
	struct json j;
	struct buf out;
	unsigned key = 0;
	size_t i;

	if (text == NULL)
		return RC_BUG;
	json_init(&j, v->cx->arena, 0);
	json_open(&j, NULL, '{');
	json_str(&j, "name", s->name);
	json_str(&j, "page", s->page);
	json_bool(&j, "refused", s->refused);
	json_open(&j, "parts", '[');
	parts(&j, s->modules, s->nmodules);
	parts(&j, s->later, s->nlater);
	json_close(&j, ']');
	json_close(&j, '}');
	if (!json_ok(&j))
		return RC_BUG;
	for (i = 0; i < j.out.n; i++)
		key = key * 31 + (unsigned char)j.out.p[i];
	buf_init(&out, v->cx->arena, 0);
	buf_printf(&out, "const SHELL = { key: '%08x', ...", key);
	buf_put(&out, j.out.p, j.out.n);
	buf_str(&out, " };\n");
	buf_put(&out, text->data, text->size);
	v->rq->res.status = 200;
	v->rq->res.type = "text/javascript; charset=utf-8";
	v->rq->res.body = (struct slice){ out.p, out.n };
	res_header(v->rq, "Cache-Control", "no-cache");
	return RC_OK;
}
