// A process that serves the table under migration, as the services do, on a store whose writes fail, and that can be told to move the migration. It dies where it is told to.
import { systemClock } from '#platform/clock/system-clock.ts';
import { migratingWideColumn } from '#platform/migration/migrating-wide-column.ts';
import { Migrator } from '#platform/migration/migrator.ts';
import { watchMigrations } from '#platform/migration/watch.ts';
import { seededRandom, systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { dependencyIsDown } from '#ports/event-bus/failure.ts';
import type { Relational } from '#ports/relational/port.ts';
import { sqliteRelational } from '#ports/relational/sqlite/relational.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { openCql } from '#ports/wide-column/cql/wide-column.ts';
import { put, remove } from '#ports/wide-column/port.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import type { WideColumnStore } from '#ports/wide-column/store.ts';
import { unreliable } from '#ports/wide-column/unreliable.ts';
import { repliesByMonth } from '#services/post/store/replies-by-month.ts';
import { REPLY } from '#services/post/store/tables.ts';
import { askingParent, say } from './asking-parent.ts';
import type { Answer, Deed, Request, ToChild } from './protocol.ts';

const [place, seed] = process.argv.slice(2) as [string, string];
const PARTITIONS_PER_PAGE = 8;
const ROWS_PER_SECOND = 2_000;

const [clock, random, log] = [systemClock, systemRandom, createLog('silent')];

async function openStores(): Promise<{ wide: WideColumnStore; relational: Relational; alone: boolean }> {
  if (place.startsWith('cql:')) {
    const wide = await openCql({ url: place, clock, random, log, requestTimeoutMs: 15_000 });
    return { wide, relational: askingParent(), alone: false };
  }
  const core = await openSqliteFile({ path: `${place}/core.db`, synchronous: 'FULL' });
  const derived = await openSqliteFile({ path: `${place}/derived.db`, synchronous: 'NORMAL' });
  return { wide: sqliteWideColumn({ core, derived, clock }), relational: sqliteRelational(core), alone: true };
}

const { wide: store, relational, alone } = await openStores();
const times = { lookEveryMs: 100, restLeaseMs: 60_000, busyLeaseMs: 4_000 };
const watch = await watchMigrations({ relational, clock, random, log, names: [repliesByMonth.name], alone, times });
const shaky = unreliable(store, seededRandom(seed));
const wide = migratingWideColumn(shaky, [repliesByMonth], watch);
await wide.declare([REPLY]);

async function perform(deed: Deed): Promise<void> {
  const { threadId: thread_id, id, version, kind, atomic } = deed;
  const said = String(version);
  const mutation =
    kind === 'put'
      ? put(REPLY, { thread_id, id, parent_id: said, author_id: said }, version)
      : remove(REPLY, { thread_id, id }, version);
  await wide.write([mutation], { atomic });
}

async function read(threadId: string, upwards: boolean): Promise<[string, number][]> {
  const rows = await wide.range(REPLY, { thread_id: threadId }, { limit: 1_000, reverse: !upwards });
  return rows.map(({ id, author_id }) => [id, Number(author_id)]);
}

async function move(
  request: Request & { kind: 'migrate' },
): Promise<{ told: string[]; copiedFrom: number | undefined }> {
  let copiedFrom: number | undefined;
  const report = (step: string, done: number) => {
    if (step !== 'Copying') return;
    copiedFrom ??= done;
    if (request.dieAt !== undefined && done >= request.dieAt) process.kill(process.pid, 'SIGKILL');
  };
  const letLook = async () => {
    await watch.refresh();
    await clock.wait(20);
  };
  const tools = {
    wide: store,
    relational,
    clock,
    random,
    log,
    letLook,
    partitionsPerPage: PARTITIONS_PER_PAGE,
    report,
  };
  const migrator = new Migrator(tools, repliesByMonth, { rowsPerSecond: ROWS_PER_SECOND, repair: false });
  if (request.action === 'back') return { told: await migrator.back(), copiedFrom };
  const told = request.action === 'compare' ? await migrator.compare() : await migrator.forward(request.until);
  return { told, copiedFrom };
}

async function answerOf(request: Request): Promise<Answer> {
  try {
    let value: unknown;
    let copiedFrom: number | undefined;
    if (request.kind === 'do') await perform(request.deed);
    else if (request.kind === 'read') value = await read(request.threadId, request.upwards);
    else if (request.kind === 'landAll') await shaky.landAll();
    else ({ told: value, copiedFrom } = await move(request));
    return { ok: true, value, copiedFrom };
  } catch (error) {
    const { description, stack } = error as { description?: string; stack?: string };
    return { ok: false, again: dependencyIsDown(error), message: description ?? String(stack) };
  }
}

process.on('message', (message: ToChild) => {
  if (message.to !== 'request') return;
  void answerOf(message.request).then((answer) => say({ from: 'answer', number: message.number, answer }));
});
process.on('disconnect', () => process.exit(0));
say({ from: 'ready' });
