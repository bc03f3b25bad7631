/* dialect.c – see dialect.h. */
#include "db/dialect.h"

static bool
on_pg(const struct ctx *cx)
{
	return store_engine(db_store(cx)) == DB_PG;
}

void
db_json(struct ctx *cx, struct buf *sql, const char *column, const char *name, const char *inner,
    enum json_as as)
{
	static const char *const open[2][5] = { { "", "CAST(", "CAST(", "CAST(", "CAST(replace(" },
		{ "", "CAST(", "CAST(", "CASE ", "CAST(replace(" } };
	static const char *const close[2][5] = { { "", " AS INTEGER)", " AS REAL)", " AS INTEGER)",
						     ", '-', '') AS INTEGER)" },
		{ "", " AS BIGINT)", " AS DOUBLE PRECISION)",
		    " WHEN 'true' THEN CAST(1 AS BIGINT) WHEN 'false' THEN CAST(0 AS BIGINT) END",
		    ", '-', '') AS BIGINT)" } };
	bool pg = on_pg(cx);

	buf_str(sql, open[pg][as]);
	if (pg)
		buf_printf(sql, "(CAST(%s AS JSONB) #>> '{%s%s%s}')", column, name,
		    inner == NULL ? "" : ",", inner == NULL ? "" : inner);
	else
		buf_printf(sql, "json_extract(%s, '$.%s%s%s')", column, name,
		    inner == NULL ? "" : ".", inner == NULL ? "" : inner);
	buf_str(sql, close[pg][as]);
}

const char *
db_own(struct ctx *cx, const char *table)
{
	/* SQLite takes the name for the WITH itself; PostgreSQL, without RECURSIVE, for the table. */
	return on_pg(cx) ? table : arena_printf(cx->arena, "main.%s", table);
}

const char *
db_null(struct ctx *cx, enum vt t)
{
	static const char *const pg[] = { [V_INT] = "CAST(NULL AS BIGINT)",
		[V_REAL] = "CAST(NULL AS DOUBLE PRECISION)",
		[V_TEXT] = "CAST(NULL AS TEXT)",
		[V_BLOB] = "CAST(NULL AS BYTEA)" };

	return on_pg(cx) ? pg[t] : "NULL";
}
