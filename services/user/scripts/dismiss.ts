import { script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import { actingHead, type Step, visibleHead } from './head.ts';

const insertDismissed = prepared((p: { actorId: string; targetId: string }) =>
  db
    .insertInto('user_dismissed')
    .values({ account_id: p.actorId, target_id: p.targetId })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes that the actor does not want the target suggested. */
export const dismiss = script(
  import.meta.url,
  'dismiss',
  function* (args: { readonly actorId: string; readonly targetId: string }): Step<void> {
    yield* actingHead(args.actorId);
    yield* visibleHead(args.actorId, args.targetId);
    yield insertDismissed(args);
  },
);
