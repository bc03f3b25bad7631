/* affix_table.c – see affix_table.h. Source: school grammar of Kazakh; the costs were set by hand and
 * by search over our own development texts. */
#include "lang/affix_table.h"

#include "base/rc.h"

#define R TAG_PERSON
#define C TAG_CASE
#define Q TAG_POSS_CASE
#define K TAG_PLACE
#define P TAG_POSS
#define L TAG_PLURAL
#define D TAG_LIKE
#define V TAG_PARTICIPLE
#define F TAG_FINITE
#define G TAG_NEGATION
#define X TAG_VOICE

const struct affix affixes[] = {
	/* I am, you are … */
	{ "мын,мыз", "vs", R, 0, 220 },
	{ "сың,сыз", "*", R, 0, 220 },
	{ "быз,бын", "zn", R, 0, 240 },
	{ "пыз,пын", "t", R, 0, 240 },
	{ "сыңдар,сыздар", "*", R, 0, 200 },
	/* Case */
	{ "ның", "vn", C, 0, 50 },
	{ "дың", "sz", C, 0, 50 },
	{ "тың", "t", C, 0, 50 },
	{ "ға", "vnsz", C, 0, 50 },
	{ "қа", "t", C, 0, 50 },
	{ "ны", "v", C, 0, 60 },
	{ "ды", "nsz", C, 0, 80 },
	{ "ты", "t", C, 0, 80 },
	{ "да", "vnsz", C, 0, 50 },
	{ "та", "t", C, 0, 60 },
	{ "нан", "n", C, 0, 50 },
	{ "дан", "vsz", C, 0, 50 },
	{ "тан", "t", C, 0, 50 },
	{ "=мен", "vns", C, 0, 50 },
	{ "=бен", "z", C, 0, 50 },
	{ "=пен", "t", C, 0, 50 },
	{ "=менен", "vns", C, 0, 100 },
	{ "дағы", "vnsz", K, 0, 50 },
	{ "тағы", "t", K, 0, 50 },
	{ "ндағы", "p", K, 0, 50 },
	{ "=дікі,=нікі,=тікі", "*", K, 0, 100 },
	{ "на", "p", Q, 0, 60 },
	{ "нда", "p", Q, 0, 40 },
	{ "нан", "p", Q, 0, 60 },
	{ "н", "p", Q, 0, 57 },
	{ "а", "e", C, 0, 77 },
	/* My, your, his */
	{ "ым", "tnsz", P, JOIN_ELISION, 180 },
	{ "м", "v", P, 0, 197 },
	{ "ың", "tnsz", P, JOIN_ELISION, 180 },
	{ "ң", "v", P, 0, 197 },
	{ "ыңыз", "tnsz", P, JOIN_ELISION, 120 },
	{ "ңыз", "v", P, 0, 120 },
	{ "сы", "v", P, 0, 40 },
	{ "ы", "tnsz", P, JOIN_ELISION, 57 },
	{ "ымыз", "tnsz", P, JOIN_ELISION, 80 },
	{ "мыз", "v", P, 0, 80 },
	{ "лар", "vr", L, 0, 40 },
	{ "дар", "nzl", L, 0, 40 },
	{ "тар", "t", L, 0, 40 },
	{ "дай", "vnsz", D, 0, 150 },
	{ "тай", "t", D, 0, 150 },
	{ "ша", "*", D, 0, 150 },
	/* Participles and nouns of action: what follows them is as after a noun */
	{ "ған", "vnsz", V, 0, 60 },
	{ "қан", "t", V, 0, 60 },
	{ "атын", "tnsz", V, 0, 50 },
	{ "ятын", "v", V, JOIN_Y, 50 },
	{ "йтын", "v", V, 0, 50 },
	{ "=итын,=итін", "*", V, JOIN_I, 50 },
	{ "ар", "tnsz", V, 0, 150 },
	{ "р", "v", V, 0, 197 },
	{ "мас", "vs", V, 0, 100 },
	{ "пас", "t", V, 0, 100 },
	{ "бас", "zn", V, 0, 100 },
	{ "=у", "*", V, JOIN_GROWN, -300 },
	{ "=ю", "v", V, JOIN_Y, -300 },
	{ "мақ", "vs", V, 0, 120 },
	{ "пақ", "t", V, 0, 120 },
	{ "бақ", "zn", V, 0, 120 },
	{ "=ушы,=уші", "*", V, 0, 100 },
	/* Finite forms and converbs */
	{ "ды", "vnsz", F, 0, 90 },
	{ "ты", "t", F, 0, 90 },
	{ "дым,дың,дыңыз,дық", "vnsz", F, 0, 120 },
	{ "тым,тың,тыңыз,тық", "t", F, 0, 120 },
	{ "ып", "tnsz", F, 0, 70 },
	{ "п", "v", F, 0, 97 },
	{ "са", "*", F, 0, 110 },
	{ "сам,саң,саңыз,сақ", "*", F, 0, 130 },
	{ "сын", "*", F, 0, 100 },
	{ "ады", "tnsz", F, 0, 60 },
	{ "яды", "v", F, JOIN_Y, 60 },
	{ "йды", "v", F, 0, 60 },
	{ "=иды,=иді", "*", F, JOIN_I, 60 },
	{ "амын,асың,асыз,амыз", "tnsz", F, 0, 100 },
	{ "ймын,йсың,йсыз,ймыз", "v", F, 0, 100 },
	{ "а", "tnsz", F, 0, 137 },
	{ "й", "v", F, 0, 137 },
	{ "ғалы", "vnsz", F, 0, 100 },
	{ "қалы", "t", F, 0, 100 },
	{ "ғанша", "vnsz", F, 0, 100 },
	{ "қанша", "t", F, 0, 100 },
	{ "айық,айын", "tnsz", F, 0, 100 },
	{ "йық,йын", "v", F, 0, 100 },
	{ "ам", "tnsz", F, 0, 130 },
	{ "ыңыз,ыңыздар,ыңдар", "tnsz", F, 0, 140 },
	{ "ңыз,ңыздар,ңдар", "v", F, 0, 140 },
	{ "ыпты", "tnsz", F, 0, 100 },
	{ "пты", "v", F, 0, 120 },
	{ "ма", "vs", G, 0, 120 },
	{ "па", "t", G, 0, 120 },
	{ "ба", "zn", G, 0, 120 },
	/* Voice */
	{ "ыл", "tnsz", X, 0, 160 },
	{ "л", "v", X, 0, 250 },
	{ "ын", "tnsz", X, 0, 180 },
	{ "н", "v", X, 0, 250 },
	{ "ыс", "tnsz", X, 0, 180 },
	{ "с", "v", X, 0, 250 },
	{ "тыр,қыз,ғыз", "*", X, 0, 140 },
	{ "дыр", "*", X, 0, 140 },
	{ "т", "v", X, 0, 200 },
};
const size_t naffixes = ARRAY_LEN(affixes);

#define B(t) TAG_BIT(t)
const uint32_t affix_left_of[NTAGS] = {
	[R] = B(TAG_START),
	[C] = B(TAG_START) | B(R) | B(K),
	[Q] = B(TAG_START) | B(R) | B(K),
	[K] = B(TAG_START) | B(R) | B(C) | B(P),
	[P] = B(TAG_START) | B(R) | B(C) | B(Q) | B(K) | B(D),
	[L] = B(TAG_START) | B(R) | B(C) | B(K) | B(P) | B(D),
	[D] = B(TAG_START) | B(C),
	[V] = B(TAG_START) | B(R) | B(C) | B(K) | B(P) | B(L) | B(D),
	[F] = B(TAG_START) | B(R),
	[G] = B(TAG_START) | B(V) | B(F),
	[X] = B(TAG_START) | B(V) | B(F) | B(G) | B(X),
};
