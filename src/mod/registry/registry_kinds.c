/* registry_kinds.c – bodies and people as record kinds: const tables, no behaviour.
 *
 * Who may read what stands here in one column. Bodies, offices and accreditations are public.
 * People are read by those with CAP_PEOPLE_READ, a leader only inside the own body and its branches
 * (scope), contacts and birth dates need CAP_SUBJECT_READ, the IIN is sealed. A list of members tells
 * much about people, so memberships are never public: guests get totals by body.
 * The reference lists (kinds of bodies, peoples, districts) are in registry_lists.c. */
#include "kind/internal.h"
#include "mod/registry/registry_inner.h"

/* What kind_boot() builds from each table, once. */
enum {
	S_BODY,
	S_BODY_NAME,
	S_BODY_GROUP,
	S_ACCREDITATION,
	S_PERSON,
	S_ETHNICITY,
	S_OFFICE,
	S_OFFICE_HOLDER,
	S_MEMBERSHIP,
	S_COUNT
};
static struct kind_state states[S_COUNT];

const struct option membership_roles[] = {
	{ "member", N_("member") },
	{ "honorary", N_("honorary member") },
	{ "chair", N_("chair") },
	{ "deputy", N_("deputy chair") },
	{ "secretary", N_("secretary") },
	{ "employee", N_("employee") },
	{ "volunteer", N_("volunteer") },
	{ "learner", N_("learner") },
	{ NULL, NULL },
};

/* Law 70-IV, articles 15 and 17, and the end of the body itself. A closed list. */
const struct option end_reasons[] = {
	{ "own_wish", N_("own wish") },
	{ "left_country", N_("left citizenship or moved abroad for good") },
	{ "job_changed", N_("changed the job that the seat came with") },
	{ "died", N_("died") },
	{ "court", N_("court finding: incapable, dead or missing") },
	{ "rotation", N_("rotation") },
	{ "recalled", N_("recalled by the body that nominated") },
	{ "moved", N_("moved to another region") },
	{ "health", N_("state of health") },
	{ "improper_work", N_("improper work") },
	{ "discredit", N_("an offence that discredits the title") },
	{ "verdict", N_("guilty verdict in force") },
	{ "body_left", N_("the body left the Assembly or was closed") },
	{ NULL, NULL },
};

const struct option accreditation_states[] = {
	{ "draft", N_("draft") },
	{ "submitted", N_("submitted") },
	{ "review", N_("under review") },
	{ "returned", N_("returned") },
	{ "accredited", N_("accredited") },
	{ "refused", N_("refused") },
	{ "suspended", N_("suspended") },
	{ "expired", N_("expired") },
	{ "excluded", N_("excluded") },
	{ NULL, NULL },
};

const struct option sexes[] = { { "f", N_("female") }, { "m", N_("male") }, { NULL, NULL } };
const struct option tongues[] = {
	{ "kk", N_("Kazakh") },
	{ "ru", N_("Russian") },
	{ "en", N_("English") },
	{ NULL, NULL },
};

/* ---- body ---- */

static const struct field body_fields[] = {
	F_TEXT(body, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .help =
		N_("Small Latin letters, digits, dashes: the body's name in addresses and tables."),
	    .flags = F_REQUIRED | F_UNIQUE | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_TEXT3(body, name, .label = N_("Name"), .max = 300,
	    .help = N_("The name in force now. Use “Rename” when the name itself changes, so that "
		       "earlier papers keep theirs."),
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_TEXT3(body, abbr, .label = N_("Abbreviation"), .max = 60, .flags = F_SEARCH,
	    .privacy = PRIV_PUBLIC),
	F_REF(body, kind, &body_kind_kind, .label = N_("Kind"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(body, parent, &body_kind, .label = N_("Part of"),
	    .flags = F_OPTION_COLUMN | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(body, name_from, .label = N_("Name in force since"), .privacy = PRIV_PUBLIC),
	F_TEXT(body, legal_basis, .label = N_("Legal basis"), .max = 500,
	    .help = N_("Charter, order or decision with its date and number."),
	    .privacy = PRIV_PUBLIC),
	F_TEXT(body, bin, .label = N_("BIN"), .max = 12, .valid = bin_error,
	    .flags = F_UNIQUE | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_DAY(body, founded, .label = N_("Founded"), .privacy = PRIV_PUBLIC),
	F_DAY(body, closed, .label = N_("Closed"),
	    .help = N_("The first day on which the body no longer exists."),
	    .privacy = PRIV_PUBLIC),
	F_REF(body, district, &district_kind, .label = N_("District or city"),
	    .flags = F_LIST | F_FILTER | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_TEXT(body, address, .label = N_("Address"), .max = 300, .privacy = PRIV_PUBLIC),
	F_TEXT(body, phone, .label = N_("Telephone"), .max = 60, .form = "tel",
	    .privacy = PRIV_PUBLIC),
	F_TEXT(body, email, .label = N_("E-mail"), .max = 120, .form = "email",
	    .privacy = PRIV_PUBLIC),
	F_TEXT(
	    body, site, .label = N_("Website"), .max = 200, .form = "url", .privacy = PRIV_PUBLIC),
	F_INT(body, declared_members, .label = N_("Members by its own account"), .min = 0,
	    .max = 1000000,
	    .help = N_(
		"What the body says of itself. Only the members on record are counted in figures."),
	    .privacy = PRIV_PUBLIC),
	F_DAY(body, declared_on, .label = N_("Declared on"), .privacy = PRIV_PUBLIC),
	F_TEXT(body, declared_document, .label = N_("Document of the declaration"), .max = 200,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(body, note, .label = N_("Note of the secretariat"), .max = 4000, .flags = F_LONG,
	    .privacy = PRIV_STAFF),
};
const struct kind body_kind = {
	.name = "body",
	.plural_name = "bodies",
	.label = N_("Body"),
	.plural = N_("Bodies"),
	.size = sizeof(struct body),
	.fields = body_fields,
	.nfields = ARRAY_LEN(body_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_PEOPLE_READ,
	.inside = body_inside,
	.check = body_check,
	.changed = body_changed,
	.path = "/bodies/%lld",
	.state = &states[S_BODY],
};

/* Written by body_rename() alone. */
static const struct field body_name_fields[] = {
	F_REF(body_name, body, &body_kind, .label = N_("Body"),
	    .flags = F_REQUIRED | F_FIXED | F_RULED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(body_name, name, .label = N_("Name"), .max = 300,
	    .flags = F_REQUIRED | F_RULED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(body_name, abbr, .label = N_("Abbreviation"), .max = 60, .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_DAY(body_name, from_day, .label = N_("From"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(body_name, to_day, .label = N_("Until"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(body_name, document, .label = N_("Document of the renaming"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
};
const struct kind body_name_kind = {
	.name = "body_name",
	.plural_name = "body_names",
	.label = N_("Earlier name"),
	.plural = N_("Earlier names"),
	.size = sizeof(struct body_name),
	.fields = body_name_fields,
	.nfields = ARRAY_LEN(body_name_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_PEOPLE_READ,
	.state = &states[S_BODY_NAME],
};

static const struct field body_group_fields[] = {
	F_REF(body_group, body, &body_kind, .label = N_("Body"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(body_group, ethnic_group, &ethnic_group_kind, .label = N_("Ethnic group"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
};
const struct kind body_group_kind = {
	.name = "body_group",
	.named_by = { "body", "ethnic_group" },
	.plural_name = "body_groups",
	.label = N_("Group that a body stands for"),
	.plural = N_("Groups that bodies stand for"),
	.size = sizeof(struct body_group),
	.fields = body_group_fields,
	.nfields = ARRAY_LEN(body_group_fields),
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_PEOPLE_READ,
	.check = body_group_check,
	.state = &states[S_BODY_GROUP],
};

static const struct field accreditation_fields[] = {
	F_REF(accreditation, body, &body_kind, .label = N_("Body"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(accreditation, state, accreditation_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(accreditation, from_day, .label = N_("From"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(accreditation, valid_to, .label = N_("Last day of validity"), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(
	    accreditation, document, .label = N_("Decision"), .max = 300, .privacy = PRIV_PUBLIC),
	F_TEXT(accreditation, note, .label = N_("Note of the secretariat"), .max = 2000,
	    .flags = F_LONG, .privacy = PRIV_STAFF),
};
const struct kind accreditation_kind = {
	.name = "accreditation",
	.named_by = { "body" },
	.plural_name = "accreditations",
	.label = N_("Step of accreditation"),
	.plural = N_("Accreditations"),
	.size = sizeof(struct accreditation),
	.fields = accreditation_fields,
	.nfields = ARRAY_LEN(accreditation_fields),
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_PEOPLE_READ,
	.inside = accreditation_inside,
	.check = accreditation_check,
	.path = "/accreditations/%lld",
	.state = &states[S_ACCREDITATION],
};

/* ---- people ---- */

static const struct field person_fields[] = {
	F_TEXT(person, surname, .label = N_("Surname"), .max = 80,
	    .flags = F_REQUIRED | F_LIST | F_SEARCH | F_NAME | F_SURNAME, .privacy = PRIV_STAFF),
	F_TEXT(person, given, .label = N_("Given name"), .max = 80,
	    .flags = F_LIST | F_SEARCH | F_NAME, .privacy = PRIV_STAFF),
	F_TEXT(person, patronymic, .label = N_("Patronymic"), .max = 80,
	    .flags = F_LIST | F_SEARCH | F_NAME | F_OPTION_COLUMN, .privacy = PRIV_STAFF),
	F_TEXT(person, latin_surname, .label = N_("Surname in Latin letters"), .max = 80,
	    .flags = F_SEARCH | F_NAME | F_SURNAME, .privacy = PRIV_STAFF),
	F_TEXT(person, latin_given, .label = N_("Given name in Latin letters"), .max = 80,
	    .flags = F_SEARCH | F_NAME, .privacy = PRIV_STAFF),
	F_DAY(
	    person, birth_day, .label = N_("Day of birth"), .form = "day", .privacy = PRIV_SUBJECT),
	F_ENUM(person, sex, sexes, .label = N_("Sex"), .flags = F_FILTER, .privacy = PRIV_SUBJECT),
	F_REF(person, body, &body_kind, .label = N_("Body that keeps this record"),
	    .help = N_("Leaders see the people of their own body and of its branches."),
	    .flags = F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(person, district, &district_kind, .label = N_("District or city"),
	    .flags = F_LIST | F_FILTER | F_OPTION_COLUMN, .privacy = PRIV_STAFF),
	F_TEXT(person, address, .label = N_("Address"), .max = 300, .privacy = PRIV_SUBJECT),
	F_TEXT(person, phone, .label = N_("Telephone"), .max = 60, .form = "tel",
	    .privacy = PRIV_SUBJECT),
	F_TEXT(person, email, .label = N_("E-mail"), .max = 120, .form = "email",
	    .privacy = PRIV_SUBJECT),
	F_ENUM(person, lang, tongues, .label = N_("Language of letters"), .privacy = PRIV_STAFF),
	F_SEALED(person, iin, .label = N_("IIN"), .max = 12, .valid = iin_error,
	    .help = N_("Only where a paper needs it. Kept encrypted; shown one at a time, and the "
		       "showing is recorded."),
	    .privacy = PRIV_SEALED),
	F_TEXT(person, iin_mac, .label = N_("Mark of the IIN"), .flags = F_RULED,
	    .privacy = PRIV_SEALED),
	F_TEXT(person, note, .label = N_("Note"), .max = 2000, .flags = F_LONG,
	    .privacy = PRIV_SUBJECT),
	F_REF(person, merged_into, &person_kind, .label = N_("Joined with"), .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_DAY(person, erased_on, .label = N_("Erased on"), .flags = F_RULED | F_TODAY,
	    .privacy = PRIV_STAFF),
	F_DAY(person, restricted_on, .label = N_("Restricted since"), .flags = F_RULED | F_TODAY,
	    .privacy = PRIV_STAFF),
};
const struct kind person_kind = {
	.name = "person",
	.plural_name = "people",
	.label = N_("Person"),
	.plural = N_("People"),
	.size = sizeof(struct person),
	.fields = person_fields,
	.nfields = ARRAY_LEN(person_fields),
	.title = { "surname", "given", "patronymic" },
	.subject = "id",
	.read = CAP_PEOPLE_READ,
	.create = CAP_PEOPLE_WRITE,
	.edit = CAP_PEOPLE_WRITE,
	.staff = CAP_PEOPLE_READ,
	.scope = person_scope,
	.listed = person_listed,
	.writable = person_writable,
	.prepare = person_prepare,
	.check = person_check,
	.changed = person_changed,
	.hidden = person_hidden,
	.hint = person_hint,
	.path = "/people/%lld",
	.state = &states[S_PERSON],
};

/* Self-declared, of one's own will: never listed, filtered or exported per person, not in the API. */
static const struct field ethnicity_fields[] = {
	F_REF(ethnicity, person, &person_kind, .label = N_("Person"),
	    .flags = F_REQUIRED | F_FIXED | F_UNIQUE, .privacy = PRIV_STAFF),
	F_SEALED(ethnicity, declared, .label = N_("Ethnic group, as the person declares it"),
	    .max = 40,
	    .help = N_("Code of the group. Never taken from a name, a language or an association."),
	    .privacy = PRIV_SEALED),
	F_DAY(ethnicity, consent_day, .label = N_("Day of the consent"), .flags = F_REQUIRED,
	    .privacy = PRIV_SUBJECT),
	F_TEXT(ethnicity, consent_document, .label = N_("Document of the consent"),
	    .privacy = PRIV_SUBJECT),
};
const struct kind ethnicity_kind = {
	.name = "ethnicity",
	.label = N_("Declared ethnicity"),
	.plural = N_("Declared ethnicities"),
	.size = sizeof(struct ethnicity),
	.fields = ethnicity_fields,
	.nfields = ARRAY_LEN(ethnicity_fields),
	.subject = "person",
	.read = CAP_SEALED_READ,
	.create = CAP_SEALED_READ,
	.edit = CAP_SEALED_READ,
	.staff = CAP_SEALED_READ,
	.scope = ethnicity_scope,
	.check = ethnicity_check,
	.state = &states[S_ETHNICITY],
};

/* ---- offices and memberships ---- */

static const struct field office_fields[] = {
	F_REF(office, body, &body_kind, .label = N_("Body"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(office, title, .label = N_("Office"), .max = 200,
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_TEXT(office, ex_officio, .label = N_("By virtue of the office"), .max = 200,
	    .help = N_("The other office that brings this one with it; empty if it is elected or "
		       "appointed."),
	    .flags = F_LIST | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_INT(office, rank, .label = N_("Order"), .min = 0, .max = 1000, .privacy = PRIV_PUBLIC),
};
const struct kind office_kind = {
	.name = "office",
	.plural_name = "offices",
	.label = N_("Office"),
	.plural = N_("Offices"),
	.size = sizeof(struct office),
	.fields = office_fields,
	.nfields = ARRAY_LEN(office_fields),
	.title = { "title" },
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_PEOPLE_READ,
	.path = "/offices/%lld",
	.state = &states[S_OFFICE],
};

/* Who holds an office is public on the body's page; the person's own record is not. */
static const struct field office_holder_fields[] = {
	F_REF(office_holder, office, &office_kind, .label = N_("Office"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(office_holder, person, &person_kind, .label = N_("Person"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(office_holder, from_day, .label = N_("From"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(office_holder, to_day, .label = N_("Until"),
	    .help = N_("The first day on which it no longer holds."), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(office_holder, end_reason, end_reasons, .label = N_("Reason of the end"),
	    .privacy = PRIV_STAFF),
	F_TEXT(office_holder, document, .label = N_("Document"), .max = 200, .privacy = PRIV_STAFF),
	F_REF(office_holder, joined_into, &office_holder_kind, .label = N_("Joined with"),
	    .flags = F_RULED, .privacy = PRIV_STAFF),
};
const struct kind office_holder_kind = {
	.name = "office_holder",
	.named_by = { "office", "person" },
	.plural_name = "office_holders",
	.label = N_("Holder of an office"),
	.plural = N_("Holders of offices"),
	.size = sizeof(struct office_holder),
	.fields = office_holder_fields,
	.nfields = ARRAY_LEN(office_holder_fields),
	.read = CAP_PEOPLE_READ,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_PEOPLE_READ,
	.scope = office_holder_scope,
	.listed = office_holder_listed,
	.writable = office_holder_writable,
	.check = office_holder_check,
	.path = "/office_holders/%lld",
	.state = &states[S_OFFICE_HOLDER],
};

static const struct field membership_fields[] = {
	F_REF(membership, person, &person_kind, .label = N_("Person"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(membership, body, &body_kind, .label = N_("Body"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_ENUM(membership, role, membership_roles, .label = N_("Role"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_DAY(membership, from_day, .label = N_("From"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_DAY(membership, to_day, .label = N_("Until"),
	    .help = N_("The first day on which it no longer holds."), .flags = F_LIST,
	    .privacy = PRIV_STAFF),
	F_ENUM(membership, end_reason, end_reasons, .label = N_("Reason of the end"),
	    .privacy = PRIV_STAFF),
	F_TEXT(membership, document, .label = N_("Document"), .max = 200, .privacy = PRIV_STAFF),
	F_TEXT(membership, note, .label = N_("Note"), .max = 1000, .flags = F_LONG,
	    .privacy = PRIV_STAFF),
	F_REF(membership, joined_into, &membership_kind, .label = N_("Joined with"),
	    .flags = F_RULED, .privacy = PRIV_STAFF),
};
const struct kind membership_kind = {
	.name = "membership",
	.named_by = { "person", "body" },
	.plural_name = "memberships",
	.label = N_("Membership"),
	.plural = N_("Memberships"),
	.size = sizeof(struct membership),
	.fields = membership_fields,
	.nfields = ARRAY_LEN(membership_fields),
	.read = CAP_PEOPLE_READ,
	.create = CAP_PEOPLE_WRITE,
	.edit = CAP_PEOPLE_WRITE,
	.staff = CAP_PEOPLE_READ,
	.scope = membership_scope,
	.listed = membership_listed,
	.writable = membership_writable,
	.check = membership_check,
	.changed = membership_changed,
	.path = "/memberships/%lld",
	.state = &states[S_MEMBERSHIP],
};
