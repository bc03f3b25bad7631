/* password.c – argon2id behind a gate, the rules for passwords and logins, and drawn passwords.
 *
 * One hashing takes 19 MiB and some 20 ms; without a gate a flood of sign-ins would take all memory
 * and every worker. Two hash at once, sixteen wait, the rest is told to try again. The costs
 * (2 passes, 19 MiB) are those that OWASP names for argon2id with one lane; hashes made with other
 * costs are renewed at the next sign-in. */
#include <pthread.h>
#include <sodium.h>

#include "base/utf8.h"
#include "core/inner.h"

enum { PASSES = 2, AT_ONCE = 2, WAITING = 16 };
#define MEMORY ((size_t)19 << 20)

static struct {
	pthread_mutex_t lock;
	pthread_cond_t left;
	int inside, waiting;
} password_gate = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0 };

int
password_enter(struct ctx *cx)
{
	bool full;

	pthread_mutex_lock(&password_gate.lock);
	full = password_gate.waiting >= WAITING;
	if (!full) {
		password_gate.waiting++;
		while (password_gate.inside >= AT_ONCE)
			pthread_cond_wait(&password_gate.left, &password_gate.lock);
		password_gate.waiting--;
		password_gate.inside++;
	}
	pthread_mutex_unlock(&password_gate.lock);
	return full ? fail(cx, RC_BUSY,
			  N_("Too many people are signing in at this moment. Try again."))
		    : RC_OK;
}

void
password_leave(void)
{
	pthread_mutex_lock(&password_gate.lock);
	password_gate.inside--;
	pthread_cond_signal(&password_gate.left);
	pthread_mutex_unlock(&password_gate.lock);
}

/* A well-formed hash of today's costs whose password nobody knows. */
static const char nothing_fits[] = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
				   "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool
password_fits(const char *hash, const char *password)
{
	size_t n = strlen(password);
	bool fits;

	if (hash == NULL || n > ACCOUNT_PASSWORD_MAX) {
		hash = nothing_fits;
		n = 0;
	}
	fits = crypto_pwhash_str_verify(hash, password, n) == 0;
	return fits && hash != nothing_fits;
}

bool
password_is_old(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
}

int
password_make(struct ctx *cx, const char *password, const char **hash)
{
	char text[crypto_pwhash_STRBYTES];

	if (crypto_pwhash_str(text, password, strlen(password), PASSES, MEMORY) != 0)
		return fail(
		    cx, RC_BUSY, N_("There is not enough memory at this moment. Try again."));
	*hash = arena_str(cx->arena, text);
	return RC_OK;
}

int
password_hash(struct ctx *cx, const char *password, const char **hash)
{
	int rc;

	TRY(password_enter(cx));
	rc = password_make(cx, password, hash);
	password_leave();
	return rc;
}

/* ---- rules ---- */

const char *
login_error(const char *login)
{
	size_t i, n = login == NULL ? 0 : strlen(login);

	if (n < 3 || n > 32)
		return N_("A login has 3 to 32 characters.");
	for (i = 0; i < n; i++)
		if (!(login[i] >= 'a' && login[i] <= 'z') &&
		    !(login[i] >= '0' && login[i] <= '9') && strchr(".-_", login[i]) == NULL)
			return N_(
			    "A login is made of small Latin letters, digits, and the signs . - _");
	return NULL;
}

/* What people type first when ten characters are asked for. */
static const char *const common[] = {
	"1234567890",
	"0123456789",
	"0987654321",
	"12345678910",
	"123456789a",
	"qwertyuiop",
	"qwerty1234",
	"qwerty12345",
	"qwerty123456",
	"qwertyuiop1",
	"1q2w3e4r5t",
	"1qaz2wsx3edc",
	"qazwsxedcrfv",
	"password12",
	"password123",
	"password1234",
	"passw0rd123",
	"administrator",
	"admin12345",
	"admin123456",
	"adminadmin",
	"changeme123",
	"letmein123",
	"welcome123",
	"iloveyou123",
	"shanyraq123",
	"kazakhstan",
	"qazaqstan1",
	"kazakhstan1",
	"assambleya",
	"йцукенгшщз",
	"йцукенгшщзх",
	"пароль1234",
	"пароль12345",
	"казахстан1",
	"қазақстан1",
	"құпиясөз12",
	"12345qwert",
	"asdfghjkl;",
	"asdfghjkl1",
	"zxcvbnm123",
};

static const char *
lowered(char out[ACCOUNT_PASSWORD_MAX * 4 + 1], const char *s)
{
	const char *end = s + strlen(s);
	size_t n = 0;

	while (s < end)
		n += utf8_put(out + n, utf8_lower(utf8_next(&s, end)));
	out[n] = '\0';
	return out;
}

static bool
one_character(const char *s)
{
	const char *end = s + strlen(s), *p = s;
	int32_t first = utf8_next(&p, end);

	while (p < end)
		if (utf8_next(&p, end) != first)
			return false;
	return true;
}

const char *
password_error(const char *login, const char *password)
{
	char low[ACCOUNT_PASSWORD_MAX * 4 + 1];
	size_t i, n = password == NULL ? 0 : strlen(password),
		  l = login == NULL ? 0 : strlen(login);

	if (n > ACCOUNT_PASSWORD_MAX)
		return N_("The password is too long: at most 200 bytes.");
	if (n > 0 && !utf8_valid(password, n))
		return N_("The text is broken: it is not valid UTF-8.");
	if (n == 0 || utf8_len(password) < ACCOUNT_PASSWORD_MIN)
		return N_("A password has at least 10 characters.");
	for (i = 0; i < n; i++)
		if ((unsigned char)password[i] < 0x20 || password[i] == 0x7f)
			return N_("The text holds characters that cannot be shown.");
	lowered(low, password);
	if (l > 0 && strncmp(low, login, l) == 0 && utf8_len(low + l) <= 4)
		return N_("The password must not be the login.");
	if (one_character(low))
		return N_("This password is guessed at once. Choose another.");
	for (i = 0; i < ARRAY_LEN(common); i++)
		if (strcmp(low, common[i]) == 0)
			return N_("This password is guessed at once. Choose another.");
	return NULL;
}

const char *
password_draw(struct arena *a)
{
	static const char signs[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* no l, o, 0, 1 */
	char *out = arena_alloc(a, 25);
	int i;

	for (i = 0; i < 24; i++)
		out[i] = i % 5 == 4 ? '-' : signs[randombytes_uniform(sizeof signs - 1)];
	return out;
}
