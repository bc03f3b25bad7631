/* mo.h – reads a compiled gettext catalogue (.mo) out of memory.
 *
 * Everything is checked once in mo_open(): tables inside the bytes, every string inside and ended
 * by NUL, msgids in strictly rising order, translations valid UTF-8. After that a lookup is a
 * binary search without further doubts. The bytes are borrowed and must outlive the struct; a
 * struct mo is never written after mo_open(), so any thread may search it. */
#ifndef LANG_MO_H
#define LANG_MO_H

#include "base/buf.h"

struct mo {
	const unsigned char *p;
	size_t n;
	uint32_t count, ids, strs; /* entries; offsets of the two tables */
	bool swap;		   /* written on a machine of the other byte order */
};

/* RC_INVALID if the bytes are not a catalogue; *out is then left alone. */
int mo_open(const void *p, size_t n, struct mo *out) MUST;
/* The translation of msgid, all plural forms ("one NUL few NUL many", n counts the inner NULs but
 * not the last); {NULL, 0} if there is none. */
struct slice mo_find(const struct mo *m, const char *msgid);
/* Form `at` of a translation; the last one if there are fewer. "" if that form is empty. */
const char *mo_form(struct slice forms, unsigned at);

#endif
