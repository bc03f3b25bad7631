/* contest_jury.c – likely conflicts of interest out of what is on record, what a juror declares, and the personal
 * links of jurors without an account.
 *
 * RULE contest-4. A hint excludes nobody by itself: the secretariat decides, with a reason where the juror may
 * score all the same. Family: the same surname (its endings for men and women are one), or a patronymic made of
 * the juror's given name. Association: an active membership in the association that the entry comes from. */
#include <sodium.h>

#include "base/utf8.h"
#include "mod/contest/contest_inner.h"

/* ---- family ---- */

enum { STEM_MIN = 3 }; /* letters: shorter stems meet by chance */

static const char *
lower(struct arena *a, const char *s)
{
	const char *p = s == NULL ? "" : s, *end = p + strlen(p);
	struct buf b;
	char out[4];

	buf_init(&b, a, 0);
	while (p < end) {
		int32_t cp = utf8_next(&p, end);

		if (cp > 0)
			buf_put(&b, out, utf8_put(out, utf8_lower(cp)));
	}
	return b.p;
}

static bool
ends(const char *s, const char *tail, size_t *at)
{
	size_t n = strlen(s), t = strlen(tail);

	if (n <= t || strcmp(s + n - t, tail) != 0)
		return false;
	*at = n - t;
	return true;
}

/* Ахметов, Ахметова → ахмет; Досанский, Досанская → досан; a surname without an ending as it is. */
static const char *
stem(struct arena *a, const char *surname)
{
	static const char *const tails[] = { "ова", "ева", "ёва", "ина", "ына", "ская", "цкая",
		"ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ұлы", "қызы", "улы", "кызы" };
	const char *s = lower(a, surname);
	size_t i, at;

	for (i = 0; i < ARRAY_LEN(tails); i++)
		if (ends(s, tails[i], &at)) {
			const char *cut = arena_strn(a, s, at);

			return utf8_len(cut) >= STEM_MIN ? cut : s;
		}
	return s;
}

static bool
same_family(struct arena *a, const struct person *juror, const struct person *entrant)
{
	const char *one = stem(a, juror->surname), *two = stem(a, entrant->surname),
		   *given = lower(a, juror->given), *father = lower(a, entrant->patronymic);

	if (utf8_len(one) >= STEM_MIN && strcmp(one, two) == 0)
		return true;
	return utf8_len(given) >= STEM_MIN && strncmp(father, given, strlen(given)) == 0;
}

/* ---- association ---- */

/* The association above a body, or the body itself. */
static int
root_of(struct ctx *cx, int64_t body, int64_t *root)
{
	*root = 0;
	if (body == 0)
		return RC_OK;
	TRY(body_eca_root(cx, body, root));
	if (*root == 0)
		*root = body;
	return RC_OK;
}

struct looking {
	const struct contest_table *t;
	int64_t *root; /* of each entry */
	struct conflict_hint *out;
	size_t n;
};

static bool
decided(const int64_t *entries, size_t n, int64_t entry)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (entries[i] == entry)
			return true;
	return false;
}

static void
hint(struct looking *l, size_t j, size_t e, const char *ground, const char *why)
{
	l->out[l->n++] =
	    (struct conflict_hint){ l->t->juror[j].rec.id, l->t->entry[e].rec.id, ground, why };
}

/* The entrant, or whoever of the team. */
static int
family_of(
    struct ctx *cx, const struct looking *l, const struct person *juror, size_t e, const char **why)
{
	int64_t *ids;
	size_t n, i;

	*why = NULL;
	TRY(kind_ids(cx,
	    "SELECT person FROM contest_entry WHERE id = $1 AND person IS NOT NULL UNION SELECT "
	    "person "
	    "FROM contest_member WHERE entry = $1 AND ended = 0 AND person IS NOT NULL",
	    l->t->entry[e].rec.id, &ids, &n));
	for (i = 0; i < n && *why == NULL; i++) {
		struct person p;

		TRY(kind_load(cx, &person_kind, ids[i], &p));
		if (same_family(cx->arena, juror, &p))
			*why = trf(cx, "the name is alike: %s", kind_title(cx, &person_kind, &p));
	}
	return RC_OK;
}

static int
association_of(struct ctx *cx, const struct looking *l, size_t j, size_t e, const char **why)
{
	int64_t *bodies, root;
	size_t n, i;

	*why = NULL;
	if (l->root[e] == 0)
		return RC_OK;
	TRY(kind_ids(cx,
	    arena_printf(cx->arena,
		"SELECT body FROM membership WHERE person = $1 AND from_day <= %d AND (to_day IS "
		"NULL "
		"OR to_day > %d) ORDER BY body",
		cx->today, cx->today),
	    l->t->juror[j].person, &bodies, &n));
	for (i = 0; i < n && *why == NULL; i++) {
		TRY(root_of(cx, bodies[i], &root));
		if (root == l->root[e]) {
			const char *name;

			TRY(kind_titles(cx, &body_kind, &root, 1, &name));
			*why = trf(cx, "member of: %s", name);
		}
	}
	return RC_OK;
}

static int
look_at_juror(struct ctx *cx, struct looking *l, size_t j)
{
	const char *why;
	struct person p;
	int64_t *known;
	size_t n, e;

	if (l->t->juror[j].person == 0)
		return RC_OK;
	TRY(kind_load(cx, &person_kind, l->t->juror[j].person, &p));
	TRY(kind_ids(cx, "SELECT entry FROM juror_conflict WHERE juror = $1 AND entry IS NOT NULL",
	    l->t->juror[j].rec.id, &known, &n));
	for (e = 0; e < l->t->nentries; e++) {
		if (contest_ground(l->t, j, e) != NULL || decided(known, n, l->t->entry[e].rec.id))
			continue;
		TRY(family_of(cx, l, &p, e, &why));
		if (why != NULL) {
			hint(l, j, e, "relative", why);
			continue;
		}
		TRY(association_of(cx, l, j, e, &why));
		if (why != NULL)
			hint(l, j, e, "member", why);
	}
	return RC_OK;
}

int
contest_hints(struct ctx *cx, int64_t contest, struct conflict_hint **out, size_t *n)
{
	struct contest_table t;
	struct looking l = { .t = &t };
	size_t i;

	TRY(contest_frame(cx, contest, &t));
	l.root = arena_array(cx->arena, int64_t, t.nentries + 1);
	l.out = arena_array(cx->arena, struct conflict_hint, t.nentries * t.njurors + 1);
	for (i = 0; i < t.nentries; i++)
		TRY(root_of(cx, t.entry[i].body, &l.root[i]));
	for (i = 0; i < t.njurors; i++)
		TRY(look_at_juror(cx, &l, i));
	*out = l.out;
	*n = l.n;
	return RC_OK;
}

/* ---- declared by the juror ---- */

struct declaring {
	int64_t juror, entry;
	const char *note;
};

static int
declare_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct declaring *d = arg;
	const struct actor *who = cx->actor;
	struct actor program = contest_program(cx);
	struct juror_conflict k;
	int64_t there;
	int rc = db_int(cx, &there,
	    "SELECT id FROM juror_conflict WHERE juror = $1 AND entry = $2 AND decision = "
	    "'excluded' LIMIT 1",
	    VALS(v_int(d->juror), v_int(d->entry)));

	if (rc != RC_NOTFOUND) /* two clicks at once: it stands already */
		return rc;
	kind_empty(&juror_conflict_kind, &k);
	k.juror = d->juror;
	k.entry = d->entry;
	k.ground = "declared";
	k.decision = "excluded";
	k.note = d->note == NULL || *d->note == '\0' ? NULL : d->note;
	cx->actor = &program;
	rc = kind_insert_tx(cx, tx, &juror_conflict_kind, &k);
	cx->actor = who;
	return rc;
}

int
conflict_declare(struct ctx *cx, int64_t juror, int64_t entry, const char *note)
{
	return db_write(cx, declare_fn, &(struct declaring){ juror, entry, note });
}

/* ---- personal links ---- */

enum { SECRET_BYTES = 24 };

/* The secret is random, so a plain hash is enough: nothing can be guessed back. */
static const char *
digest(struct arena *a, const char *secret)
{
	unsigned char out[32];
	char *hex = arena_alloc(a, 65);

	crypto_generichash(out, sizeof out, (const unsigned char *)secret, strlen(secret), NULL, 0);
	return sodium_bin2hex(hex, 65, out, sizeof out);
}

struct linking {
	int64_t juror;
	const char *digest; /* NULL = revoke */
};

static int
link_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct linking *l = arg;
	struct juror j;
	int64_t changed;

	TRY(kind_get(cx, &juror_kind, l->juror, &j));
	TRY(contest_run_by(cx, j.contest));
	if (l->digest == NULL)
		TRY(tx_run(cx, tx, NULL,
		    "UPDATE juror_link SET revoked_at = $2 WHERE juror = $1 AND revoked_at IS NULL",
		    VALS(v_int(l->juror), v_int(cx->now))));
	else {
		TRY(tx_run(cx, tx, &changed,
		    "UPDATE juror_link SET digest = $2, made_at = $3, account = $4, revoked_at = "
		    "NULL "
		    "WHERE juror = $1",
		    VALS(v_int(l->juror), v_text(l->digest), v_int(cx->now),
			v_int(cx->actor->account))));
		if (changed == 0)
			TRY(tx_run(cx, tx, NULL,
			    "INSERT INTO juror_link (juror, digest, made_at, account) VALUES ($1, "
			    "$2, "
			    "$3, $4)",
			    VALS(v_int(l->juror), v_text(l->digest), v_int(cx->now),
				v_int(cx->actor->account))));
	}
	tx_touch(tx, kind_number(&juror_kind));
	return audit_tx(cx, tx, l->digest == NULL ? "link_end" : "link", "juror", l->juror, "");
}

int
juror_link_make(struct ctx *cx, int64_t juror, const char **secret)
{
	unsigned char raw[SECRET_BYTES];
	size_t room =
	    sodium_base64_encoded_len(sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(cx->arena, room);

	randombytes_buf(raw, sizeof raw);
	*secret = sodium_bin2base64(
	    text, room, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return db_write(cx, link_fn, &(struct linking){ juror, digest(cx->arena, *secret) });
}

int
juror_link_revoke(struct ctx *cx, int64_t juror)
{
	return db_write(cx, link_fn, &(struct linking){ juror, NULL });
}

int
juror_of_link(struct ctx *cx, const char *secret, struct juror *out)
{
	int64_t id;

	TRY(db_int(cx, &id,
	    "SELECT l.juror FROM juror_link l JOIN juror j ON j.id = l.juror WHERE l.digest = $1 "
	    "AND "
	    "l.revoked_at IS NULL AND j.ended = 0 AND j.person IS NOT NULL",
	    VALS(v_text(digest(cx->arena, secret)))));
	return kind_load(cx, &juror_kind, id, out);
}
