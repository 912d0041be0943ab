import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import type { EngineNode } from '#engines/engine.ts';
import { freeBasePort } from '#engines/free-base-port.ts';
import { runningPid, signalNode, startNode, stopNode } from '#engines/node-process.ts';
import { postgresEngine, postgresUrls } from '#engines/postgres/postgres-engine.ts';
import { freezePostgres, untilGone } from '#engines/postgres/processes.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Relational } from '#ports/relational/port.ts';

const DEADLINE_MS = 60_000;

/** A primary and its replicas for one test file, which may kill them. */
export async function startServers(replicas: number) {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-postgres-'));
  const options = { folder, basePort: await freeBasePort(1 + replicas), replicas, password: 'hidden5up3rw0rd' };
  const { nodes } = postgresEngine(options);
  const { tls, ...urls } = postgresUrls(options);
  const stop = async () => {
    for (const node of nodes) freezePostgres(node, 'SIGCONT');
    await Promise.all(nodes.map(stopNode));
    // One that had to be killed leaves processes behind that still write.
    await Promise.all(nodes.map(untilGone));
    rmSync(folder, { recursive: true });
  };
  try {
    for (const node of nodes) await startNode(node);
  } catch (error) {
    await stop();
    throw error;
  }
  const [primary, ...followers] = nodes as [EngineNode, ...EngineNode[]];
  return {
    ...urls,
    nodes: { primary, replicas: followers },
    tls: { ca: read(tls.ca), cert: read(tls.cert), key: read(tls.key) },
    stop,
  };
}

export type Servers = Awaited<ReturnType<typeof startServers>>;

/** Ends a node as a power cut would, and waits until it is gone. */
export async function killNode(node: EngineNode): Promise<void> {
  signalNode(node, 'SIGKILL');
  await eventually(() => runningPid(node) === undefined, 'the server ends');
}

/** Polls until it holds; what cannot be reached meanwhile does not count. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
    }
    if (performance.now() > deadline) throw new Error(`It never came about that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Who answered a read: a replica, or the primary. */
export async function whoAnswers(relational: Relational, freshness: 'primary' | 'replica'): Promise<string> {
  const sql = 'SELECT pg_is_in_recovery() AS follows';
  const [row] = await relational.query(CompiledQuery.raw(sql) as CompiledQuery<{ follows: number }>, { freshness });
  return row!.follows === 1 ? 'replica' : 'primary';
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
