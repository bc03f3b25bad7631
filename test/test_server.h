/* test_server.h – a small server on 127.0.0.1 for tests of what is fetched from elsewhere: one connection at a time,
 * answers by the path. Header-only. */
#ifndef TEST_SERVER_H
#define TEST_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "core/fetch.h"

static struct {
	int fd, port;
	pthread_t thread;
	_Atomic bool stop;
	char asked[256][64];
	_Atomic int nasked;
	const char *_Atomic feed; /* what /feed answers */
} server;

#define SERVER_ITEM(t, l) "<item><title>" t "</title><link>" l "</link></item>"
#define SERVER_FEED(items) "<rss version='2.0'><channel>" items "</channel></rss>"

static inline bool
server_send(int fd, const void *p, size_t n)
{
	const char *at = p;
	ssize_t k = 1;

	for (; n > 0 && k > 0; at += k > 0 ? k : 0, n -= k > 0 ? (size_t)k : 0)
		k = send(fd, at, n, MSG_NOSIGNAL);
	return k > 0;
}

static inline void
server_head(int fd, const char *status, const char *more, long length)
{
	char b[600];
	int n = snprintf(b, sizeof b, "HTTP/1.1 %s\r\nConnection: close\r\n%s", status, more);

	if (length >= 0)
		n += snprintf(b + n, sizeof b - (size_t)n, "Content-Length: %ld\r\n", length);
	n += snprintf(b + n, sizeof b - (size_t)n, "\r\n");
	server_send(fd, b, (size_t)n);
}

/* 64 MB of one letter in some 64 kB. */
static inline void
server_bomb(int fd)
{
	static unsigned char in[1 << 16], out[1 << 17];
	z_stream z = { 0 };
	int i;

	memset(in, 'a', sizeof in);
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	z.next_out = out;
	z.avail_out = sizeof out;
	for (i = 0; i < 1024; i++) {
		z.next_in = in;
		z.avail_in = sizeof in;
		deflate(&z, i == 1023 ? Z_FINISH : Z_NO_FLUSH);
	}
	server_head(fd, "200 OK", "Content-Encoding: gzip\r\n", (long)z.total_out);
	server_send(fd, out, z.total_out);
	deflateEnd(&z);
}

static inline void
server_hop(int fd, const char *to)
{
	char more[300];

	snprintf(more, sizeof more, "Location: %s\r\n", to);
	server_head(fd, "302 Found", more, 0);
}

static inline void
server_endless(int fd, bool heads)
{
	static const char line[] = "X-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n";
	int i;

	if (heads)
		server_send(fd, "HTTP/1.1 200 OK\r\n", 17);
	else
		server_head(fd, "200 OK", "", -1);
	for (i = 0; i < 1000000 && !server.stop; i++)
		if (!server_send(fd, line, sizeof line - 1))
			return;
}

static inline void
server_answer(int fd, const char *path, const char *request)
{
	char to[100];
	if (strncmp(path, "/feed", 5) == 0 && strstr(request, "If-None-Match: \"v1\"") != NULL)
		server_head(fd, "304 Not Modified", "ETag: \"v1\"\r\n", -1);
	else if (strncmp(path, "/feed", 5) == 0) {
		server_head(fd, "200 OK", path[5] == '!' ? "ETag: \xff\r\n" : "ETag: \"v1\"\r\n",
		    (long)strlen(server.feed));
		server_send(fd, server.feed, strlen(server.feed));
	} else if (strcmp(path, "/hop") == 0)
		server_hop(fd, "/feed");
	else if (strcmp(path, "/loop") == 0)
		server_hop(fd, "/loop");
	else if (strcmp(path, "/to-file") == 0)
		server_hop(fd, "file:///etc/hostname");
	else if (strcmp(path, "/to-private") == 0)
		server_hop(fd, "http://10.0.0.1/");
	else if (strcmp(path, "/to-name") == 0) {
		snprintf(to, sizeof to, "http://192.168.0.1:%d/never", server.port);
		server_hop(fd, to);
	} else if (strcmp(path, "/busy") == 0)
		server_head(fd, "503 Service Unavailable", "Retry-After: 3600\r\n", 0);
	else if (strcmp(path, "/bomb") == 0)
		server_bomb(fd);
	else if (strcmp(path, "/endless") == 0 || strcmp(path, "/heads") == 0)
		server_endless(fd, strcmp(path, "/heads") == 0);
	else if (strncmp(path, "/lazy", 5) == 0) { /* each hop takes its time */
		usleep(400 * 1000);
		snprintf(to, sizeof to, "/lazy%.8sx", path + 5);
		server_hop(fd, to);
	} else if (strcmp(path, "/slow") == 0)
		usleep(1500 * 1000);
	else
		server_head(fd, "404 Not Found", "", 0);
}

static inline void *
server_run(void *arg)
{
	(void)arg;
	while (!server.stop) {
		char b[4096], path[64] = "";
		int fd = accept(server.fd, NULL, NULL);
		ssize_t n;

		if (fd < 0)
			break;
		n = recv(fd, b, sizeof b - 1, 0);
		if (n > 0) {
			b[n] = '\0';
			sscanf(b, "GET %63s", path);
			if (server.nasked < 256)
				memcpy(server.asked[server.nasked++], path, sizeof path);
			server_answer(fd, path, b);
		}
		close(fd);
	}
	return NULL;
}

static inline void
server_start(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t n = sizeof at;

	signal(SIGPIPE, SIG_IGN);
	if (server.feed == NULL)
		server.feed = SERVER_FEED(SERVER_ITEM("x", "https://x.example/"));
	server.fd = socket(AF_INET, SOCK_STREAM, 0);
	if (server.fd < 0 || bind(server.fd, (struct sockaddr *)&at, sizeof at) != 0 ||
	    listen(server.fd, 16) != 0 || getsockname(server.fd, (struct sockaddr *)&at, &n) != 0 ||
	    pthread_create(&server.thread, NULL, server_run, NULL) != 0)
		abort();
	server.port = ntohs(at.sin_port);
}

static inline void
server_stop(void)
{
	server.stop = true;
	shutdown(server.fd, SHUT_RDWR);
	pthread_join(server.thread, NULL);
	close(server.fd);
}

#define server_base(a) arena_printf((a), "http://127.0.0.1:%d", server.port)

/* How often a path was asked for. */
static inline int
server_asked(const char *path)
{
	int i, n = 0;
	for (i = 0; i < server.nasked; i++)
		n += strcmp(server.asked[i], path) == 0;
	return n;
}

#endif
