/* rights_signup.c – a parent's consent that came with a sign-up, where the child is on record. RULE signup-11 */
#include "mod/rights/rights_inner.h"
#include "mod/signup/signup.h"

#define PURPOSE "event"

int
consent_of_signup_tx(struct ctx *cx, struct tx *tx, const struct signup_consent *in)
{
	struct consent c;
	bool holds;

	TRY(consent_holds(cx, in->person, PURPOSE, cx->today, &holds));
	if (holds)
		return RC_OK;
	kind_empty(&consent_kind, &c);
	c.person = in->person;
	c.purpose = PURPOSE;
	c.text = in->text;
	c.text_version = in->version;
	c.given_on = cx->today;
	c.given_by = "parent";
	c.representative.fresh = in->parent;
	return kind_insert_tx(cx, tx, &consent_kind, &c);
}
