import type { Clock } from '#platform/clock/clock.ts';
import { Looper } from '#platform/outbox/looper.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { Parts } from './parts.ts';
import { finishPerson } from './people.ts';
import { forgetUnused } from './scripts/apps.ts';
import { endExpired } from './scripts/sessions.ts';
import { tellState, untoldAccounts } from './state-telling.ts';
import { type AccountsTable, db } from './store/tables.ts';

const EVERY_MS = 30_000;
const PAGE = 200;
/** Used codes are remembered for a day after their end, so that a late second use still revokes what came of the first. */
const CODE_MEMORY_MS = 24 * 3_600_000;

export type SweeperParts = Pick<
  Parts,
  'relational' | 'accounts' | 'user' | 'ids' | 'clock' | 'sealer' | 'tickets' | 'mail' | 'keys' | 'log' | 'wakeRelay'
>;

export interface Sweeper {
  start(): void;
  /** Resolves when everything that is due now was tried. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** Finishes what a crash left half done and removes what has had its time. Every task may run at any time, anywhere, twice. */
export function createSweeper(parts: SweeperParts, alsoWake: () => void = () => {}): Sweeper {
  const tasks: readonly (readonly [string, () => Promise<void>])[] = [
    ['unfinished sign-ups', () => finishSignUps(parts)],
    ['states to tell', () => tellStates(parts)],
    ['expired sessions', () => endExpiredSessions(parts)],
    ['old tickets', () => forgetOld(parts)],
    ['unused apps', () => forgetUnusedApps(parts)],
    ['signing keys', () => parts.keys.rotate()],
  ];
  const looper = new Looper(async (signal) => {
    for (const [name, task] of tasks) {
      if (signal.aborted) return false;
      await attempt(name, task, parts.log);
    }
    alsoWake();
    return false;
  });
  let ticking: Promise<void> | undefined;

  return {
    start() {
      looper.start();
      ticking ??= tick(parts.clock, looper);
    },
    async drain() {
      looper.wake();
      await looper.rest();
    },
    async stop() {
      await looper.stop();
      await ticking;
    },
  };
}

async function tick(clock: Clock, looper: Looper): Promise<void> {
  while (!looper.signal.aborted) {
    await clock.wait(EVERY_MS, looper.signal);
    looper.wake();
  }
}

async function attempt(name: string, task: () => Promise<void>, log: Logger): Promise<void> {
  try {
    await task();
  } catch (error) {
    log.warn({ err: error }, `authentication: ${name} could not be handled; they come again`);
  }
}

/** Sign-ups that stopped half way, a crash or a user service that was away: the same steps again, to their end or to nothing. */
async function finishSignUps(parts: SweeperParts): Promise<void> {
  const rows = await parts.relational.query<AccountsTable>(
    db
      .selectFrom('authentication_accounts')
      .selectAll()
      .where('state', '=', 'creating')
      .where('created_ms', '<=', parts.clock.now() - LIFETIMES.unfinishedSignUpMs)
      .orderBy('account_id', 'asc')
      .limit(PAGE),
  );
  for (const row of rows)
    await attempt('an unfinished sign-up', async () => void (await finishPerson(row, parts)), parts.log);
}

async function tellStates(parts: SweeperParts): Promise<void> {
  for (const accountId of await untoldAccounts(parts, PAGE))
    await attempt('a state to tell', () => tellState(accountId, parts), parts.log);
}

async function endExpiredSessions({ relational, clock, wakeRelay }: SweeperParts): Promise<void> {
  while (await relational.run(endExpired, { nowMs: clock.now(), limit: PAGE })) wakeRelay();
  wakeRelay();
}

async function forgetUnusedApps({ relational, clock }: SweeperParts): Promise<void> {
  const nowMs = clock.now();
  const times = { registeredMs: nowMs - LIFETIMES.unusedAppMs, tokenUsedMs: nowMs - LIFETIMES.ownTokenIdleMs };
  while (await relational.run(forgetUnused, { ...times, limit: PAGE }));
}

async function forgetOld({ relational, clock }: SweeperParts): Promise<void> {
  const nowMs = clock.now();
  await relational.batch([
    { query: db.deleteFrom('authentication_tickets').where('expires_ms', '<=', nowMs) },
    { query: db.deleteFrom('authentication_codes').where('expires_ms', '<=', nowMs - CODE_MEMORY_MS) },
    { query: db.deleteFrom('authentication_invites').where('expires_ms', '<=', nowMs) },
  ]);
}
