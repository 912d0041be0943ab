/** What the tests of this service share: the service on the embedded ports in a folder of its own, and a user service in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AccountState } from '#contracts/model/account.ts';
import { authenticationContract, type Session } from '#contracts/services/authentication.ts';
import { type UserService, userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { createDirectory } from '#platform/calls/directory.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { memoryCache } from '#ports/cache/memory/memory-cache.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import { readRows, testRelational } from '#ports/relational/testing.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { type AuthenticationConfig, startAuthentication } from './main.ts';

export const ORIGIN = 'https://plaza.example';
export const PASSWORD = 'a quite unusual sentence 27';
export const DEVICE = { ip: '192.0.2.7', userAgent: 'test' };
const OPERATOR_KEY = Buffer.alloc(32, 7);

/** A user service that keeps usernames and states, and can be made to fail. */
export function fakeUsers() {
  const accounts = new Map<string, { username: string; state: AccountState }>();
  /** Thrown by the next calls of an operation, one each; `after` lets the call do its work first. */
  const failures: { operation: string; error: Error; after?: boolean }[] = [];
  const calls: string[] = [];

  const present = (id: string) => {
    const { username, state } = accounts.get(id)!;
    return {
      ...{ id, username, state, displayName: '', bio: '', fields: [], avatar: null, header: null, locked: false },
      ...{ bot: false, discoverable: true, indexable: true, hideCollections: false, createdMs: 1, version: 1 },
    };
  };
  const byName = (name: string) =>
    [...accounts].find(([, { username }]) => username.toLowerCase() === name.toLowerCase())?.[0];

  const handlers: Partial<UserService> = {
    async createAccount({ accountId, username, state }) {
      const holder = byName(username);
      if (holder !== undefined && holder !== accountId) throw new PlazaError('conflict', 'taken');
      if (!accounts.has(accountId)) accounts.set(accountId, { username, state });
      return present(accountId);
    },
    async setAccountState({ accountId, state }) {
      accounts.set(accountId, { ...accounts.get(accountId)!, state });
      return {};
    },
    async getAccounts({ ids }) {
      return { accounts: ids.filter((id) => accounts.has(id)).map(present) };
    },
    async visibilityFacts({ viewerId }) {
      return { viewerState: (viewerId === null ? undefined : accounts.get(viewerId)?.state) ?? null, facts: [] };
    },
    async resolveUsernames({ usernames }) {
      const ids = usernames.map(byName).filter((id) => id !== undefined);
      return { accounts: ids.map(present) };
    },
  };

  const api = Object.fromEntries(
    Object.keys(userContract.operations).map((operation) => [
      operation,
      async (input: never, context: CallContext) => {
        calls.push(operation);
        const planned = failures.findIndex((failure) => failure.operation === operation);
        const failure = planned < 0 ? undefined : failures.splice(planned, 1)[0];
        if (failure !== undefined && !failure.after) throw failure.error;
        const handle = handlers[operation as keyof UserService];
        if (handle === undefined) throw new Error(`${operation} is not part of this test`);
        const answer = await (handle as (input: never, context: CallContext) => Promise<unknown>)(input, context);
        if (failure !== undefined) throw failure.error;
        return answer;
      },
    ]),
  ) as unknown as UserService;
  return { api, accounts, failures, calls };
}

export interface WorldOptions {
  readonly config?: Partial<AuthenticationConfig>;
  /** The folder and the people of an earlier world, for a restart. */
  readonly from?: { readonly folder: string; readonly users: ReturnType<typeof fakeUsers>; readonly clock: TestClock };
  readonly log?: ReturnType<typeof createLog>;
}

export async function openAuthentication(t: TestContext, options: WorldOptions = {}) {
  const folder = options.from?.folder ?? (await mkdtemp(join(tmpdir(), 'plaza-authentication-')));
  const clock = options.from?.clock ?? new TestClock();
  const users = options.from?.users ?? fakeUsers();
  const log = options.log ?? createLog('silent');
  const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'NORMAL' });
  const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
  const bus = await sqliteEventBus({ core, derived, clock, log });
  const cache = memoryCache({ clock });
  const relational = await testRelational(core);
  const services = createDirectory({ transport: 'function', clock, log, random: systemRandom, checkOutputs: true });
  await services.register(userContract, users.api);
  const ids = snowflakeIds(clock, 1);
  let service: Awaited<ReturnType<typeof startAuthentication>> | undefined;
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await service?.stop();
    await bus.close();
    await services.close();
    await relational.close();
    await Promise.all([core.close(), derived.close()]);
  };
  t.after(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });
  const started = await startAuthentication(
    { clock, random: systemRandom, ids, faults: noFaults, log, metrics: createMetrics(), services },
    { relational, bus, cache },
    { origin: ORIGIN, signUpMode: 'open', smtp: null, operatorKey: OPERATOR_KEY, oidc: null, ...options.config },
  );
  service = started;
  await services.register(authenticationContract, started.api);
  const api = services.client(authenticationContract);
  const context = contexts(clock);

  return {
    api,
    users,
    clock,
    core,
    bus,
    cache,
    relational,
    /** Rows of the service's own tables. */
    rows: (sql: string, ...parameters: unknown[]) => readRows(relational, sql, ...parameters),
    folder,
    ids,
    ...context,
    drain: () => started.drain(),
    stop,
    /** Signs somebody up in open mode and gives their session. */
    async join(username: string, overrides: Partial<Parameters<typeof api.signUp>[0]> = {}): Promise<Session> {
      const { session } = await api.signUp({ ...signUpForm(username), ...overrides }, context.anonymous());
      return session!;
    },
    /** An app, with its secret. */
    async app(scopes = 'read write follow push', redirectUris = ['https://app.example/callback']) {
      const input = { name: 'An app', redirectUris, scopes, website: null };
      const { app, clientSecret } = await api.registerApp(input, context.anonymous());
      return { ...app, clientSecret };
    },
  };
}

export type World = Awaited<ReturnType<typeof openAuthentication>>;

export function signUpForm(username: string) {
  return {
    ...{ username, email: `${username}@mail.example`, password: PASSWORD, agreement: true, locale: 'en' },
    ...{ reason: '', inviteCode: '', ...DEVICE },
  };
}

function contexts(clock: TestClock) {
  const call = { requestId: 'test' };
  return {
    anonymous: (): CallContext => ({ ...call, deadlineMs: clock.now() + 60_000, caller: { kind: 'anonymous' } }),
    service: (name: string): CallContext => ({
      ...call,
      deadlineMs: clock.now() + 60_000,
      caller: { kind: 'service', name },
    }),
    as: (session: { accountId: string; sessionId: string }, role = 'user'): CallContext => ({
      ...call,
      deadlineMs: clock.now() + 60_000,
      caller: { kind: 'account', accountId: session.accountId, sessionId: session.sessionId, role, scopes: [] },
    }),
  };
}

/** For `assert.rejects`: a failure with this code, and, if given, this message. */
export function refused(code: PlazaError['code'], message?: string | RegExp) {
  return (error: unknown): boolean => {
    if (!(error instanceof PlazaError)) throw error;
    if (error.code !== code)
      throw new Error(`expected ${code}, got ${error.code}: ${error.message} (${error.description})`);
    if (typeof message === 'string' && error.message !== message)
      throw new Error(`expected "${message}", got "${error.message}"`);
    if (message instanceof RegExp && !message.test(error.message))
      throw new Error(`${error.message} is not ${message}`);
    return true;
  };
}
