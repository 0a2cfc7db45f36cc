#!/bin/sh
# Stands in for the queue worker: one session that stays connected to the database as Odoo's role.
# When the database goes, psql ends, this container ends with it, and Docker starts it again.
export PGHOST="$DB_HOST" PGPORT="$DB_PORT" PGUSER="$DB_USER" PGPASSWORD="$DB_PASSWORD"
export PGDATABASE="$DB_NAME" PGAPPNAME=queue-worker

until pg_isready -q; do sleep 1; done
{
    echo "LISTEN queue_job;"
    while sleep 1; do echo "SELECT 1;"; done
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --output /dev/null
