/**
 * Measures the embedded engine and its twins: `node bench/ports/sqlite.ts [rows]`. Works in a temporary folder and prints one line per figure.
 * `rows` is the size of the feed-like table before the measured fan-out (default 1,000,000).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#platform/clock/system-clock.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { type Mutation, put } from '#ports/wide-column/port.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { wideTable } from '#ports/wide-column/table.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'plaza-bench-'));
const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
const wide = sqliteWideColumn({ core, derived, clock: systemClock });

const posts = wideTable({
  name: 'posts',
  tier: 'core',
  partition: { id: 'id' },
  clustering: {},
  columns: { author_id: 'id', body: 'text', sensitive: 'boolean', media: 'json' },
});
const feed = wideTable({
  name: 'feed',
  tier: 'derived',
  partition: { reader_id: 'id' },
  clustering: { post_id: { type: 'id', order: 'desc' } },
  columns: { author_id: 'id', reason: 'int' },
});
const expiringFeed = wideTable({ ...feed, name: 'expiring_feed', ttlSeconds: 2_592_000 });
await wide.declare([posts, feed, expiringFeed]);

function idOf(n: number): string {
  return String(1_000_000_000_000_000_000n + BigInt(n));
}

function report(what: string, value: number, unit: string): void {
  console.log(`${what.padEnd(64)} ${value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)} ${unit}`);
}

/** Runs `action` until a second of wall time is over; gives mean microseconds of this thread's time. */
function microseconds(action: (i: number) => unknown): number {
  for (let i = 0; i < 2_000; i++) action(i);
  const startMs = performance.now();
  let runs = 0;
  while (performance.now() - startMs < 1_000) for (let k = 0; k < 100; k++) action(runs++);
  return ((performance.now() - startMs) * 1_000) / runs;
}

async function groupCommit(): Promise<void> {
  await core.define('CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  let next = 0;
  const latencies: number[] = [];
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  const before = performance.eventLoopUtilization();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < 60_000) {
        const sentMs = performance.now();
        await core.write([{ sql: 'INSERT INTO notes VALUES (?, ?)', parameters: [++next, 'a short note'] }]);
        latencies.push(performance.now() - sentMs);
      }
    }),
  );
  const tookMs = performance.now() - startMs;
  const busyMs = performance.eventLoopUtilization(before).active;
  latencies.sort((a, b) => a - b);
  report('16 callers, single inserts, FULL', (latencies.length / tookMs) * 1_000, 'writes/s');
  report('  p50', latencies[latencies.length >> 1]!, 'ms');
  report('  p99', latencies[Math.floor(latencies.length * 0.99)]!, 'ms');
  report('  main thread per write', (busyMs * 1_000) / latencies.length, 'µs');
  report('  whole process per write', (process.cpuUsage(cpu).user * 1) / latencies.length, 'µs of user CPU');
}

type FeedTable = Omit<typeof feed, 'name'> & { readonly name: string };

async function fanOut(table: FeedTable, total: number, readers: number, label: string): Promise<void> {
  const startMs = performance.now();
  const before = performance.eventLoopUtilization();
  let written = 0;
  const inFlight: Promise<void>[] = [];
  for (let post = 1; written < total; post++) {
    const mutations: Mutation[] = [];
    for (let i = 0; i < 2_000; i++) {
      const reader = idOf(Math.floor(((post * 2_654_435_761 + i * 40_503) % 4_294_967_296) % readers));
      mutations.push(put(table, { reader_id: reader, post_id: idOf(post), author_id: idOf(7), reason: 1 }, post));
    }
    written += mutations.length;
    inFlight.push(wide.write(mutations));
    if (inFlight.length >= 4) await inFlight.shift();
  }
  await Promise.all(inFlight);
  const tookMs = performance.now() - startMs;
  report(label, (written / tookMs) * 1_000, 'rows/s');
  report('  main thread per row', (performance.eventLoopUtilization(before).active * 1_000) / written, 'µs');
}

async function reads(): Promise<void> {
  const some: Mutation[] = [];
  for (let i = 0; i < 5_000; i++) {
    const row = {
      id: idOf(i),
      author_id: idOf(i % 100),
      body: `Post ${i}. ${'word '.repeat(30)}`,
      sensitive: false,
      media: [],
    };
    some.push(put(posts, row, 1));
  }
  await wide.write(some);
  for (let reader = 0; reader < 50; reader++) {
    await wide.write(
      Array.from({ length: 100 }, (_, i) =>
        put(feed, { reader_id: idOf(reader), post_id: idOf(1e9 + i), author_id: idOf(7), reason: 1 }, 1),
      ),
    );
  }
  const forty = Array.from({ length: 40 }, (_, i) => ({ id: idOf((i * 119) % 5_000) }));
  report(
    'get by key',
    microseconds((i) => void wide.get(posts, { id: idOf(i % 5_000) })),
    'µs',
  );
  report(
    'getMany of 40 posts',
    microseconds(() => void wide.getMany(posts, forty)),
    'µs',
  );
  report(
    'range of 40 feed rows',
    microseconds((i) => void wide.range(feed, { reader_id: idOf(i % 50) }, { limit: 40 })),
    'µs',
  );
  report(
    'relational read by key',
    microseconds((i) => core.read('SELECT id, body FROM notes WHERE id = ?', [(i % 50_000) + 1])),
    'µs',
  );
}

try {
  await groupCommit();
  const readers = Math.max(2_000, Math.floor(rows / 50));
  await fanOut(feed, rows, readers, `fan-out, empty to ${rows.toLocaleString('en')} rows, ${readers} readers`);
  await fanOut(expiringFeed, Math.min(rows, 1_000_000), readers, 'the same with a time to live');
  await reads();
} finally {
  await wide.close();
  await Promise.all([core.close(), derived.close()]);
  rmSync(folder, { recursive: true });
}
