/**
 * Reacts to what happens to accounts elsewhere.
 *
 * Invariant: a state is never taken from an event but read from the user service, so a late or repeated event brings the credentials to where the
 * account stands now. Ending sessions after a deactivation concerns those that began before the event, so that whoever has come back since
 * stays signed in. Forgetting a person twice is forgetting them once.
 */
import { userEvents } from '#contracts/events/user.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { type EventHandler, on } from '#platform/outbox/consumer.ts';
import type { Parts } from './parts.ts';
import { forgetAccount, suspendAccount, unsuspendAccount } from './scripts/accounts.ts';
import { endSessions } from './scripts/sessions.ts';
import { SERVICE } from './store/session-events.ts';

export type ConsumerParts = Pick<Parts, 'relational' | 'accounts' | 'user' | 'clock' | 'wakeRelay'>;

export function eventHandlers(parts: ConsumerParts): EventHandler[] {
  const { relational, accounts, user, clock, wakeRelay } = parts;
  return [
    on(userEvents.UserDeleted, async ({ data: { accountId } }) => {
      await relational.run(forgetAccount, { accountId, nowMs: clock.now() });
      wakeRelay();
    }),
    on(userEvents.UserStateChanged, async ({ data: { accountId }, time }) => {
      const account = await accounts.byId(accountId);
      // A state that was decided here and is still to be told is newer than what the user service knows.
      if (account === undefined || account.state === 'creating' || account.state_to_tell !== null) return;
      const found = await user.getAccounts({ ids: [accountId] }, serviceContext(SERVICE, clock));
      const state = found.accounts[0]?.state;
      const nowMs = clock.now();
      if (state === 'suspended' && account.state !== 'suspended')
        await relational.run(suspendAccount, { accountId, tell: false, nowMs });
      else if (state === 'deactivated')
        await relational.run(endSessions, { accountId, exceptSessionId: null, untilMs: Date.parse(time), nowMs });
      else if (state === 'active' && account.state === 'suspended')
        await relational.run(unsuspendAccount, { accountId, tell: false });
      wakeRelay();
    }),
  ];
}
