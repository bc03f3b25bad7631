/* form.c – a form of a kind: drawn, read back, saved.
 *
 * Only fields that stand in the form and that this actor may write are read; whatever else was
 * posted is ignored. A field that is absent from the body keeps its stored value. A reference that
 * was changed must name a record that this actor may see, so ids cannot be tried out for titles.
 *
 * Saving twice by a double click makes one record: a new form carries a random word, and the insert
 * keeps word and digest of the body in the table of answers within the same transaction (as the API
 * does with its Idempotency-Key); the twin finds the first one's record. Guests' forms carry none,
 * since their pages are shared.
 *
 * On a conflict the stored record is drawn beside what was typed, and the form carries the stored
 * version: saving again is then a decision and not an accident. */
#include "ui/form_field.h"

#include "core/idempotency.h"
#include "kind/vault.h"
#include "text/hash.h"

/* ---- drawing ---- */

static const char *
errors_of(struct view *v, const char *field)
{
	const struct field_error *e;
	struct buf b;

	buf_init(&b, v->cx->arena, 0);
	for (e = v->cx->err.fields; e != NULL; e = e->next) {
		if (strcmp(e->field, field) != 0)
			continue;
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_str(&b, e->text);
	}
	return b.n == 0 ? NULL : b.p;
}

static void
summary_line(struct view *v, const struct ui_form *form, const struct field_error *e)
{
	const struct field *f = kind_field(form->kind, e->field);

	if (f == NULL && form->file != NULL && strcmp(e->field, "file") == 0)
		html(&v->h, "<li><a href='#f-file'>%s: %s</a></li>", tr(v->cx, "File"), e->text);
	else if (f == NULL)
		html(&v->h, "<li>%s</li>", e->text);
	else if (form_has(v, form, f))
		html(&v->h, "<li><a href='#f-%s'>%s: %s</a></li>", f->name, tr(v->cx, f->label),
		    e->text);
	else
		html(&v->h, "<li>%s: %s</li>", tr(v->cx, f->label), e->text);
}

static void
summary(struct view *v, const struct ui_form *form)
{
	const struct err *err = &v->cx->err;
	const struct field_error *e;
	const char *text = err->text != NULL && *err->text != '\0' ? err->text : NULL;
	int64_t n = 0;

	for (e = err->fields; e != NULL; e = e->next)
		n++;
	if (n == 0 && text == NULL)
		return;
	html(&v->h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2>",
	    n == 0 ? tr(v->cx, "Not saved")
		   : trn(v->cx, n, "Not saved: %s place has to be put right",
			 "Not saved: %s places have to be put right", num(v->cx, n)));
	if (text != NULL)
		html(&v->h, "<p>%s</p>", text);
	html(&v->h, "<p>%s</p>", tr(v->cx, "Everything you wrote is kept."));
	if (n > 0) {
		html(&v->h, "<ul>");
		for (e = err->fields; e != NULL; e = e->next)
			summary_line(v, form, e);
		html(&v->h, "</ul>");
	}
	html(&v->h, "</div>");
}

/* A value as the comparison shows it: all three languages, titles instead of numbers. */
static const char *
compared(struct view *v, const struct field *f, const void *rec)
{
	struct buf b;
	int l;

	if (f->type == FT_REF)
		return field_empty(f, rec)
			   ? ""
			   : ui_ref_title(v, f->ref, *(const int64_t *)field_at(f, rec));
	if (f->type != FT_TEXT3)
		return field_text(v->cx, f, rec, NULL);
	buf_init(&b, v->cx->arena, 0);
	for (l = 0; l < LANG_COUNT; l++) {
		const char *s = field_form(v->cx, f, rec, (enum lang)l);

		if (*s == '\0')
			continue;
		buf_printf(&b, "%s%s", b.n > 0 ? " · " : "", s);
	}
	return b.p;
}

static void
conflict(struct view *v, const struct ui_form *form)
{
	struct html *h = &v->h;
	const char *mine = tr(v->cx, "As you wrote it"), *theirs = tr(v->cx, "As it is stored now");
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(v->cx, "Where the two differ. Change what you want below; saving replaces the "
		      "stored record."),
	    tr(v->cx, "Field"));
	html(h, "<th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>", mine, theirs);
	for (i = 0; i < form->kind->nfields; i++) {
		const struct field *f = &form->kind->fields[i];

		if (f->type == FT_SEALED || !form_has(v, form, f) ||
		    field_same(f, form->rec, form->theirs))
			continue;
		html(h, "<tr><th scope='row'>%s</th><td data-l='%s'>", tr(v->cx, f->label), mine);
		ui_lines(v, compared(v, f, form->rec));
		html(h, "</td><td data-l='%s'>", theirs);
		ui_lines(v, compared(v, f, form->theirs));
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
}

void
ui_once(struct view *v)
{
	if (v->cx->actor->session != 0)
		html(&v->h, "<input type='hidden' name='_once' value='%s'>",
		    vault_random_hex(v->cx->arena, 16));
}

enum { NONCE_BYTES = 16 };

const char *
ui_nonce_of(struct view *v)
{
	const char *s = req_f(v->rq, "nonce");

	return s != NULL && strlen(s) == NONCE_BYTES * 2 &&
		       strspn(s, "0123456789abcdef") == strlen(s)
		   ? s
		   : NULL;
}

void
ui_nonce(struct view *v)
{
	const char *sent = ui_nonce_of(v);

	html(&v->h, "<input type='hidden' name='nonce' value='%s'>",
	    sent != NULL ? sent : vault_random_hex(v->cx->arena, NONCE_BYTES));
}

static void
hidden(struct view *v, const struct ui_form *form)
{
	const struct rec *r = form->theirs != NULL ? form->theirs : form->rec;

	if (!form->create)
		html(&v->h, "<input type='hidden' name='_version' value='%lld'>",
		    (long long)r->version);
	else
		ui_once(v);
	/* Enter in a text presses the first button of a form, which must not be a search. */
	html(&v->h, "<button class='vh' type='submit' tabindex='-1' aria-hidden='true'>%s</button>",
	    tr(v->cx, "Save"));
}

/* What is sent beside the record's fields. */
static void
file_field(struct view *v, const struct ui_form *form)
{
	const char *error = errors_of(v, "file");

	html(&v->h, error == NULL ? "<div class='fld'>" : "<div class='fld bad'>");
	html(&v->h, "<label for='f-file'>%s</label><span class='hint' id='f-file-h'>%s</span>",
	    tr(v->cx, "File"), form->file);
	if (error != NULL)
		html(&v->h, "<span class='err' id='f-file-e'>%s</span>", error);
	html(&v->h,
	    "<input type='file' id='f-file' name='file' accept='image/jpeg,image/png,image/webp' "
	    "aria-describedby='%s'></div>",
	    error == NULL ? "f-file-h" : "f-file-h f-file-e");
}

static void
letter_strip(struct view *v, const struct ui_form *form)
{
	bool texts = false;
	size_t i;

	for (i = 0; i < form->kind->nfields; i++) {
		const struct field *f = &form->kind->fields[i];

		texts =
		    texts || ((f->type == FT_TEXT3 || f->type == FT_TEXT) && form_has(v, form, f));
	}
	if (texts)
		html(&v->h,
		    "<p class='small mute noprint'>%s <span lang='kk' translate='no'>ә і ң ғ ү ұ қ "
		    "ө һ</span></p>",
		    tr(v->cx, "Kazakh letters to copy, if your keyboard lacks them:"));
}

static void
buttons(struct view *v, const struct ui_form *form)
{
	struct html *h = &v->h;

	html(h, "<hr><div class='acts'><button class='btn go' type='submit'>%s</button>",
	    form->submit != NULL ? form->submit : tr(v->cx, "Save"));
	if (form->again)
		html(h, "<button class='btn' type='submit' name='_again' value='1'>%s</button>",
		    tr(v->cx, "Save and add the next"));
	if (form->preview)
		html(h, "<button class='btn' type='submit' name='_preview' value='1'>%s</button>",
		    tr(v->cx, "Show without saving"));
	if (form->cancel != NULL)
		html(h, "<a class='btn bare' href='%s'>%s</a>", ui_path(v, form->cancel),
		    tr(v->cx, "Cancel"));
	html(h, "</div>");
}

int
ui_form(struct view *v, const struct ui_form *form)
{
	bool posted = form_posted(v, form);
	size_t i;

	summary(v, form);
	if (form->theirs != NULL)
		conflict(v, form);
	ui_form_begin(v, form->path, form->file != NULL);
	hidden(v, form);
	if (form->file != NULL)
		file_field(v, form);
	letter_strip(v, form);
	for (i = 0; i < form->kind->nfields; i++) {
		const struct field *f = &form->kind->fields[i];
		struct form_field d = { .v = v, .form = form, .f = f, .posted = posted };

		if (!form_has(v, form, f))
			continue;
		d.error = errors_of(v, f->name);
		TRY(form_field_draw(&d));
	}
	buttons(v, form);
	ui_form_end(v);
	return RC_OK;
}

/* ---- reading ---- */

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* Browsers send CR LF at line ends; records hold LF, so a form sent back unchanged changes nothing.
 * In texts of one line a break is a space. */
static const char *
tidy(struct view *v, const struct field *f, const char *s)
{
	char *out = arena_str(v->cx->arena, s), *to = out;
	bool lines = (f->flags & F_LONG) != 0;

	for (; *s != '\0'; s++) {
		if (*s == '\r' && s[1] == '\n')
			continue;
		*to = *s;
		if (!lines && (*s == '\n' || *s == '\r'))
			*to = ' ';
		if (f->type == FT_REAL && *s == ',')
			*to = '.';
		to++;
	}
	*to = '\0';
	return out;
}

static int
read_ref(struct view *v, const struct field *f, void *rec, const char *s)
{
	struct ctx *cx = v->cx;
	int64_t *at = field_at_rw(f, rec), was = *at;
	bool seen;

	field_parse(cx, f, s, cx->lang, rec);
	if (*at == was || *at == 0)
		return RC_OK;
	TRY(kind_ref_seen(cx, f, *at, &seen));
	if (!seen)
		*at = was;
	return RC_OK;
}

static int
read_field(struct view *v, const struct field *f, void *rec)
{
	struct ctx *cx = v->cx;
	const char *s = req_f(v->rq, f->name);
	int l;

	switch (f->type) {
	case FT_TEXT3:
		for (l = 0; l < LANG_COUNT; l++) {
			s = req_f(v->rq, form_sub(v, f, lang_code((enum lang)l)));
			if (s != NULL)
				field_parse(cx, f, tidy(v, f, s), (enum lang)l, rec);
		}
		return RC_OK;
	case FT_BOOL:
		if (s != NULL || req_f(v->rq, arena_printf(cx->arena, "_has_%s", f->name)) != NULL)
			field_parse(cx, f, s == NULL ? "" : s, cx->lang, rec);
		return RC_OK;
	case FT_SEALED:
		if (!blank(s))
			field_parse(cx, f, s, cx->lang, rec);
		else if (!blank(req_f(v->rq, form_sub(v, f, "clear"))) &&
			 (f->flags & F_REQUIRED) == 0)
			((struct sealed *)field_at_rw(f, rec))->clear = true;
		return RC_OK;
	case FT_REF:
		return s == NULL ? RC_OK : read_ref(v, f, rec, s);
	case FT_TEXT:
	case FT_INT:
	case FT_REAL:
	case FT_DAY:
	case FT_TIME:
	case FT_ENUM:
		if (s != NULL)
			field_parse(cx, f, tidy(v, f, s), cx->lang, rec);
		return RC_OK;
	}
	return RC_OK;
}

/* The button of a search was pressed, or words were written that nobody has searched yet. */
static bool
search_pending(struct view *v, const struct ui_form *form)
{
	size_t i;

	if (req_f(v->rq, "_find") != NULL)
		return true;
	for (i = 0; i < form->kind->nfields; i++) {
		const struct field *f = &form->kind->fields[i];
		const char *words, *was;

		if (!form_is_search(f) || !form_has(v, form, f))
			continue;
		words = req_f(v->rq, form_sub(v, f, "q"));
		was = req_f(v->rq, form_sub(v, f, "was"));
		if (!blank(words) && strcmp(words, was == NULL ? "" : was) != 0)
			return true;
	}
	return false;
}

int
ui_form_read(struct view *v, const struct ui_form *form, bool *searching)
{
	struct rec *rec = form->rec;
	const char *version = req_f(v->rq, "_version");
	size_t i;

	*searching = search_pending(v, form);
	for (i = 0; i < form->kind->nfields; i++)
		if (form_has(v, form, &form->kind->fields[i]))
			TRY(read_field(v, &form->kind->fields[i], rec));
	/* Without a version nobody knows what was read: 0 is never the stored one. */
	if (!form->create && (version == NULL || !num_parse(version, &rec->version)))
		rec->version = 0;
	if (*searching) {
		err_clear(v->cx); /* the reader is still writing */
		return RC_OK;
	}
	return fields_rc(v->cx);
}

/* ---- saving ---- */

struct insert {
	const struct kind *kind;
	const void *in;
	void *out;
	struct idempotency once; /* key NULL = none */
	bool twin;
};

static int
insert_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct insert *w = arg;
	struct idempotency_answer a = { .status = 303 };
	int rc;

	w->twin = false;
	memcpy(w->out, w->in, w->kind->size);
	TRY(kind_insert_tx(cx, tx, w->kind, w->out));
	if (w->once.key == NULL)
		return RC_OK;
	a.body = arena_printf(cx->arena, "%lld", (long long)((struct rec *)w->out)->id);
	rc = idempotency_keep_tx(cx, tx, &w->once, &a);
	w->twin = rc == RC_EXISTS;
	return rc;
}

/* The random word of the form and the digest of what was sent: other contents are another record. */
static const char *
once_key(struct view *v)
{
	const char *word = req_f(v->rq, "_once");
	struct sha256 h;
	char hex[65];

	if (word == NULL || *word == '\0' || strlen(word) > 64 ||
	    strspn(word, "0123456789abcdef") != strlen(word) || v->cx->actor->session == 0)
		return NULL;
	sha256_init(&h);
	sha256_add(&h, v->rq->body.p == NULL ? "" : v->rq->body.p, v->rq->body.n);
	sha256_hex(&h, hex);
	return arena_printf(v->cx->arena, "%s-%.32s", word, hex);
}

struct idempotency
ui_once_of(struct view *v, const char *what)
{
	struct ctx *cx = v->cx;

	return (struct idempotency){ .key = once_key(v),
		.body = slice_str("form"),
		.route =
		    arena_printf(cx->arena, "form %s %lld", what, (long long)cx->actor->account) };
}

static int
first_of_twins(struct view *v, const struct insert *w, int64_t *id)
{
	struct idempotency_answer a;

	TRY(idempotency_find(v->cx, &w->once, &a));
	return num_parse(a.body, id) ? RC_OK : RC_NOTFOUND;
}

static int
insert(struct view *v, struct ui_form *form)
{
	struct ctx *cx = v->cx;
	struct rec *rec = form->rec;
	struct insert w = {
		.kind = form->kind, .in = rec, .out = arena_alloc(cx->arena, form->kind->size)
	};
	int64_t keys[1], id;
	int rc;

	w.once = ui_once_of(v, form->kind->name);
	if (w.once.key != NULL && first_of_twins(v, &w, &id) == RC_OK) {
		rec->id = id;
		return RC_OK;
	}
	err_clear(cx);
	rc = db_write_keys(cx, keys, kind_hot_keys(form->kind, rec, keys), insert_fn, &w);
	if (rc == RC_EXISTS && w.twin) {
		err_clear(cx);
		TRY(first_of_twins(v, &w, &rec->id));
		return RC_OK;
	}
	if (rc == RC_OK)
		memcpy(rec, w.out, form->kind->size);
	return rc;
}

static int
saved(struct view *v, const struct ui_form *form)
{
	const char *url = kind_url(v->cx, form->kind, ((const struct rec *)form->rec)->id), *to;

	if (form->again && !blank(req_f(v->rq, "_again")))
		to = form->path;
	else
		to = url != NULL
			 ? ui_bare(v, form->create && form->then != NULL
					  ? arena_printf(v->cx->arena, "%s%s", url, form->then)
					  : url)
		     : form->cancel != NULL ? form->cancel
					    : v->path;
	return ui_done(v, to, tr(v->cx, "Saved."));
}

int
ui_form_save(
    struct view *v, struct ui_form *form, int (*draw)(struct view *v, struct ui_form *form))
{
	struct ctx *cx = v->cx;
	bool searching;
	void *theirs;
	int rc = ui_form_read(v, form, &searching);

	if (rc == RC_OK && (searching || (form->preview && !blank(req_f(v->rq, "_preview")))))
		return draw(v, form);
	if (rc == RC_OK)
		rc = form->create ? insert(v, form) : kind_update(cx, form->kind, form->rec);
	switch (rc) {
	case RC_OK:
		return saved(v, form);
	case RC_CONFLICT:
		if (form->create)
			return rc;
		theirs = arena_alloc(cx->arena, form->kind->size);
		TRY(kind_get(cx, form->kind, ((const struct rec *)form->rec)->id, theirs));
		form->theirs = theirs;
		v->status = 409;
		return draw(v, form);
	case RC_RULE:
	case RC_EXISTS:
		v->status = 409;
		return draw(v, form);
	case RC_INVALID:
		v->status = 422;
		return draw(v, form);
	default:
		return rc;
	}
}
