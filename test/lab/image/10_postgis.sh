#!/bin/sh
# The four extensions that the official PostGIS image creates, in its template and in POSTGRES_DB.
set -eu

postgis() {
    psql --set ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" "$@"
}

postgis --dbname postgres --command "CREATE DATABASE template_postgis IS_TEMPLATE true"
for database in template_postgis "$POSTGRES_DB"; do
    for extension in postgis postgis_topology fuzzystrmatch postgis_tiger_geocoder; do
        postgis --dbname "$database" --command "CREATE EXTENSION IF NOT EXISTS $extension"
    done
done
