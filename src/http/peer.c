/* peer.c – the other end of a request, from its headers: the half of forward.h that knows requests. */
#include "http/forward.h"

#include <strings.h>

/* All values of a header, with commas between; "" = absent. */
static const char *
joined(struct req *rq, const char *name)
{
	const char *all = "";
	int i;

	for (i = 0; i < rq->nhead; i++)
		if (strcasecmp(rq->head[i].name, name) == 0)
			all = *all == '\0'
				  ? rq->head[i].value
				  : arena_printf(&rq->arena, "%s,%s", all, rq->head[i].value);
	return all;
}

void
forward_apply(struct req *rq, const struct trust *t, bool https)
{
	const char *direct = rq->peer, *proto, *last;

	rq->https = https;
	rq->forwarded = req_header(rq, "X-Forwarded-For") != NULL ||
			req_header(rq, "Forwarded") != NULL || req_header(rq, "Via") != NULL;
	if (!trust_has(t, direct))
		return;
	rq->peer = forward_client(&rq->arena, t, direct, joined(rq, "X-Forwarded-For"));
	proto = joined(rq, "X-Forwarded-Proto");
	last = strrchr(proto, ',');
	last = last == NULL ? proto : last + 1;
	last += strspn(last, " \t");
	rq->https |= strcasecmp(last, "https") == 0;
}

bool
peer_is_near(const struct req *rq)
{
	return !rq->forwarded && (rq->local_socket || strncmp(rq->peer, "127.", 4) == 0 ||
				     strcmp(rq->peer, "::1") == 0);
}
