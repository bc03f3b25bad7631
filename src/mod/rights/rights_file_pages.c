/* rights_file_pages.c – everything held about a person, to be printed for that person or taken as JSON. */
#include "mod/rights/rights_pages.h"
#include "ui/error.h"

static int
draw_field(struct view *v, const struct kind *k, const struct field *f, const void *rec)
{
	struct ctx *cx = v->cx;
	const char *text, *title = "";

	if (f->type == FT_SEALED) {
		if (k->subject == NULL || !((const struct sealed *)field_at(f, rec))->present)
			return RC_OK;
		TRY(kind_unseal(cx, k, ((const struct rec *)rec)->id, f->name, &text));
	} else {
		if (f->privacy == PRIV_SEALED || field_empty(f, rec))
			return RC_OK;
		if (f->type == FT_REF)
			TRY(kind_titles(cx, f->ref, field_at(f, rec), 1, &title));
		text = field_text(cx, f, rec, f->type == FT_REF ? title : NULL);
	}
	html(&v->h, "<dt>%s</dt><dd>%s</dd>", tr(cx, f->label), text == NULL ? "" : text);
	return RC_OK;
}

static int
draw_record(struct view *v, const struct kind *k, int64_t id)
{
	void *rec = arena_alloc(v->cx->arena, k->size);
	size_t i;

	TRY(kind_load(v->cx, k, id, rec));
	html(&v->h, "<h3>№ %lld</h3><dl class='facts'><dt>%s</dt><dd>%s</dd>", (long long)id,
	    tr(v->cx, "Last changed"), moment_text(v->cx, ((const struct rec *)rec)->changed_at));
	for (i = 0; i < k->nfields; i++)
		TRY(draw_field(v, k, &k->fields[i], rec));
	html(&v->h, "</dl>");
	return RC_OK;
}

static int
draw_held(struct view *v, int64_t person)
{
	const struct person_link *l;
	int64_t *ids;
	size_t i, n, r;

	html(&v->h, "<h2>%s</h2>", tr(v->cx, person_kind.label));
	TRY(draw_record(v, &person_kind, person));
	for (i = 0; (l = person_link_nth(i)) != NULL; i++) {
		TRY(person_join_ids(v->cx, l->kind, l->field, person, &ids, &n));
		if (n > 0)
			html(&v->h, "<h2>%s</h2>", tr(v->cx, l->kind->plural));
		for (r = 0; r < n; r++)
			TRY(draw_record(v, l->kind, ids[r]));
	}
	return RC_OK;
}

static int
send_file(struct view *v, const struct person *p)
{
	struct json j;

	json_init(&j, v->cx->arena, 0);
	TRY(person_file_json(v->cx, p->rec.id, &j));
	res_header(v->rq, "Content-Disposition",
	    arena_printf(
		v->cx->arena, "attachment; filename=\"person-%lld.json\"", (long long)p->rec.id));
	return answer_json(v, 200, &j);
}

int
person_file_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *format = req_q(v->rq, "format");
	struct merged_row *m;
	struct person p;
	size_t n, i;

	TRY(rights_person(v, &p));
	if (format != NULL && strcmp(format, "json") == 0)
		return send_file(v, &p);
	TRY(sensitive_note(cx, p.rec.id, "file"));
	rights_frame(v, &p, trf(cx, "Held about: %s", kind_title(cx, &person_kind, &p)));
	html(&v->h, "<p class='prose'>%s</p><div class='acts noprint'>",
	    trf(cx, "Everything held about the person on %s (Law 94-V, art. 24).",
		moment_text(cx, cx->now)));
	ui_button(v, ui_url(v, "/people/%lld/file?format=json", (long long)p.rec.id),
	    tr(cx, "Take as JSON"), false);
	html(&v->h, "</div><article class='paper'>");
	TRY(draw_held(v, p.rec.id));
	TRY(person_merged(cx, p.rec.id, &m, &n));
	for (i = 0; i < n; i++)
		TRY(draw_held(v, m[i].leaves));
	html(&v->h, "</article>");
	TRY(ui_history(v, &person_kind, p.rec.id));
	ui_close(v);
	return RC_OK;
}
