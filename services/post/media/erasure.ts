/**
 * Forgets the media of people who deleted their account.
 *
 * Invariant: media of a person are condemned until none is left, and condemning those that are gone changes nothing; so the event may come again.
 */
import type { Static } from 'typebox';
import { USER_TOPIC, userEvents } from '#contracts/events/user.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Subscription } from '#ports/event-bus/port.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { LooseFiles } from './loose-files.ts';
import { forgetOwner } from './scripts/let-go.ts';

export const MEDIA_ERASURE_GROUP = 'post.media-erasure';

const BATCH = 100;

export function mediaErasure(tools: { relational: Relational; clock: Clock; loose: LooseFiles }): Subscription {
  const { relational, clock, loose } = tools;
  return {
    group: MEDIA_ERASURE_GROUP,
    topics: [USER_TOPIC],
    from: 'earliest',
    offsets: 'core',
    maxBatch: 100,
    async handle(events) {
      for (const { body } of events) {
        const { type, data } = JSON.parse(body) as {
          type: string;
          data: Static<(typeof userEvents.UserDeleted)['data']>;
        };
        if (type !== userEvents.UserDeleted.type) continue;
        const some = { ownerId: data.accountId, nowMs: clock.now(), limit: BATCH };
        while ((await relational.run(forgetOwner, some)) === BATCH);
        loose.wake();
      }
    },
  };
}
