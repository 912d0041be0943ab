import { LRUCache } from 'lru-cache';
import type { FeedService } from '#contracts/services/feed.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Stamp } from '#platform/remembering/dependencies.ts';
import { recording, unrecorded } from '#platform/remembering/recording.ts';
import { type CompiledFilters, compileFilters } from '#policies/filters/match.ts';
import { type FilterMatcher, filterMatcher } from './filters.ts';

interface Known extends Stamp {
  readonly filters: CompiledFilters;
  readonly untilMs: number;
}

const MAX_VIEWERS = 20_000;
const MAX_AGE_MS = 60_000;

/**
 * The filters of people. They change through this API only: where this process is its only door, they are remembered until they change here; where there
 * are several, each request asks, because a change has to hold everywhere as soon as it is acknowledged.
 */
export class ViewerFilters {
  readonly #feed: FeedService;
  readonly #clock: Clock;
  readonly #alone: boolean;
  readonly #known = new LRUCache<string, Known>({
    max: MAX_VIEWERS,
    dispose: (known) => {
      known.changed = true;
    },
  });
  #changes = 0;

  constructor(feed: FeedService, clock: Clock, alone: boolean) {
    this.#feed = feed;
    this.#clock = clock;
    this.#alone = alone;
  }

  /** What filters a person's timelines now; undefined when nothing does. */
  async matcher(viewerId: string, context: CallContext): Promise<FilterMatcher | undefined> {
    const filters = await this.#of(viewerId, context);
    const nowMs = this.#clock.now();
    recording()?.until(filters.endAfter(nowMs));
    return filterMatcher(filters, nowMs);
  }

  /** Runs a change of a person's filters. Whatever was read before or during it is not remembered, even when its outcome is unknown. */
  async change<T>(viewerId: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } finally {
      this.#changes += 1;
      this.#known.delete(viewerId);
    }
  }

  async #of(viewerId: string, context: CallContext): Promise<CompiledFilters> {
    const nowMs = this.#clock.now();
    const known = this.#known.get(viewerId);
    if (known !== undefined && known.untilMs > nowMs) return noted(known).filters;
    const changes = this.#changes;
    const read = () => this.#feed.listFilters({}, context);
    const filters = compileFilters((await unrecorded(read)).filters);
    if (this.#alone && changes === this.#changes) {
      const fresh = { filters, untilMs: nowMs + MAX_AGE_MS, changed: false };
      this.#known.set(viewerId, fresh);
      noted(fresh);
    } else {
      recording()?.refuse();
    }
    return filters;
  }
}

function noted(known: Known): Known {
  const noting = recording();
  noting?.stamp(known);
  noting?.until(known.untilMs);
  return known;
}
