import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { Pool } from './pool.ts';
import type { Replicas } from './replicas.ts';

/** What an operator sees of the database. Returns what is called for each conflict. */
export function databaseMetrics(metrics: Metrics | undefined, primary: Pool, replicas: Replicas): () => void {
  if (metrics === undefined) return () => {};
  metrics.gauge('plaza_relational_waiting', 'Callers that wait for a connection to the primary', [], (gauge) =>
    gauge.set(primary.waiting),
  );
  metrics.gauge('plaza_relational_connections', 'Connections to the primary', [], (gauge) => gauge.set(primary.open));
  metrics.gauge('plaza_relational_primary_up', '1 while the primary can be reached', [], (gauge) =>
    gauge.set(primary.isAway ? 0 : 1),
  );
  const labels = ['server'];
  metrics.gauge('plaza_relational_replica_lag_seconds', 'How far a replica is behind', labels, (gauge) => {
    for (const { place, seconds } of replicas.lags()) gauge.set({ server: place }, seconds);
  });
  metrics.gauge('plaza_relational_replica_used', '1 while a replica is read from', labels, (gauge) => {
    for (const { place, used } of replicas.lags()) gauge.set({ server: place }, used ? 1 : 0);
  });
  const conflicts = metrics.counter(
    'plaza_relational_conflicts_total',
    'Transactions that met a serialization failure or a deadlock and were run again',
  );
  return () => conflicts.inc();
}
