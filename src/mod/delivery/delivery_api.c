/* delivery_api.c – the doors of telephones and programs: a route out, acts in. */
#include "mod/delivery/delivery_pages.h"

enum { UPLOAD_MAX = 20 << 20 };

static void
send(struct view *v, const struct json *j)
{
	v->rq->res.status = 200;
	v->rq->res.type = "application/json";
	v->rq->res.body = (struct slice){ j->out.p, j->out.n };
	res_header(v->rq, "Cache-Control", "no-store");
}

/* RULE delivery-7: each act is stored before it is answered; sent twice it is there once. */
static int
acts_post(struct view *v)
{
	struct json j;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	if (v->rq->body.n > UPLOAD_MAX)
		return fail(v->cx, RC_TOOBIG, N_("The body is too large."));
	json_init(&j, v->cx->arena, 0);
	TRY(delivery_upload(v->cx, id, v->rq->body, &j));
	send(v, &j);
	return RC_OK;
}

static int
route_get(struct view *v)
{
	struct waybill w;
	struct json j;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(waybill_mine(v->cx, id, &w));
	json_init(&j, v->cx->arena, 0);
	TRY(delivery_route(v->cx, &w, &j));
	send(v, &j);
	return RC_OK;
}

const struct route delivery_api_routes[] = {
	{ M_POST, "/api/v1/waybills/{id}/acts", acts_post, CAP_SIGNED_IN, ROUTE_API | ROUTE_FILES,
	    N_("Acts of delivery"),
	    N_("JSON: {\"acts\": […]}, at most 200; by its driver or the headquarters; harmless "
	       "when "
	       "repeated.") },
	{ M_GET, "/api/v1/waybills/{id}/route", route_get, CAP_SIGNED_IN, ROUTE_API,
	    N_("Route of a waybill"),
	    N_("Stops with what is left to hand over; names and telephones while it is open.") },
	{ M_POST, "/driver/{waybill}/acts", acts_post, CAP_RELIEF_DRIVE, ROUTE_SCRIPT | ROUTE_FILES,
	    N_("Acts of delivery"), N_("The same for a telephone that is signed in.") },
	{ M_GET, "/driver/{waybill}/route", route_get, CAP_RELIEF_DRIVE, ROUTE_SCRIPT,
	    N_("Route of a waybill"), N_("The same for a telephone that is signed in.") },
};
const size_t delivery_api_nroutes = ARRAY_LEN(delivery_api_routes);
