#!/bin/bash
# The parts of the official image's entrypoint that matter here: initialize once, then the server as process 1.
set -euo pipefail

export PGDATA=/var/lib/postgresql/data/pgdata
as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)

mkdir -p "$PGDATA" /run/postgresql
chown -R postgres:postgres /var/lib/postgresql/data /run/postgresql
chmod 700 "$PGDATA"

if [ ! -e "$PGDATA/.initialized" ]; then
  # A first start that was killed half way must not leave a half-made database behind.
  find "$PGDATA" -mindepth 1 -delete
  password_file=$(mktemp)
  printf '%s' "$POSTGRES_PASSWORD" >"$password_file"
  chown postgres "$password_file"
  "${as_postgres[@]}" initdb --username="$POSTGRES_USER" --pwfile="$password_file" \
    --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  rm -f "$password_file"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  "${as_postgres[@]}" pg_ctl -o "-c listen_addresses=''" -w start >/dev/null
  for script in /docker-entrypoint-initdb.d/*.sh; do
    "${as_postgres[@]}" bash "$script"
  done
  "${as_postgres[@]}" pg_ctl -m fast -w stop >/dev/null
  "${as_postgres[@]}" touch "$PGDATA/.initialized"
fi

exec "${as_postgres[@]}" "$@" -c listen_addresses='*' -c log_destination=stderr
