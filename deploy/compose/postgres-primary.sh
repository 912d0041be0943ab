#!/bin/bash
# Run once, by the image of PostgreSQL, when the data of the primary is made.
set -euo pipefail
echo "host replication $POSTGRES_USER all scram-sha-256" >>"$PGDATA/pg_hba.conf"
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "SELECT pg_create_physical_replication_slot('replica_1')"
