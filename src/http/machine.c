/* machine.c – by which names and addresses others on the network find this machine: see authority.h. */
#include "http/authority.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

static void
add_name(struct machine *m, const char *name)
{
	int i;

	for (i = 0; i < m->nnames; i++)
		if (strcmp(m->name[i], name) == 0)
			return;
	if (m->nnames < MACHINE_NAMES)
		m->name[m->nnames++] = name;
}

/* Lower case letters, digits, dashes, dots: what a certificate may hold. */
static bool
clean_name(char *s)
{
	char *p;

	for (p = s; *p != '\0'; p++) {
		if (!isalnum((unsigned char)*p) && *p != '-' && *p != '.')
			return false;
		*p = (char)tolower((unsigned char)*p);
	}
	return p > s && *s != '-' && *s != '.';
}

static void
names(struct arena *a, struct machine *m)
{
	char host[65] = "";
	size_t n;

	if (gethostname(host, sizeof host - 1) == 0 && clean_name(host)) {
		n = strcspn(host, ".");
		add_name(m, arena_str(a, host));
		add_name(m, arena_strn(a, host, n));
		add_name(m, arena_printf(a, "%.*s.local", (int)n, host));
	}
	add_name(m, "localhost");
}

/* Addresses that need a zone behind them (fe80::…%eth0) stand in no browser's address line. */
static bool
address(const struct sockaddr *sa, char text[INET6_ADDRSTRLEN])
{
	const struct in6_addr *six;

	if (sa != NULL && sa->sa_family == AF_INET)
		return inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)sa)->sin_addr,
			   text, INET6_ADDRSTRLEN) != NULL;
	if (sa == NULL || sa->sa_family != AF_INET6)
		return false;
	six = &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr;
	return !IN6_IS_ADDR_LINKLOCAL(six) &&
	       inet_ntop(AF_INET6, six, text, INET6_ADDRSTRLEN) != NULL;
}

static void
addresses(struct arena *a, struct machine *m, bool loopback)
{
	struct ifaddrs *all = NULL, *i;
	char text[INET6_ADDRSTRLEN];

	if (getifaddrs(&all) != 0)
		return;
	for (i = all; i != NULL; i = i->ifa_next)
		if ((i->ifa_flags & IFF_UP) != 0 &&
		    ((i->ifa_flags & IFF_LOOPBACK) != 0) == loopback &&
		    m->naddresses < MACHINE_ADDRESSES && address(i->ifa_addr, text))
			m->address[m->naddresses++] = arena_str(a, text);
	freeifaddrs(all);
}

void
machine_here(struct arena *a, struct machine *out)
{
	*out = (struct machine){ 0 };
	names(a, out);
	addresses(a, out, false);
	addresses(a, out, true);
}
