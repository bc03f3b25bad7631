/* ticket_code.c – see ticket_code.h. The alphabet is Douglas Crockford's: no I, L, O and U, so that nobody
 * takes one symbol for another. */
#include "text/ticket_code.h"

#include <string.h>

#include "base/day.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const int64_t most = INT64_C(1) << 53;

static void
put(unsigned char *out, uint64_t v, int bytes)
{
	int i;

	for (i = 0; i < bytes; i++)
		out[i] = (unsigned char)(v >> (8 * (bytes - 1 - i)));
}

static uint64_t
get(const unsigned char *in, int bytes)
{
	uint64_t v = 0;
	int i;

	for (i = 0; i < bytes; i++)
		v = v << 8 | in[i];
	return v;
}

void
ticket_pack(const struct ticket_payload *p, unsigned char out[TICKET_PAYLOAD])
{
	out[0] = TICKET_VERSION;
	put(out + 1, (uint64_t)p->event, 8);
	put(out + 9, (uint64_t)p->ticket, 8);
	put(out + 17, (uint64_t)p->day, 4);
}

bool
ticket_unpack(const unsigned char in[TICKET_PAYLOAD], struct ticket_payload *out)
{
	uint64_t event = get(in + 1, 8), ticket = get(in + 9, 8), day = get(in + 17, 4);

	if (in[0] != TICKET_VERSION || event < 1 || event > (uint64_t)most || ticket < 1 ||
	    ticket > (uint64_t)most || day > 99991231 || !day_valid((int)day))
		return false;
	*out = (struct ticket_payload){ (int64_t)event, (int64_t)ticket, (int)day };
	return true;
}

void
crockford_write(const void *bytes, size_t n, char *out)
{
	const unsigned char *p = bytes;
	uint32_t bits = 0;
	int have = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		bits = (bits << 8 | p[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			*out++ = alphabet[bits >> (have - 5) & 31];
	}
	if (have > 0)
		*out++ = alphabet[bits << (5 - have) & 31];
	*out = '\0';
}

static int
value_of(char c)
{
	const char *at = c == '\0' ? NULL : strchr(alphabet, c);

	return at == NULL ? -1 : (int)(at - alphabet);
}

bool
crockford_read(const char *symbols, void *out, size_t n)
{
	size_t want = (n * 8 + 4) / 5, i, made = 0;
	unsigned char *p = out;
	uint32_t bits = 0;
	int have = 0, v;

	for (i = 0; i < want; i++) {
		if ((v = value_of(symbols[i])) < 0)
			return false;
		bits = (bits << 5 | (uint32_t)v) & 0xfff;
		have += 5;
		if (have >= 8) {
			have -= 8;
			p[made++] = (unsigned char)(bits >> have);
		}
	}
	return symbols[want] == '\0' && made == n && (bits & ((1u << have) - 1)) == 0;
}

static const char *
behind_address(const char *s)
{
	const char *at = NULL, *p;

	for (p = s; (p = strchr(p, '/')) != NULL; p++)
		if ((p[1] == 'T' || p[1] == 't') && p[2] == '/')
			at = p + 3;
	return at == NULL ? s : at;
}

/* The symbol that was meant; 0 = none, ' ' = to be left out. */
static char
meant(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		return '1';
	if (c == 'O')
		return '0';
	if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n')
		return ' ';
	return value_of(c) < 0 ? '\0' : c;
}

enum ticket_form
ticket_tidy(const char *typed, char out[TICKET_LONG + 1])
{
	const char *s = behind_address(typed == NULL ? "" : typed);
	size_t n = 0;

	out[0] = '\0';
	for (; *s != '\0'; s++) {
		char c = meant(*s);

		if (c == '\0' || (c != ' ' && n == TICKET_LONG))
			return out[0] = '\0', TICKET_NOT;
		if (c != ' ')
			out[n++] = c;
	}
	out[n] = '\0';
	return n == TICKET_SHORT  ? TICKET_CODE
	       : n == TICKET_LONG ? TICKET_FULL
	       : n > TICKET_SHORT ? TICKET_CUT
				  : TICKET_NOT;
}

void
ticket_show(const char code[TICKET_SHORT], char out[TICKET_SHORT + 2])
{
	memcpy(out, code, 4);
	out[4] = '-';
	memcpy(out + 5, code + 4, 4);
	out[9] = '\0';
}
