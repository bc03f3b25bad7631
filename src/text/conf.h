/* conf.h – one line of a configuration file: "name = value".
 *
 * '#' begins a comment line; a value runs to the end of its line and is taken as it stands, with spaces
 * and '#' in it. No sections, no quotes, no continued lines. libinih is not used: in Debian it cuts a
 * line after 199 bytes and takes the rest for the next one, and a ';' ends a value. */
#ifndef TEXT_CONF_H
#define TEXT_CONF_H

#include "base/buf.h"

enum conf_line { CONF_NOTHING, CONF_PAIR, CONF_BROKEN };
/* line: without its LF (a CR before it is no part of the value). name (not empty) and value (may be)
 * lie within it, trimmed of spaces and tabs; UTF-8 without control bytes but tabs. */
enum conf_line conf_line(struct slice line, struct slice *name, struct slice *value);

#endif
