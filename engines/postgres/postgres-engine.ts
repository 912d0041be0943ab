import { join } from 'node:path';
import pg from 'pg';
import type { Engine, EngineNode } from '#engines/engine.ts';
import { findPostgres } from './find-postgres.ts';
import { clientFiles, preparePrimary, prepareReplica } from './prepare-nodes.ts';
import { DATABASE, ROLE } from './server-files.ts';
import { serverUser } from './server-user.ts';

export interface PostgresEngineOptions {
  /** Everything that the servers keep. The server's user must be able to reach it: for root that is another one. */
  readonly folder: string;
  /** The primary's port; replicas take those that follow. */
  readonly basePort: number;
  readonly replicas: number;
  /** Of the role `plaza`, which may do everything; letters and digits. */
  readonly password?: string;
}

const DEFAULT_PASSWORD = 'plaza';

/**
 * PostgreSQL on loopback: `primary`, and `replica-1` … that follow it by streaming replication. The primary has to run when a replica is started for the
 * first time.
 * @throws Error when PostgreSQL is not installed
 */
export function postgresEngine(options: PostgresEngineOptions): Engine {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('There is no PostgreSQL: apt-get install postgresql');
  const user = serverUser();
  const urls = postgresUrls(options);
  const node = (name: string, url: string): EngineNode => {
    const folder = join(options.folder, name);
    const place = { bin, user, folder, password: options.password ?? DEFAULT_PASSWORD };
    const { port } = new URL(url);
    const [command, ...args] = [
      ...user.prefix,
      join(bin, 'postgres'),
      '-D',
      join(folder, 'data'),
      '-c',
      `port=${port}`,
    ];
    return {
      name,
      folder,
      command: command!,
      args,
      env: { HOME: folder },
      stopSignal: 'SIGINT',
      async prepare() {
        user.letThrough(options.folder);
        if (name === 'primary') await preparePrimary(place);
        else await prepareReplica(place, name, urls.primary);
      },
      answers: () => answers(url),
    };
  };
  return {
    name: 'postgres',
    nodes: [node('primary', urls.primary), ...urls.replicas.map((url, index) => node(`replica-${index + 1}`, url))],
  };
}

/** Where the servers are reached, and the files for a client that wants TLS (`localhost` and 127.0.0.1 are in the server's certificate). */
export function postgresUrls({ folder, basePort, replicas, password = DEFAULT_PASSWORD }: PostgresEngineOptions) {
  const url = (index: number) => `postgres://${ROLE}:${password}@127.0.0.1:${basePort + index}/${DATABASE}`;
  return {
    primary: url(0),
    replicas: Array.from({ length: replicas }, (_, index) => url(index + 1)),
    tls: clientFiles(join(folder, 'primary')),
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}
