/* signup_pages.h – route tables of this module, for app/tables.c. */
#ifndef MOD_SIGNUP_PAGES_H
#define MOD_SIGNUP_PAGES_H

#include "mod/signup/signup.h"
#include "ui/ui.h"

extern const struct route ticket_routes[];
extern const size_t ticket_nroutes;

#endif
