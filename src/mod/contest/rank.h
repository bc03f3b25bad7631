/* rank.h – from points to places: means, standard scores, ties. Numbers only, no records.
 *
 * RULE contest-5. A juror's total of an entry is the mean of the criteria by weight, Σ w·s / Σ w. The raw
 * mean of an entry is the mean of the totals of its jurors; a juror who has not scored every criterion of it,
 * or is excluded from it, is left out. Normalised: each total becomes z = (x − μ) / σ over all entries
 * which this juror scored (standard score; σ of the whole set, not of a sample; 0 where σ = 0), and the
 * entry's is the mean of these: a strict juror and a mild one weigh the same. Places are given in each group
 * (nomination × age group) as in standard competition ranking: 1, 2, 2, 4.
 * RULE contest-6. Equal means are parted by the tie rule that was fixed beforehand: "criteria" by the raw mean
 * of the first criterion, then the second …, then by the chair's total; "chair" by the chair's total alone;
 * "shared" never. A step is taken only where it is known of all who are equal; else the place is shared. */
#ifndef MOD_CONTEST_RANK_H
#define MOD_CONTEST_RANK_H

#include <stdbool.h>

#include "base/arena.h"

#define NO_SCORE INT64_MIN
enum rank_tie { TIE_CRITERIA, TIE_CHAIR, TIE_SHARED };
enum {
	PARTED_NOT = 0,
	PARTED_CHAIR = -1,
	PARTED_SHARED = -2
}; /* > 0: by that criterion, 1 = first */

struct rank_in {
	size_t jurors, entries, criteria;
	const int64_t *weight; /* [criteria], > 0 */
	const int64_t *score;  /* [jurors × entries × criteria], NO_SCORE = none */
	const bool *excluded;  /* [jurors × entries] */
	const int *group;      /* [entries] */
	ptrdiff_t chair;       /* −1 = none */
	enum rank_tie tie;
	bool normal; /* places by the normalised mean */
};
struct ranked {
	size_t jurors;	  /* how many totals stand behind it; 0 = no place */
	int64_t num, den; /* raw mean = num / den, exact */
	double normal;
	int raw_rank, normal_rank, place; /* in its group, from 1; 0 = none */
	int parted; /* how equal means were parted: PARTED_… or a criterion */
};
static inline int64_t
rank_score(const struct rank_in *in, size_t juror, size_t entry, size_t criterion)
{
	return in->score[(juror * in->entries + entry) * in->criteria + criterion];
}
static inline bool
rank_excluded(const struct rank_in *in, size_t juror, size_t entry)
{
	return in->excluded[juror * in->entries + entry];
}
/* Whether the juror scored every criterion of the entry and is not excluded. */
bool rank_complete(const struct rank_in *in, size_t juror, size_t entry);
/* out: one for each entry, in the order of the input. */
void rank_all(struct arena *a, const struct rank_in *in, struct ranked *out);

#endif
