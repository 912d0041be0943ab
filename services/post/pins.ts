import type { ShownPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { invalid } from '#platform/errors/errors.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from './caller.ts';
import { pin } from './scripts/pin.ts';
import type { ShownPosts } from './shown.ts';
import type { PinStore } from './store/pin-store.ts';

export interface PinTools {
  readonly clock: Clock;
  readonly relational: Relational;
  readonly shown: ShownPosts;
  readonly pins: PinStore;
}

/** One's own posts only, and no reposts. */
export async function pinPost(tools: PinTools, postId: string, context: CallContext): Promise<ShownPost> {
  const authorId = requireAccount(context);
  const shown = await tools.shown.one(postId, context);
  if (shown.head.authorId !== authorId) throw invalid('base', 'ERR_INVALID', "Someone else's post cannot be pinned");
  if (shown.head.kind === 'repost') throw invalid('base', 'ERR_INVALID', 'A boost cannot be pinned');
  await tools.relational.run(pin, { authorId, postId, nowMs: tools.clock.now() });
  return shown;
}

export async function unpinPost(tools: PinTools, postId: string, context: CallContext): Promise<ShownPost> {
  const authorId = requireAccount(context);
  const shown = await tools.shown.one(postId, context);
  await tools.pins.remove(authorId, postId);
  return shown;
}
