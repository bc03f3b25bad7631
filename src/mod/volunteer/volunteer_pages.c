#include "mod/volunteer/volunteer_pages.h"
