/* log.c – see log.h. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int log_limit = LOG_INFO;
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

static void
vlog(enum log_level l, const char *fmt, va_list ap)
{
	char text[1500], safe[3200], line[3400];
	struct timespec ts;
	struct tm tm;
	int n;

	if ((int)l > log_limit)
		return;
	vsnprintf(text, sizeof text, fmt, ap);
	escape(safe, sizeof safe, text);
	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	n = snprintf(line, sizeof line,
	    "<%d>{\"t\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\",\"msg\":\"%s\"}\n", (int)l,
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    ts.tv_nsec / 1000000, safe);
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		return; /* nowhere left to say it */
}

void
log_line(enum log_level l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vlog(l, fmt, ap);
	va_end(ap);
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
