import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cassandraAddresses, cassandraEngine } from '#engines/cassandra/cassandra-engine.ts';
import { freeAddressPrefix } from '#engines/cassandra/free-addresses.ts';
import { findJava } from '#engines/java/find-java.ts';
import { javaLibraries } from '#engines/java/java-libraries.ts';
import type { Environment, Outcome } from './requirements.ts';
import { startEngine } from './start-engine.ts';

const PORT = 9_042;

/**
 * One node of Cassandra for all tests of CQL that need no more, on this machine alone; its address is in `PLAZA_TEST_CQL_URL`, with `KEYSPACE` in the place of a
 * keyspace. A server that is named there already is used as it is. Tests of failures start nodes of their own.
 */
export async function cassandra(root: string, env: Environment): Promise<Outcome> {
  const named = env.PLAZA_TEST_CQL_URL || undefined;
  if (named !== undefined) return { env: { PLAZA_TEST_CQL_URL: named } };
  try {
    await findJava({ from: 17, to: 17 });
    await javaLibraries('cassandra', join(root, 'engines/cassandra'));
  } catch (error) {
    return { missing: `needs Cassandra: ${(error as Error).message}` };
  }
  const folder = mkdtempSync(join(tmpdir(), 'plaza-cassandra-'));
  const options = { folder, port: PORT, dataCenters: ['dc1'], addressPrefix: await freeAddressPrefix(PORT) };
  const stop = await startEngine(cassandraEngine(options), folder);
  const [address] = cassandraAddresses(options);
  const url = `cql://${address}:${PORT}/KEYSPACE?datacenter=dc1&replication=dc1:1`;
  return { env: { PLAZA_TEST_CQL_URL: url }, stop };
}
