import assert from 'node:assert/strict';
import type { DeadLetter, EventBus, IncomingEvent, OutgoingEvent, Subscription } from './port.ts';

/** What the parts of the suite share. */
export interface EventBusBench {
  readonly bus: EventBus;
  /** A topic and a group that no test before used. */
  readonly topic: string;
  readonly group: string;
  /** Closes the bus and opens another on the same data. */
  reopen(): Promise<void>;
  /** For topics beside `topic`, which exists. */
  createTopics(names: readonly string[]): Promise<void>;
  /** Of the topic, for the group, from the beginning, in batches of 20, unless `more` says otherwise. */
  subscription(handle: Subscription['handle'], more?: Partial<Subscription>): Subscription;
  lettersOf(group: string): Promise<DeadLetter[]>;
}

/** A promise that a test opens when it wants to. */
export function gate(): { opened: Promise<void>; readonly isOpen: boolean; open(): void } {
  let isOpen = false;
  let resolveOpened = () => {};
  const opened = new Promise<void>((resolve) => {
    resolveOpened = resolve;
  });
  return {
    opened,
    get isOpen() {
      return isOpen;
    },
    open() {
      isOpen = true;
      resolveOpened();
    },
  };
}

/** Gathers what a handler gets. Ids look like `k3-7`: the seventh event of key `k3`. */
export class Collector {
  readonly events: IncomingEvent[];
  readonly batches: string[][] = [];
  largestBatch = 0;
  #waiters: { count: number; resolve: () => void }[] = [];

  constructor(events: readonly IncomingEvent[] = []) {
    this.events = [...events];
  }

  readonly handle = async (events: readonly IncomingEvent[]): Promise<void> => {
    this.events.push(...events);
    this.batches.push(events.map((event) => event.id));
    this.largestBatch = Math.max(this.largestBatch, events.length);
    for (const waiter of this.#waiters) if (this.events.length >= waiter.count) waiter.resolve();
  };

  ids(): Set<string> {
    return new Set(this.events.map((event) => event.id));
  }

  /** Resolves when `count` events have come. */
  until(count: number): Promise<void> {
    if (this.events.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ count, resolve }));
  }

  /** Each key's events came once each, in order: 0 to `each` − 1, without those that `missing` names. */
  assertOrderPerKey(each: number, missing: (key: string, n: number) => boolean = () => false): void {
    const perKey = new Map<string, number[]>();
    for (const { key, id } of this.events) {
      const n = Number(id.slice(id.indexOf('-') + 1));
      const list = perKey.get(key);
      if (list === undefined) perKey.set(key, [n]);
      else list.push(n);
    }
    for (const [key, list] of perKey) {
      const expected = Array.from({ length: each }, (_, n) => n).filter((n) => !missing(key, n));
      assert.deepEqual(list, expected, `order of ${key}`);
    }
  }

  /** With repetitions allowed: nobody saw an event before the one that precedes it in its key. */
  assertNothingSkipped(mayBeMissing: (id: string) => boolean): void {
    const seen = new Set<string>();
    for (const { key, id } of this.events) {
      const n = Number(id.slice(id.indexOf('-') + 1));
      const before = `${key}-${n - 1}`;
      if (n > 0) assert.ok(seen.has(before) || mayBeMissing(before), `${id} came before ${before}`);
      seen.add(id);
    }
  }
}

/** `each` events for each of `keys` keys, numbered within their key: id `k3-7`. */
export function numbered(keys: number, each: number, from = 0): OutgoingEvent[] {
  const events: OutgoingEvent[] = [];
  for (let n = from; n < from + each; n++) {
    for (let k = 0; k < keys; k++) events.push({ id: `k${k}-${n}`, key: `k${k}`, body: `{"n":${n}}` });
  }
  return events;
}

export function pages<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let from = 0; from < items.length; from += size) result.push(items.slice(from, from + size));
  return result;
}
