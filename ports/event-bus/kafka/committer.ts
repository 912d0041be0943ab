import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { backoffMs, DEPENDENCY_DOWN } from '#ports/event-bus/backoff.ts';
import type { KafkaClient } from './client.ts';
import { answered } from './errors.ts';
import type { Membership } from './membership.ts';
import { type Place, placeKey } from './partitions.ts';
import { commit } from './positions.ts';

/** Who leaves does not wait for brokers that stay away: what was handled comes again, to somebody else. */
const ATTEMPTS_OF_WHO_LEAVES = 4;

interface Pending extends Place {
  next: bigint;
}

/** Writes a member's positions: those of all its partitions together, while the commit before is under way. */
export class Committer {
  readonly #client: KafkaClient;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #logger: Logger;
  readonly #group: string;
  #membership: Membership | undefined;
  #pending = new Map<string, Pending>();
  #running: Promise<void> | undefined;

  constructor(tools: { client: KafkaClient; clock: Clock; random: Random; logger: Logger }, group: string) {
    this.#client = tools.client;
    this.#clock = tools.clock;
    this.#random = tools.random;
    this.#logger = tools.logger;
    this.#group = group;
  }

  use(membership: Membership): void {
    this.#membership = membership;
  }

  /** Resolves when this position, or a later one, is written; or when it never will be, because the member is out or leaves in vain. */
  commit(place: Place, next: bigint, leaving: () => boolean): Promise<void> {
    this.#pending.set(placeKey(place), { ...place, next });
    this.#running = (this.#running ?? Promise.resolve()).then(() => this.#write(leaving));
    return this.#running;
  }

  async #write(leaving: () => boolean): Promise<void> {
    if (this.#pending.size === 0) return;
    const positions = this.#pending;
    this.#pending = new Map();
    for (let failures = 1; ; failures++) {
      const membership = this.#membership!;
      try {
        await commit(this.#client, this.#group, positions.values(), { id: membership.id, epoch: membership.epoch });
        return;
      } catch (error) {
        if (answered(error, 'UNKNOWN_MEMBER_ID', 'FENCED_MEMBER_EPOCH')) {
          this.#logger.warn({ err: error, group: this.#group }, 'positions were not written; the events come again');
          membership.hurry();
          return;
        }
        if (leaving() && failures >= ATTEMPTS_OF_WHO_LEAVES) {
          this.#logger.warn({ err: error, group: this.#group }, 'positions were not written; the events come again');
          return;
        }
        if (answered(error, 'STALE_MEMBER_EPOCH')) membership.hurry();
        else
          this.#logger.warn({ err: error, group: this.#group, failures }, 'positions were not written; trying again');
        await this.#clock.wait(backoffMs(DEPENDENCY_DOWN, failures, this.#random));
      }
    }
  }
}
