/* health.h – /healthz, /readyz, /metrics. */
#ifndef APP_HEALTH_H
#define APP_HEALTH_H

#include "ui/ui.h"

extern const struct route health_routes[];
extern const size_t health_nroutes;

#endif
