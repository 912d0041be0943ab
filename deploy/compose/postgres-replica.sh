#!/bin/bash
# A replica: copies the primary at its first start, and follows it by a slot of its own. A copy that was cut short is made again.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ] || [ ! -e "$PGDATA/standby.signal" ]; then
  find "$PGDATA" -mindepth 1 -delete
  pg_basebackup -R -X stream -c fast -S replica_1 -D "$PGDATA" -d "host=$PRIMARY_HOST user=$POSTGRES_USER application_name=replica_1"
  chmod 0700 "$PGDATA"
fi
exec postgres -c hot_standby=on -c max_connections=200
