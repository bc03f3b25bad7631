/* media_figures.c – what was published in the period: own publications by the kind of their outlet and by language,
 * reprints apart, and posts of columns. Each is one SELECT over the register. RULE media-1 */
#include "figure/figure.h"
#include "mod/media/media_inner.h"

static void
publications(const struct ask *a, const char *cond, const char *dim, struct buf *sql, struct val *v,
    size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	buf_printf(sql,
	    "SELECT p.id AS id, p.day AS day, coalesce(p.body, e.body) AS body, 1 AS amount, '' AS "
	    "basis, %s AS dim FROM publication p JOIN outlet o ON o.id = p.outlet LEFT JOIN event "
	    "e ON e.id = p.event WHERE p.origin IS %s NULL AND p.day >= $%zu AND p.day <= $%zu",
	    dim, cond, from, to);
	figure_within(
	    a, "coalesce(p.body, e.body)", "coalesce(e.district, o.district)", sql, v, nv);
}

static void
by_type(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	publications(a, "", "o.type", sql, v, nv);
}

static void
by_lang(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	publications(a, "", "p.lang", sql, v, nv);
}

static void
reprints(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	publications(a, "NOT", "o.type", sql, v, nv);
}

static void
posts(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	(void)cx;
	buf_printf(sql,
	    "SELECT p.id AS id, p.day AS day, coalesce(c.body, e.body) AS body, 1 AS amount, '' AS "
	    "basis, c.network AS dim FROM social_post p JOIN social_column c ON c.id = "
	    "p.social_column LEFT JOIN event e ON e.id = p.event WHERE p.day >= $%zu AND p.day <= "
	    "$%zu",
	    from, to);
	figure_within(a, "coalesce(c.body, e.body)", "e.district", sql, v, nv);
}

#define MEDIA_ROWS_WHY N_("The register of media is the staff's; its number is everybody's.")
#define MEDIA_FIGURE                                                                             \
	.shape = FIGURE_COUNT, .time = FIGURE_PERIOD, .say = SAY_EXACT, .value_cap = CAP_PUBLIC, \
	.rows_cap = CAP_EVENT_READ, .rows_why = MEDIA_ROWS_WHY

static const struct figure publications_figure = {
	.code = "media_publications",
	.name = N_("Publications in the media"),
	.definition = N_("Texts, broadcasts and posts of media outlets about the assembly in the "
			 "period, without reprints."),
	.rule = N_("One publication is one entry of the register, on its date; one page is entered "
		   "once. Reprints are a figure of their own. What was only found in a feed does "
		   "not count."),
	.unit = N_("publications"),
	.unit_code = "publications",
	MEDIA_FIGURE,
	.kind = &publication_kind,
	.records = by_type,
	.dim = "outlet",
	.dim_options = outlet_types,
};
static const struct figure languages_figure = {
	.code = "media_by_language",
	.name = N_("Publications by language"),
	.definition = N_("The same publications, without reprints, by the language they are in."),
	.rule = N_("Counted as publications in the media; one in two languages stands under the "
		   "one that was entered."),
	.unit = N_("publications"),
	.unit_code = "publications",
	MEDIA_FIGURE,
	.kind = &publication_kind,
	.records = by_lang,
	.dim = "language",
	.dim_options = media_langs,
};
static const struct figure reprints_figure = {
	.code = "media_reprints",
	.name = N_("Reprints in the media"),
	.definition = N_("Publications of the period that repeat another one."),
	.rule = N_("Those entered with the publication that they repeat, on their own date."),
	.unit = N_("publications"),
	.unit_code = "publications",
	MEDIA_FIGURE,
	.kind = &publication_kind,
	.records = reprints,
	.dim = "outlet",
	.dim_options = outlet_types,
};
static const struct figure posts_figure = {
	.code = "social_posts",
	.name = N_("Posts of columns in networks"),
	.definition = N_("Posts of the period in columns that the assembly and its bodies run."),
	.rule = N_("One post is one entry of a column, on its date; views are not added up."),
	.unit = N_("posts"),
	.unit_code = "posts",
	MEDIA_FIGURE,
	.kind = &social_post_kind,
	.records = posts,
	.dim = "network",
	.dim_options = media_networks,
};

const struct figure *const media_figures[] = { &publications_figure, &languages_figure,
	&reprints_figure, &posts_figure };
const size_t media_nfigures = ARRAY_LEN(media_figures);
