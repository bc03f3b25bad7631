/* picture_run.c – see picture_run.h. The two talk in one exchange: the picture whole, then a head of four
 * words a result (fault, width, height, length; 32 bits of this machine) and the results whole. */
#include "core/picture_run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "base/clock.h"
#include "base/log.h"

enum { IN_MAX = 24 << 20, OUT_MAX = 8 << 20, MEMORY = 768 << 20, CPU = 10 };
static const int sides[PICTURE_SIDES] = { PICTURE_SIDE, PICTURE_SMALL };

static const char *picture_program;

void
picture_helper_set(const char *program)
{
	picture_program = program;
}

/* ---- the helper ---- */

static void
give_up(int what, rlim_t most)
{
	const struct rlimit l = { most, most };

	if (setrlimit((__rlimit_resource_t)what, &l) != 0)
		_exit(3);
}

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

/* Memory, reading, writing, ending. Sanitizers need more, and there the test watches the memory. */
static void
only_compute(void)
{
#if !defined(__SANITIZE_ADDRESS__)
	give_up(RLIMIT_AS, MEMORY);
#if defined(MACHINE)
	static const int may_call[] = { SYS_read, SYS_write, SYS_brk, SYS_mmap, SYS_munmap,
		SYS_mremap, SYS_madvise, SYS_mprotect, SYS_futex, SYS_getrandom, SYS_exit,
		SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_getpid,
		SYS_gettid, SYS_tgkill, SYS_clock_gettime };
	struct sock_filter f[ARRAY_LEN(may_call) + 6];
	struct sock_fprog p = { .filter = f };
	size_t i, n = 0;

	f[n++] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, arch));
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	f[n++] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, nr));
	for (i = 0; i < ARRAY_LEN(may_call); i++)
		f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
		    (uint32_t)may_call[i], (unsigned char)(ARRAY_LEN(may_call) - i), 0);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	p.len = (unsigned short)n;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		_exit(3);
	/* A kernel without seccomp still has the limits above. */
	(void)!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &p);
#endif
#endif
}

static bool
read_whole(int fd, char *to, size_t most, size_t *n)
{
	ssize_t got;

	for (*n = 0; *n < most; *n += (size_t)got) {
		got = read(fd, to + *n, most - *n);
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got <= 0)
			return got == 0;
	}
	return false; /* more than is taken */
}

static bool
write_whole(int fd, const char *p, size_t n)
{
	ssize_t put;

	for (; n > 0; p += put, n -= (size_t)put) {
		put = write(fd, p, n);
		if (put < 0 && errno == EINTR)
			put = 0;
		else if (put <= 0)
			return false;
	}
	return true;
}

int
picture_helper_main(void)
{
	struct arena a;
	struct picture_out out[PICTURE_SIDES] = { 0 };
	uint32_t head[PICTURE_SIDES][4];
	struct slice in = { 0 };
	char *room;
	size_t i;

	give_up(RLIMIT_CPU, CPU);
	give_up(RLIMIT_CORE, 0);
	give_up(RLIMIT_FSIZE, 0);
	give_up(RLIMIT_NOFILE, 3);
	only_compute();
	room = malloc(IN_MAX);
	if (room == NULL || !read_whole(STDIN_FILENO, room, IN_MAX, &in.n))
		return 3;
	in.p = room;
	arena_init(&a);
	head[0][0] = (uint32_t)picture_anew(&a, in, sides, PICTURE_SIDES, out);
	for (i = 0; i < PICTURE_SIDES; i++) {
		head[i][0] = head[0][0];
		head[i][1] = (uint32_t)out[i].width;
		head[i][2] = (uint32_t)out[i].height;
		head[i][3] = head[0][0] == PICTURE_GOOD ? (uint32_t)out[i].jpeg.n : 0;
	}
	if (!write_whole(STDOUT_FILENO, (const char *)head, sizeof head))
		return 3;
	for (i = 0; i < PICTURE_SIDES && head[0][0] == PICTURE_GOOD; i++)
		if (!write_whole(STDOUT_FILENO, out[i].jpeg.p, out[i].jpeg.n))
			return 3;
	return 0;
}

/* ---- who asks ---- */

struct child {
	pid_t pid;
	int to, from;
};

static bool
pipes(int in[2], int out[2])
{
	if (pipe2(in, O_CLOEXEC) != 0)
		return false;
	if (pipe2(out, O_CLOEXEC) == 0)
		return true;
	close(in[0]);
	close(in[1]);
	return false;
}

static bool
start(struct child *c)
{
	char *const argv[] = { (char *)(uintptr_t) "shanyraq", (char *)(uintptr_t)PICTURE_WORD,
		NULL };
	char *const envp[] = { NULL };
	posix_spawn_file_actions_t act;
	int in[2], out[2], rc;

	if (!pipes(in, out))
		return false;
	posix_spawn_file_actions_init(&act);
	posix_spawn_file_actions_adddup2(&act, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&act, out[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&act, STDERR_FILENO + 1);
	rc = posix_spawn(&c->pid, picture_program, &act, NULL, argv, envp);
	posix_spawn_file_actions_destroy(&act);
	close(in[0]);
	close(out[1]);
	if (rc != 0) {
		close(in[1]);
		close(out[0]);
		return false;
	}
	c->to = in[1];
	c->from = out[0];
	return fcntl(c->to, F_SETFL, O_NONBLOCK) == 0;
}

/* Gives the picture and takes the answer, whichever is possible; false when it takes too long. */
static bool
exchange(struct child *c, struct slice in, struct buf *answer)
{
	int64_t end = clock_us() + PICTURE_SECONDS * US_PER_SECOND;
	char *room = arena_alloc(answer->arena, 1 << 16);
	ssize_t n;

	for (;;) {
		struct pollfd p[2] = { { .fd = c->from, .events = POLLIN },
			{ .fd = c->to, .events = POLLOUT } };
		int64_t left = end - clock_us();

		if (left <= 0)
			return false;
		if (poll(p, c->to >= 0 ? 2 : 1, (int)(left / 1000) + 1) < 0) {
			if (errno == EINTR)
				continue; /* a signal to the house is no fault of the picture */
			return false;
		}
		if (p[1].revents != 0 && c->to >= 0) {
			n = write(c->to, in.p, in.n);
			if (n > 0) {
				in.p += n;
				in.n -= (size_t)n;
			}
			if (in.n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
				close(c->to);
				c->to = -1;
			}
		}
		if (p[0].revents != 0) {
			n = read(c->from, room, 1 << 16);
			if (n == 0)
				return !answer->over;
			if (n > 0)
				buf_put(answer, room, (size_t)n);
		}
	}
}

static enum picture_fault
take_answer(const struct buf *b, struct picture_out *out)
{
	uint32_t head[PICTURE_SIDES][4];
	size_t at = sizeof head, i;

	if (b->n < sizeof head)
		return PICTURE_BROKEN;
	memcpy(head, b->p, sizeof head);
	if (head[0][0] > PICTURE_INKS)
		return PICTURE_BROKEN;
	for (i = 0; i < PICTURE_SIDES && head[0][0] == PICTURE_GOOD; i++) {
		if (head[i][3] == 0 || head[i][3] > b->n - at)
			return PICTURE_BROKEN;
		out[i] = (struct picture_out){ (int)head[i][1], (int)head[i][2],
			{ b->p + at, head[i][3] } };
		at += head[i][3];
	}
	return (enum picture_fault)head[0][0];
}

/* A helper that fails has met a picture that broke it: the picture is not taken. */
static int
ask_helper(struct ctx *cx, struct slice in, struct picture_out *out, enum picture_fault *f)
{
	struct child c = { .to = -1, .from = -1 };
	struct buf answer;
	int status = 0;
	bool good;

	if (!start(&c))
		return fail(
		    cx, RC_BUSY, N_("Pictures cannot be read just now. Try again in a minute."));
	buf_init(&answer, cx->arena, OUT_MAX);
	good = exchange(&c, in, &answer);
	if (!good)
		kill(c.pid, SIGKILL);
	if (c.to >= 0)
		close(c.to);
	close(c.from);
	while (waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
		;
	good = good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (!good)
		log_line(LOG_WARN, "a picture of %zu bytes ended its helper (%d)", in.n, status);
	*f = good ? take_answer(&answer, out) : PICTURE_BROKEN;
	return RC_OK;
}

int
picture_take(struct ctx *cx, struct slice in, struct picture_out out[PICTURE_SIDES])
{
	enum picture_fault f = PICTURE_BROKEN;

	if (picture_program == NULL)
		f = picture_anew(cx->arena, in, sides, PICTURE_SIDES, out);
	else
		TRY(ask_helper(cx, in, out, &f));
	switch (f) {
	case PICTURE_GOOD:
		break;
	case PICTURE_BROKEN:
		fail_field(cx, "file",
		    N_("This is not a whole picture: it cannot be opened. Send it again, or save "
		       "it "
		       "anew as JPEG."));
		break;
	case PICTURE_UNKNOWN:
		fail_field(
		    cx, "file", N_("A photograph must be JPEG, PNG or WebP, and stand still."));
		break;
	case PICTURE_LARGE:
		fail_field(cx, "file",
		    N_("The picture has too many pixels: at most %s million. Make it smaller and "
		       "try again."),
		    num(cx, PICTURE_WHOLE >> 20));
		break;
	case PICTURE_INKS:
		fail_field(cx, "file",
		    N_("The picture is made for print (CMYK). Save it as an ordinary JPEG (RGB)."));
		break;
	}
	return fields_rc(cx);
}
