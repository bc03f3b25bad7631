/* json.c – see json.h.
 *
 * One bit per level remembers whether a comma is due and one whether the level is an array, so the
 * writer needs no memory of its own and notices a key in an array, a missing key in an object and
 * a bracket that does not match. Broken UTF-8 cannot come from our doors; should it come from a
 * database made elsewhere, each broken byte becomes U+FFFD and the text stays valid JSON. */
#include "text/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/utf8.h"

enum { JSON_DEPTH = 32 };

void
json_init(struct json *j, struct arena *a, size_t limit)
{
	*j = (struct json){ 0 };
	buf_init(&j->out, a, limit);
}

bool
json_ok(const struct json *j)
{
	return !j->out.over && !j->broken && j->depth == 0 && j->out.n > 0;
}

static void
broken(struct json *j, const char *what, const char *key)
{
	j->broken = true;
	BUG("json: %s (key %s, depth %d)", what, key == NULL ? "-" : key, j->depth);
}

/* One byte that must be escaped. */
static void
put_escape(struct buf *b, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *at = c == 0 ? NULL : strchr(from, c);

	if (at != NULL) {
		char two[2] = { '\\', to[at - from] };

		buf_put(b, two, sizeof two);
	} else
		buf_printf(b, "\\u%04x", c);
}

static void
put_string(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *from = s;

	buf_char(b, '"');
	while (s < end) {
		unsigned char c = (unsigned char)*s;
		const char *at = s;

		if (c >= 0x80) {
			if (utf8_next(&s, end) >= 0)
				continue;
			buf_put(b, from, (size_t)(at - from));
			buf_put(b, "\xef\xbf\xbd", 3);
			from = s;
			continue;
		}
		s++;
		if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7f)
			continue;
		buf_put(b, from, (size_t)(at - from));
		put_escape(b, c);
		from = s;
	}
	buf_put(b, from, (size_t)(end - from));
	buf_char(b, '"');
}

/* Comma and key before a value. */
static void
lead(struct json *j, const char *key)
{
	uint32_t bit;

	if (j->depth > JSON_DEPTH)
		return; /* already said */
	bit = j->depth > 0 ? UINT32_C(1) << (j->depth - 1) : 0;
	if (j->depth == 0) {
		if (j->out.n > 0 || key != NULL)
			broken(j, "a second value or a key outside", key);
		return;
	}
	if ((key == NULL) != ((j->array & bit) != 0))
		broken(j, "objects want keys and arrays none", key);
	if ((j->comma & bit) != 0)
		buf_char(&j->out, ',');
	j->comma |= bit;
	if (key != NULL) {
		put_string(&j->out, key, strlen(key));
		buf_char(&j->out, ':');
	}
}

void
json_open(struct json *j, const char *key, char bracket)
{
	uint32_t bit;

	lead(j, key);
	buf_char(&j->out, bracket);
	if (j->depth >= JSON_DEPTH) {
		broken(j, "too deep", key);
		j->depth++;
		return;
	}
	bit = UINT32_C(1) << j->depth++;
	j->comma &= ~bit;
	j->array = bracket == '[' ? j->array | bit : j->array & ~bit;
}

void
json_close(struct json *j, char bracket)
{
	bool array;

	if (j->depth == 0 || j->depth > JSON_DEPTH) {
		broken(j, "close without open", NULL);
		j->depth -= j->depth > 0;
		return;
	}
	array = (j->array & UINT32_C(1) << --j->depth) != 0;
	if (bracket != (array ? ']' : '}'))
		broken(j, "wrong bracket", NULL);
	buf_char(&j->out, bracket);
}

void
json_strn(struct json *j, const char *key, const char *value, size_t n)
{
	lead(j, key);
	if (value == NULL)
		buf_put(&j->out, "null", 4);
	else
		put_string(&j->out, value, n);
}

void
json_str(struct json *j, const char *key, const char *value)
{
	json_strn(j, key, value, value == NULL ? 0 : strlen(value));
}

void
json_num(struct json *j, const char *key, int64_t value)
{
	lead(j, key);
	buf_int(&j->out, value);
}

void
json_double(struct json *j, const char *key, double value)
{
	char s[40];
	int digits, n = 0;

	if (!isfinite(value)) {
		json_nil(j, key);
		return;
	}
	lead(j, key);
	for (digits = 15; digits <= 17; digits++) {
		n = snprintf(s, sizeof s, "%.*g", digits, value);
		if (!islessgreater(strtod(s, NULL), value))
			break;
	}
	buf_put(&j->out, s, (size_t)n);
}

void
json_bool(struct json *j, const char *key, bool value)
{
	lead(j, key);
	buf_str(&j->out, value ? "true" : "false");
}

void
json_nil(struct json *j, const char *key)
{
	lead(j, key);
	buf_put(&j->out, "null", 4);
}

void
json_raw(struct json *j, const char *key, const char *trusted_json)
{
	lead(j, key);
	buf_str(&j->out, trusted_json);
}
