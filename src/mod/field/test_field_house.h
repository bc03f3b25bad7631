/* test_field_house.h – the house of mod/centre's tests with everything that a laptop's copy holds. Header-only; each test
 * program has its own house. */
#ifndef MOD_FIELD_TEST_FIELD_HOUSE_H
#define MOD_FIELD_TEST_FIELD_HOUSE_H

#include "mod/field/field_inner.h"
#define MORE_KINDS                                                                 \
	, &meal_plan_kind, &meal_batch_kind, &meal_serving_kind, &meal_waste_kind, \
	    &field_conflict_kind
#include "centre_house.h"

#endif
