/* secret.c – digests of random tokens, and how an actor is made of an account: shared by sessions and
 * API tokens. Tokens are 32 random bytes, so a plain hash is enough: nothing can be guessed back. */
#include <sodium.h>

#include "core/inner.h"
#include "core/second.h"
#include "core/session.h"

const char *
secret_digest(struct arena *a, const char *token)
{
	unsigned char digest[32];
	char *hex = arena_alloc(a, 65);

	crypto_generichash(
	    digest, sizeof digest, (const unsigned char *)token, strlen(token), NULL, 0);
	return sodium_bin2hex(hex, 65, digest, sizeof digest);
}

const char *
code_bare(struct arena *a, const char *code)
{
	char *out = arena_alloc(a, code == NULL ? 1 : strlen(code) + 1);
	size_t n = 0;

	for (; code != NULL && *code != '\0'; code++)
		if (*code >= 'A' && *code <= 'Z')
			out[n++] = (char)(*code - 'A' + 'a');
		else if (*code != ' ' && *code != '-')
			out[n++] = *code;
	out[n] = '\0';
	return out;
}

int
own_or_users(struct ctx *cx, int64_t account)
{
	if ((account != 0 && cx->actor->account == account) || may(cx, CAP_USERS))
		return RC_OK;
	return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

int
actor_fill(struct ctx *cx, const struct rows *r, int col, struct actor *out)
{
	const char *role = row_text(r, col + 4);

	*out = (struct actor){ .account = row_int(r, col),
		.login = row_text(r, col + 1),
		.name = row_text(r, col + 2),
		.person = row_int(r, col + 3),
		.body = row_int(r, col + 5),
		.csrf = "" };
	if (!role_parse(role, &out->role))
		return fail(cx, RC_BUG, "the database holds an unknown role: %s", role);
	out->caps = role_caps(out->role);
	out->nroles = (int)row_int(r, col + 6);
	if (row_int(r, col + 7) == 0 && second_needed(row_text(r, col + 8), out->role)) {
		out->held_back = true;
		out->caps = role_caps(ROLE_MEMBER);
	}
	return RC_OK;
}
