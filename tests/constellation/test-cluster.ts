import cassandra from 'cassandra-driver';
import pg from 'pg';
import { createClient } from 'redis';
import { Cluster } from '#apps/cluster/cluster.ts';
import { loadConfig } from '#platform/config/config.ts';
import { systemRandom } from '#platform/random/random.ts';
import { cqlAddress } from '#ports/wide-column/cql/address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the cluster of this run is, as `tests/runner/processes.ts` tells the tests that run on it, and the setting that says so to a cluster. */
const PLACE = {
  PLAZA_TEST_CLUSTER_FOLDER: 'PLAZA_CLUSTER_FOLDER',
  PLAZA_TEST_CLUSTER_BASE_PORT: 'PLAZA_CLUSTER_BASE_PORT',
  PLAZA_TEST_CLUSTER_PORT: 'PLAZA_PORT',
};

/** Whether the tests of this process run on a cluster: each service a process of its own, on the real engines. */
export function onCluster(): boolean {
  return (process.env.PLAZA_TEST_CLUSTER_FOLDER ?? '') !== '';
}

/** The cluster that `env` tells of. `extra`: settings of its processes. */
export function testCluster(env: Environment, extra: Readonly<Record<string, string>> = {}): Cluster {
  const place = Object.entries(PLACE).map(([given, setting]) => [setting, env[given]]);
  return new Cluster(loadConfig({ env: Object.fromEntries(place) }), systemRandom, extra);
}

/**
 * Empties what people have left behind, while none of the processes run. Tables of the wide-column store stay, since making them is what takes longest. What stands in the
 * log has been handled; files have names that nobody uses again.
 */
export async function emptyStores({ settings, layout }: Cluster): Promise<void> {
  const relational = new pg.Client({ connectionString: settings.PLAZA_RELATIONAL_URL });
  await relational.connect();
  await relational.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
  await relational.end();

  const { hosts, port, keyspace, dataCenter } = cqlAddress(settings.PLAZA_WIDE_COLUMN_URL!);
  const wide = new cassandra.Client({
    contactPoints: [...hosts],
    protocolOptions: { port },
    localDataCenter: dataCenter,
  });
  const named = await wide.execute('SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?', [keyspace]);
  await Promise.all(named.rows.map(({ table_name }) => wide.execute(`TRUNCATE ${keyspace}.${table_name}`)));
  await wide.shutdown();

  const { password } = new URL(settings.PLAZA_CACHE_URL!.replace(/,.*/, ''));
  for (let master = 0; master < 3; master++) {
    const cache = createClient({ url: `redis://:${password}@127.0.0.1:${layout.redisPort + master}` });
    await cache.connect();
    await cache.flushAll();
    cache.destroy();
  }
}
