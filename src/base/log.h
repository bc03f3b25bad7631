/* log.h – one JSON line to stderr per message, with the <N> level that journald understands.
 * Floors F0–F4 return errors and do not log; app/, http/ and jobs do. Thread-safe (one write). */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/rc.h"

enum log_level { LOG_CRIT = 2, LOG_ERR = 3, LOG_WARN = 4, LOG_INFO = 6, LOG_DEBUG = 7 };

extern int log_limit; /* levels above it are dropped; default LOG_INFO */
/* Lines for others than journald: no <N> before them, "level" in words instead. Set once at the start. */
extern bool log_plain_json;
void log_line(enum log_level l, const char *fmt, ...) PRINTF(2, 3);
/* A line with members of its own behind "msg": fmt gives them as JSON ("\"status\":%d,\"us\":%lld"), and
 * the caller sees to it that no text in them needs escaping. No names, logins, addresses, queries. */
void log_event(enum log_level l, const char *msg, const char *fmt, ...) PRINTF(3, 4);
/* A programming error seen at run time: logged, and fatal when SHANYRAQ_BUG_ABORT is set (tests). */
void bug(const char *file, int line, const char *fmt, ...) PRINTF(3, 4);
#define BUG(...) bug(__FILE__, __LINE__, __VA_ARGS__)
extern unsigned bug_count; /* tests look at it */

#endif
