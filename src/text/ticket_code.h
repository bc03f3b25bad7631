/* ticket_code.h – how a ticket is written: bytes, symbols, and what people type of them.
 *
 * The bytes (21, then a signature of 64): version 0x01 · event (8, big endian) · ticket (8) · last good day
 * as the number YYYYMMDD (4). Written in Crockford's base32, capitals, without padding: 85 bytes are 136
 * symbols and not a bit more, so that a code has one spelling only. The short code is 8 symbols of 40 random
 * bits, shown as XXXX-XXXX. Capitals and digits only: a QR code keeps them in its alphanumeric mode.
 * Nothing here knows a key: signing and checking is core/signature.h, the tickets are mod/signup/ticket.h. */
#ifndef TEXT_TICKET_CODE_H
#define TEXT_TICKET_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	TICKET_VERSION = 1,
	TICKET_PAYLOAD = 21,
	TICKET_BYTES = 85, /* payload and signature */
	TICKET_LONG = 136, /* symbols of TICKET_BYTES */
	TICKET_SHORT = 8,  /* symbols of a code to type */
	TICKET_SHORT_BYTES = 5
};
struct ticket_payload {
	int64_t event, ticket;
	int day; /* yyyymmdd, the last on which it is good */
};
void ticket_pack(const struct ticket_payload *p, unsigned char out[TICKET_PAYLOAD]);
/* False: another version, an id that is none (1…2^53), a day that does not exist. */
bool ticket_unpack(const unsigned char in[TICKET_PAYLOAD], struct ticket_payload *out);

/* ⌈8n/5⌉ symbols and a NUL; the bits that are left over are zero. */
void crockford_write(const void *bytes, size_t n, char *out);
/* Exactly n bytes of exactly ⌈8n/5⌉ symbols; capitals only. False: another symbol, bits left over. */
bool crockford_read(const char *symbols, void *out, size_t n);

/* What stands on paper, is typed or comes out of a QR code, brought into the one spelling: an address before
 * "/T/", blanks and hyphens go; small letters become capitals; I and L are 1, O is 0. The length says which
 * code it is. */
enum ticket_form {
	TICKET_NOT, /* a symbol that is none, or another length */
	TICKET_CUT, /* nothing but symbols and more than a short code, but not as many as a ticket has */
	TICKET_CODE, /* out: TICKET_SHORT symbols */
	TICKET_FULL  /* out: TICKET_LONG symbols */
};
enum ticket_form ticket_tidy(const char *typed, char out[TICKET_LONG + 1]);
/* "XXXX-XXXX" of a short code. */
void ticket_show(const char code[TICKET_SHORT], char out[TICKET_SHORT + 2]);

#endif
