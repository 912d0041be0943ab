import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientOptions } from 'cassandra-driver';
import { type CassandraEngineOptions, cassandraAddresses } from './cassandra-engine.ts';

const POLL_MS = 250;
const WHOLE_MS = 240_000;
/** What a fresh server lets in. */
const FIRST_USER = { username: 'cassandra', password: 'cassandra' };

/**
 * Resolves when every node sees every other, and the user of a secured engine exists.
 * @throws Error when that takes more than four minutes
 */
export async function untilWhole(options: CassandraEngineOptions): Promise<void> {
  const deadline = performance.now() + WHOLE_MS;
  for (;;) {
    try {
      if (options.secured !== undefined) await makeUser(options);
      const seen = await Promise.all(cassandraAddresses(options).map((address) => neighbours(options, address)));
      if (seen.every((count) => count === options.dataCenters.length - 1)) return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    if (performance.now() > deadline) throw new Error('The nodes of Cassandra do not find together.');
    await pause(POLL_MS);
  }
}

async function neighbours(options: CassandraEngineOptions, address: string): Promise<number> {
  return as(options, address, owner(options), async (client) => {
    const { rows } = await client.execute('SELECT peer, data_center, schema_version FROM system.peers');
    return rows.filter((row) => row.schema_version !== null && row.data_center !== null).length;
  });
}

async function makeUser(options: CassandraEngineOptions): Promise<void> {
  const [address] = cassandraAddresses(options);
  const mine = await as(options, address!, owner(options), async () => true).catch(() => false);
  if (mine) return;
  const { user, password } = options.secured!;
  const role = `CREATE ROLE IF NOT EXISTS "${user}" WITH PASSWORD = '${password.replaceAll("'", "''")}' AND LOGIN = true AND SUPERUSER = true`;
  await as(options, address!, FIRST_USER, (client) => client.execute(role));
  await as(options, address!, owner(options), (client) => client.execute('DROP ROLE IF EXISTS cassandra'));
}

function owner({ secured }: CassandraEngineOptions): typeof FIRST_USER | undefined {
  return secured === undefined ? undefined : { username: secured.user, password: secured.password };
}

async function as<T>(
  options: CassandraEngineOptions,
  address: string,
  credentials: typeof FIRST_USER | undefined,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const index = cassandraAddresses(options).indexOf(address);
  const settings: ClientOptions = {
    contactPoints: [address],
    localDataCenter: options.dataCenters[index]!,
    protocolOptions: { port: options.port },
    ...(credentials === undefined ? {} : { credentials }),
    ...(options.secured === undefined ? {} : { sslOptions: { ...clientPair(options), rejectUnauthorized: false } }),
  };
  const client = new Client(settings);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.shutdown();
  }
}

/** The server's own pair serves as a client's: the authority signed it too. */
function clientPair({ secured }: CassandraEngineOptions): { cert: Buffer; key: Buffer } | undefined {
  if (secured?.clientCertificates !== true) return undefined;
  const pem = readFileSync(secured.serverPem);
  return { cert: pem, key: pem };
}
