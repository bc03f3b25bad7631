/* wall_reads.c – the wall's numbers and its link for a screen without an account. The link's secret is 32 random bytes; its
 * digest alone is kept, and whoever made it is in the audit. It ends with the headquarters. */
#include "mod/sitrep/wall_reads.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/setting.h"

/* ---- numbers ---- */

static const char *const measures[MEASURES] = {
	[MEASURE_SPACE] = N_("little space"),
	[MEASURE_WATER] = N_("little water"),
	[MEASURE_TOILETS] = N_("few toilets"),
	[MEASURE_FOOD] = N_("little food"),
	[MEASURE_PLACES] = N_("over-full"),
};

static int
read_centre(struct ctx *cx, const struct occupancy *o, struct wall_centre *out)
{
	struct centre_flag f[MEASURES];
	struct relief_place p;
	struct centre c;
	struct buf b;
	int i, rc;

	TRY(kind_load(cx, &relief_place_kind, o->place, &p));
	rc = centre_of_place(cx, o->place, &c);
	if (rc == RC_NOTFOUND) {
		kind_empty(&centre_kind, &c);
		err_clear(cx);
	} else
		TRY(rc);
	*out = (struct wall_centre){ kind_title(cx, &relief_place_kind, &p), heads_all(&o->heads),
		p.capacity, "" };
	TRY(centre_flags(cx, &p, &c, out->people, f));
	buf_init(&b, cx->arena, 0);
	for (i = 0; i < MEASURES; i++)
		if (f[i].red)
			buf_printf(&b, "%s%s", b.n == 0 ? "" : ", ", tr(cx, measures[i]));
	if (b.n > 0)
		out->red = b.p;
	return RC_OK;
}

static int
by_red(const void *a, const void *b)
{
	const struct wall_centre *x = a, *y = b;

	if ((*x->red != '\0') != (*y->red != '\0'))
		return *x->red != '\0' ? -1 : 1;
	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int
read_centres(struct ctx *cx, int64_t headquarters, struct wall *w)
{
	struct wall_centre *all;
	struct occupancy *o;
	size_t n, i;

	TRY(centre_occupancy(cx, headquarters, 0, &o, &n));
	all = arena_array(cx->arena, struct wall_centre, n + 1);
	for (i = 0; i < n; i++) {
		TRY(read_centre(cx, &o[i], &all[i]));
		w->people += all[i].people;
	}
	if (n > 1)
		qsort(all, n, sizeof *all, by_red);
	for (i = 0; i < n && i < WALL_CENTRES; i++)
		w->centre[w->ncentres++] = all[i];
	w->more = n - w->ncentres;
	return RC_OK;
}

static int
later(struct ctx *cx, const char *sql, struct vals v, int64_t *newest)
{
	int64_t at;

	TRY(db_int(cx, &at, sql, v));
	if (at > *newest)
		*newest = at;
	return RC_OK;
}

int
wall_read(struct ctx *cx, int64_t headquarters, struct wall *w)
{
	struct vals of = VALS(v_int(headquarters));

	*w = (struct wall){ 0 };
	TRY(reads_sums(cx, headquarters, &w->sums));
	TRY(read_centres(cx, headquarters, w));
	TRY(meal_day(cx, headquarters, day_of_moment(cx->now), &w->day));
	TRY(sit_shorts_now(cx, headquarters, &w->lack, &w->nlack));
	if (w->nlack > WALL_SHORTS)
		w->nlack = WALL_SHORTS;
	w->newest = w->sums.newest;
	TRY(later(cx,
	    "SELECT coalesce(max(s.changed_at), 0) FROM stay s JOIN relief_place p ON p.id = "
	    "s.place WHERE p.headquarters = $1",
	    of, &w->newest));
	TRY(later(cx,
	    "SELECT coalesce(max(b.changed_at), 0) FROM meal_batch b JOIN relief_place p ON p.id = "
	    "b.place WHERE p.headquarters = $1",
	    of, &w->newest));
	TRY(later(
	    cx, "SELECT coalesce(max(recorded_at), 0) FROM movement_set", NO_VALS, &w->newest));
	return setting_number(cx, "wall_stale", 30, &w->stale);
}

/* ---- the link ---- */

const char *
wall_digest(struct ctx *cx, const char *plain)
{
	unsigned char digest[32];
	char *hex = arena_alloc(cx->arena, 65);

	crypto_generichash(
	    digest, sizeof digest, (const unsigned char *)plain, strlen(plain), NULL, 0);
	return sodium_bin2hex(hex, 65, digest, sizeof digest);
}

struct linking {
	int64_t headquarters;
	const char *digest; /* NULL = dropped */
};

static int
link_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct linking *l = arg;

	if (l->digest != NULL)
		TRY(headquarters_takes(cx, l->headquarters));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM wall_link WHERE headquarters = $1",
	    VALS(v_int(l->headquarters))));
	if (l->digest != NULL)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO wall_link (headquarters, digest, made_at, made_by) VALUES ($1, "
		    "$2, $3, $4)",
		    VALS(v_int(l->headquarters), v_text(l->digest), v_int(cx->now),
			v_int(cx->actor->account))));
	return audit_tx(
	    cx, tx, l->digest == NULL ? "delete" : "create", "wall_link", l->headquarters, NULL);
}

int
wall_link_make(struct ctx *cx, int64_t headquarters, const char **secret)
{
	unsigned char raw[32];
	char *text = arena_alloc(cx->arena, 64);

	if (!may(cx, CAP_RELIEF_WRITE) || cx->actor->account == 0)
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	randombytes_buf(raw, sizeof raw);
	sodium_bin2base64(text, 64, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	*secret = text;
	return db_write(cx, link_fn, &(struct linking){ headquarters, wall_digest(cx, text) });
}

int
wall_link_drop(struct ctx *cx, int64_t headquarters)
{
	if (!may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, link_fn, &(struct linking){ headquarters, NULL });
}

int
wall_link_made(struct ctx *cx, int64_t headquarters, int64_t *at)
{
	return db_int(cx, at,
	    "SELECT coalesce(max(made_at), 0) FROM wall_link WHERE headquarters = $1",
	    VALS(v_int(headquarters)));
}

int
wall_link_find(struct ctx *cx, const char *secret, int64_t *headquarters)
{
	return db_int(cx, headquarters,
	    "SELECT l.headquarters FROM wall_link l JOIN headquarters h ON h.id = l.headquarters "
	    "WHERE l.digest = $1 AND h.state = 'open'",
	    VALS(v_text(wall_digest(cx, secret))));
}
