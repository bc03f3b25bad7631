/* field_kinds.c – a conflict of two versions as a record: what it was, both texts, who decided. */
#include "core/account.h"
#include "kind/internal.h"
#include "mod/field/field_inner.h"

const struct option field_conflict_states[] = {
	{ "waiting", N_("waiting") },
	{ "decided", N_("decided") },
	{ "gone", N_("no longer a conflict") },
	{ NULL, NULL },
};
const struct option field_kepts[] = {
	{ "stands", N_("what stood") },
	{ "other", N_("the other version") },
	{ NULL, NULL },
};

/* Texts may say where a family is: staff of families alone. */
#define RULED .flags = F_RULED, .privacy = PRIV_STAFF
static const struct field conflict_fields[] = {
	F_REF(field_conflict, headquarters, &headquarters_kind, .label = N_("Headquarters"),
	    .flags = F_RULED | F_FILTER, .privacy = PRIV_STAFF),
	F_TEXT(field_conflict, what, .label = N_("Kind of record"), .max = 64,
	    .flags = F_RULED | F_LIST, .privacy = PRIV_STAFF),
	F_INT(field_conflict, record, .label = N_("Record"), RULED),
	F_TEXT(field_conflict, part, .label = N_("Field"), .max = 64, RULED),
	F_TEXT(field_conflict, stands, .label = N_("Stands now"), .max = 100000, RULED),
	F_INT(field_conflict, source_stands, .label = N_("From copy"), RULED),
	F_TEXT(field_conflict, other, .label = N_("The other version"), .max = 100000, RULED),
	F_INT(field_conflict, source_other, .label = N_("From copy"), RULED),
	F_ENUM(field_conflict, state, field_conflict_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_ENUM(field_conflict, kept, field_kepts, .label = N_("Kept"), RULED),
	F_REF(field_conflict, decided_by, &account_kind, .label = N_("Decided by"), RULED),
	F_TIME(field_conflict, decided_at, .label = N_("Decided at"), RULED),
};
static struct kind_state field_conflict_state;
const struct kind field_conflict_kind = {
	.name = "field_conflict",
	.label = N_("Conflict of a copy"),
	.plural = N_("Conflicts of copies"),
	.size = sizeof(struct field_conflict),
	.fields = conflict_fields,
	.nfields = ARRAY_LEN(conflict_fields),
	.title = { "what" },
	.read = CAP_RELIEF_OPEN,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_FAMILY,
	.path = "/field/conflicts/%lld",
	.state = &field_conflict_state,
};
