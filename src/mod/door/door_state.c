/* door_state.c – what follows from a set of scans, and from nothing else.
 *
 * Three passes over the set. By nonce: of several contents under one nonce the one that a human accepted
 * counts, else the earliest, and the others are conflicts. By target: an undo that stands takes its target
 * out. By subject in order of (moment, nonce): in and out take turns, the earliest valid in is the arrival.
 * Every order is a total one over contents, so the answer hangs on the set alone. RULE door-2 … door-5 */
#include "mod/door/door.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_codes[] = { "in", "out", "undo" };
static const char *const result_codes[] = { "done", "duplicate", "conflict", "refused" };
static const char *const reason_codes[WHY_COUNT] = { NULL, "invalid", "revoked", "cancelled",
	"already_in", "not_in", "wrong_event", "wrong_day" };
static const char *const decision_codes[] = { NULL, "accept", "reject" };

const char *
scan_kind_code(enum scan_kind k)
{
	return kind_codes[k];
}

bool
scan_kind_parse(const char *s, enum scan_kind *out)
{
	size_t i;

	for (i = 0; s != NULL && i < ARRAY_LEN(kind_codes); i++)
		if (strcmp(kind_codes[i], s) == 0) {
			*out = (enum scan_kind)i;
			return true;
		}
	return false;
}

const char *
scan_result_code(enum scan_result r)
{
	return result_codes[r];
}

const char *
scan_reason_code(enum scan_reason r)
{
	return reason_codes[r];
}

enum scan_reason
scan_reason_parse(const char *s)
{
	int i;

	for (i = WHY_INVALID; s != NULL && i < WHY_COUNT; i++)
		if (strcmp(reason_codes[i], s) == 0)
			return (enum scan_reason)i;
	return WHY_NONE;
}

const char *
scan_decision_code(enum scan_decision d)
{
	return decision_codes[d];
}

/* ---- nonces and digests ---- */

static int
hex_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
				  : c >= 'A' && c <= 'F'	    ? c - 'A' + 10
								    : -1;
}

/* RFC 9562: 8-4-4-4-12 hexadecimal digits. */
bool
nonce_parse(const char *s, unsigned char out[NONCE_SIZE])
{
	int i, n = 0;

	if (s == NULL || strlen(s) != 36)
		return false;
	for (i = 0; i < 36; i++) {
		int hex;

		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (s[i] != '-')
				return false;
			continue;
		}
		hex = hex_of(s[i]);
		if (hex < 0)
			return false;
		out[n / 2] = (unsigned char)(n % 2 == 0 ? hex << 4 : out[n / 2] | hex);
		n++;
	}
	return true;
}

void
nonce_text(const unsigned char nonce[NONCE_SIZE], char out[37])
{
	static const char digits[] = "0123456789abcdef";
	int i, n = 0;

	for (i = 0; i < NONCE_SIZE; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[n++] = '-';
		out[n++] = digits[nonce[i] >> 4];
		out[n++] = digits[nonce[i] & 15];
	}
	out[n] = '\0';
}

/* What was said of whom: one spelling for each content. Lengths stand before texts. */
void
scan_digest(struct arena *a, struct scan *s)
{
	struct buf b;

	buf_init(&b, a, 0);
	buf_put(&b, s->nonce, NONCE_SIZE);
	buf_printf(&b, "|%s|%lld|%zu|%s|", kind_codes[s->kind], (long long)s->at, strlen(s->device),
	    s->device);
	if (s->kind == SCAN_UNDO)
		buf_put(&b, s->undoes, NONCE_SIZE);
	else if (s->shown != NULL)
		buf_printf(&b, "x%s", s->shown);
	else if (s->ticket != 0)
		buf_printf(&b, "t%lld", (long long)s->ticket);
	else if (s->person != 0)
		buf_printf(&b, "p%lld", (long long)s->person);
	else
		buf_printf(&b, "g%s", s->guest == NULL ? "" : s->guest);
	crypto_generichash(
	    s->digest, SCAN_DIGEST, (const unsigned char *)b.p, b.n, NULL, 0);
}

/* ---- orders ---- */

/* By content within a nonce: what was accepted first, what was rejected last, then the earliest. */
static int
by_nonce(const void *a, const void *b)
{
	const struct scan *x = *(struct scan *const *)a, *y = *(struct scan *const *)b;
	int c = memcmp(x->nonce, y->nonce, NONCE_SIZE);

	if (c != 0)
		return c;
	if (x->decision != y->decision) {
		if (x->decision == DECIDED_ACCEPT || y->decision == DECIDED_REJECT)
			return -1;
		return 1;
	}
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return memcmp(x->digest, y->digest, SCAN_DIGEST);
}

static int
by_subject(const void *a, const void *b)
{
	const struct scan *x = *(struct scan *const *)a, *y = *(struct scan *const *)b;
	int c;

	if (x->subject == NULL || y->subject == NULL) {
		if ((x->subject == NULL) != (y->subject == NULL))
			return x->subject == NULL ? 1 : -1;
	} else if ((c = strcmp(x->subject, y->subject)) != 0)
		return c;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	c = memcmp(x->nonce, y->nonce, NONCE_SIZE);
	return c != 0 ? c : memcmp(x->digest, y->digest, SCAN_DIGEST);
}

/* The scan that stands under a nonce; v is in order of nonces, so it is the first of them. */
static struct scan *
standing(struct scan **v, size_t n, const unsigned char *nonce)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (memcmp(v[mid]->nonce, nonce, NONCE_SIZE) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && memcmp(v[lo]->nonce, nonce, NONCE_SIZE) == 0 ? v[lo] : NULL;
}

/* ---- the passes ---- */

static void
begin(struct scan **v, size_t n)
{
	size_t i;

	qsort(v, n, sizeof *v, by_nonce);
	for (i = 0; i < n; i++) {
		bool again = i > 0 && memcmp(v[i]->nonce, v[i - 1]->nonce, NONCE_SIZE) == 0;

		v[i]->result = again ? SCAN_CONFLICT : SCAN_DONE;
		v[i]->reason = WHY_NONE;
		v[i]->undone = false;
		v[i]->since = 0;
	}
}

static void
refuse(struct scan *s, enum scan_reason why)
{
	s->result = SCAN_REFUSED;
	s->reason = why;
}

/* An undo of an undo is none: who was taken out by mistake is scanned again. */
static void
undo(struct scan **v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct scan *s = v[i], *target;

		if (s->kind != SCAN_UNDO || s->result == SCAN_CONFLICT)
			continue;
		if (s->decision == DECIDED_REJECT) {
			refuse(s, WHY_INVALID);
			continue;
		}
		target = standing(v, n, s->undoes);
		if (target == NULL)
			continue; /* it has not come yet */
		if (target->kind == SCAN_UNDO)
			refuse(s, WHY_INVALID);
		else
			target->undone = true;
	}
}

/* One scan of a subject in its turn. */
static void
step(struct scan *s, struct pass *p, int64_t *since)
{
	bool accepted = s->decision == DECIDED_ACCEPT;

	if (s->result == SCAN_CONFLICT || s->kind == SCAN_UNDO)
		return;
	if (s->decision == DECIDED_REJECT) {
		refuse(s, s->fact == WHY_NONE ? WHY_INVALID : s->fact);
		return;
	}
	if (s->fact != WHY_NONE && !accepted) {
		refuse(s, s->fact);
		return;
	}
	if (s->undone)
		return;
	if (s->kind == SCAN_OUT) {
		if (!p->inside && !accepted)
			refuse(s, WHY_NOT_IN);
		p->inside = false;
		return;
	}
	if (p->inside) {
		if (!accepted) {
			refuse(s, WHY_ALREADY_IN);
			s->since = *since;
		}
		return;
	}
	p->inside = true;
	*since = s->at;
	if (p->came == 0)
		p->came = s->at;
}

void
door_derive(struct scan **v, size_t n, struct pass *passes, size_t *npasses)
{
	struct pass *p = NULL;
	int64_t since = 0;
	size_t i;

	*npasses = 0;
	if (n == 0)
		return;
	begin(v, n);
	undo(v, n);
	qsort(v, n, sizeof *v, by_subject);
	for (i = 0; i < n; i++) {
		struct scan *s = v[i];

		if (s->subject == NULL) {
			if (s->kind != SCAN_UNDO && s->result != SCAN_CONFLICT)
				refuse(s, s->fact == WHY_NONE ? WHY_INVALID : s->fact);
			continue;
		}
		if (p == NULL || strcmp(p->subject, s->subject) != 0) {
			p = &passes[(*npasses)++];
			*p = (struct pass){ .subject = s->subject,
				.person = s->subject[0] == 'p' ? strtoll(s->subject + 1, NULL, 10) : 0,
				.guest = s->guest };
		}
		if (p->ticket == 0)
			p->ticket = s->ticket;
		step(s, p, &since);
	}
}
