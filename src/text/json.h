/* json.h – a sticky JSON writer (RFC 8259). Reading is jansson's, in the doors that accept JSON.
 *
 * key is NULL inside arrays. `<` is written as \u003c, so the text may stand in a script element of
 * type application/json. Keys are escaped as well. Depth at most 32. Names that jansson has, too
 * (json_null, json_real), are avoided: the linker would give ours to the library's own calls. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/buf.h"

struct json {
	struct buf out;
	int depth;
	uint32_t comma; /* bit per depth: something was written at this level */
	uint32_t array; /* bit per depth: the level is an array */
	bool broken;	/* wrong bracket, missing key, too deep */
};

void json_init(struct json *j, struct arena *a, size_t limit);
void json_open(struct json *j, const char *key, char bracket);	   /* '{' or '[' */
void json_close(struct json *j, char bracket);			   /* '}' or ']' */
void json_str(struct json *j, const char *key, const char *value); /* NULL = null */
void json_strn(struct json *j, const char *key, const char *value, size_t n);
void json_num(struct json *j, const char *key, int64_t value);
/* The shortest form that reads back the same; not finite = null. */
void json_double(struct json *j, const char *key, double value);
void json_bool(struct json *j, const char *key, bool value);
void json_nil(struct json *j, const char *key);
void json_raw(struct json *j, const char *key, const char *trusted_json);
/* One whole value was written, balanced and inside the limit. */
bool json_ok(const struct json *j);

#endif
