import { setTimeout as pause } from 'node:timers/promises';
import type { Member } from '#apps/cluster/layout.ts';
import type { EngineNode } from '#engines/engine.ts';
import { runningPid, startNode, stopNode } from '#engines/node-process.ts';
import { inParallel } from '../data/callers.ts';
import type { Community, Report } from '../data/generate.ts';
import { type Author, activate, byFollowers, entriesOf, post } from '../measures/fan-out.ts';
import { cpuMsByName } from './cpu.ts';
import type { RunningCluster } from './running.ts';

/** Feed entries that so many processes of the feed wrote, and what that cost. */
export interface SharedFanOut {
  readonly consumers: number;
  readonly deliveries: number;
  /** From the first post to the last entry: the posting is part of it. */
  readonly perSecond: number;
  /** CPU time for each entry, in milliseconds: of the feed's processes, and of everything, posting and engines included. */
  readonly feedMsEach: number;
  readonly wholeMsEach: number;
  /** Part of the entries that each process wrote, 0 to 1. */
  readonly shares: readonly number[];
}

const CONSUMERS = [1, 2, 4] as const;
const AUTHORS = 10;
const POSTS_EACH = 30;
const POSTING_AT_ONCE = 16;
const LOOK_EVERY_MS = 50;
/** Whoever waits longer waits for entries that will not come. */
const MAX_WAIT_MS = 300_000;

interface Consumer {
  readonly member: Member;
  readonly pid: number;
}

/** The most followed people post while one process of the feed delivers, then two, then four. */
export async function measureSharedFanOut(
  running: RunningCluster,
  community: Community,
  report: Report,
): Promise<SharedFanOut[]> {
  const { cluster, remote } = running;
  const plaza = { services: remote.services, drain: remote.operator.drain };
  const active = await activate(plaza, community, report);
  const authors = (await byFollowers(plaza, community)).slice(0, AUTHORS);
  const entries = await entriesOf(plaza, authors, active);
  const first = cluster.layout.services.find(({ service }) => service === 'feed')!;
  const consumers: Consumer[] = [{ member: first, pid: running.pids.get(first.name)! }];
  const started: EngineNode[] = [];
  const results: SharedFanOut[] = [];
  try {
    for (const wanted of CONSUMERS) {
      while (consumers.length < wanted) {
        const { member, node } = cluster.another('feed', consumers.length + 1);
        report(`Starting ${member.name}`, consumers.length, wanted);
        started.push(node);
        await startNode(node);
        consumers.push({ member, pid: runningPid(node)! });
      }
      report(`Posting to ${wanted}`, 0, 1);
      // While the first of these come, partitions move to those who have joined.
      await deliver(running, consumers, authors, entries, 2);
      results.push(await deliver(running, consumers, authors, entries, POSTS_EACH));
    }
  } finally {
    await Promise.all(started.map(stopNode));
  }
  return results;
}

/** Each author posts so often; resolves when every entry that follows from it is written. */
async function deliver(
  { cpuMsByProcess, remote }: RunningCluster,
  consumers: readonly Consumer[],
  authors: readonly Author[],
  entriesOfOneRound: number,
  postsEach: number,
): Promise<SharedFanOut> {
  const written = () => Promise.all(consumers.map(({ member }) => entriesWritten(member)));
  const pids = new Map(consumers.map(({ member, pid }) => [member.name, pid]));
  const whole = () => sum([...new Map([...cpuMsByProcess(), ...cpuMsByName(pids)]).values()]);
  const feed = () => sum([...cpuMsByName(pids).values()]);
  const expected = postsEach * entriesOfOneRound;
  const before = await written();
  const [wholeBefore, feedBefore] = [whole(), feed()];
  const startMs = performance.now();
  await inParallel(authors.length * postsEach, POSTING_AT_ONCE, (index) =>
    post(remote, authors[index % authors.length]!.id),
  );
  let each = await written();
  while (sum(each) - sum(before) < expected) {
    if (performance.now() - startMs > MAX_WAIT_MS) {
      throw new Error(`${sum(each) - sum(before)} of ${expected} entries were written; the log of the feed says why.`);
    }
    await pause(LOOK_EVERY_MS);
    each = await written();
  }
  const deliveries = sum(each) - sum(before);
  const seconds = (performance.now() - startMs) / 1_000;
  return {
    consumers: consumers.length,
    deliveries,
    perSecond: deliveries / seconds,
    feedMsEach: (feed() - feedBefore) / deliveries,
    wholeMsEach: (whole() - wholeBefore) / deliveries,
    shares: each.map((count, i) => (count - before[i]!) / deliveries),
  };
}

async function entriesWritten({ metricsPort }: Member): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return Number(/^plaza_feed_entries_written_total(?:{[^}]*})? ([0-9.e+]+)$/m.exec(text)?.[1] ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
