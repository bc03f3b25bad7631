/* erased_line.h – one line of the list D.erased (app/erased.h): six words and a keyed hash over them,
 * "PERSON MADE_AT AT DAY ACCOUNT GROUND HASH", one space between. Only the shape is read here; whether the
 * hash is right is the reader's to ask. */
#ifndef TEXT_ERASED_LINE_H
#define TEXT_ERASED_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct erased_line {
	int64_t person, made_at, at, account;
	int day;
	char ground[16]; /* small letters */
	char hash[65];
};
/* Without the line's end. Numbers are digits without a sign or leading zero, at most 18. */
bool erased_line_read(const char *text, size_t n, struct erased_line *out);

#endif
