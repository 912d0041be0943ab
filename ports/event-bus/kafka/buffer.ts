import type { IncomingEvent } from '#ports/event-bus/port.ts';
import type { Place } from './partitions.ts';
import { placeAfter } from './records.ts';

/** A partition with more than this in hand is not fetched until its consumer has caught up. */
const PAUSE_ABOVE_EVENTS = 2_000;
const PAUSE_ABOVE_CHARACTERS = 512 * 1024;

/** Events that were taken together, and where the partition goes on after them. Without events, only markers stood there. */
export interface Batch {
  readonly events: IncomingEvent[];
  readonly next: bigint;
}

/** What was fetched of one partition and not yet handed over. */
export class PartitionBuffer implements Place {
  readonly topic: string;
  readonly partition: number;
  /** What to ask for next. */
  fetchOffset: bigint;
  #taken: bigint;
  #events: IncomingEvent[] = [];
  #from = 0;
  #characters = 0;
  #waiting: (() => void) | undefined;
  readonly #resumed: () => void;

  constructor({ topic, partition }: Place, fetchOffset: bigint, resumed: () => void) {
    this.topic = topic;
    this.partition = partition;
    this.fetchOffset = fetchOffset;
    this.#taken = fetchOffset;
    this.#resumed = resumed;
  }

  get paused(): boolean {
    return this.#events.length - this.#from > PAUSE_ABOVE_EVENTS || this.#characters > PAUSE_ABOVE_CHARACTERS;
  }

  add(events: readonly IncomingEvent[], next: bigint): void {
    if (next === this.fetchOffset) return;
    for (const event of events) {
      this.#events.push(event);
      this.#characters += event.body.length;
    }
    this.fetchOffset = next;
    this.#waiting?.();
  }

  /** Goes on elsewhere: what the broker kept begins later than what was asked for, or ends earlier. */
  jump(next: bigint): void {
    this.#events = [];
    this.#from = 0;
    this.#characters = 0;
    this.fetchOffset = next;
    this.#taken = next;
  }

  /** Waits until there is something. Undefined when `stop` aborts first. */
  async take(most: number, stop: AbortSignal): Promise<Batch | undefined> {
    while (!stop.aborted && this.#taken === this.fetchOffset) await this.#something(stop);
    if (stop.aborted) return undefined;
    const wasPaused = this.paused;
    const events = this.#events.slice(this.#from, this.#from + most);
    this.#from += events.length;
    for (const event of events) this.#characters -= event.body.length;
    const empty = this.#from === this.#events.length;
    if (empty || this.#from > PAUSE_ABOVE_EVENTS) {
      this.#events = this.#events.slice(this.#from);
      this.#from = 0;
    }
    this.#taken = empty ? this.fetchOffset : placeAfter(events.at(-1)!);
    if (wasPaused && !this.paused) this.#resumed();
    return { events, next: this.#taken };
  }

  #something(stop: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        this.#waiting = undefined;
        stop.removeEventListener('abort', go);
        resolve();
      };
      this.#waiting = go;
      stop.addEventListener('abort', go, { once: true });
    });
  }
}
