import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Plaza, startPlaza } from '#apps/plaza/plaza.ts';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import type { Ports } from '#platform/lifecycle/platform.ts';
import { seededNumbers } from '#tests/seed.ts';
import { bulkFollows, bulkPosts } from './bulk.ts';
import { asNobody, asPerson, inParallel } from './callers.ts';
import { powerLawPicker } from './powers.ts';
import { READERS, SIZES, type SizeName } from './sizes.ts';

/** Follows of one person, as the product limits them. */
const MAX_FOLLOWS = 5_000;
const WIDTH = 64;

export interface Community {
  readonly folder: string;
  /** Ids of everybody; the first {@link READERS} have tokens. */
  readonly people: readonly string[];
  readonly tokens: readonly string[];
}

/** Services that can be called, in this process or in others. */
export type Callable = Pick<Plaza, 'services'>;

export type Report = (step: string, done: number, total: number) => void;

/** The data of a size below `root`: made once through the services, then found again. */
export async function community(root: string, name: SizeName, report: Report): Promise<Community> {
  const folder = join(root, name);
  const summary = join(folder, 'community.json');
  const delivered = join(folder, 'delivered');
  if (existsSync(summary)) {
    const made = JSON.parse(readFileSync(summary, 'utf8')) as Community;
    if (!existsSync(delivered))
      await deliver(await startPlaza({ config: configOf(folder), serve: false }), delivered, report);
    return made;
  }
  await rm(folder, { recursive: true, force: true });
  let ports: Ports | undefined;
  const wrapPorts = (opened: Ports) => {
    ports = opened;
    return opened;
  };
  const plaza = await startPlaza({ config: configOf(folder), serve: false, wrapPorts });
  const made: Community = { folder, ...(await populate(plaza, name, report, WIDTH, name === 'S' ? undefined : ports)) };
  writeFileSync(summary, JSON.stringify(made));
  await deliver(plaza, delivered, report);
  return made;
}

/**
 * Makes everybody of a size, and what they did, by calls to services that hold nothing yet. The same seed gives the same community anywhere.
 * With `ports`, what there is much of is written straight through them, in bulk.
 */
export async function populate(
  plaza: Callable,
  name: SizeName,
  report: Report,
  width = WIDTH,
  ports?: Ports,
): Promise<Omit<Community, 'folder'>> {
  const next = seededNumbers(7);
  const size = SIZES[name];
  const readers = await makeReaders(plaza, report);
  const people = readers.map(({ id }) => id);
  await makePeople(plaza, people, size.people, width, report);
  if (ports !== undefined) {
    await bulkFollows(ports, people, size.follows, next, report);
    await bulkPosts(ports, people, size.posts, next, report);
    return { people, tokens: readers.map(({ token }) => token) };
  }
  await makeFollows(plaza, people, size.follows, next, width, report);
  await makePosts(plaza, people, size.posts, next, width, report);
  return { people, tokens: readers.map(({ token }) => token) };
}

function configOf(folder: string) {
  return {
    ...loadConfig({ env: {} }),
    data: join(folder, 'data'),
    logLevel: 'error' as const,
    metricsPort: 'off' as const,
    rateLimits: 'off' as const,
  };
}

/** The last step, which goes on where it stopped when it is cut short. */
async function deliver(plaza: Plaza, mark: string, report: Report): Promise<void> {
  report('Delivering', 0, 1);
  await plaza.drain();
  await plaza.stop();
  writeFileSync(mark, '');
}

async function makeReaders(plaza: Callable, report: Report) {
  const authentication = plaza.services.client(authenticationContract);
  const scope = 'read write follow';
  const redirectUri = 'urn:ietf:wg:oauth:2.0:oob';
  const { app, clientSecret } = await authentication.registerApp(
    { name: 'Bench', redirectUris: [redirectUri], scopes: scope, website: null },
    asNobody(),
  );
  const readers: { id: string; token: string }[] = [];
  for (let index = 0; index < READERS; index++) {
    const { accountId, session } = await authentication.signUp(
      {
        username: `reader${index}`,
        email: `reader${index}@example.com`,
        password: 'the quick brown fox 7',
        agreement: true,
        locale: 'en',
        reason: '',
        inviteCode: '',
        ip: '127.0.0.1',
        userAgent: 'bench',
      },
      asNobody(),
    );
    const request = { clientId: app.clientId, redirectUri, responseType: 'code', scope };
    const caller = { ...asPerson(accountId), caller: { ...asPerson(accountId).caller, sessionId: session!.sessionId } };
    const { code } = await authentication.authorize(request, caller as ReturnType<typeof asPerson>);
    const grant = { grantType: 'authorization_code', clientId: app.clientId, clientSecret, code, redirectUri };
    readers.push({ id: accountId, token: (await authentication.issueToken(grant, asNobody())).accessToken });
    report('Readers', index + 1, READERS);
  }
  return readers;
}

async function makePeople(
  plaza: Callable,
  people: string[],
  total: number,
  width: number,
  report: Report,
): Promise<void> {
  const user = plaza.services.client(userContract);
  const first = people.length;
  let clock = Date.now() - 30 * 24 * 3_600_000;
  await inParallel(total - first, width, async (index) => {
    // Ids only have to be different here; they are made as if these people had joined one after the other.
    people[first + index] ??= (BigInt(clock++ - Date.UTC(2015, 0, 1)) << 22n).toString();
    const accountId = people[first + index]!;
    const account = { accountId, username: `person${index}`, state: 'active' as const, locale: 'en' };
    await user.createAccount(account, serviceContext('authentication', systemClock));
    if (index % 100 === 0) report('People', first + index, total);
  });
}

async function makeFollows(
  plaza: Callable,
  people: readonly string[],
  total: number,
  next: () => number,
  width: number,
  report: Report,
) {
  const user = plaza.services.client(userContract);
  const famous = powerLawPicker(people.length, next);
  const each = Math.min(MAX_FOLLOWS, Math.ceil(total / people.length));
  let made = 0;
  await inParallel(people.length, width, async (follower) => {
    const chosen = new Set<number>();
    for (let tries = 0; chosen.size < each && tries < each * 10; tries++) {
      const followed = famous();
      if (followed !== follower) chosen.add(followed);
    }
    for (const followed of chosen) {
      await user.follow({ accountId: people[followed]! }, asPerson(people[follower]!));
      if (++made % 1_000 === 0) report('Follows', made, total);
    }
  });
}

async function makePosts(
  plaza: Callable,
  people: readonly string[],
  total: number,
  next: () => number,
  width: number,
  report: Report,
) {
  const post = plaza.services.client(postContract);
  const author = powerLawPicker(people.length, next);
  const authors = Array.from({ length: total }, author);
  await inParallel(total, width, async (index) => {
    await post.create(
      { draft: draft(`Post ${index}: what I saw on my way today #day${index % 50}`), idempotencyKey: `bench-${index}` },
      asPerson(people[authors[index]!]!),
    );
    if (index % 500 === 0) report('Posts', index, total);
  });
}

/** A plain public post. */
export function draft(text: string) {
  return {
    text,
    contentWarning: '',
    sensitive: false,
    language: 'en',
    visibility: 'public' as const,
    replyToId: null,
    mediaIds: [],
    poll: null,
    application: null,
  };
}
