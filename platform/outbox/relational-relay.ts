import type { CompiledQuery } from 'kysely';
import { idTimeMs } from '#platform/ids/ids.ts';
import { soleProcess, standForElection } from '#platform/leadership/leadership.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { PendingEvent } from './event.ts';
import { Looper } from './looper.ts';
import { persist, publishPage, type RelayTools } from './publisher.ts';
import { type RelationalOutbox, raw } from './relational-outbox.ts';
import type { Backlog, Relay } from './relay.ts';

const PAGE = 256;
/** Other rows of a full page's keys that are taken with it, so that no key is cut in the wrong place. */
const MAX_ADDED = 2_000;
/** How often it looks without being woken, where this process alone writes. */
const LOOK_EVERY_MS = 5_000;
/** How often the leader looks where other processes write too, whose events wait for it: the table is nearly always empty. */
const LOOK_FOR_OTHERS_EVERY_MS = 200;

export interface RelationalRelayOptions extends RelayTools {
  readonly relational: Relational;
  readonly outbox: RelationalOutbox;
  /** Whether relays of other processes share the outbox. Then one of them publishes at a time, so that events of one key keep their order. */
  readonly shared?: boolean;
}

/**
 * Publishes the rows of a relational outbox and deletes them. A row that is there is pending: whatever dies between publishing and deleting,
 * the event is published again, under the same id, before any later one of its key.
 */
export function relationalRelay(options: RelationalRelayOptions): Relay {
  const { relational, outbox, clock, log } = options;
  const columns = 'id, topic, key, version, body';
  const readPage = `select ${columns} from ${outbox.table} order by id limit ${PAGE}`;
  const count = `select count(*) as count, min(id) as oldest from ${outbox.table}`;
  const newestId = `select max(id) as last from ${outbox.table}`;
  const oldestUpTo = `select id from ${outbox.table} where id <= ? limit 1`;
  const looper = new Looper(turn);
  const lookEveryMs = options.shared ? LOOK_FOR_OTHERS_EVERY_MS : LOOK_EVERY_MS;
  let leadership = soleProcess;
  let looking: Promise<void> | undefined;

  async function turn(signal: AbortSignal): Promise<boolean> {
    if (!leadership.leads()) return false;
    let events: PendingEvent[] = [];
    const read = await persist(options, signal, 'reading', async () => {
      events = await nextPage();
    });
    if (!read || events.length === 0 || !leadership.leads()) return false;
    if (!(await publishPage(options, events, signal))) return false;
    // Deleted before the next page is read, or it would be published twice. Not given up at a stop: it is short and saves a repetition.
    for (const query of deletions(outbox.table, events)) {
      const remove = async () => void (await relational.batch([{ query }]));
      const removed = await remove().then(
        () => true,
        () => persist(options, signal, 'deleting', remove),
      );
      if (!removed) return false;
    }
    return events.length >= PAGE;
  }

  /** Ids follow the clock, not the order of commits, so a full page may lack an older version of a key that it holds. */
  async function nextPage(): Promise<PendingEvent[]> {
    const page = await relational.query(raw<PendingEvent>(readPage));
    if (page.length < PAGE) return page;
    const keys = [...new Set(page.map((event) => event.key))];
    const others = `select ${columns} from ${outbox.table}
      where id > ? and key in (${keys.map(() => '?').join(',')}) order by id limit ${MAX_ADDED}`;
    const added = await relational.query(raw<PendingEvent>(others, [page.at(-1)!.id, ...keys]));
    return [...page, ...added];
  }

  async function newest(): Promise<string | undefined> {
    let last: string | null = null;
    await persist(options, looper.signal, 'reading', async () => {
      [{ last } = { last: null }] = await relational.query(raw<{ last: string | null }>(newestId));
    });
    return last ?? undefined;
  }

  /** Whoever leads may be dead: what waits is published when its lease is over, perhaps by this process. */
  async function untilGone(last: string): Promise<void> {
    for (let waits = true; waits && !looper.signal.aborted; ) {
      await persist(options, looper.signal, 'reading', async () => {
        waits = (await relational.query(raw(oldestUpTo, [last]))).length > 0;
      });
      if (waits) await clock.wait(LOOK_FOR_OTHERS_EVERY_MS, looper.signal);
    }
  }

  async function look(): Promise<void> {
    while (!looper.signal.aborted) {
      await clock.wait(lookEveryMs, looper.signal);
      looper.wake();
    }
  }

  return {
    async start() {
      if (options.shared) {
        const gained = () => looper.wake();
        leadership = await standForElection({ ...options, name: `relay.${outbox.table}`, gained });
      }
      looper.start();
      looking ??= look();
    },
    wake: () => looper.wake(),
    async drain() {
      const last = options.shared ? await newest() : undefined;
      looper.wake();
      if (!options.shared) await looper.rest();
      else if (last !== undefined) await untilGone(last);
    },
    async stop() {
      await looper.stop();
      await looking;
      await leadership.stop();
    },
    async backlog(): Promise<Backlog> {
      try {
        const [row] = await relational.query(raw<{ count: number; oldest: string | null }>(count));
        if (!row?.oldest) return { count: 0, oldestMs: 0 };
        return { count: Number(row.count), oldestMs: Math.max(0, clock.now() - idTimeMs(row.oldest)) };
      } catch (error) {
        log.warn({ err: error }, 'outbox: its backlog is unknown');
        return { count: Number.NaN, oldestMs: Number.NaN };
      }
    },
  };
}

/** Statements of a few fixed sizes, so that each is prepared once; the last id fills up. */
function deletions(table: string, events: readonly PendingEvent[]): CompiledQuery[] {
  const queries: CompiledQuery[] = [];
  for (let from = 0; from < events.length; from += PAGE) {
    const ids = events.slice(from, from + PAGE).map((event) => event.id);
    const size = [1, 8, 64, PAGE].find((candidate) => candidate >= ids.length)!;
    while (ids.length < size) ids.push(ids.at(-1)!);
    queries.push(raw(`delete from ${table} where id in (${Array(size).fill('?').join(',')})`, ids));
  }
  return queries;
}
