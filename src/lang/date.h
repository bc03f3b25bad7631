/* date.h – inside lang/ only: the month as it stands after a day's number. */
#ifndef LANG_DATE_H
#define LANG_DATE_H

#include "base/ctx.h"

/* қараша · ноября · November; "" outside 1–12. */
const char *month_after_day(enum lang l, int month);

#endif
