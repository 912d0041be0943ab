import { systemClock } from '#platform/clock/system-clock.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { bound } from '../bound.ts';
import type { WideColumnStore } from '../store.ts';
import { cqlAddress } from './address.ts';
import { CqlSession } from './session.ts';
import { type CqlOptions, openCql } from './wide-column.ts';

const log = createLog('silent');
let keyspaces = 0;

/** The server that tests share, which the runner of tests has started: an address with `KEYSPACE` in the place of a keyspace. */
export function testCqlUrl(keyspace: string): string {
  const url = process.env.PLAZA_TEST_CQL_URL;
  if (!url) throw new Error('These tests need a server of CQL: run them with `npm test -- cql`.');
  return url.replace('KEYSPACE', keyspace);
}

/** A name that no test used before. */
export function freshKeyspace(): string {
  return `test_${process.pid}_${systemRandom.bytes(4).toString('hex')}_${keyspaces++}`;
}

/** The wide-column port on an empty keyspace of the tests' server, which goes when the port is closed. */
export async function openTestCql(options: Partial<CqlOptions> = {}): Promise<WideColumnStore> {
  const url = options.url ?? testCqlUrl(freshKeyspace());
  // Two cores shared with everything else that is tested: what takes long here is not yet lost.
  const wide = await openCql({
    url,
    clock: systemClock,
    random: systemRandom,
    log,
    requestTimeoutMs: 15_000,
    ...options,
  });
  return {
    ...bound(wide),
    partitions: (table, page) => wide.partitions(table, page),
    rangeVersions: (table, partition, range) => wide.rangeVersions(table, partition, range),
    clear: (table) => wide.clear(table),
    async close() {
      await wide.close();
      await dropKeyspace(url);
    },
  };
}

export async function dropKeyspace(url: string): Promise<void> {
  const address = cqlAddress(url);
  await onServer(url, `DROP KEYSPACE IF EXISTS ${address.keyspace}`);
}

/** One statement on a connection of its own. Gives the rows. */
export async function onServer(url: string, text: string, params: unknown[] = []): Promise<Record<string, unknown>[]> {
  const address = cqlAddress(url);
  const session = new CqlSession({ address, tls: {}, log, metrics: undefined, requestTimeoutMs: 30_000 });
  try {
    await session.connect();
    return await session.define(text, params);
  } finally {
    await session.close();
  }
}
