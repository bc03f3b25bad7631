/* cli_report.c – see cli_report.h. The file appears whole or not at all: it is written beside and then
 * renamed. */
#include "app/cli_report.h"

#include <stdio.h>
#include <unistd.h>

#include "mod/report/paper_edition.h"

typedef int draw(
    struct ctx *cx, const struct paper *p, const struct paper_style *s, struct slice *out);

static draw *
drawer(const char *format)
{
	static const struct {
		const char *name;
		draw *run;
	} formats[] = { { "docx", paper_docx }, { "xlsx", paper_xlsx },
		{ "html", paper_html_file } };
	size_t i;

	for (i = 0; format != NULL && i < ARRAY_LEN(formats); i++)
		if (strcmp(formats[i].name, format) == 0)
			return formats[i].run;
	return NULL;
}

static int
write_all(struct ctx *cx, const char *path, struct slice s)
{
	const char *beside = arena_printf(cx->arena, "%s.%d", path, (int)getpid());
	FILE *f = fopen(beside, "wbe");
	bool good = f != NULL && fwrite(s.p, 1, s.n, f) == s.n;

	if (f != NULL)
		good = fclose(f) == 0 && good;
	if (good && rename(beside, path) == 0)
		return RC_OK;
	if (f != NULL && unlink(beside) != 0)
		return fail(cx, RC_STORAGE, "cannot write or remove %s", beside);
	return fail(cx, RC_STORAGE, "cannot write %s", path);
}

static int
of_edition(struct ctx *cx, const struct opts *o, struct paper *p, struct paper_style *style)
{
	struct paper_stamp *stamp = arena_new(cx->arena, struct paper_stamp);
	bool stamped;
	int64_t n;

	if (!num_parse(o->edition, &n))
		return fail(cx, RC_INVALID, N_("There is no edition %s."), o->edition);
	TRY(paper_of_edition(cx, n, o->base_url, p, stamp, &stamped));
	if (stamped)
		style->stamp = stamp;
	return RC_OK;
}

int
report_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct paper_text t = { .period = o->period,
		.body = o->body,
		.district = o->district,
		.number = o->number,
		.day = o->on,
		.signer = o->signer,
		.known = o->known };
	struct paper_style style = { .lang = { LANG_KK, LANG_RU }, .nlangs = 2 };
	draw *run = drawer(o->format);
	struct paper_in in;
	struct paper p;
	struct slice out;
	bool pinned;

	(void)a;
	if (run == NULL)
		return fail(cx, RC_INVALID, "%s", "report: --format docx, xlsx or html");
	if (o->lang != NULL)
		style = (struct paper_style){ .lang = { cx->lang }, .nlangs = 1 };
	TRY(setting_business_day(cx, &cx->today, &pinned));
	if (o->edition != NULL)
		TRY(of_edition(cx, o, &p, &style));
	else {
		TRY(paper_read(cx, &t, &in));
		TRY(paper_make(cx, &in, &p));
	}
	TRY(run(cx, &p, &style, &out));
	if (o->out != NULL && *o->out != '\0')
		return write_all(cx, o->out, out);
	return fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0
		   ? RC_OK
		   : fail(cx, RC_STORAGE, "%s", "cannot write the report");
}
