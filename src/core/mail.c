/* mail.c – see mail.h. */
#include "core/mail.h"

#include <sodium.h>
#include <stdio.h>
#include <time.h>

#include "base/utf8.h"
#include "kind/vault.h"

enum { ADDRESS_MAX = 254, WORD_BYTES = 42, LINE_BYTES = 57 };

bool
mail_address(const char *s)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "!#$%&'*+/=?^_`{|}~.-@";
	const char *at = s == NULL ? NULL : strchr(s, '@');
	size_t n = s == NULL ? 0 : strlen(s);

	if (at == NULL || at == s || n > ADDRESS_MAX || strspn(s, good) != n ||
	    strchr(at + 1, '@') != NULL || s[0] == '-')
		return false;
	/* A domain with a dot inside, of letters, digits, dots and hyphens. */
	return strchr(at + 1, '.') != NULL && at[1] != '.' && s[n - 1] != '.' &&
	       strspn(at + 1, good) == strlen(at + 1) &&
	       strpbrk(at + 1, "!#$%&'*+/=?^_`{|}~") == NULL;
}

static bool
plain(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7f)
			return false;
	return true;
}

static void
base64(struct buf *b, const char *p, size_t n)
{
	char out[128];

	sodium_bin2base64(
	    out, sizeof out, (const unsigned char *)p, n, sodium_base64_VARIANT_ORIGINAL);
	buf_str(b, out);
}

static const char *
words(struct arena *a, const char *text)
{
	struct buf b;

	buf_init(&b, a, 0);
	while (*text != '\0') {
		const char *end = text + strlen(text), *p = text, *cut = text;

		/* Whole characters only. */
		while (p < end && (utf8_next(&p, end), p - text <= WORD_BYTES))
			cut = p;
		buf_printf(&b, "%s=?UTF-8?B?", b.n == 0 ? "" : "\r\n ");
		base64(&b, text, (size_t)(cut - text));
		buf_str(&b, "?=");
		text = cut;
	}
	return b.n == 0 ? "" : b.p;
}

const char *
mail_header_words(struct arena *a, const char *text)
{
	if (plain(text) && strstr(text, "=?") == NULL && strlen(text) <= 60)
		return text;
	return words(a, text);
}

static bool
header_safe(const char *s)
{
	return s == NULL ||
	       (utf8_valid(s, strlen(s)) && strlen(s) <= 400 && strpbrk(s, "\r\n") == NULL);
}

/* The names of days and months are English by RFC 5322, whatever the locale. */
static void
date_line(struct buf *b, int64_t now)
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] =
								"JanFebMarAprMayJunJulAugSepOct"
								"NovDec";
	time_t t = (time_t)(now / US_PER_SECOND);
	struct tm tm;

	gmtime_r(&t, &tm);
	buf_printf(b, "Date: %.3s, %02d %.3s %d %02d:%02d:%02d +0000\r\n", days + tm.tm_wday * 3,
	    tm.tm_mday, months + tm.tm_mon * 3, tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
	    tm.tm_sec);
}

int
mail_compose(struct ctx *cx, const struct mail *m, struct slice *out)
{
	const char *text = m->text == NULL ? "" : m->text;
	size_t left = strlen(text);
	struct buf b;

	if (!mail_address(m->from) || !mail_address(m->to) || !header_safe(m->subject) ||
	    !header_safe(m->from_name))
		return fail(cx, RC_INVALID, N_("This is not an e-mail address."));
	buf_init(&b, cx->arena, 0);
	date_line(&b, cx->now);
	if (m->from_name != NULL && *m->from_name != '\0')
		buf_printf(&b, "From: %s <%s>\r\n", words(cx->arena, m->from_name),
		    m->from); /* a name may hold commas and quotes */
	else
		buf_printf(&b, "From: <%s>\r\n", m->from);
	buf_printf(&b, "To: <%s>\r\nSubject: %s\r\n", m->to,
	    mail_header_words(cx->arena, m->subject == NULL ? "" : m->subject));
	buf_printf(
	    &b, "Message-ID: <%s%s>\r\n", vault_random_hex(cx->arena, 16), strchr(m->from, '@'));
	buf_str(&b,
	    "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
	    "charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	for (; left > 0;) {
		size_t n = left < LINE_BYTES ? left : LINE_BYTES;

		base64(&b, text, n);
		buf_str(&b, "\r\n");
		text += n;
		left -= n;
	}
	*out = (struct slice){ b.p, b.n };
	return RC_OK;
}
