/* matrix_test.c – who gets through which door: every route × role against a committed table
 * (test/golden/gate.txt), and every field of every kind × role × door of the API (test/golden/fields.txt).
 *
 * The tables are read by people at review: a new route or field appears there as a line to look at.
 * SHANYRAQ_GOLDEN=write writes them anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "door.h"

#include <stdio.h>
#include <stdlib.h>

static struct door door;
static enum db_engine engine;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	door_close(&door);
	return 0;
}

static void refuse(const char *fmt, ...) PRINTF(1, 2);
static void
refuse(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print_error("%s\n", arena_vprintf(&door.arena, fmt, ap));
	va_end(ap);
	_fail(__FILE__, __LINE__);
}

static const char *
concrete(const char *pattern)
{
	static const struct {
		const char *from, *to;
	} names[] = { { "{code}", "events_total" }, { "{collection}", "people" },
		{ "{action}", "hold" }, { "{list}", "districts" } };
	/* These would end the session or the token that the next lines need. */
	bool spared = strstr(pattern, "/tokens/{id}/") != NULL ||
		      strcmp(pattern, "/users/{id}/sign-out") == 0;
	struct buf b;
	size_t i;

	buf_init(&b, &door.arena, 0);
	while (*pattern != '\0') {
		if (*pattern != '{') {
			buf_char(&b, *pattern++);
			continue;
		}
		for (i = 0; i < ARRAY_LEN(names); i++)
			if (strncmp(pattern, names[i].from, strlen(names[i].from)) == 0)
				break;
		buf_str(&b, i < ARRAY_LEN(names) ? names[i].to : spared ? "999999" : "1");
		pattern = strchr(pattern, '}') + 1;
	}
	return b.p;
}

static bool
through(const struct answer *a)
{
	if (a->status == 401 || a->status == 403)
		return false;
	return !(a->status == 303 && a->location != NULL &&
		 strstr(a->location, "/sign-in?next=") != NULL);
}

static void
compare_golden(const char *name, const struct buf *now)
{
	const char *path = arena_printf(&door.arena, GOLDEN "/%s", name),
		   *mode = getenv("SHANYRAQ_GOLDEN");
	char *was = arena_alloc(&door.arena, now->n + 65536);
	FILE *f;
	size_t n;

	if (mode != NULL && strcmp(mode, "write") == 0) {
		f = fopen(path, "w");
		assert_non_null(f);
		fwrite(now->p, 1, now->n, f);
		fclose(f);
		return;
	}
	f = fopen(path, "r");
	assert_non_null(f);
	n = fread(was, 1, now->n + 65535, f);
	fclose(f);
	was[n] = '\0';
	assert_string_equal(was, now->p);
}

static const char *const method_name[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };

static void
gate_line(struct buf *out, const struct route *r)
{
	bool api = (r->flags & ROUTE_API) != 0, bare = (r->flags & ROUTE_BARE) != 0;
	const char *path =
	    arena_printf(&door.arena, "%s%s", api || bare ? "" : "/kk", concrete(r->pattern));
	int role;

	buf_printf(out, "%-6s %-44s", method_name[r->method], r->pattern);
	for (role = 0; role < DOOR_ROLES; role++) {
		struct answer a;

		/* Signing out would end the session that the next lines need. */
		if (strncmp(r->pattern, "/sign-out", 9) == 0 && r->method == M_POST && role > 0) {
			buf_printf(out, " %s +", door.role[role]);
			continue;
		}
		if (strcmp(r->pattern, "/me/sign-out-everywhere") == 0 && role > 0) {
			buf_printf(out, " %s +", door.role[role]);
			continue;
		}
		if (api)
			a = door_api(
			    &door, role, r->method, path, r->method == M_GET ? NULL : "{}", NULL);
		else if (r->method == M_GET)
			a = door_page(&door, role, M_GET, path, NULL, false);
		else {
			/* Without the token nobody gets through, whatever the role. */
			a = door_page(&door, role, r->method, path, "x=1", false);
			if (through(&a))
				refuse("%s %s: %s got through without a CSRF token (%d)",
				    method_name[r->method], r->pattern, door.role[role], a.status);
			a = door_page(&door, role, r->method, path, "x=1", true);
		}
		if (a.status >= 500)
			refuse("%s %s as %s: status %d", method_name[r->method], path,
			    door.role[role], a.status);
		buf_printf(out, " %s %c", door.role[role], through(&a) ? '+' : '-');
	}
	buf_char(out, '\n');
}

static void
test_gate(void **state)
{
	struct buf out;
	size_t i, j;

	(void)state;
	buf_init(&out, &door.arena, 0);
	for (i = 0; i < app_nroutes; i++)
		for (j = 0; j < *app_routes[i].n; j++)
			gate_line(&out, &app_routes[i].rows[j]);
	compare_golden("gate.txt", &out);
}

/* j: in the JSON of a list, f: filter accepted, s: sort accepted, x: in the page's export. */
static void
field_doors(
    struct buf *out, const struct kind *k, const struct field *f, int role, const char *list)
{
	const char *key = arena_printf(&door.arena, "\"%s\":", f->name);
	const char *value = f->type == FT_DAY	 ? "2024-01-01"
			    : f->type == FT_ENUM ? f->options[0].code
			    : f->type == FT_TIME ? "2024-01-01T00:00:00Z"
						 : "1";
	struct answer a;

	buf_printf(out, " %s ", door.role[role]);
	buf_char(out, list != NULL && strstr(list, key) != NULL ? 'j' : '-');
	a = door_api(&door, role, M_GET,
	    arena_printf(&door.arena, "/api/v1/%s?%s=%s&limit=1", k->plural_name, f->name, value),
	    NULL, NULL);
	buf_char(out, a.status == 200 ? 'f' : '-');
	a = door_api(&door, role, M_GET,
	    arena_printf(&door.arena, "/api/v1/%s?sort=%s&limit=1", k->plural_name, f->name), NULL,
	    NULL);
	buf_char(out, a.status == 200 ? 's' : '-');
	a = door_api(&door, role, M_GET,
	    arena_printf(
		&door.arena, "/api/v1/%s?%s_from=%s&limit=1", k->plural_name, f->name, value),
	    NULL, NULL);
	buf_char(out, a.status == 200 ? 'r' : '-');
}

static void
test_fields(void **state)
{
	struct buf out;
	size_t i, j;
	int role;

	(void)state;
	buf_init(&out, &door.arena, 0);
	for (i = 0; i < app_nkinds; i++) {
		const struct kind *k = app_kinds[i];
		const char *list[DOOR_ROLES] = { NULL };

		if (k->plural_name == NULL)
			continue;
		for (role = 1; role < DOOR_ROLES; role++) {
			struct answer a = door_api(&door, role, M_GET,
			    arena_printf(&door.arena, "/api/v1/%s?limit=3", k->plural_name), NULL,
			    NULL);

			list[role] = a.status == 200 ? a.body.p : NULL;
		}
		for (j = 0; j < k->nfields; j++) {
			buf_printf(&out, "%s.%s", k->name, k->fields[j].name);
			for (role = 1; role < DOOR_ROLES; role++)
				field_doors(&out, k, &k->fields[j], role, list[role]);
			buf_char(&out, '\n');
		}
	}
	compare_golden("fields.txt", &out);
}

/* No door of the API opens a sealed field, whoever asks. */
static void
test_sealed_never(void **state)
{
	size_t i, j;
	int role;

	(void)state;
	for (i = 0; i < app_nkinds; i++)
		for (j = 0; j < app_kinds[i]->nfields; j++) {
			const struct field *f = &app_kinds[i]->fields[j];

			if (f->privacy != PRIV_SEALED || app_kinds[i]->plural_name == NULL)
				continue;
			for (role = 1; role < DOOR_ROLES; role++) {
				struct answer a = door_api(&door, role, M_GET,
				    arena_printf(&door.arena, "/api/v1/%s?sort=%s",
					app_kinds[i]->plural_name, f->name),
				    NULL, NULL);

				assert_int_not_equal(a.status, 200);
			}
		}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gate),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_sealed_never),
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
