/* forget.c – a record leaves the index for good, and with it the words that only it had.
 *
 * The vocabulary is otherwise only ever added to, so a rare surname would stand there, and be offered for
 * a near word, after its bearer's record was erased. A word goes when no record of any kind whose words
 * share its scope posts it. */
#include "search/inner.h"

/* Whether words of this kind for this audience stand in the vocabulary of the scope (kind_parts()). */
static bool
feeds(const struct kind *k, enum audience aud, int64_t scope)
{
	enum cap reader = aud == AUD_OPEN ? k->read : k->staff;
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if ((k->fields[i].flags & F_SEARCH) != 0 &&
		    scope_of(reader, (k->fields[i].flags & F_NAME) != 0) == scope)
			return true;
	return false;
}

/* Whether any record still posts this key among the kinds that feed the scope. */
static int
is_posted(struct ctx *cx, int64_t scope, const char *key, bool *yes)
{
	const struct kind *const *kinds;
	size_t n, i;
	int aud;

	*yes = false;
	kinds = search_indexed(&n);
	for (i = 0; i < n; i++)
		for (aud = 0; aud < AUD_COUNT; aud++) {
			int64_t one;
			int rc =
			    !feeds(kinds[i], (enum audience)aud, scope)
				? RC_NOTFOUND
				: db_int(cx, &one,
				      "SELECT 1 FROM search_posting WHERE term = $1 LIMIT 1",
				      VALS(v_int(term_of(
					  space_of(kinds[i]->name, (enum audience)aud), key))));

			if (rc == RC_OK) {
				*yes = true;
				return RC_OK;
			}
			if (rc != RC_NOTFOUND)
				return rc;
		}
	return RC_OK;
}

static int
drop_word(struct ctx *cx, struct tx *tx, int64_t scope, const char *word)
{
	int64_t g[NEAR_MAX + 2];
	size_t n = word_grams(scope, word, scope % 2 == 1, g), i;

	for (i = 0; i < n; i++)
		TRY(tx_run(cx, tx, NULL, "DELETE FROM search_gram WHERE gram = $1 AND word = $2",
		    VALS(v_int(g[i]), v_text(word))));
	return tx_run(cx, tx, NULL, "DELETE FROM search_word WHERE scope = $1 AND word = $2",
	    VALS(v_int(scope), v_text(word)));
}

static int
drop_words(struct ctx *cx, struct tx *tx, const struct posting_set *s)
{
	size_t i;

	for (i = 0; i < s->nwords; i++) {
		int64_t scope = scope_of(s->reader, s->word_name[i]);
		bool yes;

		TRY(is_posted(cx, scope, s->words[i], &yes));
		if (!yes)
			TRY(drop_word(cx, tx, scope, s->words[i]));
	}
	return RC_OK;
}

int
search_forget_tx(struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec)
{
	struct search_part parts[PARTS_MAX];
	struct search_record r = { k->name, ((const struct rec *)rec)->id, false, parts,
		kind_parts(k, rec, parts) };
	struct search_record none = r;
	struct posting_set s;
	int aud;

	if (!search_has(k))
		return RC_OK;
	none.n = 0;
	TRY(search_put_tx(cx, tx, &none));
	for (aud = 0; aud < AUD_COUNT; aud++) {
		posting_set(cx->arena, &r, (enum audience)aud, &s);
		TRY(drop_words(cx, tx, &s));
	}
	return RC_OK;
}
