/* actor.h – who acts, and what that person may do.
 *
 * An actor is never NULL: a guest is an actor, so is the program itself (CLI, jobs). Rights are
 * capability bits; a role is a const set of them (actor.c holds the whole table, docs/roles.md
 * prints it). A scoped actor (an association's leader) acts only inside `scope`: its own body and
 * the branches beneath. No handler tests a role; it asks may(cx, CAP_…). */
#ifndef BASE_ACTOR_H
#define BASE_ACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cap {
	CAP_UNSET = 0,
	CAP_PUBLIC,	 /* anybody, guests too */
	CAP_SIGNED_IN,	 /* anybody with an account: own page, own password */
	CAP_STAFF,	 /* the work pages: today, lists */
	CAP_PEOPLE_READ, /* people and memberships (scoped for a leader) */
	CAP_PEOPLE_WRITE,
	CAP_PEOPLE_MERGE, /* join two records of one person, decide that they are two */
	CAP_SUBJECT_READ, /* contacts and birth dates of people */
	CAP_SEALED_READ,  /* show an IIN or an ethnicity, one at a time, recorded */
	CAP_BODY_WRITE,	  /* bodies, offices, accreditations, population */
	CAP_EVENT_READ,	  /* events that are not public yet, evidence, attendances */
	CAP_EVENT_WRITE,
	CAP_DOOR,	    /* let in at the door: its roster and scans, in the scope */
	CAP_EVENT_APPROVE,  /* approve a plan, confirm a report, merge */
	CAP_FIGURE_ROWS,    /* records behind figures that name persons */
	CAP_EDITION_FREEZE, /* freeze a report's figures */
	CAP_EDITION_SIGN,   /* sign or withdraw a frozen report */
	CAP_EXPORT,
	CAP_REFERENCE_WRITE, /* kinds, districts, observances */
	CAP_HISTORY_READ,    /* from → to values of a record's history */
	CAP_AUDIT_READ,	     /* who did what to which record and field; no values */
	CAP_RIGHTS, /* people's rights: erase, restrict, export all that is held, terms of storage */
	CAP_USERS,  /* accounts, roles, tokens */
	CAP_SETTINGS,
	CAP_PLAN_APPROVE,   /* the last step of a plan: the head of the secretariat */
	CAP_STOCK_READ,	    /* goods and money: items, accounts, lots, movements, balances */
	CAP_STOCK_WRITE,    /* post movements, make items, accounts, lots */
	CAP_CHARITY_FAMILY, /* families that are helped, with names; a leader those of the own body */
	CAP_RELIEF_READ, /* the headquarters' board, wall and totals; no family can be told from them */
	CAP_RELIEF_FAMILY, /* who asks for help: names, telephones, places of families; recorded */
	CAP_RELIEF_WRITE,  /* take needs, move them, write the log, places and duties */
	CAP_RELIEF_OPEN,   /* open and close a headquarters */
	CAP_RELIEF_DRIVE,  /* carry out what is assigned to oneself: the driver's waybills */
	CAP_NOBODY,	   /* no role has it: only rules and the program itself act */
	CAP_COUNT
};

enum role {
	ROLE_GUEST,
	ROLE_MEMBER,
	ROLE_DOOR,   /* helper at the door of one body's events, for some days */
	ROLE_DRIVER, /* carries help of a relief headquarters: own waybills only */
	ROLE_RELIEF, /* coordinator of a relief headquarters: needs and families, stock */
	ROLE_LEADER, /* association leader: own body and branches */
	ROLE_CLERK,
	ROLE_HEAD,
	ROLE_AUDITOR,
	ROLE_ADMIN,
	ROLE_SYSTEM, /* CLI and jobs; never stored for an account */
	ROLE_COUNT
};

struct actor {
	int64_t account; /* 0 = guest or the program */
	int64_t person;	 /* the person behind the account, 0 = none */
	enum role role;
	uint64_t caps;
	int64_t body;	      /* scope root, 0 = whole assembly */
	const int64_t *scope; /* bodies of the scope, ascending; valid as long as the actor */
	size_t nscope;
	const char *login; /* "" for guests */
	const char *name;
	int64_t session;  /* 0 = none */
	int64_t token;	  /* API token id, 0 = none */
	const char *csrf; /* token that this session's forms carry; "" = none */
	int nroles;	  /* in force, of this account: more than one can be switched */
	bool
	    held_back; /* the role needs a second factor that is not on: caps are those of a member */
	bool reading; /* a token that writes nothing */
	const char
	    *kinds; /* of a token: " events bodies " = only these parts of the API; NULL = all */
};

extern const struct actor actor_guest, actor_system;

uint64_t role_caps(enum role r);
/* What is left of capabilities for one who only reads. */
uint64_t caps_reading(uint64_t caps);
const char *role_code(enum role r);
bool role_parse(const char *code, enum role *out);
const char *cap_code(enum cap c);
bool actor_may(const struct actor *a, enum cap c);
static inline bool
actor_scoped(const struct actor *a)
{
	return a->body != 0;
}
bool actor_in_scope(const struct actor *a, int64_t body); /* true for an unscoped actor */

#endif
