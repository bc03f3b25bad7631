/* sheet_picture_pages.c – the signed paper as evidence: photographs or scans of a sheet, and a row with its
 * picture beside it. A picture is a file of the event of the sort "list", which staff of the event alone
 * see; here stands which rows are on it. */
#include "core/files.h"
#include "mod/sheet/sheet_pages.h"

static bool
is_picture(const struct file *f)
{
	return strncmp(f->media, "image/", 6) == 0;
}

/* Pictures in the page, a PDF as a link. */
static int
draw_pictures(struct view *v, const struct list *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct file f;
	size_t i;

	for (i = 0; i < l->n; i++) {
		const struct sheet_picture *p = list_row(l, &sheet_picture_kind, i);
		const char *rows =
		    trf(cx, "Rows %s–%s", num(cx, p->from_line), num(cx, p->to_line));
		int rc = kind_get(cx, &file_kind, p->file, &f);

		if (rc == RC_NOTFOUND) {
			err_clear(cx);
			continue;
		}
		TRY(rc);
		if (!file_has_content(&f)) {
			html(h, "<p>%s · <span class='mute'>%s</span></p>", rows,
			    tr(cx, "removed after its term of storage"));
			continue;
		}
		html(h, "<figure class='scan'><figcaption>%s · <a href='%s'>%s</a>", rows,
		    ui_url(v, "/files/%lld", (long long)f.rec.id), f.name);
		html(h, "</figcaption>");
		if (is_picture(&f) && !f.withdrawn)
			html(h, "<a href='%s'><img src='%s' alt='%s' loading='lazy'></a>",
			    ui_url(v, "/files/%lld", (long long)f.rec.id),
			    ui_url(v, "/files/%lld", (long long)f.rec.id),
			    trf(cx, "The signed sheet, rows %s–%s", num(cx, p->from_line),
				num(cx, p->to_line)));
		html(h, "</figure>");
	}
	return RC_OK;
}

/* ---- the pictures of a sheet ---- */

static void
line_field(struct view *v, const char *name, const char *label, int64_t value)
{
	const char *s = req_f(v->rq, name);

	html(&v->h,
	    "<div class='fld w-s'><label for='f-%s'>%s</label><input type='text' "
	    "inputmode='numeric' id='f-%s' name='%s' value='%s'></div>",
	    name, label, name, name,
	    s != NULL ? s : arena_printf(v->cx->arena, "%lld", (long long)value));
}

static void
draw_upload(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "add", tr(cx, "Add a picture"),
	    tr(cx, "Only staff of the event see it: it shows names and signatures."));
	ui_form_begin(v, sheet_path(v, s->s.rec.id, "/pictures"), true);
	html(&v->h,
	    "<div class='fld'><label for='f-file'>%s</label><span class='hint' "
	    "id='file-h'>%s</span><input type='file' id='f-file' name='file' "
	    "accept='image/jpeg,image/png,image/webp,application/pdf' "
	    "aria-describedby='file-h'></div>",
	    tr(cx, "File"), tr(cx, "A picture (JPEG, PNG, WebP, GIF) or a PDF of at most 20 MB."));
	line_field(v, "from_line", tr(cx, "From row"), 1);
	line_field(v, "to_line", tr(cx, "To row"), s->size.lines);
	html(&v->h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Add the picture"));
	ui_form_end(v);
	ui_section_close(v);
}

static void
draw_withdraw(struct view *v, const struct list *l)
{
	struct ctx *cx = v->cx;
	size_t i;

	for (i = 0; i < l->n; i++) {
		const struct sheet_picture *p = list_row(l, &sheet_picture_kind, i);

		ui_post_button(v,
		    arena_printf(cx->arena, "/sheet-pictures/%lld/withdraw", (long long)p->rec.id),
		    p->rec.version,
		    trf(cx, "Withdraw the picture of rows %s–%s", num(cx, p->from_line),
			num(cx, p->to_line)),
		    true);
	}
}

static int
draw_all(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct list l;

	err_clear(cx);
	TRY(pictures_of(cx, s->s.rec.id, 0, &l));
	sheet_frame(v, s, "/pictures", tr(cx, "Pictures of the sheet"));
	cx->err = said;
	ui_refusals(v, "f-");
	err_clear(cx);
	if (l.n == 0)
		ui_empty(v, tr(cx, "There is no picture of this sheet yet"),
		    tr(cx, "Photograph or scan the signed paper, so that each typed row can be "
			   "looked up."),
		    NULL, NULL);
	TRY(draw_pictures(v, &l));
	if (s->can.writes) {
		draw_withdraw(v, &l);
		draw_upload(v, s);
	}
	ui_close(v);
	return RC_OK;
}

static int
pictures_page(struct view *v)
{
	struct sheet_view s;

	TRY(sheet_of_path(v, &s));
	return draw_all(v, &s);
}

static const char *
file_name(struct ctx *cx, const struct sheet_picture *p, const char *media)
{
	const char *end = strcmp(media, "application/pdf") == 0 ? "pdf"
			  : strcmp(media, "image/png") == 0	? "png"
			  : strcmp(media, "image/webp") == 0	? "webp"
			  : strcmp(media, "image/gif") == 0	? "gif"
								: "jpg";

	return arena_printf(cx->arena, "%s %lld, %lld–%lld.%s", tr(cx, "Sheet"),
	    (long long)p->sheet, (long long)p->from_line, (long long)p->to_line, end);
}

struct adding {
	struct file f;
	struct sheet_picture p;
};

static int
add_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct adding *a = arg;

	a->f.rec = a->p.rec = (struct rec){ 0 };
	TRY(kind_insert_tx(cx, tx, &file_kind, &a->f));
	a->p.file = a->f.rec.id;
	return kind_insert_tx(cx, tx, &sheet_picture_kind, &a->p);
}

static int
take(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	const struct form_part *part = req_file(v->rq, "file");
	const char *from = req_f(v->rq, "from_line"), *to = req_f(v->rq, "to_line");
	struct adding a;
	struct file_put put;

	kind_empty(&file_kind, &a.f);
	kind_empty(&sheet_picture_kind, &a.p);
	a.p.sheet = s->s.rec.id;
	a.p.event = a.f.event = s->e.rec.id;
	if (from == NULL || !num_parse(from, &a.p.from_line) || a.p.from_line < 1 ||
	    a.p.from_line > s->size.lines)
		fail_field(cx, "from_line", N_("Rows from 1 to %s stand on this sheet."),
		    num(cx, s->size.lines));
	if (to == NULL || !num_parse(to, &a.p.to_line) || a.p.to_line < 1 ||
	    a.p.to_line > s->size.lines)
		fail_field(cx, "to_line", N_("Rows from 1 to %s stand on this sheet."),
		    num(cx, s->size.lines));
	if (part == NULL || part->body.n == 0)
		fail_field(cx, "file", N_("Choose a file."));
	TRY(fields_rc(cx));
	TRY(files_put(cx, files_home(), part->body, part->type, &put));
	a.f.type = "list";
	a.f.sha256 = arena_str(cx->arena, put.sha256);
	a.f.media = put.media;
	a.f.size = put.size;
	a.f.name = file_name(cx, &a.p, put.media);
	return db_write(cx, add_fn, &a);
}

static int
pictures_post(struct view *v)
{
	struct sheet_view s;
	int rc;

	TRY(sheet_to_type(v, &s));
	rc = take(v, &s);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_TOOBIG) {
		v->status = rc == RC_TOOBIG ? 413 : 422;
		return draw_all(v, &s);
	}
	TRY(rc);
	return ui_done(
	    v, sheet_path(v, s.s.rec.id, "/pictures"), tr(v->cx, "The picture is added."));
}

static int
withdraw_post(struct view *v)
{
	const char *version = req_f(v->rq, "_version");
	struct sheet_picture p;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &sheet_picture_kind, id, &p));
	if (version == NULL || !num_parse(version, &p.rec.version))
		p.rec.version = 0;
	p.withdrawn = true;
	TRY(kind_update(v->cx, &sheet_picture_kind, &p));
	return ui_done(v, sheet_path(v, p.sheet, "/pictures"),
	    tr(v->cx, "The file is withdrawn: it is kept, but no longer shown."));
}

/* ---- a row beside its picture ---- */

static void
draw_facts(struct view *v, const struct sheet_view *s, const struct row_shown *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>", tr(cx, "Code"),
	    sheet_code_whole(cx->arena, s->size, r->r.line), tr(cx, "Surname, name, patronymic"),
	    *r->name == '\0' ? tr(cx, "an empty row") : r->name);
	html(h, "<dt>%s</dt><dd>", tr(cx, "State"));
	row_state_mark(v, r->r.state);
	html(h, "</dd>");
	if (r->r.second != NULL) {
		html(h, "<dt>%s</dt><dd>", tr(cx, "Second reading"));
		row_state_mark(v, r->r.second);
		html(h, "</dd>");
	}
	if (r->r.typed_at != 0)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Typed at"),
		    moment_text(cx, r->r.typed_at));
	html(h, "</dl><p class='acts'>");
	ui_button(v, ui_url(v, "/events/%lld/attendances", (long long)s->e.rec.id),
	    tr(cx, "Attendances"), false);
	if (s->can.marks)
		ui_button(v, ui_url(v, "/sheets/%lld/type", (long long)s->s.rec.id),
		    tr(cx, "Type the sheet"), false);
	html(h, "</p>");
}

static int
row_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct sheet_view s;
	struct row_shown *r;
	struct list l;
	int64_t line;
	size_t n;

	TRY(sheet_of_path(v, &s));
	if (sheet_code_read(s.size, v->rq->param[1], &line) != CODE_FINE)
		return RC_NOTFOUND;
	TRY(sheet_rows(cx, &s.s, (struct rows_ask){ .sheet = s.s.rec.id, .line = line }, &r, &n));
	if (n == 0)
		return RC_NOTFOUND;
	TRY(pictures_of(cx, s.s.rec.id, line, &l));
	sheet_frame(v, &s, "/rows", trf(cx, "Row %s", sheet_code(cx->arena, s.size, line)));
	html(&v->h, "<div class='two'><div>");
	draw_facts(v, &s, &r[0]);
	html(&v->h, "</div><div>");
	if (l.n == 0)
		ui_empty(v, tr(cx, "There is no picture of this row"), NULL,
		    ui_url(v, "/sheets/%lld/pictures", (long long)s.s.rec.id),
		    tr(cx, "Pictures of the sheet"));
	TRY(draw_pictures(v, &l));
	html(&v->h, "</div></div>");
	ui_close(v);
	return RC_OK;
}

/* "3187-074", as it stands in an attendance, leads to its row. */
static int
code_page(struct view *v)
{
	const char *code;
	int64_t sheet;

	if (!sheet_code_part(v->rq->param[0], &sheet, &code) ||
	    strspn(code, "0123456789") != strlen(code))
		return RC_NOTFOUND;
	res_redirect(v->rq, ui_url(v, "/sheets/%lld/rows/%s", (long long)sheet, code));
	return RC_OK;
}

const struct route sheet_picture_routes[] = {
	{ M_GET, "/sheets/{id}/pictures", pictures_page, CAP_PEOPLE_READ, 0,
	    N_("Pictures of the sheet"), N_("The signed paper as evidence.") },
	{ M_POST, "/sheets/{id}/pictures", pictures_post, CAP_EVENT_WRITE, ROUTE_FILES,
	    N_("Pictures of the sheet"), NULL },
	{ M_POST, "/sheet-pictures/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0,
	    N_("Withdraw a picture"), NULL },
	{ M_GET, "/sheets/{id}/rows/{row}", row_page, CAP_PEOPLE_READ, 0, N_("Row of a sheet"),
	    N_("What was typed, beside the picture of the paper.") },
	{ M_GET, "/sheet-rows/{code}", code_page, CAP_PEOPLE_READ, 0, N_("Row of a sheet"), NULL },
};
const size_t sheet_picture_nroutes = ARRAY_LEN(sheet_picture_routes);
