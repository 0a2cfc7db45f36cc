#!/bin/sh
# What the official PostgreSQL image promises: on the first start a cluster with POSTGRES_USER as
# superuser, the database POSTGRES_DB, and everything in /docker-entrypoint-initdb.d; then postgres.
set -eu

if [ "${1:-}" != postgres ]; then
    exec "$@"
fi

if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" /var/run/postgresql
    chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
    chmod 700 "$PGDATA"
    exec /usr/bin/setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

export POSTGRES_USER="${POSTGRES_USER:-postgres}"
export POSTGRES_DB="${POSTGRES_DB:-$POSTGRES_USER}"

run_init_files() {
    for file in /docker-entrypoint-initdb.d/*; do
        echo "$0: running $file"
        case "$file" in
            *.sql) psql --dbname "$POSTGRES_DB" -f "$file" ;;
            *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
        esac
    done
}

psql() {
    command psql --set ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" "$@"
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    : "${POSTGRES_PASSWORD:?POSTGRES_PASSWORD is required for the first start}"
    # POSTGRES_INITDB_ARGS holds several arguments.
    # shellcheck disable=SC2086
    printf '%s\n' "$POSTGRES_PASSWORD" \
        | initdb --username="$POSTGRES_USER" --pwfile=/dev/stdin ${POSTGRES_INITDB_ARGS:-}
    echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
    echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"

    # No one but the init files connects until they are done.
    pg_ctl --wait --options="-c listen_addresses=''" start
    if [ "$POSTGRES_DB" != postgres ]; then
        printf 'CREATE DATABASE :"name";\n' | psql --dbname postgres --set name="$POSTGRES_DB"
    fi
    run_init_files
    pg_ctl --wait --mode=fast stop
fi

exec "$@"
