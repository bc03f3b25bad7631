/* mail.h – one letter as it goes over the wire: RFC 5322, text in UTF-8 as base64, headers as RFC 2047.
 *
 * Written here and not by a library, since only short plain letters leave this house. An address or a
 * subject with a line break, or anything else that could add a header or a receiver, is refused. */
#ifndef CORE_MAIL_H
#define CORE_MAIL_H

#include "db/db.h"
#include "lang/lang.h"

struct mail {
	const char *from_name; /* "" or NULL = none */
	const char *from, *to; /* bare addresses */
	const char *subject, *text;
};
/* Whether it is one bare address that is safe in a header and in a command: ASCII, one @, a dot
 * behind it, at most 254 bytes. */
bool mail_address(const char *s);
/* The letter with CRLF lines, dated now. RC_INVALID: an address or the subject is not fit. */
int mail_compose(struct ctx *cx, const struct mail *m, struct slice *out) MUST;
/* "=?UTF-8?B?…?=" words of at most 75 bytes, parted by CRLF and a space, cut between characters; plain ASCII as it is. */
const char *mail_header_words(struct arena *a, const char *text);

#endif
