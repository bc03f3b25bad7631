/* event_file_pages.c – evidence: taking files in, handing them out, links and notes, withdrawing.
 *
 * Contents lie outside the database by their hash: the content is put first, the row after. What a
 * file is, its first bytes say, never its name. Pictures open in the page, anything else is handed
 * over to be saved, so nothing that was uploaded can act as a page of this house. A withdrawn file
 * stays on record and is handed only to staff of its scope. */
#include <sys/stat.h>

#include "base/utf8.h"
#include "core/files.h"
#include "mod/event/event_pages.h"

/* ---- the forms ---- */

static void
field_refusal(struct view *v, const char *field, const char *id)
{
	const struct field_error *f;

	for (f = v->cx->err.fields; f != NULL; f = f->next)
		if (strcmp(f->field, field) == 0)
			html(&v->h, "<span class='err' id='%s'>%s</span>", id, f->text);
}

static const char *
typed(struct view *v, const char *name)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	return s == NULL ? "" : s;
}

static void
text_field(struct view *v, const char *name, const char *id, const char *label)
{
	html(&v->h, "<div class='fld'><label for='%s'>%s</label>", id, label);
	field_refusal(v, name, arena_printf(v->cx->arena, "%s-e", id));
	html(&v->h, "<input type='text' id='%s' name='%s' value='%s'></div>", id, name,
	    typed(v, name));
}

static void
sort_field(struct view *v, const char *id, const char *const *codes)
{
	html(&v->h, "<div class='fld'><label for='%s'>%s</label><select id='%s' name='type'>", id,
	    tr(v->cx, "What it is"), id);
	for (; *codes != NULL; codes++) {
		html(&v->h, "<option value='%s'", *codes);
		if (strcmp(*codes, typed(v, "type")) == 0)
			html(&v->h, " selected");
		html(&v->h, ">%s</option>", option_label(v->cx, file_sorts, *codes));
	}
	html(&v->h, "</select></div>");
}

static void
consent_field(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct option *o;

	html(&v->h, "<fieldset><legend>%s</legend><p class='hint'>%s</p>",
	    tr(cx, "Of a photograph: those in it"),
	    tr(cx, "Without their consent a photograph is seen by staff of the event alone."));
	field_refusal(v, "consent", "consent-e");
	for (o = file_consents; o->code != NULL; o++) {
		html(&v->h, "<label class='tick'><input type='radio' name='consent' value='%s'",
		    o->code);
		if (strcmp(typed(v, "consent"), o->code) == 0)
			html(&v->h, " checked");
		html(&v->h, "> %s</label>", event_capital(cx, tr(cx, o->label)));
	}
	html(&v->h, "</fieldset>");
}

static void
draw_upload(struct view *v, const struct event *e)
{
	static const char *const sorts[] = { "photo", "list", "other", NULL };
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	ui_section_open(v, "upload", tr(cx, "A file"),
	    tr(cx, "Scanned lists are seen by staff of the event alone; photographs by everybody. "
		   "Of a "
		   "photograph the place and the camera are taken out."));
	ui_form_begin(v, event_path(v, e->rec.id, "/files"), true);
	html(h,
	    "<div class='fld'><label for='file'>%s</label><span class='hint' id='file-h'>%s</span>",
	    tr(cx, "File"), tr(cx, "A picture (JPEG, PNG, WebP, GIF) or a PDF of at most 20 MB."));
	field_refusal(v, "file", "file-e");
	html(h, "<input type='file' id='file' name='file' "
		"accept='image/jpeg,image/png,image/webp,image/gif,application/pdf' "
		"aria-describedby='file-h'></div>");
	sort_field(v, "type", sorts);
	consent_field(v);
	text_field(v, "caption", "caption", tr(cx, "Caption"));
	text_field(v, "credit", "credit", tr(cx, "Photo by"));
	html(h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Add the file"));
	ui_form_end(v);
	ui_section_close(v);
}

static void
draw_link(struct view *v, const struct event *e)
{
	static const char *const sorts[] = { "link", "note", NULL };
	struct ctx *cx = v->cx;

	ui_section_open(v, "link-s", tr(cx, "A link or a note"),
	    tr(cx, "Everybody sees them on the event's page."));
	ui_form_begin(v, event_path(v, e->rec.id, "/files"), true);
	sort_field(v, "link-sort", sorts);
	text_field(v, "link", "link", tr(cx, "Address, for a link"));
	text_field(v, "caption", "link-caption", tr(cx, "What it says"));
	html(&v->h, "<hr><p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "Add"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_new(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
		{ NULL, tr(cx, "Add evidence") }, { NULL, NULL } };
	const char *text = cx->err.text;

	ui_open(v, &(struct page){ .title = tr(cx, "Add evidence"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	if (cx->err.fields != NULL)
		ui_note(v, 'n', cx->err.fields->text);
	else if (text != NULL && *text != '\0')
		ui_note(v, 'n', text);
	draw_upload(v, e);
	draw_link(v, e);
	ui_close(v);
	return RC_OK;
}

static int
writable_event(struct view *v, struct event *e)
{
	struct event_rights can;

	TRY(event_of_path(v, e));
	TRY(reads_rights(v->cx, e, &can));
	return can.writes ? RC_OK
			  : fail(v->cx, RC_DENIED,
				N_("This belongs to another body; you may change only what is your "
				   "own body's."));
}

static int
new_page(struct view *v)
{
	struct event e;

	TRY(writable_event(v, &e));
	return draw_new(v, &e);
}

/* ---- taking in ---- */

/* The last part of the name that the browser sent, without control letters, at most 200 letters. */
static const char *
bare_name(struct ctx *cx, const char *s)
{
	const char *p, *end;
	struct buf b;
	int letters = 0;

	for (p = s; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			s = p + 1;
	buf_init(&b, cx->arena, 0);
	for (p = s, end = s + strlen(s); p < end && letters < 200; letters++) {
		const char *at = p;
		int32_t cp = utf8_next(&p, end);

		if (cp >= 0x20 && cp != 0x7f)
			buf_put(&b, at, (size_t)(p - at));
	}
	return b.n == 0 ? NULL : b.p;
}

static bool
one_of(const char *s, const char *const *codes)
{
	for (; *codes != NULL; codes++)
		if (s != NULL && strcmp(s, *codes) == 0)
			return true;
	return false;
}

static int
take_content(struct view *v, struct file *f)
{
	static const char *const sorts[] = { "photo", "list", "other", NULL };
	struct ctx *cx = v->cx;
	const struct form_part *part = req_file(v->rq, "file");
	const char *sort = req_f(v->rq, "type");

	f->type = one_of(sort, sorts) ? sort : "other";
	if (part == NULL || part->filename == NULL ||
	    (*part->filename == '\0' && part->body.n == 0)) {
		fail_field(cx, "file", N_("Choose a file."));
		return RC_INVALID;
	}
	if (strcmp(f->type, "photo") == 0 && f->consent == NULL) {
		fail_field(cx, "consent", N_("Say whether those in the picture agreed."));
		return RC_INVALID;
	}
	f->name = bare_name(cx, part->filename);
	if (f->name == NULL)
		f->name = option_label(cx, file_sorts, f->type);
	return event_file_take(cx, part->body, part->type, f);
}

static const char *
given(struct view *v, const char *name)
{
	const char *s = req_f(v->rq, name);

	return s == NULL || s[strspn(s, " \t\r\n")] == '\0' ? NULL : s;
}

/* The code as the list has it; NULL = none of them. */
static const char *
consent_code(const char *s)
{
	const struct option *o;

	for (o = file_consents; s != NULL && o->code != NULL; o++)
		if (strcmp(o->code, s) == 0)
			return o->code;
	return NULL;
}

static int
add(struct view *v, const struct event *e)
{
	static const char *const bare[] = { "link", "note", NULL }, *const photo[] = { "photo",
		NULL };
	struct ctx *cx = v->cx;
	const char *sort = req_f(v->rq, "type");
	struct file f;

	kind_empty(&file_kind, &f);
	f.event = e->rec.id;
	f.caption = given(v, "caption");
	f.credit = given(v, "credit");
	f.consent = one_of(sort, photo) ? consent_code(given(v, "consent")) : NULL;
	if (one_of(sort, bare)) {
		f.type = sort;
		f.link = strcmp(sort, "link") == 0 ? given(v, "link") : NULL;
		if (strcmp(sort, "note") == 0 && f.caption == NULL) {
			fail_field(cx, "caption", N_("A note needs words."));
			return RC_INVALID;
		}
	} else
		TRY(take_content(v, &f));
	return kind_insert(cx, &file_kind, &f);
}

static int
new_post(struct view *v)
{
	struct event e;
	int rc;

	TRY(writable_event(v, &e));
	rc = add(v, &e);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_EXISTS || rc == RC_TOOBIG) {
		v->status = rc == RC_TOOBIG ? 413 : 422;
		return draw_new(v, &e);
	}
	TRY(rc);
	return ui_done(v, event_path(v, e.rec.id, ""), tr(v->cx, "The evidence is added."));
}

static int
withdraw_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct file f;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &file_kind, id, &f));
	if (s == NULL || !num_parse(s, &f.rec.version))
		f.rec.version = 0;
	f.withdrawn = true;
	TRY(kind_update(v->cx, &file_kind, &f));
	return ui_done(v, f.event == 0 ? "/events" : event_path(v, f.event, ""),
	    tr(v->cx, "The file is withdrawn: it is kept, but no longer shown."));
}

/* Asked later, or asked again: the flag of one photograph. */
static int
consent_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct file f;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &file_kind, id, &f));
	if (s == NULL || !num_parse(s, &f.rec.version))
		f.rec.version = 0;
	f.consent = consent_code(given(v, "consent"));
	if (f.consent == NULL)
		return fail(v->cx, RC_INVALID, N_("Choose one of the values offered."));
	TRY(kind_update(v->cx, &file_kind, &f));
	return ui_done(v, f.event == 0 ? "/events" : event_path(v, f.event, "/report"),
	    tr(v->cx, "The consent is noted."));
}

/* ---- handing out ---- */

/* RFC 6266 with the name in UTF-8 (RFC 8187); old browsers get a plain one. */
static const char *
disposition(struct ctx *cx, const struct file *f)
{
	struct buf b;

	buf_init(&b, cx->arena, 0);
	buf_printf(&b, "%s; filename=\"file-%lld\"; filename*=UTF-8''",
	    strncmp(f->media, "image/", 6) == 0 ? "inline" : "attachment", (long long)f->rec.id);
	url_encode(&b, f->name);
	return b.p;
}

static int
file_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct req *rq = v->rq;
	const char *path, *tag, *match = req_header(rq, "If-None-Match");
	struct stat st;
	struct file f;
	int64_t id;
	bool small;

	TRY(req_param_id(rq, 0, &id));
	TRY(kind_get(cx, &file_kind, id, &f));
	small = req_q(rq, "small") != NULL && f.thumb != NULL;
	path = files_path(cx->arena, files_home(), small ? f.thumb : f.sha256);
	if (path == NULL || stat(path, &st) != 0)
		return fail(cx, RC_NOTFOUND, N_("This file has no content here."));
	tag = arena_printf(cx->arena, "\"%s\"", small ? f.thumb : f.sha256);
	/* Asked again each time: a withdrawn file is gone at once. */
	res_header(rq, "Cache-Control", "private, no-cache");
	res_header(rq, "ETag", tag);
	if (match != NULL && strstr(match, tag) != NULL) {
		rq->res.status = 304;
		return RC_OK;
	}
	res_header(rq, "Content-Disposition", disposition(cx, &f));
	rq->res.type = f.media;
	rq->res.file = path;
	rq->res.status = 200;
	return RC_OK;
}

const struct route event_file_routes[] = {
	{ M_GET, "/events/{id}/files/new", new_page, CAP_EVENT_WRITE, 0, N_("Add evidence"),
	    N_("A file, a link or a note.") },
	{ M_POST, "/events/{id}/files", new_post, CAP_EVENT_WRITE, ROUTE_FILES, N_("Add evidence"),
	    NULL },
	{ M_GET, "/files/{id}", file_page, CAP_PUBLIC, 0, N_("A file"),
	    N_("The content of a piece of evidence.") },
	{ M_POST, "/files/{id}/consent", consent_post, CAP_EVENT_WRITE, 0,
	    N_("Consent of those in the picture"), NULL },
	{ M_POST, "/files/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0, N_("Withdraw a file"),
	    NULL },
};
const size_t event_file_nroutes = ARRAY_LEN(event_file_routes);
