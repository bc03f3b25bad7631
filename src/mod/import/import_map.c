/* import_map.c – which kinds come in as tables, which columns they may have, and what offices call those.
 *
 * A header is compared as a fold key, so script, case and keyboard do not matter: first with the names
 * and labels of the fields in three languages, then with the usual office words below. What stands in
 * brackets or behind a comma is looked at last («Телефон (ұялы)»). */
#include "mod/import/import_inner.h"

#include "lang/order.h"
#include "text/hash.h"

const struct import_kind import_kinds[] = {
	{ .kind = &person_kind },
	{ .kind = &membership_kind, .with_person = true },
	{ .kind = &body_kind },
	{ .kind = &event_kind },
	{ .kind = &attendance_kind, .names_person = true },
};
const size_t import_nkinds = ARRAY_LEN(import_kinds);

/* Words of offices: target, and what its column is called. Those of people serve both kinds. */
static const struct {
	const char *kind, *target, *words;
} office_words[] = {
	{ "person", "full_name",
	    "фио|ф.и.о.|фамилия имя отчество|аты-жөні|аты жөні|толық аты-жөні|тегі аты әкесінің "
	    "аты|т.а.ә.|full name|name|аты-жөні, тегі|мүшенің аты-жөні|член|участник|имя фамилия" },
	{ "person", "surname", "фамилия|тегі|тек|last name|family name" },
	{ "person", "given", "имя|аты|есімі|first name" },
	{ "person", "patronymic", "отчество|әкесінің аты|middle name" },
	{ "person", "iin", "иин|жсн|iin|жеке сәйкестендіру нөмірі|иин/жсн|жсн/иин|жсн иин" },
	{ "person", "birth_day",
	    "дата рождения|туған күні|туған жылы|дата рожд|д.р.|туылған күні|год рождения|birth "
	    "date|date of birth|born" },
	{ "person", "sex", "пол|жынысы|gender" },
	{ "person", "phone",
	    "телефон|тел|тел.|контакты|байланыс|байланыс телефоны|ұялы телефон|контактный "
	    "телефон|моб.|моб. тел.|мобильный|номер телефона|телефон нөмірі|phone|mobile" },
	{ "person", "email", "почта|эл. почта|e-mail|email|электрондық пошта|пошта|эл. адрес" },
	{ "person", "address",
	    "адрес|адрес проживания|место жительства|мекенжайы|мекен-жайы|мекенжай|тұрғылықты "
	    "жері|address" },
	{ "person", "district", "район|аудан|ауданы|қала, аудан|город, район|қала/аудан" },
	{ "person", "body", "бірлестік|эмб|этномәдени бірлестік|объединение|эко|организация" },
	{ "person", "note", "примечание|ескертпе|ескерту|комментарий|note" },
	{ "membership", "body",
	    "бірлестік|эмб|этномәдени "
	    "бірлестік|бірлестігі|объединение|эко|организация|этнокультурное "
	    "объединение|ұйым|association|body" },
	{ "membership", "role", "роль|должность|лауазымы|қызметі|рөлі|статус|мәртебесі|position" },
	{ "membership", "from_day",
	    "дата вступления|кірген күні|вступил|мүше болған күні|мүшелікке өткен күні|дата "
	    "приема|қабылданған күні|с какого времени|қай уақыттан|date of entry|joined|кірген "
	    "уақыты" },
	{ "membership", "to_day", "дата выхода|шыққан күні|выбыл|date of exit|left" },
	{ "membership", "document", "основание|негіздеме|протокол|хаттама|бұйрық|приказ" },
	{ "body", "name", "наименование|название|атауы|аты|ұйым атауы|name" },
	{ "body", "kind", "тип|түрі|вид|type" },
	{ "body", "district", "район|аудан|город|қала|ауданы" },
	{ "body", "bin", "бин|бсн|bin" },
	{ "body", "phone", "телефон|тел.|байланыс телефоны" },
	{ "body", "address", "адрес|мекенжайы|юридический адрес|заңды мекенжайы" },
	{ "body", "founded", "дата создания|құрылған күні|дата регистрации|тіркелген күні" },
	{ "event", "name", "наименование|название|мероприятие|іс-шара|іс-шара атауы|атауы|name" },
	{ "event", "first_day", "дата|күні|дата проведения|өткізілген күні|өтетін күні|date" },
	{ "event", "body", "организатор|ұйымдастырушы|бірлестік|эко|organiser" },
	{ "event", "place", "место|место проведения|өтетін орны|орны|өткізу орны|venue" },
	{ "event", "kind", "вид|түрі|тип|type|формат" },
	{ "event", "district", "район|аудан|қала|город" },
	{ "event", "declared_count",
	    "количество участников|қатысушылар саны|охват|қамтылғандар "
	    "саны|участников|attendance" },
	{ "attendance", "event", "мероприятие|іс-шара|іс-шара атауы|название мероприятия|event" },
	{ "attendance", "sheet_row",
	    "код|код строки|жол коды|коды|билет|билет коды|код билета|номер билета|билет "
	    "нөмірі|ticket|code|row|строка|жол" },
	{ "attendance", "guest", "гость|қонақ|қонақтар|гости|guest" },
	{ "attendance", "day", "дата|күні|дата посещения|келген күні|date|day" },
	{ "event", "starts", "время|уақыты|начало|басталуы|time" },
};

const struct import_kind *
import_kind_of(const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < import_nkinds; i++)
		if (strcmp(import_kinds[i].kind->name, name) == 0 ||
		    strcmp(import_kinds[i].kind->plural_name, name) == 0)
			return &import_kinds[i];
	return NULL;
}

bool
import_may(const struct ctx *cx, const struct import_kind *k)
{
	return may(cx, k->kind->create) && may(cx, k->kind->edit) &&
	       (!k->with_person || may(cx, CAP_PEOPLE_WRITE)) &&
	       (!k->names_person || may(cx, CAP_PEOPLE_READ));
}

/* ---- targets ---- */

static void
add_target(struct ctx *cx, struct import_target *out, size_t *n, const struct import_target *t,
    const char *suffix)
{
	struct import_target *o;

	if (*n == IMPORT_TARGETS)
		die("more than %d columns of an import", IMPORT_TARGETS);
	o = &out[(*n)++];
	*o = *t;
	o->name = arena_printf(cx->arena, "%s%s%s", t->person ? "person." : "",
	    t->field == NULL ? "full_name" : t->field->name, suffix);
	if (*suffix != '\0')
		o->label = arena_printf(cx->arena, "%s (%s)", o->label, lang_own_name(o->lang));
}

static void
kind_targets(
    struct ctx *cx, const struct kind *k, bool person, struct import_target *out, size_t *n)
{
	size_t i;

	if (k == &person_kind)
		add_target(cx, out, n,
		    &(struct import_target){
			.person = person, .label = tr(cx, "Full name in one column") },
		    "");
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		struct import_target t = { .field = f,
			.person = person,
			.label = tr(cx, f->label),
			.required = (f->flags & F_REQUIRED) != 0 };

		if (!kind_may_write(cx, k, f, true) ||
		    (f->type == FT_REF && f->ref == &person_kind) || f->type == FT_BOOL)
			continue;
		/* The body of the row keeps the record of its new people. */
		if (person && f->type == FT_REF && f->ref == &body_kind)
			continue;
		add_target(cx, out, n, &t, "");
		if (f->type != FT_TEXT3)
			continue;
		t.required = false;
		t.lang = LANG_RU;
		add_target(cx, out, n, &t, ".ru");
		t.lang = LANG_EN;
		add_target(cx, out, n, &t, ".en");
	}
}

size_t
import_targets(
    struct ctx *cx, const struct import_kind *k, struct import_target out[IMPORT_TARGETS])
{
	size_t n = 0;

	if (k->names_person) {
		import_attend_targets(cx, out, &n);
		return n;
	}
	if (k->with_person)
		kind_targets(cx, &person_kind, true, out, &n);
	kind_targets(cx, k->kind, false, out, &n);
	return n;
}

/* ---- headers ---- */

bool
import_word_is(struct ctx *cx, const char *words, const char *key)
{
	while (*words != '\0') {
		size_t n = strcspn(words, "|");

		if (strcmp(fold_key(cx->arena, arena_strn(cx->arena, words, n)), key) == 0)
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}

/* How well a header names the target: 3 its own name or label, 2 an office word, 0 not. */
static int
named(struct ctx *cx, const struct import_kind *k, const struct import_target *t, const char *key)
{
	const char *kind = t->person ? "person" : k->kind->name;
	const char *bare = t->field == NULL ? "full_name" : t->field->name;
	size_t i;
	int l;

	if (strcmp(fold_key(cx->arena, t->name), key) == 0 ||
	    strcmp(fold_key(cx->arena, t->label), key) == 0)
		return 3;
	if (t->field != NULL && t->field->type == FT_TEXT3 && t->lang != LANG_KK) {
		/* «Атауы (Русский)», "name ru", «Название на русском» */
		static const char *const in[] = { "",
			"рус|ru|на русском|орысша|русский|орыс тілінде",
			"en|англ|english|ағылшынша|на английском" };

		for (l = 0; l < LANG_COUNT; l++) {
			const char *base =
			    fold_key(cx->arena, tr_in((enum lang)l, t->field->label));
			size_t n = strlen(base);

			if (strncmp(key, base, n) == 0 && key[n] == ' ' &&
			    import_word_is(cx, in[t->lang], key + n + 1))
				return 3;
		}
		return 0;
	}
	for (l = 0; t->field != NULL && l < LANG_COUNT; l++)
		if (strcmp(fold_key(cx->arena, tr_in((enum lang)l, t->field->label)), key) == 0)
			return 3;
	for (i = 0; i < ARRAY_LEN(office_words); i++)
		if (strcmp(office_words[i].kind, kind) == 0 &&
		    strcmp(office_words[i].target, bare) == 0 &&
		    import_word_is(cx, office_words[i].words, key))
			return 2;
	return 0;
}

static const struct import_target *
find_target(struct ctx *cx, const struct import_kind *k, const struct import_target *t, size_t n,
    const bool *used, const char *head)
{
	const char *key = fold_key(cx->arena, head);
	const struct import_target *best = NULL;
	int score = 0, s;
	size_t i;

	if (*key == '\0')
		return NULL;
	for (i = 0; i < n; i++)
		if (!used[i] && (s = named(cx, k, &t[i], key)) > score) {
			score = s;
			best = &t[i];
		}
	return best;
}

const char *
import_guess(
    struct ctx *cx, const struct import_kind *k, const char *const *head, size_t n, size_t *known)
{
	struct import_target t[IMPORT_TARGETS];
	size_t nt = import_targets(cx, k, t), i;
	bool used[IMPORT_TARGETS] = { false };
	struct buf b;

	*known = 0;
	buf_init(&b, cx->arena, 0);
	for (i = 0; i < n; i++) {
		const struct import_target *hit = find_target(cx, k, t, nt, used, head[i]);

		if (hit == NULL) {
			size_t cut = strcspn(head[i], "(,\n");

			if (cut > 0 && head[i][cut] != '\0')
				hit = find_target(
				    cx, k, t, nt, used, arena_strn(cx->arena, head[i], cut));
		}
		if (i > 0)
			buf_char(&b, ';');
		if (hit == NULL)
			continue;
		used[hit - t] = true;
		buf_str(&b, hit->name);
		++*known;
	}
	return b.p;
}

const char *
import_shape(struct ctx *cx, const char *const *head, size_t n)
{
	char *hex = arena_alloc(cx->arena, 65);
	struct sha256 h;
	size_t i;

	sha256_init(&h);
	for (i = 0; i < n; i++) {
		const char *key = fold_key(cx->arena, head[i]);

		sha256_add(&h, key, strlen(key) + 1);
	}
	sha256_hex(&h, hex);
	return hex;
}

/* ---- a mapping that somebody chose ---- */

static bool
has(const bool *used, const struct import_target *t, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (used[i] && strcmp(t[i].name, name) == 0)
			return true;
	return false;
}

/* Columns without which no row can stand. */
static void
check_needed(struct ctx *cx, const struct import_kind *k, const struct import_target *t, size_t n,
    const bool *used)
{
	const char *in = k->with_person ? "person." : "";
	size_t i;

	if (k->names_person) {
		import_attend_needed(cx, t, n, used);
		return;
	}
	if ((k->with_person || k->kind == &person_kind) &&
	    !has(used, t, n, arena_printf(cx->arena, "%sfull_name", in)) &&
	    !has(used, t, n, arena_printf(cx->arena, "%ssurname", in)))
		fail_field(
		    cx, "surname", N_("A column with the surname or the full name is needed."));
	for (i = 0; i < n; i++)
		/* A new body needs its kind, one that is only changed does not: its rows will say. */
		if (t[i].required && !used[i] && !t[i].person && k->kind != &person_kind &&
		    strcmp(t[i].name, "role") != 0 && strcmp(t[i].name, "code") != 0 &&
		    !(k->kind == &body_kind && strcmp(t[i].name, "kind") == 0))
			fail_field(cx, t[i].name, N_("A column for “%s” is needed."), t[i].label);
}

int
import_mapping_check(struct ctx *cx, const struct import_kind *k, const char *mapping)
{
	struct import_target t[IMPORT_TARGETS];
	size_t n = import_targets(cx, k, t), i, len, columns = 0;
	bool used[IMPORT_TARGETS] = { false };
	const char *p = mapping;

	for (;; p += len + 1) {
		len = strcspn(p, ";");
		if (++columns > IMPORT_COLUMNS)
			return fail(cx, RC_TOOBIG, N_("The table has too many columns."));
		for (i = 0; len > 0 && i < n; i++)
			if (strlen(t[i].name) == len && memcmp(t[i].name, p, len) == 0)
				break;
		if (len > 0 && i == n)
			return fail(cx, RC_INVALID, N_("Choose one of the values offered."));
		if (len > 0 && used[i])
			fail_field(
			    cx, t[i].name, N_("“%s” is chosen for two columns."), t[i].label);
		if (len > 0)
			used[i] = true;
		if (p[len] == '\0')
			break;
	}
	check_needed(cx, k, t, n, used);
	return fields_rc(cx);
}

const char *
import_fault_text(struct ctx *cx, enum table_fault f)
{
	static const char *const words[] = { [TABLE_FINE] = "",
		[TABLE_UNREADABLE] = N_("The file cannot be read."),
		[TABLE_EMPTY] = N_("The file is empty."),
		[TABLE_OLD_XLS] =
		    N_("This is a workbook of the old form (.xls) or one locked with a password. "
		       "Save it as .xlsx without a password."),
		[TABLE_NO_TABLE] = N_("This is no table. Give an XLSX or a CSV file."),
		[TABLE_BROKEN] =
		    N_("The file is damaged. Open it in a spreadsheet and save it anew."),
		[TABLE_BOMB] = N_("The file unpacks to more than any table holds and was refused."),
		[TABLE_QUOTE] = N_("A quotation mark is opened and never closed."),
		[TABLE_WIDE] = N_("The table has too many columns."),
		[TABLE_LONG] = N_("A cell is too long."),
		[TABLE_MANY] = N_("The table has too many rows."),
		[TABLE_NO_SHEET] = N_("The workbook has no such sheet.") };

	return tr(cx, words[f]);
}
