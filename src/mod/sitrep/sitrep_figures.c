/* sitrep_figures.c – what a situation report counts: one row a figure, one SELECT for value and records. RULE sitrep-2. */
#include "mod/sitrep/sitrep_inner.h"

#include <string.h>

#include "mod/volunteer/volunteer.h"

const char *const sit_groups[SIT_GROUPS] = {
	N_("Needs"),
	N_("People in evacuation centres"),
	N_("Hot meals"),
	N_("Goods"),
	N_("Volunteers"),
};

/* Each question gets three values and must use all of them. */
#define ALL3 " AND CAST($3 AS BIGINT) <= CAST($2 AS BIGINT)"
/* Counted once: not by an earlier report of this headquarters. */
#define FIRST(figure, id)                                                                          \
	" AND NOT EXISTS (SELECT 1 FROM sitrep_record o WHERE o.headquarters = $1 AND o.figure = " \
	"'" figure "' AND o.rec = " id ")"

#define NEEDS(amount, dim, where)                       \
	"SELECT n.id AS id, " amount " AS amount, " dim \
	" AS dim FROM need n WHERE n.headquarters = $1 AND " where ALL3
#define ENDED(state, figure) "n.state = '" state "' AND n.ended_at < $2" FIRST(figure, "n.id")
#define WAITS "n.asked_at < $2 AND (n.ended_at IS NULL OR n.ended_at >= $2)"
#define MINUTES(to) "((" to " - n.asked_at) / 60000000)"

#define STAYS(amount, dim, where)                                                              \
	"SELECT s.id AS id, " amount " AS amount, " dim                                        \
	" AS dim FROM stay s JOIN relief_place p ON p.id = s.place WHERE p.headquarters = $1 " \
	"AND " where ALL3
#define THERE "s.arrived_at < $2 AND (s.left_at IS NULL OR s.left_at >= $2)"
#define AGE(a, key) \
	STAYS("(s." a "_f + s." a "_m)", "'" key "'", THERE " AND s." a "_f + s." a "_m > 0")

#define KITCHENS " JOIN relief_place p ON p.id = b.place WHERE p.headquarters = $1 AND "
/* Sets that stand, since the opening: not taken back, and no counter-sets. */
#define LINES(where, figure)                                                                      \
	"SELECT l.movement AS id, CAST(sum(l.quantity) AS BIGINT) AS amount, i.code AS dim FROM " \
	"movement_line l JOIN movement_set m ON m.id = l.movement JOIN stock_item i ON i.id = "   \
	"l.item WHERE l.quantity > 0 AND i.base <> 'tiyn' AND i.code <> 'hot_meal' AND l.at >= "  \
	"$3 AND "                                                                                 \
	"l.at < $2 AND m.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM movement_set c WHERE "    \
	"c.reverses = m.id) AND " where                                                           \
	FIRST(figure, "l.movement") " GROUP BY l.movement, i.code"
#define ASKED                                                                                \
	"need_line d JOIN need n ON n.id = d.need JOIN stock_item i ON i.id = d.item WHERE " \
	"n.headquarters = $1 AND d.quantity IS NOT NULL AND (n.started_at IS NULL OR "       \
	"n.started_at >= $2) AND " WAITS

static const struct option age_keys[] = {
	{ "under5", N_("children under 5") },
	{ "child", N_("children of 5–17") },
	{ "adult", N_("adults of 18–59") },
	{ "elder", N_("people of 60 and over") },
	{ NULL, NULL },
};

const struct sit_figure sit_figures[] = {
	{ "needs_taken", N_("Needs taken"),
	    N_("Needs asked before the report's end that no earlier report knew, by urgency."),
	    SIT_NEEDS, SIT_COUNT,
	    NEEDS("1", "n.urgency", "n.asked_at < $2" FIRST("needs_taken", "n.id")), &need_kind,
	    need_urgencies, 0 },
	{ "needs_delivered", N_("Needs delivered"),
	    N_("Needs delivered before the report's end that no earlier report knew as such."),
	    SIT_NEEDS, SIT_COUNT, NEEDS("1", "n.urgency", ENDED("delivered", "needs_delivered")),
	    &need_kind, need_urgencies, 0 },
	{ "needs_hours", N_("Hours to delivery, median"),
	    N_("The middle one of the times from asking to delivery, of the needs delivered."),
	    SIT_NEEDS, SIT_MEDIAN,
	    NEEDS(MINUTES("n.ended_at"), "''", ENDED("delivered", "needs_hours")), &need_kind, NULL,
	    0 },
	{ "needs_refused", N_("Needs turned down"),
	    N_("Needs turned down with a reason that no earlier report knew as such."), SIT_NEEDS,
	    SIT_COUNT, NEEDS("1", "n.urgency", ENDED("refused", "needs_refused")), &need_kind,
	    need_urgencies, 0 },
	{ "needs_waiting", N_("Needs not finished"),
	    N_("Needs asked before the report's end and not finished at it, by urgency."),
	    SIT_NEEDS, SIT_COUNT, NEEDS("1", "n.urgency", WAITS), &need_kind, need_urgencies, 0 },
	{ "needs_waiting_state", N_("Needs not finished, by state"),
	    N_("The same needs by how far they had come at the report's end."), SIT_NEEDS,
	    SIT_COUNT,
	    NEEDS("1",
		"CASE WHEN n.started_at < $2 THEN 'on_way' WHEN n.assigned_at < $2 THEN 'assigned' "
		"WHEN n.checked_at < $2 THEN 'checked' ELSE 'new' END",
		WAITS),
	    &need_kind, need_states, 0 },
	{ "needs_waiting_hours", N_("Hours of waiting, median"),
	    N_("The middle one of the times from asking to the report's end, of the needs not "
	       "finished."),
	    SIT_NEEDS, SIT_MEDIAN, NEEDS(MINUTES("$2"), "''", WAITS), &need_kind, NULL, 0 },
	{ "centre_people", N_("People in the centres"),
	    N_("People of the stays that had begun and not ended at the report's end, by age."),
	    SIT_CENTRES, SIT_SUM,
	    AGE("under5", "under5") " UNION ALL " AGE("child", "child") " UNION ALL " AGE(
		"adult", "adult") " UNION ALL " AGE("elder", "elder"),
	    &stay_kind, age_keys, 0 },
	{ "centre_places", N_("People by centre"),
	    N_("The same people by the centre in which they were."), SIT_CENTRES, SIT_SUM,
	    STAYS(SIT_PEOPLE, "p.code", THERE), &stay_kind, NULL, 'p' },
	{ "arrivals", N_("People who arrived"),
	    N_("People of stays that began before the report's end and that no earlier report "
	       "knew. "
	       "Who moves from one centre to another leaves and arrives."),
	    SIT_CENTRES, SIT_SUM,
	    STAYS(SIT_PEOPLE, "p.code", "s.arrived_at < $2" FIRST("arrivals", "s.id")), &stay_kind,
	    NULL, 'p' },
	{ "departures", N_("People who left"),
	    N_("People of stays that ended before the report's end and that no earlier report knew "
	       "as such."),
	    SIT_CENTRES, SIT_SUM,
	    STAYS(SIT_PEOPLE, "p.code", "s.left_at < $2" FIRST("departures", "s.id")), &stay_kind,
	    NULL, 'p' },
	{ "meals_cooked", N_("Portions cooked"), N_("Portions of the batches, by meal."), SIT_MEALS,
	    SIT_SUM,
	    "SELECT b.id AS id, b.portions AS amount, b.meal AS dim FROM meal_batch b" KITCHENS
	    "b.withdrawn = 0 AND b.cooked_at < $2" FIRST("meals_cooked", "b.id") ALL3,
	    &meal_batch_kind, meals, 0 },
	{ "meals_handed", N_("Portions handed out"),
	    N_("Portions of hot food handed out, by meal and by who got them."), SIT_MEALS, SIT_SUM,
	    "SELECT s.id AS id, s.portions AS amount, b.meal || '/' || s.receivers AS dim FROM "
	    "meal_serving s JOIN meal_batch b ON b.id = s.batch" KITCHENS
	    "s.withdrawn = 0 AND s.given_at < $2" FIRST("meals_handed", "s.id") ALL3,
	    &meal_serving_kind, NULL, 'm' },
	{ "meals_thrown", N_("Portions thrown away"),
	    N_("Portions left over or spoiled and posted as a loss."), SIT_MEALS, SIT_SUM,
	    "SELECT w.id AS id, w.portions AS amount, '' AS dim FROM meal_waste w JOIN meal_batch "
	    "b "
	    "ON b.id = w.batch" KITCHENS
	    "w.withdrawn = 0 AND w.thrown_at < $2" FIRST("meals_thrown", "w.id") ALL3,
	    &meal_waste_kind, NULL, 0 },
	{ "goods_received", N_("Goods received"),
	    N_("What came from donors into the places of the headquarters since its opening, by "
	       "item; money is not in it. Sets that were taken back do not count."),
	    SIT_GOODS, SIT_ITEMS,
	    LINES("l.account IN " SIT_OWN
		  " AND EXISTS (SELECT 1 FROM movement_line x JOIN stock_account a ON a.id = "
		  "x.account WHERE x.movement = l.movement AND a.type = 'donor')",
		"goods_received"),
	    NULL, NULL, 'i' },
	{ "goods_delivered", N_("Goods delivered"),
	    N_("What the headquarters' waybills brought, and what its places handed out, into "
	       "people's hands, by item; hot meals stand apart."),
	    SIT_GOODS, SIT_ITEMS, LINES(SIT_DELIVERED, "goods_delivered"), NULL, NULL, 'i' },
	{ "goods_asked", N_("Goods that waiting families ask for"),
	    N_("By item, over the needs not finished at the report's end whose goods were not on "
	       "the way."),
	    SIT_GOODS, SIT_ITEMS,
	    "SELECT d.need AS id, CAST(sum(d.quantity) AS BIGINT) AS amount, i.code AS dim "
	    "FROM " ASKED ALL3 " GROUP BY d.need, i.code",
	    &need_kind, NULL, 'i' },
	{ "goods_there", N_("Of them there is in the stores"),
	    N_("What the places of the headquarters hold of these items when the report is made."),
	    SIT_GOODS, SIT_ITEMS,
	    "SELECT k.account AS id, CAST(sum(k.balance) AS BIGINT) AS amount, j.code AS dim FROM "
	    "stock_now k JOIN stock_item j ON j.id = k.item WHERE k.account IN " SIT_OWN
	    " AND k.item IN (SELECT d.item FROM " ASKED ALL3
	    ") GROUP BY k.account, j.code HAVING sum(k.balance) > 0",
	    &stock_account_kind, NULL, 'i' },
	{ "shortages", N_("Shortages to explain"),
	    N_("Balances that a merge of copies brought below zero and that nobody has explained."),
	    SIT_GOODS, SIT_COUNT,
	    "SELECT h.id AS id, 1 AS amount, '' AS dim FROM stock_shortage h WHERE h.state = "
	    "'open' "
	    "AND h.account IN " SIT_OWN ALL3,
	    &stock_shortage_kind, NULL, 0 },
	{ "volunteers", N_("Volunteers who came"),
	    N_("Who came to a shift of the headquarters before the report's end and whom no "
	       "earlier report knew there, by role; in two shifts one person counts twice."),
	    SIT_VOLUNTEERS, SIT_COUNT,
	    "SELECT u.id AS id, 1 AS amount, u.role AS dim FROM shift_signup u JOIN shift s ON "
	    "s.id = u.shift WHERE s.headquarters = $1 AND u.arrived_at < $2" FIRST(
		"volunteers", "u.id") ALL3,
	    &shift_signup_kind, shift_roles, 0 },
};
const size_t sit_nfigures = ARRAY_LEN(sit_figures);

const struct sit_figure *
sit_figure_find(const char *code)
{
	size_t i;

	for (i = 0; code != NULL && i < sit_nfigures; i++)
		if (strcmp(sit_figures[i].code, code) == 0)
			return &sit_figures[i];
	return NULL;
}
