import type { Plaza } from '#apps/plaza/plaza.ts';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import type { LeapingClock } from '../leaping-clock.ts';

/** Nothing of the demo takes longer, on a slow machine too. */
const TIMEOUT_MS = 120_000;

export type Report = (step: string, done: number, total: number) => void;

/** A Plaza in the past, and its services as the demo uses them. */
export class Stage {
  readonly plaza: Plaza;
  readonly clock: LeapingClock;
  readonly objects: ObjectStore;
  readonly report: Report;
  readonly authentication;
  readonly user;
  readonly post;
  readonly feed;

  constructor(parts: { plaza: Plaza; clock: LeapingClock; objects: ObjectStore; report: Report }) {
    this.plaza = parts.plaza;
    this.clock = parts.clock;
    this.objects = parts.objects;
    this.report = parts.report;
    const { services } = parts.plaza;
    this.authentication = services.client(authenticationContract);
    this.user = services.client(userContract);
    this.post = services.client(postContract);
    this.feed = services.client(feedContract);
  }

  /** A call on behalf of a person, as the gateway would make it. */
  as(accountId: string): CallContext {
    return {
      caller: { kind: 'account', accountId, sessionId: accountId, role: 'user', scopes: ['read', 'write', 'follow'] },
      deadlineMs: this.clock.now() + TIMEOUT_MS,
      requestId: 'demo',
    };
  }

  /** Leaps to a moment. Nothing is under way meanwhile: a call across a leap would seem to last for hours. */
  async leapTo(timeMs: number): Promise<void> {
    await this.plaza.drain();
    this.clock.leapTo(timeMs);
    await this.plaza.drain();
  }
}

/** Does `work` for every item, `width` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
