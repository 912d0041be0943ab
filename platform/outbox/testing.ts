import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import Type from 'typebox';
import { eventType } from '#contracts/events/define.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { EventBus, OutgoingEvent } from '#ports/event-bus/port.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import { testRelational } from '#ports/relational/testing.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { newEvent, type PendingEvent } from './event.ts';

export const SampleChanged = eventType(
  'sample',
  'plaza.sample.changed',
  Type.Object({ n: Type.Integer({ minimum: 0 }) }),
);

/** Waits a hundredth of what it should, so that backoffs do not make tests slow. */
export const hurriedClock: Clock = { ...systemClock, wait: (ms, signal) => systemClock.wait(ms / 100, signal) };

/** The embedded ports in a folder of its own, which goes when the test ends. */
export async function openWorld(t: TestContext, clock: Clock = hurriedClock) {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-outbox-'));
  const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
  const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
  const log = createLog('silent');
  const bus = await sqliteEventBus({ core, derived, clock, log });
  const relational = await testRelational(core);
  t.after(async () => {
    await bus.close();
    await relational.close();
    await Promise.all([core.close(), derived.close()]);
    await rm(folder, { recursive: true });
  });
  return {
    bus,
    relational,
    wide: sqliteWideColumn({ core, derived, clock }),
    ids: snowflakeIds(clock, 1),
    clock,
    timeMs: Date.UTC(2026, 0, 2),
    tools: { clock, random: systemRandom, faults: noFaults, log },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export function testEvent(
  world: Pick<World, 'ids' | 'timeMs'>,
  fields: { subject: string; version: number },
): PendingEvent {
  return newEvent(SampleChanged, {
    id: world.ids.next(),
    source: 'sample',
    timeMs: world.timeMs,
    data: { n: fields.version },
    ...fields,
  });
}

/** A bus that remembers what was published and can be away. */
export class FlakyBus implements EventBus {
  readonly published: OutgoingEvent[] = [];
  away = false;
  readonly #inner: EventBus;
  readonly #refused = Promise.withResolvers<void>();

  constructor(inner: EventBus) {
    this.#inner = inner;
  }

  /** Resolves when a publish was refused. */
  get refused(): Promise<void> {
    return this.#refused.promise;
  }

  ids(): string[] {
    return this.published.map((event) => event.id);
  }

  async publish(topic: string, events: readonly OutgoingEvent[]): Promise<void> {
    if (this.away) {
      this.#refused.resolve();
      throw new PlazaError('unavailable', 'The bus is away');
    }
    await this.#inner.publish(topic, events);
    this.published.push(...events);
  }

  subscribe: EventBus['subscribe'] = (subscription) => this.#inner.subscribe(subscription);
  lag: EventBus['lag'] = () => this.#inner.lag();
  deadLetters: EventBus['deadLetters'] = (limit) => this.#inner.deadLetters(limit);
  replay: EventBus['replay'] = (id) => this.#inner.replay(id);
  idle: EventBus['idle'] = () => this.#inner.idle();
  close: EventBus['close'] = () => this.#inner.close();
}
