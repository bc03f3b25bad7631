"""citus_test.py – the rule for spreading over Citus, as far as plain PostgreSQL can prove it.

The program's own schema is read back from the catalogue and made once more with `assembly` in front of
every primary key, unique index and reference, PARTITION BY LIST (assembly). PostgreSQL refuses what
Citus would refuse: a unique key without the column, a reference from an installation-wide table into
one assembly. schema/citus.sql must name each table once."""
import os
import re
import subprocess

import house
from house import check, only, psql, same

HERE = os.path.dirname(os.path.abspath(__file__))


def calls():
    with open(os.path.join(HERE, "../../schema/citus.sql"), encoding="utf-8") as f:
        text = re.sub(r"--[^\n]*", "", f.read())
    return (re.findall(r"create_reference_table\('(\w+)'\)", text),
            re.findall(r"create_distributed_table\('(\w+)', 'assembly'", text))


def made(url, whole):
    """Statements that make the schema `p` out of `public`; whole = tables of the whole installation."""
    out = ["CREATE SCHEMA p"]
    for table, columns in psql(url, """SELECT c.relname, string_agg(format('%I %s%s', a.attname,
            format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), ', '
            ORDER BY a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            AND NOT a.attisdropped WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND c.relname <> 'schema_migration' GROUP BY c.relname ORDER BY c.relname"""):
        out.append(f"CREATE TABLE p.{table} ({columns})" if table in whole else
                   f"CREATE TABLE p.{table} (assembly bigint NOT NULL, {columns}) PARTITION BY LIST (assembly)")
        if table not in whole:
            out += [f"CREATE TABLE p.{table}_{n} PARTITION OF p.{table} FOR VALUES IN ({n})" for n in (1, 2)]
    # unique indexes, those of constraints too; their columns in order, and the condition of partial ones
    for table, name, primary, columns, where in psql(url, """SELECT t.relname, i.relname, x.indisprimary,
            (SELECT string_agg(pg_get_indexdef(x.indexrelid, n, true), ', ' ORDER BY n)
            FROM generate_series(1, x.indnkeyatts) n), coalesce(pg_get_expr(x.indpred, x.indrelid), '')
            FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
            WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace AND t.relname <> 'schema_migration'
            ORDER BY x.indisprimary DESC, i.relname"""):
        keys = columns if table in whole else "assembly, " + columns
        out.append(f"ALTER TABLE p.{table} ADD PRIMARY KEY ({keys})" if primary == "t" else
                   f"CREATE UNIQUE INDEX {name} ON p.{table} ({keys})" + (f" WHERE {where}" if where else ""))
    for table, definition, to in psql(url, """SELECT conrelid::regclass, pg_get_constraintdef(oid),
            confrelid::regclass FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"""):
        m = re.fullmatch(r"FOREIGN KEY \(([^)]*)\) REFERENCES (\w+)\(([^)]*)\)(.*)", definition)
        check(m, "a reference that the test cannot read", definition)
        mine, theirs = m.group(1), m.group(3)
        check(to in whole or table not in whole, f"{table} is of the whole installation and refers to {to} of one assembly")
        if to not in whole:
            mine, theirs = "assembly, " + mine, "assembly, " + theirs
        out.append(f"ALTER TABLE p.{table} ADD FOREIGN KEY ({mine}) REFERENCES p.{to} ({theirs}){m.group(4)}")
    return out


@only("postgresql")
def test_every_key_may_hold_the_assembly(room):
    room.out("init")
    whole, spread = calls()
    tables = [r[0] for r in room.sql("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND"
                                     " relkind = 'r' AND relname <> 'schema_migration'")]
    same(sorted(whole + spread), sorted(tables), "schema/citus.sql names each table once")
    statements = made(room.db, whole)
    for i in range(0, len(statements), 200):  # one argument of a command holds 128 KiB
        room.sql(";\n".join(statements[i:i + 200]))
    keys = sum("UNIQUE" in s or "PRIMARY KEY" in s for s in statements)
    print(f"# {len(spread)} tables spread, {len(whole)} everywhere, {keys} keys, "
          f"{sum('FOREIGN KEY' in s for s in statements)} references")
    # one id in two assemblies is two records; twice in one, or a reference to what is not there, is refused
    for assembly in (1, 2):
        room.sql(a_row(room, "district", assembly))
    refused(room, a_row(room, "district", 1), "duplicate key")
    room.sql(a_row(room, "body_kind", 2))
    refused(room, a_row(room, "body", 1), "foreign key")
    room.sql(a_row(room, "body", 2))


def a_row(room, table, assembly):
    """An INSERT of a row with the number 1 wherever a number must stand."""
    columns = room.sql("SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attnotnull AND attnum > 0"
                       f" AND attrelid = '{table}'::regclass")
    return (f"INSERT INTO p.{table} (assembly, {', '.join(c for c, _ in columns)}) VALUES ({assembly}, "
            f"{', '.join('1' if t == 'bigint' else repr('x') for _, t in columns)})")


def refused(room, sql, words):
    p = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", room.db, "-c", sql], capture_output=True, text=True,
                       timeout=60)
    check(p.returncode != 0 and words in p.stderr, f"refused with “{words}”", p.stderr)


if __name__ == "__main__":
    house.main([test_every_key_may_hold_the_assembly])
