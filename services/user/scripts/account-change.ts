import { userEvents } from '#contracts/events/user.ts';
import type { AccountState } from '#contracts/model/account.ts';
import type { Query } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db, type HeadRow } from '../store/tables.ts';
import { eventQuery } from './emit.ts';
import type { Step } from './head.ts';

const updateHead = prepared((p: { id: string; state: AccountState; locked: number }) =>
  db
    .updateTable('user_heads')
    .set((row) => ({ state: p.state, locked: p.locked, epoch: row('epoch', '+', 1), version: row('version', '+', 1) }))
    .where('id', '=', p.id),
);

const addToTotal = prepared((p: { by: number }) =>
  db
    .updateTable('user_totals')
    .set((row) => ({ accounts: row('accounts', '+', p.by) }))
    .where('name', '=', 'active'),
);

/** Keeps the number of active accounts. */
export function* countActive(before: AccountState | undefined, after: AccountState): Step<void> {
  const by = (after === 'active' ? 1 : 0) - (before === 'active' ? 1 : 0);
  if (by !== 0) yield addToTotal({ by });
}

/** An event of an account and the version under which it is told. */
export function accountEvent(
  name: 'UserCreated' | 'UserUpdated' | 'UserDeleted',
  accountId: string,
  version: number,
  eventId: string,
  nowMs: number,
): Query {
  return eventQuery({ id: eventId, type: userEvents[name], subject: accountId, version, nowMs, data: { accountId } });
}

/** Raises version and epoch of an account and tells of the change. `head` is as it was. Gives the new version. */
export function* changeHead(
  head: HeadRow,
  change: { readonly state?: AccountState; readonly locked?: boolean },
  tells: 'UserUpdated' | 'UserStateChanged' | 'UserDeleted',
  eventId: string,
  nowMs: number,
): Step<number> {
  const state = change.state ?? head.state;
  const locked = change.locked === undefined ? head.locked : change.locked ? 1 : 0;
  const version = head.version + 1;
  yield updateHead({ id: head.id, state, locked });
  yield* countActive(head.state, state);
  yield tells === 'UserStateChanged'
    ? stateEvent(head.id, state, version, eventId, nowMs)
    : accountEvent(tells, head.id, version, eventId, nowMs);
  return version;
}

function stateEvent(accountId: string, state: AccountState, version: number, eventId: string, nowMs: number): Query {
  const data = { accountId, state };
  return eventQuery({ id: eventId, type: userEvents.UserStateChanged, subject: accountId, version, nowMs, data });
}
