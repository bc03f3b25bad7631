/* inner.h – what the files of this folder share; nobody outside includes it.
 *
 * A `job` is one request object: struct req plus what the wire needs around it. It comes from the
 * free list when a request line arrives, belongs to the epoll thread of its connection, is lent to
 * one worker while the connection is suspended, and returns to the free list when libmicrohttpd
 * reports the request as completed. A `conn` is one TCP or unix connection in the table that the
 * reaper watches. */
#ifndef HTTP_INNER_H
#define HTTP_INNER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include "base/clock.h"
#include "http/http.h"

enum { BODY_IN_ARENA = 1 << 20, BODY_DRAIN = 16 << 20, ARENA_KEEP = 256 << 10 };

/* ---- guard.c: the head, judged before any body byte. Pure; knows nothing of the library. */

struct guard_in {
	const char *method, *version;
	struct slice target;
	const struct header *head;
	int nhead;
	bool overflow;	   /* more than REQ_HEADERS fields */
	size_t head_limit; /* bytes of target, names and values */
};
struct guard_out {
	int status;	 /* 0 = fine, else what to answer */
	const char *why; /* for tests and the log */
	bool chunked;
	bool has_length;
	uint64_t length; /* announced bytes */
};
void guard_check(const struct guard_in *in, struct guard_out *out);
enum method guard_method(const char *s);
/* libmicrohttpd 0.9.75 joins folded lines and cuts values at a NUL without a trace in what it
 * hands over, but its strings still lie where the bytes came in: a head as RFC 9112 writes it has
 * no gap between them. start = the method's pointer, size = raw bytes of the head. */
bool guard_contiguous(const struct guard_in *in, const char *start, size_t size);

/* ---- conns.c: the connection table and its reaper. */

struct conn {
	int fd;			  /* -1 = free slot; guarded by the table's lock */
	struct conn *next;	  /* free list */
	_Atomic int64_t deadline; /* monotonic µs; 0 = none */
	_Atomic bool busy;	  /* a request is between its head and its last byte */
	bool first;		  /* no request line seen yet */
	bool local;		  /* unix socket */
	char peer[64];
};
/* Stopping: first the connections without a request go, at the end all. */
enum closing { CLOSING_NONE, CLOSING_IDLE, CLOSING_ALL };
struct conns {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t reaper;
	struct conn *slot, *free;
	int n;
	bool stop, running;
	_Atomic enum closing closing;
};
int conns_start(struct conns *t, int n) MUST;
void conns_stop(struct conns *t);
struct conn *conns_add(struct conns *t, int fd, int64_t deadline);
void conns_remove(struct conns *t, struct conn *c);
void conns_close(struct conns *t, enum closing which);
int conns_count(struct conns *t, bool only_busy);

/* ---- job: see above. */

enum stage { STAGE_HEAD, STAGE_BODY, STAGE_ANSWERED, STAGE_WORK };
struct body {
	uint64_t limit, got, announced;
	bool any, over, failed;
	char *p; /* in the arena, or NULL */
	size_t cap;
	int fd;	   /* spool file, -1 = none */
	char *map; /* mmap of the spool, munmap'ed when the request ends */
	size_t map_n;
};
struct job {
	struct req rq;
	struct http *h;
	struct job *next; /* free list or queue */
	struct MHD_Connection *mhd;
	struct conn *conn;
	enum stage stage;
	struct body body;
	bool close;    /* answer with Connection: close */
	bool quick;    /* answered in the epoll thread */
	bool overflow; /* header fields past REQ_HEADERS */
	bool gone;     /* http_stop gave up waiting for its worker */
};

struct job *job_take(struct http *h);
void job_give(struct job *j);

/* ---- body.c */
void body_begin(struct job *j, uint64_t announced, uint64_t limit);
bool body_take(struct job *j, const char *p, size_t n); /* false = give up and close */
/* Fills rq->body. False = the spool failed. */
bool body_end(struct job *j) MUST;
void body_done(struct job *j);

/* ---- pool.c: workers and the bounded queue. */

struct pool;
struct worker;
int pool_start(struct http *h, struct pool **out) MUST;
/* Suspends the connection and hands the job over; false = queue full or closed. */
bool pool_put(struct pool *p, struct job *j);
int pool_waiting(struct pool *p);
/* No more jobs; those waiting are answered 503, those running are abandoned. Returns how many were
 * abandoned. */
int pool_close(struct pool *p);
/* Joins and frees; with abandoned jobs it leaves the busy threads and their memory alone. */
void pool_stop(struct pool *p);

/* ---- respond.c: struct res → the library's response. */

struct respond;
struct respond *respond_new(void);
void respond_free(struct respond *r);
enum MHD_Result respond(struct job *j);
void res_refuse(struct job *j, int status); /* the app's refuse(), or one plain line */

/* ---- listen.c */
int listen_open(const char *where, int socket_mode, bool *local, int *fd, const char **err) MUST;
int listen_port(int fd);

struct http {
	struct http_options o;
	struct MHD_Daemon *daemon;
	struct conns conns;
	struct pool *pool;
	struct respond *respond;
	pthread_mutex_t free_lock;
	struct job *free;
	int nfree;
	_Atomic uint64_t next_id;
	_Atomic bool stopping;
	int listen_fd, port;
	bool local;
	bool lenient; /* a library that folds and cuts silently: check contiguity */
	char unix_path[108];
};

#endif
