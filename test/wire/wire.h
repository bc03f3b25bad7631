/* wire.h – a small app behind the real server, and a client that speaks raw bytes.
 *
 * The server runs in the test's process on a free port; the client sends exactly what it is given
 * and reads one answer at a time, so tests can be as rude as an attacker. */
#ifndef TEST_WIRE_H
#define TEST_WIRE_H

#include "http/http.h"

struct wire {
	struct http *h;
	int port;
	struct http_options o;
};

/* Answers kept after the request: which requests reached the app, counted by path. */
struct seen {
	_Atomic int quick, work, body_asked, gated, refused, pins;
	_Atomic bool hold; /* /hold waits until it is false */
	_Atomic int holding;
	_Atomic int reading, most_reading; /* GET and HEAD in the workers */
};
extern struct seen seen;

/* Starts with the given deadlines and sizes (zero = default); listen NULL = "127.0.0.1:0". */
void wire_start(struct wire *w, const struct http_options *o);
void wire_stop(struct wire *w, int seconds);

struct answer {
	int status; /* 0 = closed without an answer, -1 = nothing within the time */
	char head[4096];
	char body[8192]; /* its beginning */
	size_t nbody;	 /* announced and read */
	bool closing;	 /* says Connection: close */
};

struct client {
	int fd;
	char buf[65536];
	size_t n;
};
void client_open(struct client *c, int port);
bool client_try(struct client *c, int port); /* false = refused; close it all the same */
void client_stale(const char *path);	     /* the socket file of a server that died */
void client_unix(struct client *c, const char *path);
bool client_send(struct client *c, const void *p, size_t n);
bool client_say(struct client *c, const char *s);
/* One answer; HEAD answers have no body. */
int client_read(struct client *c, struct answer *a, bool head, int timeout_ms);
/* Whether the server closes within the time; what it still says stays in buf. */
bool client_closed(struct client *c, int timeout_ms);
void client_done(struct client *c);
/* One request on one connection. */
int client_once(int port, const char *request, struct answer *a);
int64_t now_ms(void);
bool answer_has(const struct answer *a, const char *line);

#endif
