/* check_fuzz.c – any bytes through the text check: findings in order and inside the text, repairs that
 * repair nothing further, quotations byte for byte, suggestions that are other words. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/check.h"
#include "lang/lexicon.h"

static void
load_once(void)
{
	static bool loaded;

	if (!loaded)
		lexicon_load(
		    &(struct lexicon_sources){
			.own_words = "word,kind\nтерезе,noun\nқоңырау,noun\nал,verb\n",
			.hunspell = "" },
		    NULL);
	loaded = true;
}

static void
check_findings(struct arena *a, const char *text, size_t n)
{
	const struct finding *f;
	size_t count = check_text(a, text, n, &f), i, k, last = 0;

	for (i = 0; i < count; i++) {
		REQUIRE(f[i].from >= last && f[i].from < f[i].to && f[i].to <= n);
		REQUIRE(!(f[i].automatic && f[i].quoted));
		REQUIRE(!f[i].automatic || f[i].n > 0);
		for (k = 0; k < f[i].n; k++)
			REQUIRE(f[i].suggestions[k][0] != '\0');
		last = f[i].to;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	struct buf once, twice;
	const char *const *list;
	size_t count, i;

	load_once();
	buf_init(&once, a, 0);
	text_fix(in.p, in.n, &once);
	REQUIRE(!utf8_valid(in.p, in.n) || utf8_valid(once.p, once.n));
	buf_init(&twice, a, 0);
	text_fix(once.p, once.n, &twice);
	if (in.n > 0 && in.p[0] == '"' && memchr(in.p + 1, '"', in.n - 1) == NULL &&
	    memchr(in.p, '\n', in.n) == NULL && memchr(in.p, 0xC2, in.n) == NULL &&
	    memchr(in.p, 0xE2, in.n) == NULL)
		REQUIRE(once.n == in.n && memcmp(once.p, in.p, in.n) == 0);
	check_findings(a, in.p, in.n);
	count = word_suggest(a, in.p, in.n, &list);
	REQUIRE(count <= SUGGESTIONS);
	for (i = 0; i < count; i++)
		REQUIRE(strlen(list[i]) != in.n || memcmp(list[i], in.p, in.n) != 0);
	fuzz_drop(in);
	return 0;
}
