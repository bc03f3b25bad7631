/* paper_doubt.c – numbers of a period that do not look right, each with the records that make it so: the counts
 * of its events (mod/event looks at them) and sums that jump. Nothing is corrected and nothing is left out
 * of a figure: RULE report-6. */
#include "mod/report/paper_inner.h"

#include "mod/event/event.h"

enum { SHOWN = 20 };

struct found {
	struct paper_doubt_record *v;
	size_t n;
	int64_t all;
};

static void
note(struct ctx *cx, struct found *f, const struct paper_doubt_record *r)
{
	if (f->v == NULL)
		f->v = arena_array(cx->arena, struct paper_doubt_record, SHOWN);
	if (f->n < SHOWN)
		f->v[f->n++] = *r;
	f->all++;
}

static void
note_event(struct ctx *cx, void *arg, const struct event_doubt *d)
{
	const struct paper_doubt_record one = { .id = d->event,
		.day = d->day,
		.amount = d->amount,
		.usual = d->usual,
		.name = d->name,
		.body = d->body };

	note(cx, &((struct found *)arg)[d->kind], &one);
}

static void
add(struct paper *p, const struct paper_doubt *as, const struct found *f)
{
	struct paper_doubt *d;

	if (f->all == 0 || p->ndoubts == PAPER_DOUBTS)
		return;
	d = &p->doubt[p->ndoubts++];
	*d = *as;
	d->records = f->all;
	d->record = f->v;
	d->n = f->n;
}

/* ---- sums that jump ---- */

static bool
jumps(double now, double last, double least)
{
	return (now >= least || last >= least) && (now > 2 * last || last > 2 * now);
}

static struct paper_doubt_record
of_row(const struct paper_row *r, double now, double other)
{
	return (struct paper_doubt_record){ .name = r->label,
		.day = r->now.ask.to,
		.amount = (int64_t)(now + .5),
		.usual = (int64_t)(other + .5) };
}

static void
look_at_sums(struct ctx *cx, struct paper *p)
{
	static const struct paper_doubt month = { .code = "month",
		.title = N_("A month unlike the year before"),
		.why = N_("More than twice or less than half of the events of the same month a "
			  "year before. Are all reports in?"),
		.usual = N_("a year before") };
	static const struct paper_doubt over = { .code = "over",
		.title = N_("The plan is exceeded more than twice"),
		.why = N_("Either the plan or the number is not what it was meant to be."),
		.usual = N_("Plan") };
	struct found months = { 0 }, plans = { 0 };
	size_t i, j;

	for (i = 0; i < p->ntables; i++)
		for (j = 0; j < p->table[i].n; j++) {
			const struct paper_row *r = &p->table[i].row[j];
			struct paper_doubt_record one;

			/* A month that has not ended is compared with the same days. */
			if (strcmp(p->table[i].code, "events_by_month") == 0 && !r->no_last &&
			    r->last.value > 0 && jumps(r->now.value, r->last.value, 10)) {
				one = of_row(r, r->now.value, r->last.value);
				note(cx, &months, &one);
			}
			if (r->plan.target != 0 && r->now.known && r->plan.value > 0 &&
			    r->now.value > 2 * r->plan.value) {
				one = of_row(r, r->now.value, r->plan.value);
				note(cx, &plans, &one);
			}
		}
	add(p, &month, &months);
	add(p, &over, &plans);
}

int
paper_doubts(struct ctx *cx, struct paper *p)
{
	const struct event_doubts_of of = { .ask = &p->ask, .since = p->last.from };
	struct found *found = arena_array(cx->arena, struct found, event_doubt_kinds());
	size_t i;

	/* What is printed again is past checking. */
	if (p->ask.known != 0)
		return RC_OK;
	if (!may(cx, CAP_EVENT_READ)) {
		p->doubts_hidden = true;
		return RC_OK;
	}
	TRY(event_doubts(cx, &of, note_event, found));
	for (i = 0; i < event_doubt_kinds(); i++) {
		struct event_doubt_kind k = event_doubt_kind(i);

		add(p,
		    &(struct paper_doubt){
			.code = k.code, .title = k.title, .why = k.why, .usual = k.label },
		    &found[i]);
	}
	look_at_sums(cx, p);
	return RC_OK;
}
