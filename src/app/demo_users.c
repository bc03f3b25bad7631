/* demo_users.c – the demo's sign-ins. Passwords are drawn by the system's entropy, never fixed, and
 * written once into a file that its owner alone may read. */
#include "app/demo_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "core/account.h"

static const struct {
	const char *login, *name;
	enum role role;
	const char *body;
} users[] = {
	{ "admin", "Әкімші", ROLE_ADMIN, NULL },
	{ "head", "Хатшылық меңгерушісі", ROLE_HEAD, NULL },
	{ "clerk", "Хатшылық қызметкері", ROLE_CLERK, NULL },
	{ "leader", "«Шатлық» орталығының төрағасы", ROLE_LEADER, "eca03" },
	{ "door", "Достық кешінің есіктегі көмекшісі", ROLE_DOOR, "secretariat" },
	{ "member", "Ақсақалдар кеңесінің мүшесі", ROLE_MEMBER, NULL },
	{ "relief", "Көмек штабының үйлестірушісі", ROLE_RELIEF, NULL },
	{ "driver", "Көмек көлігінің жүргізушісі", ROLE_DRIVER, NULL },
	{ "auditor", "Аудитор", ROLE_AUDITOR, NULL },
};

static int
write_file(struct ctx *cx, const char *path, const char *text)
{
	size_t n = strlen(text);
	int fd;

	/* A fresh file: an old one may be readable by others, or be a link. */
	if (unlink(path) != 0 && errno != ENOENT)
		return fail(cx, RC_STORAGE, N_("The file %s cannot be written."), path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(cx, RC_STORAGE, N_("The file %s cannot be written."), path);
	if (write(fd, text, n) != (ssize_t)n || fsync(fd) != 0) {
		close(fd);
		return fail(cx, RC_STORAGE, N_("The file %s cannot be written."), path);
	}
	return close(fd) == 0 ? RC_OK
			      : fail(cx, RC_STORAGE, N_("The file %s cannot be written."), path);
}

int
demo_users(struct demo *d, const char *path)
{
	struct ctx *cx = d->cx;
	struct buf out;
	size_t i;

	buf_init(&out, cx->arena, 0);
	for (i = 0; i < ARRAY_LEN(users); i++) {
		struct account_new in = { .login = users[i].login,
			.name = users[i].name,
			.lang = LANG_KK,
			.role = users[i].role,
			.body = users[i].body == NULL ? 0 : demo_body(d, users[i].body)->id };
		const char *password;
		int64_t id;

		if (users[i].role == ROLE_LEADER)
			in.person = d->people[d->chairs[2]].id;
		if (users[i].role == ROLE_MEMBER)
			in.person = d->member_person;
		TRY(account_create(cx, &in, &id, &password));
		buf_printf(&out, "%s %s\n", in.login, password);
	}
	return write_file(cx, path, out.p);
}
