/* affix_trie.c – see affix_trie.h. */
#include "lang/affix_trie.h"

#include <pthread.h>
#include <string.h>
#include <uchar.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "lang/skeleton.h"

enum { FORM_MAX = 12 };

static struct {
	struct grammar of[2];
	pthread_once_t once;
} affix_state = { .once = PTHREAD_ONCE_INIT };

static void
add_form(enum kk_space space, const uint8_t *form, size_t n, const struct affix *x, char harmony)
{
	struct grammar *g = &affix_state.of[space];
	size_t at = 0, i;
	struct entry e = { .left_of = affix_left_of[x->tag],
		.cost = x->cost,
		.tag = x->tag,
		.join = x->join,
		.harmony = harmony };
	const char *c;

	for (c = x->after; *c != '\0'; c++)
		switch (*c) {
		case '*':
			e.after |= AT_ANY;
			break;
		case 'v':
			e.after |= AT_V;
			break;
		case 'n':
			e.after |= AT_N;
			break;
		case 'z':
			e.after |= AT_Z;
			break;
		case 's':
			e.after |= AT_L | AT_R;
			break;
		case 'l':
			e.after |= AT_L;
			break;
		case 'r':
			e.after |= AT_R;
			break;
		case 't':
			e.after |= AT_T;
			break;
		default:
			e.after |= AT_ANY;
			e.special = (uint8_t)*c;
		}
	e.first = (class_at(space, form[0]) & AT_V) != 0;
	for (i = n; i-- > 0;) {
		size_t s = slot(space, form[i]);

		if (g->nodes[at].child[s] == 0) {
			if (g->nnodes == MAX_NODES)
				die("affix.c: too many suffixes");
			g->nodes[at].child[s] = (uint16_t)g->nnodes++;
		}
		at = g->nodes[at].child[s];
	}
	/* In the skeleton several forms fall together. */
	for (i = g->nodes[at].entries; i != 0; i = g->entries[i].next) {
		struct entry *o = &g->entries[i];

		if (o->tag == e.tag && o->join == e.join && o->harmony == e.harmony &&
		    o->after == e.after && o->special == e.special) {
			if (e.cost < o->cost)
				o->cost = e.cost;
			return;
		}
	}
	if (g->nentries == MAX_ENTRIES)
		die("affix.c: too many suffixes");
	e.next = g->nodes[at].entries;
	g->nodes[at].entries = (uint16_t)g->nentries;
	g->entries[g->nentries++] = e;
}

static void
add_both(const int32_t *cps, size_t n, const struct affix *x, char harmony)
{
	uint8_t codes[FORM_MAX], skel[SKELETON_MAX + 4];
	struct letter w[FORM_MAX];
	size_t i, m;
	char seen = harmony;

	for (i = 0; i < n; i++) {
		codes[i] = kk_code(cps[i]);
		w[i] = (struct letter){ cps[i], false };
	}
	add_form(KK_CYRILLIC, codes, n, x, harmony);
	m = skeleton(w, n, (char *)skel);
	for (i = 0; i < m; i++)
		if (skel[i] == 'w')
			skel[i] = 's';
	/* а and е are all that shows there. */
	if (memchr(skel, 'a', m) == NULL && memchr(skel, 'e', m) == NULL)
		seen = '*';
	add_form(KK_SKELETON, skel, m, x, seen);
}

static int32_t
fronted(int32_t cp)
{
	switch (cp) {
	case U'а':
		return U'е';
	case U'ы':
		return U'і';
	case U'ғ':
		return U'г';
	case U'қ':
		return U'к';
	case U'ұ':
		return U'ү';
	case U'я':
		return U'е';
	default:
		return cp;
	}
}

static void
add_affix(const struct affix *x)
{
	const char *p = x->forms, *end = p + strlen(p);

	while (p < end) {
		int32_t back[FORM_MAX], front[FORM_MAX];
		size_t n = 0;
		bool as_is = *p == '=';

		p += as_is;
		while (p < end && *p != ',' && n < FORM_MAX) {
			back[n] = utf8_next(&p, end);
			front[n] = fronted(back[n]);
			n++;
		}
		p += p < end;
		if (as_is) {
			add_both(back, n, x, '*');
			continue;
		}
		add_both(back, n, x, 'b');
		if (x->join != JOIN_Y) /* -йе- is written out: күшейеді */
			add_both(front, n, x, 'f');
	}
}

static void
compile(void)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		affix_state.of[i].nnodes = 1;
		affix_state.of[i].nentries = 1;
	}
	for (i = 0; i < naffixes; i++)
		add_affix(&affixes[i]);
}

const struct grammar *
grammar_of(enum kk_space space)
{
	pthread_once(&affix_state.once, compile);
	return &affix_state.of[space];
}

bool
special_at(enum kk_space space, const uint8_t *w, size_t j, uint8_t special)
{
	uint8_t last = w[j - 1], before = j > 1 ? w[j - 2] : 0;
	bool skel = space == KK_SKELETON;

	switch (special) {
	case 'p':
		return skel ? last == 'i' : last == C_Y || last == C_II;
	case 'e':
		return skel ? last == 'm' || last == 'n' : last == C_M || last == C_NG;
	case 'L':
		return last == (skel ? 'l' : C_L);
	case 'A':
		return before == (skel ? 'l' : C_L) &&
		       (skel ? last == 'a' || last == 'e' : last == C_A || last == C_E);
	default:
		return last == (skel ? 't' : C_T) && before != 0 && class_at(space, before) == AT_T;
	}
}
