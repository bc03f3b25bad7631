/* listen.c – opening the listening socket from a word of the command line.
 *
 * "127.0.0.1:8080", "[::1]:8080", ":0" (loopback, any free port), "unix:/run/x.sock". A unix socket
 * file left behind by a dead server is removed; one that answers is somebody else's and an error.
 * The socket is ours, not the library's: it is closed only after the library has stopped. */
#include "http/inner.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static const char *
bind_words(int e)
{
	switch (e) {
	case EADDRINUSE:
		return "the address is taken: another program listens on this port or socket";
	case EACCES:
	case EPERM:
		return "no permission to listen there (ports below 1024 need a privilege)";
	case EADDRNOTAVAIL:
		return "this machine does not have that address";
	case ENOENT:
		return "the directory of the socket does not exist";
	case EAFNOSUPPORT:
		return "this machine does not speak that address family";
	default:
		return "cannot listen on that address";
	}
}

/* Binds and listens; RC_STORAGE with *err, the socket closed. */
static int
finish(int fd, const struct sockaddr *sa, socklen_t n, const char **err)
{
	int e;

	if (bind(fd, sa, n) == 0 && listen(fd, BACKLOG) == 0)
		return RC_OK;
	e = errno;
	close(fd);
	*err = bind_words(e);
	return RC_STORAGE;
}

/* Whether a live server holds the socket file; a dead one's file is removed. */
static bool
unix_taken(const struct sockaddr_un *sa, const char **err)
{
	struct stat st;
	int fd;
	bool alive;

	if (lstat(sa->sun_path, &st) != 0)
		return false;
	if (!S_ISSOCK(st.st_mode)) {
		*err = "the path of the socket is taken by a file that is no socket";
		return true;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	alive = fd >= 0 && (connect(fd, (const struct sockaddr *)sa, sizeof *sa) == 0 ||
			       errno != ECONNREFUSED);
	if (fd >= 0)
		close(fd);
	if (alive) {
		*err = bind_words(EADDRINUSE);
		return true;
	}
	unlink(sa->sun_path);
	return false;
}

static int
open_unix(const char *path, int socket_mode, int *out, const char **err)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	mode_t old;
	int fd, rc;

	if (path[0] != '/' || strlen(path) >= sizeof sa.sun_path) {
		*err = "a unix socket needs an absolute path of at most 107 bytes";
		return RC_INVALID;
	}
	memcpy(sa.sun_path, path, strlen(path) + 1);
	if (unix_taken(&sa, err))
		return RC_STORAGE;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		*err = "no more file descriptors";
		return RC_STORAGE;
	}
	/* The mode comes from the umask: a chmod afterwards would leave a moment open to all. */
	old = umask((mode_t)(0777 & ~(socket_mode == 0 ? 0660 : socket_mode)));
	rc = finish(fd, (struct sockaddr *)&sa, sizeof sa, err);
	umask(old);
	if (rc == RC_OK)
		*out = fd;
	return rc;
}

static bool
parse_port(const char *s, int *out)
{
	char *end;
	long v = strtol(s, &end, 10);

	if (*s < '0' || *s > '9' || *end != '\0' || v > 65535)
		return false;
	*out = (int)v;
	return true;
}

/* "host:port" into an address; names are not looked up. */
static bool
parse_address(const char *where, struct sockaddr_storage *ss, socklen_t *n)
{
	struct sockaddr_in *a4 = (struct sockaddr_in *)ss;
	struct sockaddr_in6 *a6 = (struct sockaddr_in6 *)ss;
	const char *colon = strrchr(where, ':');
	char host[64] = "127.0.0.1";
	size_t len;
	int port;

	if (colon == NULL || !parse_port(colon + 1, &port))
		return false;
	len = (size_t)(colon - where);
	if (len >= sizeof host)
		return false;
	if (len > 0) {
		memcpy(host, where, len);
		host[len] = '\0';
	}
	memset(ss, 0, sizeof *ss);
	if (host[0] == '[' && len > 2 && host[len - 1] == ']') {
		host[len - 1] = '\0';
		a6->sin6_family = AF_INET6;
		a6->sin6_port = htons((uint16_t)port);
		*n = sizeof *a6;
		return inet_pton(AF_INET6, host + 1, &a6->sin6_addr) == 1;
	}
	a4->sin_family = AF_INET;
	a4->sin_port = htons((uint16_t)port);
	*n = sizeof *a4;
	return inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host,
		   &a4->sin_addr) == 1;
}

int
listen_open(const char *where, int socket_mode, bool *local, int *out, const char **err)
{
	struct sockaddr_storage ss;
	socklen_t n;
	int fd, one = 1;

	*local = strncmp(where, "unix:", 5) == 0;
	if (*local)
		return open_unix(where + 5, socket_mode, out, err);
	if (!parse_address(where, &ss, &n)) {
		*err = "an address is written 127.0.0.1:8080, [::1]:8080 or unix:/path";
		return RC_INVALID;
	}
	fd = socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		*err = bind_words(errno);
		return RC_STORAGE;
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (ss.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
	TRY(finish(fd, (struct sockaddr *)&ss, n, err));
	*out = fd;
	return RC_OK;
}

int
listen_port(int fd)
{
	struct sockaddr_storage ss;
	socklen_t n = sizeof ss;

	if (getsockname(fd, (struct sockaddr *)&ss, &n) != 0)
		return 0;
	if (ss.ss_family == AF_INET)
		return ntohs(((struct sockaddr_in *)&ss)->sin_port);
	if (ss.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&ss)->sin6_port);
	return 0;
}
