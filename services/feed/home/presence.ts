import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { compareIds } from '#platform/ids/ids.ts';
import { recording } from '#platform/remembering/recording.ts';
import { type FeedConfig, WEEK_MS } from '../config.ts';
import type { Entry } from '../entries/entry.ts';
import { weekOf } from '../store/weeks.ts';
import type { FeedTelemetry } from '../telemetry.ts';
import type { NewestEntries } from './newest.ts';
import type { PulledHome } from './pull.ts';
import type { ActiveReaders } from './readers.ts';
import type { HomeState, HomeStates } from './state.ts';
import type { HomeStore } from './store.ts';

/**
 * Notices that a reader looks at home, and rebuilds the home of one who is new or comes back: first the mark, so that new posts are pushed; then the
 * pull, which finds every older one; then the entries; and last the word that they are complete. A crash in between begins again.
 */
export class Presence {
  readonly #readers: ActiveReaders;
  readonly #states: HomeStates;
  readonly #store: HomeStore;
  readonly #newest: NewestEntries;
  readonly #pulled: PulledHome;
  readonly #telemetry: FeedTelemetry;
  readonly #clock: Clock;
  readonly #config: FeedConfig;
  readonly #rebuilds = new Map<string, Promise<HomeState>>();

  constructor(
    parts: {
      readers: ActiveReaders;
      states: HomeStates;
      store: HomeStore;
      newest: NewestEntries;
      pulled: PulledHome;
      telemetry: FeedTelemetry;
    },
    clock: Clock,
    config: FeedConfig,
  ) {
    this.#readers = parts.readers;
    this.#states = parts.states;
    this.#store = parts.store;
    this.#newest = parts.newest;
    this.#pulled = parts.pulled;
    this.#telemetry = parts.telemetry;
    this.#clock = clock;
    this.#config = config;
  }

  /** The id from which on the reader's stored entries are complete. */
  async completeFrom(readerId: string, context: CallContext): Promise<string> {
    const week = weekOf(this.#clock.now());
    const held = this.#states.held(readerId);
    recording()?.until((week + 1) * WEEK_MS);
    const { completeFrom } = held?.week === week ? held : await this.#look(readerId, week, context);
    const kept = this.#store.oldestKept();
    return compareIds(completeFrom, kept) > 0 ? completeFrom : kept;
  }

  async #look(readerId: string, week: number, context: CallContext): Promise<HomeState> {
    // It writes, and others may wait for the same.
    recording()?.refuse();
    const underWay = this.#rebuilds.get(readerId);
    if (underWay !== undefined) return underWay;
    const promise = this.#renew(readerId, week, context).finally(() => this.#rebuilds.delete(readerId));
    this.#rebuilds.set(readerId, promise);
    return promise;
  }

  async #renew(readerId: string, week: number, context: CallContext): Promise<HomeState> {
    const known = await this.#states.read(readerId);
    if (known?.week === week) return known;
    await this.#readers.mark(readerId, week);
    // A week less than the fan-out goes by: a push that was due then was made, whatever the clocks of two processes say.
    const away = known === undefined || known.week <= week - this.#config.activeWeeks;
    const completeFrom = away ? await this.#rebuild(readerId, context) : known.completeFrom;
    const state = { completeFrom, week, revision: (known?.revision ?? 0) + 1 };
    await this.#states.write(readerId, state);
    return state;
  }

  /** Stores the newest entries. Answers from where on they are complete. */
  async #rebuild(readerId: string, context: CallContext): Promise<string> {
    this.#telemetry.rebuilt();
    const kept = this.#store.oldestKept();
    const stream = await this.#pulled.newestFirst(readerId, null, kept, context);
    const entries: Entry[] = [];
    let ended = false;
    while (!ended && entries.length < this.#config.rebuildEntries) {
      const piece = await stream.next();
      ended = piece.length === 0;
      entries.push(...piece);
    }
    const writes = entries.flatMap((entry) => {
      const tags = entry.tags === '' ? [''] : entry.tags.split(' ');
      return tags.flatMap((tag) => this.#store.writerOf(entry, tag)?.(readerId) ?? []);
    });
    await this.#store.write(writes);
    await this.#newest.forget(readerId);
    return ended ? kept : entries.at(-1)!.postId;
  }
}
