import { MAX_IDS } from '#contracts/model/common.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { MAX_KEYS_PER_READ, type Mutation, put, type WideColumn } from '#ports/wide-column/port.ts';
import type { FamousAuthors } from '../authors/famous.ts';
import type { FeedConfig } from '../config.ts';
import type { Entry } from '../entries/entry.ts';
import { feedDelivery } from '../store/tables.ts';

/** A post and the offset of its event. */
export interface Delivery {
  readonly entry: Entry;
  readonly offset: number;
}

/** Push or pull: decided when the event first comes, by the author's followers at that time, and recorded. */
export class DeliveryDecisions {
  readonly #store: WideColumn;
  readonly #user: UserService;
  readonly #famous: FamousAuthors;
  readonly #config: FeedConfig;

  constructor(store: WideColumn, user: UserService, famous: FamousAuthors, config: FeedConfig) {
    this.#store = store;
    this.#user = user;
    this.#famous = famous;
    this.#config = config;
  }

  /** The ids of those posts that are pulled. When it resolves, the decisions are stored and readers look for the pulled. */
  async decide(deliveries: readonly Delivery[], context: CallContext): Promise<ReadonlySet<string>> {
    const pulled = new Set<string>();
    const undecided = await this.#recorded(deliveries, pulled);
    if (undecided.length === 0) return pulled;
    const followers = await this.#followers(undecided, context);
    const mutations: Mutation[] = [];
    for (const { entry, offset } of undecided) {
      const isPulled = (followers.get(entry.authorId) ?? 0) > this.#config.pullAboveFollowers;
      mutations.push(put(feedDelivery, { post_id: entry.postId, pulled: isPulled }, offset + 1));
      if (!isPulled) continue;
      pulled.add(entry.postId);
      mutations.push(this.#famous.noted(entry.authorId, offset + 1));
    }
    await this.#store.write(mutations);
    for (const { entry } of undecided) if (pulled.has(entry.postId)) this.#famous.note(entry.authorId);
    return pulled;
  }

  /** Adds what was decided before to `pulled` and gives the rest. */
  async #recorded(deliveries: readonly Delivery[], pulled: Set<string>): Promise<Delivery[]> {
    const undecided: Delivery[] = [];
    for (let start = 0; start < deliveries.length; start += MAX_KEYS_PER_READ) {
      const part = deliveries.slice(start, start + MAX_KEYS_PER_READ);
      const keys = part.map(({ entry }) => ({ post_id: entry.postId }));
      const rows = await this.#store.getMany(feedDelivery, keys);
      for (const [i, row] of rows.entries()) {
        if (row === undefined) undecided.push(part[i]!);
        else if (row.pulled) pulled.add(row.post_id);
      }
    }
    return undecided;
  }

  async #followers(deliveries: readonly Delivery[], context: CallContext): Promise<ReadonlyMap<string, number>> {
    const authors = [...new Set(deliveries.map(({ entry }) => entry.authorId))];
    const followers = new Map<string, number>();
    for (let start = 0; start < authors.length; start += MAX_IDS) {
      const { counts } = await this.#user.getCounts({ ids: authors.slice(start, start + MAX_IDS) }, context);
      for (const count of counts) followers.set(count.id, count.followers);
    }
    return followers;
  }
}
