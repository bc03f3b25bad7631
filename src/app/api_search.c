/* api_search.c – GET /api/v1/search?q=&kind=&limit=: {items: [{kind, id, title, url, score}]}.
 *
 * The same answer as the page's. Scores compare hits of one kind (names and texts are measured
 * differently), so of several kinds each gives its best in turn. */
#include "app/app.h"

#include "search/search.h"
#include "ui/error.h"

static int
asked(struct view *v, const struct kind **only, size_t *limit)
{
	const char *kind = req_q(v->rq, "kind"), *most = req_q(v->rq, "limit");
	size_t n, i;
	const struct kind *const *kinds = search_kinds(&n);
	int64_t k;

	*only = NULL;
	*limit = 25;
	for (i = 0; kind != NULL && i < n; i++)
		if (strcmp(kinds[i]->name, kind) == 0)
			*only = kinds[i];
	if (kind != NULL && *kind != '\0' && *only == NULL)
		fail_field(v->cx, "kind", N_("There is no such collection."));
	if (most != NULL && *most != '\0') {
		if (!num_parse(most, &k) || k < 1 || k > QUERY_LIMIT_MAX)
			fail_field(v->cx, "limit", N_("The number must lie between %s and %s."),
			    "1", num(v->cx, QUERY_LIMIT_MAX));
		else
			*limit = (size_t)k;
	}
	return fields_rc(v->cx);
}

static void
put_hit(struct view *v, struct json *j, const struct kind *k, const struct found *f)
{
	json_open(j, NULL, '{');
	json_str(j, "kind", k->name);
	json_num(j, "id", f->id);
	json_str(j, "title", kind_title(v->cx, k, f->rec));
	json_str(j, "url", kind_url(v->cx, k, f->id));
	json_num(j, "score", f->score);
	json_close(j, '}');
}

int
search_api(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *text = req_q(v->rq, "q");
	struct answer *a = arena_new(cx->arena, struct answer);
	const struct kind *only;
	struct json j;
	size_t limit, i, at, put = 0;
	bool more = true;

	TRY(asked(v, &only, &limit));
	TRY(search_all(cx, text == NULL ? "" : text, only, (struct window){ 0, limit }, a));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (at = 0; more && put < limit; at++)
		for (more = false, i = 0; i < a->n && put < limit; i++)
			if (at < a->sections[i].n) {
				put_hit(v, &j, a->sections[i].kind, &a->sections[i].hits[at]);
				put++;
				more = true;
			}
	json_close(&j, ']');
	json_close(&j, '}');
	return answer_json(v, 200, &j);
}

void
search_openapi(struct json *j)
{
	json_open(j, "/api/v1/search", '{');
	json_open(j, "get", '{');
	json_str(j, "summary", "Search");
	json_raw(j, "parameters",
	    "[{\"name\":\"q\",\"in\":\"query\",\"required\":true,\"schema\":{\"type\":\"string\"}},"
	    "{\"name\":\"kind\",\"in\":\"query\",\"required\":false,\"schema\":{\"type\":"
	    "\"string\"}},"
	    "{\"name\":\"limit\",\"in\":\"query\",\"required\":false,\"schema\":{\"type\":"
	    "\"integer\","
	    "\"minimum\":1,\"maximum\":100}}]");
	json_raw(j, "responses",
	    "{\"200\":{\"description\":\"OK\",\"content\":{\"application/json\":{\"schema\":{"
	    "\"type\":\"object\",\"required\":[\"items\"],\"properties\":{\"items\":{\"type\":"
	    "\"array\","
	    "\"items\":{\"type\":\"object\",\"required\":[\"kind\",\"id\",\"title\",\"url\","
	    "\"score\"],"
	    "\"properties\":{\"kind\":{\"type\":\"string\"},\"id\":{\"type\":\"integer\"},"
	    "\"title\":{"
	    "\"type\":\"string\"},\"url\":{\"type\":\"string\"},\"score\":{\"type\":\"integer\"}}}}"
	    "}}}}},"
	    "\"default\":{\"description\":\"RFC 9457 "
	    "problem\",\"content\":{\"application/problem+json\":"
	    "{\"schema\":{\"type\":\"object\",\"required\":[\"status\",\"title\"]}}}}}");
	json_close(j, '}');
	json_close(j, '}');
}
