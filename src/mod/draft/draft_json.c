/* draft_json.c – the findings as the command and the interface give them out; and the repaired text. */
#include "mod/draft/draft_check.h"

static void
put_claim(struct json *j, const struct draft_claim *d)
{
	json_open(j, NULL, '{');
	json_str(j, "text", d->text);
	json_num(j, "from", (int64_t)d->from);
	json_num(j, "to", (int64_t)d->to);
	if (d->counts) {
		json_num(j, "value", d->value);
		json_str(j, "relation", claim_relation_code(d->relation));
	} else {
		json_nil(j, "value");
		json_nil(j, "relation");
	}
	json_str(j, "unit", d->unit);
	json_str(j, "matched", *d->matched == '\0' ? NULL : d->matched);
	json_str(j, "verdict", draft_verdict_code(d->verdict));
	if (*d->expected == '\0')
		json_nil(j, "expected");
	else if (d->counts)
		json_raw(j, "expected", d->expected);
	else
		json_str(j, "expected", d->expected);
	json_str(j, "suggestion", *d->suggestion == '\0' ? NULL : d->suggestion);
	json_str(j, "note", *d->note == '\0' ? NULL : d->note);
	json_close(j, '}');
}

static void
put_finding(struct json *j, const struct draft *d, size_t i)
{
	const struct finding *f = &d->finding[i];
	size_t k;

	json_open(j, NULL, '{');
	json_num(j, "from", (int64_t)d->finding_place[i][0]);
	json_num(j, "to", (int64_t)d->finding_place[i][1]);
	json_strn(j, "text", d->view.p + f->from, f->to - f->from);
	json_str(j, "kind", finding_code(f->kind));
	json_bool(j, "automatic", f->automatic);
	json_bool(j, "quoted", f->quoted);
	json_open(j, "suggestions", '[');
	for (k = 0; k < f->n; k++)
		json_str(j, NULL, f->suggestions[k]);
	json_close(j, ']');
	json_close(j, '}');
}

void
draft_json(struct json *j, const struct draft *d)
{
	size_t i;

	json_open(j, NULL, '{');
	json_open(j, "claims", '[');
	for (i = 0; i < d->nclaims; i++)
		put_claim(j, &d->claim[i]);
	json_close(j, ']');
	json_open(j, "language", '[');
	for (i = 0; i < d->nfindings; i++)
		put_finding(j, d, i);
	json_close(j, ']');
	json_open(j, "summary", '{');
	for (i = 0; i < DRAFT_VERDICTS; i++)
		json_num(j, draft_verdict_code((enum draft_verdict)i), (int64_t)d->count[i]);
	json_close(j, '}');
	if (d->cut)
		json_bool(j, "cut", true);
	json_close(j, '}');
}

struct place {
	size_t from, to;
};

static void
put_repair(struct buf *out, const struct draft *d, size_t *at, struct place where, const char *with)
{
	buf_put(out, d->view.p + *at, where.from - *at);
	buf_str(out, with);
	*at = where.to;
}

/* Claims and findings each ascend; where both want the same place the number goes first, since it is
 * written rightly. */
struct slice
draft_repaired_part(struct arena *a, const struct draft *d, const struct draft_chosen *chosen,
    size_t first, size_t end)
{
	size_t at = first, i = 0, k = 0;
	struct buf out;

	buf_init(&out, a, 0);
	for (;;) {
		const struct draft_claim *c;
		const struct finding *f;

		while (i < d->nclaims && (!chosen->claims[i] || *d->claim[i].suggestion == '\0' ||
					     d->claim[i].vfrom < at))
			i++;
		while (k < d->nfindings &&
		       (!chosen->findings[k] || d->finding[k].n == 0 || d->finding[k].from < at ||
			   (i < d->nclaims && d->finding[k].from < d->claim[i].vto &&
			       d->claim[i].vfrom < d->finding[k].to)))
			k++;
		c = i < d->nclaims && d->claim[i].vto <= end ? &d->claim[i] : NULL;
		f = k < d->nfindings && d->finding[k].to <= end ? &d->finding[k] : NULL;
		if (c == NULL && f == NULL)
			break;
		if (f == NULL || (c != NULL && c->vfrom < f->from)) {
			put_repair(&out, d, &at, (struct place){ c->vfrom, c->vto }, c->suggestion);
			i++;
		} else {
			put_repair(
			    &out, d, &at, (struct place){ f->from, f->to }, f->suggestions[0]);
			k++;
		}
	}
	buf_put(&out, d->view.p + at, end - at);
	return (struct slice){ out.p, out.n };
}

struct slice
draft_repaired(struct arena *a, const struct draft *d, const bool *claims, const bool *findings)
{
	return draft_repaired_part(a, d, &(struct draft_chosen){ claims, findings }, 0, d->view.n);
}
