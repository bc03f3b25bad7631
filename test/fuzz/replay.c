/* replay.c – runs a fuzz target without libFuzzer over the files of a folder.
 *
 * Each file is given whole, then cut at every length, then with single bytes changed (a fixed
 * pseudo-random choice, so a failure comes back). An empty folder is an error: a test that tests
 * nothing must not pass. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { FILE_MAX = 64 * 1024, CUTS_MAX = 512, CHANGES = 2000 };

static uint32_t
next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void
run_around(const uint8_t *seed_text, size_t n)
{
	static const uint8_t nasty[] = { 0, '\t', '\n', '\r', ' ', '"', '%', '&', '\'', '/', ':',
		'<', '=', '>', '\\', 0x7f, 0x80, 0xc0, 0xd0, 0xed, 0xf4, 0xff };
	uint8_t *copy = malloc(n + 1);
	uint32_t r = 2463534242U;
	size_t i;

	if (copy == NULL)
		die("out of memory");
	LLVMFuzzerTestOneInput(seed_text, n);
	for (i = 0; i < n && i < CUTS_MAX; i++)
		LLVMFuzzerTestOneInput(seed_text, i);
	for (i = 0; n > 0 && i < CHANGES; i++) {
		size_t changes = 1 + next_random(&r) % 3;

		memcpy(copy, seed_text, n);
		while (changes-- > 0)
			copy[next_random(&r) % n] = next_random(&r) % 2 == 0
							? nasty[next_random(&r) % sizeof nasty]
							: (uint8_t)next_random(&r);
		LLVMFuzzerTestOneInput(copy, n);
	}
	free(copy);
}

static void
run_file(const char *dir, const char *name)
{
	static uint8_t bytes[FILE_MAX];
	char path[4096];
	FILE *f;
	size_t n;

	if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
		die("path too long");
	f = fopen(path, "rbe");
	if (f == NULL)
		die("cannot read %s", path);
	n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	run_around(bytes, n);
}

int
main(int argc, char **argv)
{
	struct dirent *e;
	DIR *d;
	int files = 0;

	if (argc != 2) {
		fputs("usage: TARGET CORPUS-FOLDER\n", stderr);
		return 2;
	}
	d = opendir(argv[1]);
	if (d == NULL)
		die("cannot open %s", argv[1]);
	while ((e = readdir(d)) != NULL)
		if (e->d_name[0] != '.') {
			run_file(argv[1], e->d_name);
			files++;
		}
	closedir(d);
	printf("%d files\n", files);
	return files > 0 ? 0 : 1;
}
