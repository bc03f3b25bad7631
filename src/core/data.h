/* data.h – the lists that the program carries with it (folder data), by name.
 *
 * The bytes lie in web/'s generated tables, which only app/ knows; app hands a reader over once at
 * boot, before the first thread. Tests hand over one that reads the files. */
#ifndef CORE_DATA_H
#define CORE_DATA_H

/* NUL-ended UTF-8 text of "event_kinds.csv", or NULL when there is none. Valid until exit. */
typedef const char *house_data_fn(const char *name);
void house_data_set(house_data_fn *fn);
/* NULL when nothing was handed over or the name is not known. */
const char *house_data(const char *name);

#endif
