import { resolve } from 'node:path';
import { progressBar } from '#apps/plaza/operator/progress.ts';
import { SIZES, type SizeName } from '../data/sizes.ts';
import { CONNECTIONS, measureLoads } from '../measures/loads.ts';
import { goal, printTable } from '../report.ts';
import { clusterCommunity } from './community.ts';
import { measureSharedFanOut, type SharedFanOut } from './fan-out.ts';
import { type ManyReaders, measureManyReaders, READERS } from './many-readers.ts';
import { startCluster } from './running.ts';

export interface ClusterOptions {
  readonly size: SizeName;
  readonly seconds: number;
  readonly folder: string;
  readonly only?: string;
  readonly keep?: boolean;
}

/** `npm run bench -- cluster`: the loads of the embedded bench on services and engines of their own. */
export async function benchCluster({ size, seconds, folder, only, keep }: ClusterOptions): Promise<void> {
  const bar = progressBar();
  const running = await startCluster(resolve(folder), (what, done, total) =>
    bar.report(`Starting ${what}`, done, total),
  );
  try {
    const data = await clusterCommunity(running, size, bar.report);
    bar.stop();
    const { people, posts, follows } = SIZES[size];
    console.log(
      `A cluster, size ${size}: ${people} people, ${posts} posts, ${follows} follows. ${CONNECTIONS} connections, ${seconds} s each.\n`,
    );
    const wants = (part: string) => only === undefined || only === part;
    const goals: string[][] = [];
    if (wants('loads')) goals.push(...(await measureLoads({ server: running, community: data, seconds })));
    if (wants('fan-out')) printFanOut(await measureSharedFanOut(running, data, bar.report));
    if (wants('many-readers')) goals.push(manyReadersGoal(await measureManyReaders(running, data.people[0]!)));
    bar.stop();
    if (goals.length === 0) return;
    console.log();
    printTable(['goal', 'measured', 'wanted', ''], goals);
  } finally {
    bar.stop();
    await running.close();
    if (!keep) await running.cluster.stop((what, done, total) => bar.report(`Stopping ${what}`, done, total));
    bar.stop();
  }
}

function printFanOut(results: readonly SharedFanOut[]): void {
  console.log();
  printTable(
    ['feed consumers', 'entries', 'entries/s', 'CPU ms each, feed', 'CPU ms each, all', 'share of each consumer'],
    results.map(({ consumers, deliveries, perSecond, feedMsEach, wholeMsEach, shares }) => [
      ...[String(consumers), String(deliveries), perSecond.toFixed(0), feedMsEach.toFixed(3), wholeMsEach.toFixed(3)],
      shares.map((share) => `${Math.round(share * 100)} %`).join(' '),
    ]),
  );
}

function manyReadersGoal({ reads, failed, seconds }: ManyReaders): string[] {
  const told = Object.entries(reads).map(([table, count]) => `${table} ${count}`);
  console.log(
    `\n${READERS} readers of one uncached post: answered in ${seconds.toFixed(2)} s, ${failed} failed. Reads: ${told.join(', ')}.`,
  );
  const total = Object.values(reads).reduce((sum, count) => sum + count, 0);
  return goal('store reads of 1,000 readers of one uncached post', total, '≤ 3', total <= 3 && failed === 0);
}
