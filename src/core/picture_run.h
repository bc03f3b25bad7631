/* picture_run.h – photographs made new in a process of its own, since the libraries that read them are given
 * what strangers send.
 *
 * The helper is this very program with one word (PICTURE_WORD): it reads the picture from its standard
 * input and writes the results to its standard output. Before the first byte it gives up what it does not
 * need: files, processes, network (seccomp where the kernel has it), more than 768 MiB, more than 10 s.
 * A server sets the program once at boot; without one (tests, commands) the work is done in place. */
#ifndef CORE_PICTURE_RUN_H
#define CORE_PICTURE_RUN_H

#include "db/db.h"
#include "lang/lang.h"
#include "text/picture.h"

#define PICTURE_WORD "picture-helper"
enum { PICTURE_SECONDS = 20 };
/* Longer sides of what is kept: the picture, and the small one of pages. */
enum { PICTURE_SIDE = 1600, PICTURE_SMALL = 400 };

/* Path of the program, set once at boot before any thread; NULL = in place. */
void picture_helper_set(const char *program);
/* RC_INVALID (field "file") says in words why it is not taken. out[0] the picture, out[1] the small one. */
int picture_take(struct ctx *cx, struct slice in, struct picture_out out[PICTURE_SIDES]) MUST;
/* main() of the helper. */
int picture_helper_main(void);

#endif
