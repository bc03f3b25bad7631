/* demo_flood.h – what the files of the demo's flood share. First everything is planned in memory (who, what, when), then
 * the acts are done in the order of their moments through the domain's own rules, a day in a transaction: so history and
 * ledger stand as if they had been written then. An act carries what its rule needs to know of earlier ones (a
 * version), since a transaction may run twice. */
#ifndef APP_DEMO_FLOOD_H
#define APP_DEMO_FLOOD_H

#include "app/demo_inner.h"
#include "mod/centre/centre.h"
#include "mod/charity/charity.h"
#include "mod/meal/meal.h"

enum {
	FLOOD_FIRST = 20240401, /* opened */
	FLOOD_DAYS = 14,	/* of meals: from the second day on; needs come from the first */
	FLOOD_LAST = 20240426,	/* closed */
	FLOOD_SPAN = 26,
	FLOOD_NEEDS = 900,
	FLOOD_SETS = 3000,
	FLOOD_HOUSEHOLDS = 220,
	FLOOD_CENTRES = 6,
	FLOOD_KITCHENS = 2,
	FLOOD_VANS = 4,
	FLOOD_DONORS = 8,
	FLOOD_VEHICLES = 8, /* that drive by waybills */
	FLOOD_ACTS = 12000,
};
enum flood_item {
	FI_WATER,
	FI_BREAD,
	FI_FLOUR,
	FI_RICE,
	FI_BUCKWHEAT,
	FI_PASTA,
	FI_POTATO,
	FI_ONION,
	FI_MEAT,
	FI_CANNED,
	FI_OIL,
	FI_SUGAR,
	FI_SALT,
	FI_TEA,
	FI_MILK,
	FI_BABY,
	FI_BASKET,
	FI_BLANKET,
	FI_MATTRESS,
	FI_CHILD,
	FI_BOOTS,
	FI_DIAPERS,
	FI_SOAP,
	FI_HYGIENE,
	FI_DETERGENT,
	FI_MEDICINE,
	FI_HEATER,
	FI_FODDER,
	FI_COUNT
};
enum flood_recipe { FR_BASKET, FR_HYGIENE, FR_PORRIDGE, FR_PLOV, FR_SOUP, FR_COUNT };

struct flood;
struct flood_act;
typedef int flood_do(struct flood *f, struct tx *tx, const struct flood_act *a);
struct flood_act {
	int64_t at;
	int order, i, j;
	flood_do *run;
};
struct flood_need {
	int64_t id;
	const char *name, *phone, *place, *note, *urgency, *channel;
	int district, people, children, infants, van,
	    loaded;    /* loaded: day of loading, from the first */
	int64_t ready; /* on a waybill from this moment on; 0 = goes by itself */
	bool again;    /* came back, goes on a further one */
	bool pregnant, disabled, insulin, livestock;
	char end; /* d = delivered, r = turned down, c = no longer needed */
	const char *reason, *word;
	size_t n;
	struct {
		enum flood_item item;
		int64_t quantity; /* base units */
	} line[4];
};
struct flood {
	struct demo *d;
	struct actor lead, desk, store; /* who acts: chief, the desk, the storekeeper */
	struct flood_act *acts;
	size_t nacts, from, upto; /* from, upto: of the day that is written */
	int sets;		  /* planned so far */
	int64_t headquarters, main, household, loss, kitchen[FLOOD_KITCHENS],
	    kitchen_store[FLOOD_KITCHENS], centre[FLOOD_CENTRES], centre_store[FLOOD_CENTRES],
	    van[FLOOD_VANS], drive, donor[FLOOD_DONORS], wrong; /* the set that is taken back */
	int64_t item[FI_COUNT], pack[FI_COUNT], lot[FI_COUNT][2], recipe[FR_COUNT];
	int64_t want[FLOOD_SPAN][FI_COUNT]; /* what leaves the main store on a day, base units */
	int64_t sent[FLOOD_SPAN][FLOOD_CENTRES][FI_COUNT];
	int64_t transfer[FLOOD_SPAN][FLOOD_CENTRES + FLOOD_KITCHENS];
	struct flood_need *needs;
	void *households, *meals, *volunteers, *waybills;
};

/* ---- demo_flood.c */
/* The moment of a day of the flood (0 = the first), in minutes after midnight. */
int64_t flood_moment(int day, int minute);
int flood_day(const struct flood *f, int64_t at); /* 0 = the first */
void flood_act(struct flood *f, int64_t at, flood_do *run, int i, int j);
/* As flood_act, of one that posts `sets` sets. */
void flood_posts(struct flood *f, int64_t at, flood_do *run, int i, int j);
/* Lot of what perishes, as it is taken on a day; 0 = none. */
int64_t flood_lot(const struct flood *f, enum flood_item item, int day);
/* n lines out of one account into another; quantities in base units. */
struct flood_line {
	enum flood_item item;
	int64_t quantity;
};
/* Accounts, and the day whose lots are taken. */
struct flood_way {
	int64_t from, to;
	int day;
};
int flood_move(struct flood *f, struct tx *tx, struct movement *m, const struct flood_line *l,
    size_t n, struct flood_way w) MUST;

/* ---- demo_flood_places.c: opening, places, stock accounts, recipes, duty, log, offers */
int flood_places(struct flood *f, struct tx *tx) MUST;
void flood_plan_log(struct flood *f);
int flood_close(struct flood *f) MUST;
/* What a recipe takes of an item for so much of its output, rounded up. */
int64_t flood_recipe_wants(enum flood_recipe r, enum flood_item item, int64_t quantity);
/* ---- demo_flood_needs.c */
void flood_plan_needs(struct flood *f);
/* ---- demo_flood_centres.c */
void flood_plan_centres(struct flood *f);
/* So many sets of goods handed out in the centres. */
void flood_plan_giving(struct flood *f, int sets);
/* ---- demo_flood_meals.c */
void flood_plan_meals(struct flood *f);
/* ---- demo_flood_volunteers.c */
void flood_plan_volunteers(struct flood *f);
/* ---- demo_flood_waybills.c: after the needs, which it takes along */
int flood_vehicles(struct flood *f, struct tx *tx) MUST;
int flood_vehicles_close(struct flood *f, struct tx *tx) MUST;
void flood_plan_waybills(struct flood *f);
/* ---- demo_flood_stock.c: after all others, since it brings what they take */
void flood_plan_stock(struct flood *f);

#endif
