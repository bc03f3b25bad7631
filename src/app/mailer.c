/* mailer.c – see mailer.h. */
#include "app/mailer.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "core/curl_open.h"
#include "core/mail.h"
#include "core/outbox.h"

enum { LOOK_EVERY = 20 /* × 100 ms */, SECONDS_MAX = 60 };

static struct {
	pthread_t thread;
	_Atomic bool stop;
	bool running;
} mailer;

/* ---- one letter over the wire ---- */

struct post {
	const char *server, *from, *user, *to;
	struct slice text;
	size_t at;
};

static size_t
read_some(char *to, size_t size, size_t n, void *arg)
{
	struct post *p = arg;
	size_t room = size * n, left = p->text.n - p->at, k = left < room ? left : room;

	memcpy(to, p->text.p + p->at, k);
	p->at += k;
	return k;
}

/* The house is being closed: a slow mail server must not hold it up. */
static int
watch(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	(void)arg, (void)a, (void)b, (void)c, (void)d;
	return mailer.stop;
}

/* smtp://localhost, smtp://127.0.0.1, smtp://[::1]: the letter does not leave the machine. */
static bool
is_here(const char *server)
{
	static const char *const here[] = { "smtp://localhost", "smtp://127.0.0.1",
		"smtp://[::1]" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(here); i++) {
		size_t n = strlen(here[i]);

		if (strncmp(server, here[i], n) == 0 &&
		    (server[n] == '\0' || server[n] == ':' || server[n] == '/'))
			return true;
	}
	return false;
}

static CURLcode
send_with(const struct curl *c, CURL *h, struct post *p)
{
	const char *password = getenv("SHANYRAQ_MAIL_PASSWORD");
	struct curl_slist *to = c->append(NULL, p->to);
	CURLcode rc;

	if (to == NULL)
		return CURLE_OUT_OF_MEMORY;
	c->setopt(h, CURLOPT_URL, p->server);
	c->setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	c->setopt(
	    h, CURLOPT_USE_SSL, (long)(is_here(p->server) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	c->setopt(h, CURLOPT_NOSIGNAL, 1L);
	c->setopt(h, CURLOPT_TIMEOUT, (long)SECONDS_MAX);
	c->setopt(h, CURLOPT_CONNECTTIMEOUT, 15L);
	c->setopt(h, CURLOPT_NOPROGRESS, 0L);
	c->setopt(h, CURLOPT_XFERINFOFUNCTION, watch);
	c->setopt(h, CURLOPT_MAIL_FROM, p->from);
	c->setopt(h, CURLOPT_MAIL_RCPT, to);
	if (*p->user != '\0') {
		c->setopt(h, CURLOPT_USERNAME, p->user);
		c->setopt(h, CURLOPT_PASSWORD, password == NULL ? "" : password);
	}
	c->setopt(h, CURLOPT_UPLOAD, 1L);
	c->setopt(h, CURLOPT_READFUNCTION, read_some);
	c->setopt(h, CURLOPT_READDATA, p);
	rc = c->perform(h);
	c->free_all(to);
	return rc;
}

/* What will not get better by trying again. */
static bool
is_hopeless(CURLcode rc)
{
	return rc == CURLE_URL_MALFORMAT || rc == CURLE_UNSUPPORTED_PROTOCOL;
}

static int
deliver(struct ctx *cx, const struct letter *l)
{
	struct institution i;
	struct post p = { 0 };
	struct mail m = { .to = l->to, .subject = l->subject, .text = l->text };
	struct curl c;
	CURL *h;
	CURLcode rc;

	TRY(setting_institution(cx, &i));
	TRY(setting_get(cx, "mail_server", &p.server));
	TRY(setting_get(cx, "mail_from", &p.from));
	TRY(setting_get(cx, "mail_user", &p.user));
	db_end(cx);
	if (*p.server == '\0')
		return outbox_failed(cx, l->id, "mail is not set up", false);
	m.from = p.from;
	m.from_name = tr3(cx, &i.name, NULL);
	if (mail_compose(cx, &m, &p.text) != RC_OK)
		return err_clear(cx), outbox_failed(cx, l->id, "the address is not fit", true);
	p.to = l->to;
	if (!curl_open(&c) || (h = c.init()) == NULL)
		return outbox_failed(cx, l->id, "libcurl is not installed", false);
	rc = send_with(&c, h, &p);
	c.cleanup(h);
	if (rc == CURLE_OK)
		return outbox_sent(cx, l->id);
	log_line(LOG_WARN, "mail: letter %lld: %s", (long long)l->id, c.strerror(rc));
	return outbox_failed(cx, l->id, c.strerror(rc), is_hopeless(rc));
}

int
mailer_once(struct app *a, bool *did)
{
	struct arena arena;
	struct letter l = { 0 };
	struct ctx cx;
	int rc;

	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	rc = outbox_take(&cx, &l);
	db_end(&cx);
	*did = l.id != 0;
	if (rc == RC_OK)
		rc = deliver(&cx, &l);
	else if (l.id != 0) {
		err_clear(&cx);
		rc = outbox_failed(&cx, l.id, "it does not open with this key", true);
	}
	db_end(&cx);
	arena_done(&arena);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static void *
run(void *arg)
{
	struct app *a = arg;
	unsigned tick = 1;
	bool did;

	for (; !mailer.stop; tick++, usleep(100 * 1000)) {
		if (tick % LOOK_EVERY != 0)
			continue;
		do {
			did = false;
			if (mailer_once(a, &did) != RC_OK) {
				log_line(LOG_ERR, "mail: the outbox cannot be read or written");
				did = false;
			}
		} while (did && !mailer.stop);
	}
	return NULL;
}

void
mailer_start(struct app *a)
{
	mailer.stop = false;
	if (pthread_create(&mailer.thread, NULL, run, a) != 0)
		die("no thread for the letters");
	mailer.running = true;
}

void
mailer_stop(void)
{
	if (!mailer.running)
		return;
	mailer.stop = true;
	pthread_join(mailer.thread, NULL);
	mailer.running = false;
}
