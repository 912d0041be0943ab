import { dependencyIsDown } from '#ports/event-bus/failure.ts';
import type { EventBus } from '#ports/event-bus/port.ts';
import { numbered, pages } from '#ports/event-bus/suite-tools.ts';

const KEYS = 20;
const PAGE = 60;

/** Publishes without end, in order, and repeats what failed, as an outbox relay does. */
export class Publisher {
  readonly acknowledged = new Set<string>();
  /** Failures that a relay would not take for a bus that is away. */
  readonly strange: unknown[] = [];
  refusals = 0;
  readonly #bus: EventBus;
  readonly #topic: string;
  readonly #run: Promise<void>;
  #each = 0;
  #stopping = false;
  #changed: (() => void)[] = [];

  constructor(bus: EventBus, topic: string) {
    this.#bus = bus;
    this.#topic = topic;
    this.#run = this.#publish();
  }

  /** Resolves when so many more are acknowledged than now. */
  more(count: number): Promise<void> {
    const goal = this.acknowledged.size + count;
    return this.#until(() => this.acknowledged.size >= goal);
  }

  /** Resolves when a publish fails from now on. */
  refused(): Promise<void> {
    const before = this.refusals;
    return this.#until(() => this.refusals > before);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#run;
  }

  async #until(reached: () => boolean): Promise<void> {
    while (!reached()) await new Promise<void>((resolve) => this.#changed.push(resolve));
  }

  async #publish(): Promise<void> {
    while (!this.#stopping) {
      const events = numbered(KEYS, PAGE / KEYS, this.#each);
      this.#each += PAGE / KEYS;
      for (const page of pages(events, PAGE)) await this.#untilAcknowledged(page);
    }
  }

  async #untilAcknowledged(page: ReturnType<typeof numbered>): Promise<void> {
    for (;;) {
      try {
        await this.#bus.publish(this.#topic, page);
        for (const { id } of page) this.acknowledged.add(id);
        return this.#tell();
      } catch (error) {
        this.refusals++;
        if (!dependencyIsDown(error)) this.strange.push(error);
        this.#tell();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  #tell(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }
}
