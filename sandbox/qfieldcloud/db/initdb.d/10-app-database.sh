#!/bin/bash
# The app's role owns the app's database and is no superuser: reserved connections are not for it, as in a careful installation.
set -euo pipefail

psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set role="$APP_DB_USER" --set password="$APP_DB_PASSWORD" --set database="$APP_DB" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE :"database" OWNER :"role";
SQL
psql --quiet --set ON_ERROR_STOP=1 --username "$APP_DB_USER" --dbname "$APP_DB" \
  --file /docker-schema/schema.sql
