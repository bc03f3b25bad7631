/* within.c – how a figure's SELECT is narrowed to the body and the district that are asked for. */
#include "figure/figure.h"

size_t
figure_val(struct val *v, size_t *nv, int64_t value)
{
	v[(*nv)++] = v_int(value);
	return *nv;
}

void
figure_within(const struct ask *a, const char *body, const char *district, struct buf *sql,
    struct val *v, size_t *nv)
{
	if (a->body != 0 && body != NULL)
		buf_printf(sql,
		    " AND %s IN (WITH RECURSIVE own (id) AS (SELECT id FROM body WHERE id = $%zu "
		    "UNION SELECT b.id FROM body b JOIN own ON b.parent = own.id) SELECT id FROM "
		    "own)",
		    body, figure_val(v, nv, a->body));
	if (a->district != 0)
		buf_printf(sql,
		    " AND %s IN (WITH RECURSIVE area (id) AS (SELECT id FROM district WHERE id = "
		    "$%zu UNION SELECT d.id FROM district d JOIN area ON d.parent = area.id) "
		    "SELECT "
		    "id FROM area)",
		    district, figure_val(v, nv, a->district));
}
