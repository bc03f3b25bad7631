#!/bin/sh
# Runs a command with a throw-away PostgreSQL cluster: test/pg.sh COMMAND [ARGUMENT …]
# SHANYRAQ_TEST_PG holds its address (a unix socket in a directory of its own, removed at the end);
# SHANYRAQ_TEST_PG_DATA and SHANYRAQ_TEST_PG_CTL let a test restart the server. As root it runs as
# the user postgres, else as the caller. PGFAST=1 turns fsync off.
set -eu

[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT ...]" >&2; exit 2; }
bin=
for d in /usr/lib/postgresql/*/bin; do
	[ -x "$d/initdb" ] && bin=$d
done
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo /none/initdb)")
[ -x "$bin/initdb" ] || { echo "pg.sh: PostgreSQL is not installed" >&2; exit 3; }

# In memory where there is room (tools/test-all): a copy of a database is then ten times as fast. A socket's path is short.
room=${TMPDIR:-/tmp}
[ "${#room}" -le 30 ] || room=/tmp
dir=$(mktemp -d "$room/shanyraq-pg-XXXXXX")
if [ "$(id -u)" = 0 ]; then
	chown postgres "$dir"
	as() { (cd / && exec runuser -u postgres -- "$@"); }
	ctl="runuser -u postgres -- $bin/pg_ctl"
else
	as() { "$@"; }
	ctl="$bin/pg_ctl"
fi
stop() {
	as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP
chmod 755 "$dir"

fsync=on
[ "${PGFAST:-0}" = 1 ] && fsync=off
as "$bin/initdb" -D "$dir/data" -A trust -U shanyraq -E UTF8 --locale=C.UTF-8 --no-sync \
	>"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 3; }
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
unix_socket_permissions = 0777
fsync = $fsync
max_connections = 120
shared_buffers = 64MB
log_min_messages = fatal
CONF
as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/log" -w start >/dev/null || { cat "$dir/data/log" >&2; exit 3; }
SHANYRAQ_TEST_PG="postgresql://shanyraq@/postgres?host=$dir"
SHANYRAQ_TEST_PG_DATA=$dir/data
SHANYRAQ_TEST_PG_CTL=$ctl
export SHANYRAQ_TEST_PG SHANYRAQ_TEST_PG_DATA SHANYRAQ_TEST_PG_CTL
status=0
"$@" || status=$?
exit "$status"
