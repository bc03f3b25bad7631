/* rights_file.c – everything held about one person, for that person (Law 94-V, art. 24): walks the kinds
 * that refer to people, as erasing does, so that neither can forget what the other knows. */
#include "kind/vault.h"
#include "mod/rights/rights_inner.h"

enum { ROWS_MAX = 2000, READS_MAX = 1000 };

/* Sealed values stand in the row as they are known; opening them is recorded by kind_unseal(). */
static int
put_record(struct ctx *cx, struct json *j, const struct kind *k, int64_t id)
{
	void *rec = arena_alloc(cx->arena, k->size);
	char at[32];
	size_t i;

	TRY(kind_load(cx, k, id, rec));
	json_open(j, NULL, '{');
	json_num(j, "id", id);
	moment_rfc3339(((const struct rec *)rec)->created_at, at);
	json_str(j, "created_at", at);
	moment_rfc3339(((const struct rec *)rec)->changed_at, at);
	json_str(j, "changed_at", at);
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		const char *plain;

		if (f->type != FT_SEALED) {
			/* The mark of an IIN and a password's hash tell the person nothing. */
			if (f->privacy != PRIV_SEALED && !field_empty(f, rec))
				field_json(j, f, rec);
		} else if (((const struct sealed *)field_at(f, rec))->present &&
			   k->subject != NULL) {
			TRY(kind_unseal(cx, k, id, f->name, &plain));
			json_str(j, f->name, plain);
		}
	}
	json_close(j, '}');
	return RC_OK;
}

static int
put_kind(struct ctx *cx, struct json *j, const struct person_link *l, int64_t person)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, person, &ids, &n));
	if (n == 0)
		return RC_OK;
	json_open(j, l->kind->plural_name != NULL ? l->kind->plural_name : l->kind->name, '[');
	for (i = 0; i < n && i < ROWS_MAX; i++)
		TRY(put_record(cx, j, l->kind, ids[i]));
	json_close(j, ']');
	return RC_OK;
}

/* Without a stranger's name in it: fields and days, and by whose hand only as a number. */
static int
put_history(struct ctx *cx, struct json *j, int64_t person)
{
	struct change *c;
	size_t n, i;
	char at[32];

	TRY(kind_history(cx, &person_kind, person, &c, &n));
	json_open(j, "history", '[');
	for (i = 0; i < n; i++) {
		json_open(j, NULL, '{');
		moment_rfc3339(c[i].at, at);
		json_str(j, "at", at);
		json_str(j, "action", c[i].action);
		json_str(j, "field", c[i].field);
		json_str(j, "from", c[i].from);
		json_str(j, "to", c[i].to);
		json_num(j, "account", c[i].account);
		json_close(j, '}');
	}
	json_close(j, ']');
	return RC_OK;
}

static int
put_reads(struct ctx *cx, struct json *j, int64_t person)
{
	struct sensitive_read *r;
	size_t n, i;
	char day[16];

	TRY(sensitive_reads(cx, person, 0, READS_MAX, &r, &n));
	json_open(j, "opened_by", '[');
	for (i = 0; i < n; i++) {
		json_open(j, NULL, '{');
		day_iso(r[i].day, day);
		json_str(j, "day", day);
		json_num(j, "account", r[i].account);
		json_str(j, "way", r[i].way);
		json_num(j, "times", r[i].times);
		json_close(j, '}');
	}
	json_close(j, ']');
	return RC_OK;
}

static int
put_person(struct ctx *cx, struct json *j, int64_t person)
{
	const struct person_link *l;
	size_t i;

	json_open(j, NULL, '{');
	json_open(j, "record", '[');
	TRY(put_record(cx, j, &person_kind, person));
	json_close(j, ']');
	for (i = 0; (l = person_link_nth(i)) != NULL; i++)
		TRY(put_kind(cx, j, l, person));
	TRY(put_history(cx, j, person));
	TRY(put_reads(cx, j, person));
	json_close(j, '}');
	return RC_OK;
}

int
person_file_json(struct ctx *cx, int64_t person, struct json *j)
{
	struct merged_row *m;
	int64_t stands;
	char at[32];
	size_t n, i;

	if (!may(cx, CAP_RIGHTS))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(person_stands(cx, person, &stands));
	TRY(sensitive_note(cx, stands, "file"));
	json_open(j, NULL, '{');
	moment_rfc3339(cx->now, at);
	json_str(j, "made_at", at);
	json_open(j, "held", '[');
	TRY(put_person(cx, j, stands));
	TRY(person_merged(cx, stands, &m, &n));
	for (i = 0; i < n; i++)
		TRY(put_person(cx, j, m[i].leaves));
	json_close(j, ']');
	json_close(j, '}');
	return RC_OK;
}
