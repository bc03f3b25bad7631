/* data.c – see data.h. The one variable is set at boot by app/ and only read afterwards. */
#include "core/data.h"

#include <stddef.h>

static house_data_fn *house_data_reader;

void
house_data_set(house_data_fn *fn)
{
	house_data_reader = fn;
}

const char *
house_data(const char *name)
{
	return house_data_reader == NULL ? NULL : house_data_reader(name);
}
