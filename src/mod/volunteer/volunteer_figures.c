/* volunteer_figures.c – how many people helped, and for how many hours. RULE figure-16, figure-17.
 *
 * By days and whole hours alone: moments and names are not in what was known earlier (kind/past.h). */
#include "figure/figure.h"
#include "mod/volunteer/volunteer_inner.h"

/* Attendances whose day lies in the period; of a body: shifts of headquarters that sit there, of events that it
 * leads, or of one beneath it; of a district: of places and events there, with those beneath it (figure-10). */
static void
where(const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	buf_printf(sql,
	    " FROM shift_signup u JOIN shift s ON s.id = u.shift JOIN volunteer w ON w.id = "
	    "u.volunteer LEFT JOIN headquarters h ON h.id = s.headquarters LEFT JOIN event e ON "
	    "e.id = s.event LEFT JOIN relief_place p ON p.id = s.relief_place WHERE u.minutes > 0 "
	    "AND (s.event IS NULL OR e.merged_into IS NULL) AND u.day >= $%zu AND u.day <= $%zu",
	    from, to);
	figure_within(
	    a, "coalesce(h.body, e.body)", "coalesce(p.district, e.district)", sql, v, nv);
}

static void
records_people(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	buf_str(sql,
	    "SELECT coalesce(w.same_as, w.id) AS id, min(u.day) AS day, min(coalesce(h.body, "
	    "e.body)) AS body, 1 AS amount, '' AS basis, " FIGURE_NONE " AS dim");
	where(a, sql, v, nv);
	buf_str(sql, " GROUP BY coalesce(w.same_as, w.id)");
}

static void
records_hours(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	buf_str(sql,
	    "SELECT u.id AS id, u.day AS day, coalesce(h.body, e.body) AS body, u.hours AS amount, "
	    "'' AS basis, u.role AS dim");
	where(a, sql, v, nv);
}

#define WHY                                                                                    \
	N_("The records behind this figure are people who helped; those who work in a relief " \
	   "headquarters open them.")

static const struct figure volunteers_figure = {
	.code = "volunteers",
	.name = N_("Volunteers"),
	.definition = N_("Different people who came to a shift in the period and stayed."),
	.rule = N_("A person counts once in the period, however many shifts. Who signed up and did "
		   "not come does not count. Records with one telephone and year of birth are one "
		   "person."),
	.unit = N_("people"),
	.unit_code = "people",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_RELIEF_WRITE,
	.rows_why = WHY,
	.kind = &volunteer_kind,
	.records = records_people,
};

static const struct figure volunteer_hours_figure = {
	.code = "volunteer_hours",
	.name = N_("Hours of volunteers"),
	.definition = N_("Hours between arrival and leaving, of shifts in the period, by role."),
	.rule = N_("Each attendance counts in whole hours, half an hour and more as one, at most "
		   "the shift and its said overrun, on the day on which the shift begins. Who is "
		   "still there does not count yet."),
	.unit = N_("hours"),
	.unit_code = "hours",
	.shape = FIGURE_SUM,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_RELIEF_WRITE,
	.rows_why = WHY,
	.kind = &shift_signup_kind,
	.records = records_hours,
	.dim = "role",
	.dim_options = shift_roles,
};

const struct figure *const volunteer_figures[] = { &volunteers_figure, &volunteer_hours_figure };
const size_t volunteer_nfigures = ARRAY_LEN(volunteer_figures);
