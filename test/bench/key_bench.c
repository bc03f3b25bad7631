/* key_bench.c – what keys cost: key_bench data/kk_words.csv [kk_KZ.dic]
 *
 * The text is made here: each word of our list with an ending, each second one in Latin. Prints the
 * time to load the lexicon, its memory, and microseconds a token, best of five runs. All are times of
 * the processor: others on the machine do not count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lang/key.h"
#include "lang/lexicon.h"

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double
resident_mib(void)
{
	long all = 0, here = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f != NULL && fscanf(f, "%ld %ld", &all, &here) != 2)
		here = 0;
	if (f != NULL)
		fclose(f);
	return (double)here * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

static char *
slurp(const char *path)
{
	enum { ROOM = 4 << 20 };
	FILE *f = fopen(path, "re");
	char *p = calloc(1, ROOM);

	if (f == NULL || p == NULL || fread(p, 1, ROOM - 1, f) == 0) {
		fprintf(stderr, "key_bench: cannot read %s\n", path);
		exit(2);
	}
	fclose(f);
	return p;
}

static size_t
make_text(const char *words, char *out, size_t room)
{
	static const char *const endings[] = { "", "лар", "дың", "ға", "ы", "ларымызға", "ған", "у",
		"де", "інен", "ді", "мен" };
	static const char *const latin[] = { "Qazaqstannyñ ", "mushelerimizdin ",
		"birlestikterine ", "şañyraqta ", "volunteers ", "Айгулге " };
	size_t n = 0, i = 0;
	const char *p = strchr(words, '\n');

	while (p != NULL && p[1] != '\0' && n + 200 < room) {
		size_t len = strcspn(++p, ",\n");

		n += (size_t)snprintf(out + n, room - n, "%.*s%s %s", (int)len, p, endings[i % 12],
		    i % 2 == 0 ? latin[i / 2 % 6] : "");
		i++;
		p = strchr(p, '\n');
	}
	return n;
}

int
main(int argc, char **argv)
{
	enum { ROOM = 1 << 20, RUNS = 5, TIMES = 10 };
	const char *warning = NULL;
	char *words, *text = malloc(ROOM);
	double best = 1e9, start, memory;
	size_t n, tokens = 0;
	struct arena a;
	int run, i;

	if (argc < 2 || text == NULL)
		return 2;
	words = slurp(argv[1]);
	memory = resident_mib();
	start = seconds();
	lexicon_load(&(struct lexicon_sources){ words, argc > 2 ? argv[2] : NULL, NULL }, &warning);
	printf("lexicon: %.0f ms, %.1f MiB%s\n", 1e3 * (seconds() - start), resident_mib() - memory,
	    warning != NULL ? ", without hunspell-kk" : "");
	n = make_text(words, text, ROOM);
	arena_init(&a);
	for (run = 0; run < RUNS; run++) {
		tokens = 0;
		start = seconds();
		for (i = 0; i < TIMES; i++) {
			struct key_token *t;
			struct arena_mark m = arena_mark(&a);

			tokens += key_tokens(&a, text, n, &t);
			arena_rewind(&a, m);
		}
		start = seconds() - start;
		best = start < best ? start : best;
	}
	printf("keys: %.2f us a token (%zu tokens)\n", 1e6 * best / (double)tokens, tokens / TIMES);
	arena_done(&a);
	free(words);
	free(text);
	return 0;
}
