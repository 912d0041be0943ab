import type { Method, Route } from '#services/gateway/route.ts';
import type { ApiAnswer } from '#tests/constellation/api-client.ts';
import type { Cast, Kind } from './cast.ts';
import { type MatrixRequest, prepare } from './requests.ts';

/** One operation by one kind of caller that did not answer as it must. */
export interface RedCell {
  readonly operation: string;
  readonly kind: Kind;
  readonly why: string;
}

/** Those who must be refused come first and the owner last: that it succeeds then shows that nobody else touched the thing. */
const ORDER: readonly Kind[] = [
  'anonymous',
  'appOnly',
  'wrongScope',
  'suspended',
  'awaiting',
  'blockedUser',
  'powerless',
  'otherUser',
  'moderator',
  'admin',
  'owner',
];

/** Routes that change what stands between two people, whom other routes need as they are. */
const CHANGES_RELATIONS = /^\/api\/v1\/(accounts\/:id|follow_requests)\//;
const PARALLEL = 6;

/** Asks every route under each of its methods on behalf of every kind of caller. Answers how many were asked, and which were wrong. */
export async function runMatrix(routes: readonly Route[], cast: Cast): Promise<{ asked: number; red: RedCell[] }> {
  const rows = routes.flatMap((route) => [route.method, ...(route.alsoAs ?? [])].map((method) => ({ route, method })));
  const changes = ({ route, method }: { route: Route; method: Method }) =>
    method === 'POST' && CHANGES_RELATIONS.test(route.url);
  const calm = rows.filter((row) => !changes(row));
  const red: RedCell[] = [];
  const work = async () => {
    for (let row = calm.pop(); row !== undefined; row = calm.pop()) red.push(...(await askAll(row, cast)));
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  for (const row of rows.filter(changes)) {
    red.push(...(await askAll(row, cast)));
    await restoreRelations(cast);
  }
  return { asked: rows.length * ORDER.length, red };
}

async function askAll({ route, method }: { route: Route; method: Method }, cast: Cast): Promise<RedCell[]> {
  const operation = `${method} ${route.url}`;
  const requestOf = await prepare(route, method, cast);
  const red: RedCell[] = [];
  for (const kind of ORDER) {
    const request = await requestOf(kind);
    const answer = await ask(method, request, kind, cast);
    const why = wrongWith(answer, expectedOf(route, kind), route);
    if (why !== undefined) red.push({ operation, kind, why });
  }
  return red;
}

function ask(method: Method, { path, body }: MatrixRequest, kind: Kind, cast: Cast): Promise<ApiAnswer> {
  return cast.callers[kind].send(method, path, body, {});
}

/** Somebody without permissions, or not yet approved, is refused wherever it matters and is anybody else elsewhere. */
function expectedOf(route: Route, kind: Kind): number {
  if (kind === 'awaiting') {
    return route.access === 'account' && route.whileRestricted !== true ? 403 : route.expect.otherUser;
  }
  if (kind === 'powerless') return route.permission === undefined ? route.expect.otherUser : 403;
  return route.expect[kind];
}

function wrongWith(answer: ApiAnswer, expected: number, route: Route): string | undefined {
  if (answer.status !== expected) return `expected ${expected}, got ${answer.status} ${answer.text.slice(0, 200)}`;
  if (expected < 400) return undefined;
  if (typeof answer.body?.error !== 'string')
    return `${expected} without an error in words: ${answer.text.slice(0, 200)}`;
  if (answer.headers.get('cache-control') !== 'private, no-store') return `a refusal of ${route.url} may be cached`;
  return undefined;
}

/** Takes back every block, mute and follow of `owner` and by `owner`, but the one block that makes `blockedUser`. */
async function restoreRelations({ callers, owner }: Cast): Promise<void> {
  await Promise.all(
    (['blockedUser', 'powerless', 'otherUser', 'moderator', 'admin'] as const).map(async (kind) => {
      for (const undo of ['unblock', 'unmute', 'unfollow']) {
        await callers[kind].post(`/api/v1/accounts/${owner.id}/${undo}`);
      }
    }),
  );
}
