import { edge, type Graph } from '../plan/follows.ts';
import type { PlannedPerson } from '../plan/people.ts';
import { inParallel, type Stage } from './stage.ts';

const STEP = 'Follows';
const WIDTH = 32;
const REPORT_EVERY = 50;

/** Makes the graph. Requests to locked accounts are granted, but for some that still wait. */
export async function makeFollows(
  stage: Stage,
  ids: readonly string[],
  people: readonly PlannedPerson[],
  graph: Graph,
): Promise<void> {
  const edges = graph.follows.flatMap((chosen, follower) => chosen.map((followed) => ({ follower, followed })));
  let done = 0;
  await inParallel(edges, WIDTH, async ({ follower, followed }) => {
    const [from, to] = [ids[follower]!, ids[followed]!];
    await stage.user.follow({ accountId: to }, stage.as(from));
    const isAsked = people[followed]?.locked === true;
    if (isAsked && !graph.waiting.has(edge(follower, followed)))
      await stage.user.authorizeFollow({ accountId: from }, stage.as(to));
    if (++done % REPORT_EVERY === 0) stage.report(STEP, done, edges.length);
  });
  stage.report(STEP, edges.length, edges.length);
}
