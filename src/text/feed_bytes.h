/* feed_bytes.h – inside text/: bytes of a feed as UTF-8, whatever they are said to be. */
#ifndef TEXT_FEED_BYTES_H
#define TEXT_FEED_BYTES_H

#include "base/buf.h"

/* *encoding: what expat is to be told; NULL = it finds out itself (UTF-16 with its mark). */
struct slice feed_bytes(struct arena *a, struct slice bytes, const char **encoding);

#endif
