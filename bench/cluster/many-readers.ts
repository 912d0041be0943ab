import { Client, policies } from 'cassandra-driver';
import { postContract } from '#contracts/services/post.ts';
import { asPerson } from '../data/callers.ts';
import { draft } from '../data/generate.ts';
import type { RunningCluster } from './running.ts';

export const READERS = 1_000;
/** What a post is made of. */
const TABLES = ['post_head', 'post_body', 'post_counts'] as const;

export interface ManyReaders {
  readonly seconds: number;
  /** Answers that were not 200. */
  readonly failed: number;
  /** Reads of each table that Cassandra did meanwhile. */
  readonly reads: Readonly<Record<string, number>>;
}

/** A thousand people without an account ask at once, over all gateways, for a post that nobody has asked for. */
export async function measureManyReaders(
  { remote, cluster, address }: RunningCluster,
  authorId: string,
): Promise<ManyReaders> {
  const idempotencyKey = `bench-many-readers-${performance.timeOrigin}`;
  const made = await remote.services
    .client(postContract)
    .create({ draft: draft('Look at this, all of you.'), idempotencyKey }, asPerson(authorId));
  await remote.operator.drain();
  const url = new URL(`/api/v1/statuses/${made.head.id}`, address);
  const tables = await openTables(cluster.settings.PLAZA_WIDE_COLUMN_URL!);
  try {
    const before = await tables.reads();
    const startMs = performance.now();
    const statuses = await Promise.all(Array.from({ length: READERS }, () => statusOf(url)));
    const seconds = (performance.now() - startMs) / 1_000;
    const after = await tables.reads();
    const reads = Object.fromEntries(TABLES.map((name) => [name, after[name]! - before[name]!]));
    return { seconds, failed: statuses.filter((status) => status !== 200).length, reads };
  } finally {
    await tables.close();
  }
}

async function statusOf(url: URL): Promise<number> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.status;
}

/** Cassandra's own count of reads, added up over its nodes: each tells of itself only. */
async function openTables(url: string) {
  const [, hosts, keyspace, dataCenter] = /^cql:\/\/([^/]+)\/(\w+)\?datacenter=(\w+)/.exec(url)!;
  const nodes = hosts!.split(',').map((contact) => {
    const everywhere = new policies.loadBalancing.RoundRobinPolicy();
    const loadBalancing = new policies.loadBalancing.AllowListPolicy(everywhere, [contact]);
    return new Client({ contactPoints: [contact], localDataCenter: dataCenter!, policies: { loadBalancing } });
  });
  const query = 'SELECT table_name, count FROM system_views.local_read_latency WHERE keyspace_name = ? ALLOW FILTERING';
  return {
    async reads(): Promise<Record<string, number>> {
      const sums: Record<string, number> = Object.fromEntries(TABLES.map((name) => [name, 0]));
      for (const node of nodes) {
        const { rows } = await node.execute(query, [keyspace], { prepare: true });
        for (const row of rows) if (row.table_name in sums) sums[row.table_name]! += Number(row.count);
      }
      return sums;
    },
    close: () => Promise.all(nodes.map((node) => node.shutdown())),
  };
}
