/* lang_cli_check.c – filters of the text check: article, fix, suggest. */
#include "app/lang_cli.h"

#include "lang/article.h"
#include "lang/check.h"
#include "text/json.h"

static void
put_slice(struct json *j, const char *key, struct slice s)
{
	json_strn(j, key, s.p, s.n);
}

bool
lang_article(struct arena *a, const char *in, size_t n, struct buf *out)
{
	struct article art;
	struct json j;
	size_t i;

	article_read(a, in, n, &art);
	json_init(&j, a, 0);
	json_open(&j, NULL, '{');
	put_slice(&j, "title", art.title);
	put_slice(&j, "author", art.author);
	put_slice(&j, "position", art.position);
	put_slice(&j, "rubric", art.rubric);
	json_open(&j, "body", '[');
	for (i = 0; i < art.nbody; i++)
		put_slice(&j, NULL, art.body[i]);
	json_close(&j, ']');
	json_open(&j, "dropped", '[');
	for (i = 0; i < art.ndropped; i++) {
		json_open(&j, NULL, '{');
		put_slice(&j, "line", art.dropped[i].line);
		json_str(&j, "reason", article_reason_code(art.dropped[i].reason));
		json_str(&j, "why", article_reason_text(art.dropped[i].reason));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	if (art.cut)
		json_bool(&j, "cut", true);
	json_close(&j, '}');
	buf_put(out, j.out.p, j.out.n);
	buf_char(out, '\n');
	return json_ok(&j) && !out->over;
}

bool
lang_check(struct arena *a, const char *in, size_t n, struct buf *out)
{
	const struct finding *found;
	struct json j;
	size_t count = check_text(a, in, n, &found), i, k;

	json_init(&j, a, 0);
	json_open(&j, NULL, '[');
	for (i = 0; i < count; i++) {
		const struct finding *f = &found[i];

		json_open(&j, NULL, '{');
		json_num(&j, "from", (int64_t)f->from);
		json_num(&j, "to", (int64_t)f->to);
		json_strn(&j, "text", in + f->from, f->to - f->from);
		json_str(&j, "kind", finding_code(f->kind));
		json_bool(&j, "automatic", f->automatic);
		json_bool(&j, "quoted", f->quoted);
		json_open(&j, "suggestions", '[');
		for (k = 0; k < f->n; k++)
			json_str(&j, NULL, f->suggestions[k]);
		json_close(&j, ']');
		json_close(&j, '}');
	}
	json_close(&j, ']');
	buf_put(out, j.out.p, j.out.n);
	buf_char(out, '\n');
	return json_ok(&j) && !out->over;
}

void
lang_suggest_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	const char *const *words;
	size_t i, count = word_suggest(a, line, n, &words);

	for (i = 0; i < count; i++) {
		if (i > 0)
			buf_char(out, '\t');
		buf_str(out, words[i]);
	}
}

void
lang_fix_line(struct arena *a, const char *line, size_t n, struct buf *out)
{
	(void)a;
	text_fix(line, n, out);
}
