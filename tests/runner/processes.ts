import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PORTS } from '#apps/cluster/layout.ts';
import { freeBasePort } from '#engines/free-base-port.ts';
import { findJava } from '#engines/java/find-java.ts';
import { javaLibraries } from '#engines/java/java-libraries.ts';
import { findPostgres } from '#engines/postgres/find-postgres.ts';
import { BUS_PORT_OFFSET } from '#engines/redis/redis-engine.ts';
import { buildVersitygw } from '#engines/s3/build-versitygw.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { testCluster } from '#tests/constellation/test-cluster.ts';
import { haproxy } from './haproxy.ts';
import { pythonClients } from './python-clients.ts';
import { redisServer } from './redis-server.ts';
import type { Environment, Outcome } from './requirements.ts';

/**
 * The engines of a cluster as `npm run cluster` starts them, for all tests of the whole that run on processes; each file of tests starts the services themselves, on stores
 * that are empty. The third-party clients are among these tests.
 */
export async function processes(root: string, env: Environment): Promise<Outcome> {
  for (const look of [haproxy, redisServer]) {
    const outcome = await look();
    if ('missing' in outcome) return outcome;
  }
  if (findPostgres(env) === undefined) return { missing: 'needs PostgreSQL: apt-get install postgresql' };
  try {
    await findJava({ from: 17, to: 17 });
    for (const engine of ['kafka', 'cassandra']) await javaLibraries(engine, join(root, 'engines', engine));
    await buildVersitygw();
  } catch (error) {
    return { missing: `needs every engine: ${(error as Error).message}` };
  }
  const clients = await pythonClients(root, env);
  if ('missing' in clients) return clients;

  const folder = mkdtempSync(join(tmpdir(), 'plaza-cluster-'));
  // PostgreSQL runs as a user of its own, who has to pass through; what is inside is closed.
  chmodSync(folder, 0o711);
  const place = {
    PLAZA_TEST_CLUSTER_FOLDER: folder,
    PLAZA_TEST_CLUSTER_BASE_PORT: String(await freeBasePort(PORTS, BUS_PORT_OFFSET)),
    PLAZA_TEST_CLUSTER_PORT: String(await freePort('127.0.0.1')),
  };
  const cluster = testCluster(place);
  const stop = async () => {
    await cluster.stop(() => {});
    rmSync(folder, { recursive: true });
  };
  try {
    await cluster.startEngines(() => {});
  } catch (error) {
    await stop();
    throw error;
  }
  return { env: { ...clients.env, ...place }, stop };
}
