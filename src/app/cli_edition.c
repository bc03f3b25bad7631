/* cli_edition.c – editions from the command line. `show` prints the frozen text byte for byte, so that
 * its digest can be computed by any other program; `diff` one line a change, or JSON. */
#include "app/cli_edition.h"

#include <stdio.h>

#include "figure/figure.h"
#include "mod/office/office.h"

static int
out(const char *p, size_t n)
{
	return fwrite(p, 1, n, stdout) == n && fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static int
by_number(struct ctx *cx, const char *text, struct edition *e)
{
	int64_t n;

	if (!num_parse(text, &n))
		return fail(cx, RC_INVALID, N_("There is no edition %s."), text);
	return edition_get(cx, n, e);
}

static int
list(struct ctx *cx)
{
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &edition_kind));
	TRY(query_sort(&q, "number"));
	q.limit = QUERY_LIMIT_MAX;
	do {
		TRY(query_list(&q, &l));
		for (i = 0; i < l.n; i++) {
			const struct edition *e = list_row(&l, &edition_kind, i);
			char from[16], to[16], at[32];

			day_iso(e->from_day, from);
			day_iso(e->to_day, to);
			moment_rfc3339(e->known_at, at);
			printf("%lld\t%s..%s\t%s\t%s\t%s\t%s\n", (long long)e->number, from, to, at,
			    e->state, e->sha256, tr3(cx, &e->name, NULL));
		}
		q.after = l.next;
	} while (l.next != NULL);
	return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static const char *
value(struct ctx *cx, const struct edition_diff *d, const struct edition_value *x)
{
	if (!x->asked || !x->known)
		return "-";
	if (d->figure->shape == FIGURE_MEAN || d->figure->shape == FIGURE_MEDIAN)
		return arena_printf(cx->arena, "%.1f", x->value);
	return arena_printf(cx->arena, "%.0f", x->value);
}

static void
print_diff(struct ctx *cx, const struct edition_diff *d)
{
	size_t i;

	printf("%s: %s -> %s\n", d->figure->code, value(cx, d, &d->was), value(cx, d, &d->is));
	for (i = 0; i < d->nchanges; i++)
		printf("  %s %lld %s: %s\n", d->figure->kind->name, (long long)d->change[i].id,
		    d->change[i].label, edition_change_text(cx, d, &d->change[i]));
	for (i = 0; i < d->nparts; i++)
		printf("  %s: %s -> %s\n", d->part[i].title, value(cx, d, &d->part[i].was),
		    value(cx, d, &d->part[i].is));
}

static void
put_value(
    struct json *j, const char *key, const struct edition_diff *d, const struct edition_value *x)
{
	if (!x->asked || !x->known)
		json_nil(j, key);
	else if (d->figure->shape == FIGURE_MEAN || d->figure->shape == FIGURE_MEDIAN)
		json_double(j, key, x->value);
	else
		json_num(j, key, (int64_t)x->value);
}

static void
put_amount(struct json *j, const char *key, int64_t n)
{
	if (n == INT_NONE)
		json_nil(j, key);
	else
		json_num(j, key, n);
}

static void
json_diff(struct json *j, const struct edition_diff *d)
{
	static const char *const changes[] = { "added", "removed", "amount", "place" };
	static const char *const why[] = { "late", "new", "changed", "beside", "question" };
	size_t i;

	json_open(j, NULL, '{');
	json_str(j, "code", d->figure->code);
	put_value(j, "was", d, &d->was);
	put_value(j, "is", d, &d->is);
	json_open(j, "changes", '[');
	for (i = 0; i < d->nchanges; i++) {
		const struct edition_change *c = &d->change[i];
		char day[16];

		day_iso(c->day, day);
		json_open(j, NULL, '{');
		json_num(j, "id", c->id);
		json_str(j, "kind", d->figure->kind->name);
		json_str(j, "label", c->label);
		json_str(j, "day", day);
		json_str(j, "change", changes[c->change]);
		json_str(j, "why", why[c->why]);
		json_str(j, "fields", c->fields);
		put_amount(j, "was", c->was);
		put_amount(j, "is", c->is);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_open(j, "parts", '[');
	for (i = 0; i < d->nparts; i++) {
		json_open(j, NULL, '{');
		json_str(j, d->figure->dim, d->part[i].code);
		put_value(j, "was", d, &d->part[i].was);
		put_value(j, "is", d, &d->part[i].is);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

static int
diff(struct ctx *cx, const struct opts *o)
{
	struct edition e, with;
	struct edition_diff *d;
	struct json j;
	size_t n, i;

	TRY(by_number(cx, o->argv[1], &e));
	if (o->argc == 3)
		TRY(by_number(cx, o->argv[2], &with));
	TRY(edition_compare(cx, &e, o->argc == 3 ? &with : NULL, &d, &n));
	if (o->format == NULL) {
		for (i = 0; i < n; i++)
			print_diff(cx, &d[i]);
		return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
	}
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '[');
	for (i = 0; i < n; i++)
		json_diff(&j, &d[i]);
	json_close(&j, ']');
	buf_char(&j.out, '\n');
	return out(j.out.p, j.out.n);
}

int
cli_edition(struct ctx *cx, const struct opts *o, const struct ask *ask)
{
	const char *word = o->argv[0], *text;
	struct edition e;

	if (strcmp(word, "freeze") == 0 && o->argc == 1) {
		TRY(edition_freeze(cx, ask, o->name, &e));
		printf("%lld\t%s\n", (long long)e.number, e.sha256);
		return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
	}
	if (strcmp(word, "list") == 0 && o->argc == 1)
		return list(cx);
	if (strcmp(word, "show") == 0 && o->argc == 2) {
		TRY(by_number(cx, o->argv[1], &e));
		TRY(edition_text(cx, &e, &text));
		return out(text, strlen(text));
	}
	if (strcmp(word, "diff") == 0 && (o->argc == 2 || o->argc == 3))
		return diff(cx, o);
	return fail(cx, RC_INVALID, "%s",
	    "edition freeze [--period FROM..TO] [--name TITLE] | list | show N | diff N [M]");
}
