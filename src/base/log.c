/* log.c – see log.h. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int log_limit = LOG_INFO;
bool log_plain_json;
unsigned bug_count;

static size_t
escape(char *out, size_t cap, const char *s)
{
	size_t n = 0;

	for (; *s != '\0' && n + 8 < cap; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			out[n++] = '\\', out[n++] = (char)c;
		else if (c < 0x20)
			n += (size_t)snprintf(out + n, cap - n, "\\u%04x", c);
		else
			out[n++] = (char)c;
	}
	out[n] = '\0';
	return n;
}

static const char *
level_word(enum log_level l)
{
	return l <= LOG_CRIT   ? "critical"
	       : l == LOG_ERR  ? "error"
	       : l == LOG_WARN ? "warning"
	       : l == LOG_INFO ? "info"
			       : "debug";
}

/* more: members behind "msg", each with a comma before it; "" = none. */
static void
put(enum log_level l, const char *text, const char *more)
{
	char safe[3200], line[4800], head[48];
	struct timespec ts;
	struct tm tm;
	int n;

	escape(safe, sizeof safe, text);
	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	if (log_plain_json)
		snprintf(head, sizeof head, "{\"level\":\"%s\",", level_word(l));
	else
		snprintf(head, sizeof head, "<%d>{", (int)l);
	n = snprintf(line, sizeof line,
	    "%s\"t\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\",\"msg\":\"%s\"%s}\n", head,
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    ts.tv_nsec / 1000000, safe, more);
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		return; /* nowhere left to say it */
}

void
log_line(enum log_level l, const char *fmt, ...)
{
	char text[1500];
	va_list ap;

	if ((int)l > log_limit)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	put(l, text, "");
}

void
log_event(enum log_level l, const char *msg, const char *fmt, ...)
{
	char more[1200];
	va_list ap;

	if ((int)l > log_limit)
		return;
	more[0] = ',';
	va_start(ap, fmt);
	vsnprintf(more + 1, sizeof more - 1, fmt, ap);
	va_end(ap);
	put(l, msg, more);
}

void
bug(const char *file, int line, const char *fmt, ...)
{
	char text[1200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	__atomic_add_fetch(&bug_count, 1, __ATOMIC_RELAXED);
	log_line(LOG_CRIT, "BUG %s:%d: %s", file, line, text);
	if (getenv("SHANYRAQ_BUG_ABORT") != NULL)
		abort();
}
