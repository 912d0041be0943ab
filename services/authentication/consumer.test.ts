import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionEvents } from '#contracts/events/authentication.ts';
import { userEvents } from '#contracts/events/user.ts';
import type { AccountState } from '#contracts/model/account.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { DEVICE, openAuthentication, PASSWORD, refused, type World } from './testing.ts';

async function stateChanged(world: World, accountId: string, state: AccountState, timeMs = world.clock.now()) {
  const id = world.ids.next();
  const fields = { id, source: 'user', subject: accountId, version: 2, timeMs, data: { accountId, state } };
  await world.bus.publish('user', [newEvent(userEvents.UserStateChanged, fields)]);
  await world.bus.idle();
}

async function deleted(world: World, accountId: string) {
  const fields = {
    id: world.ids.next(),
    source: 'user',
    subject: accountId,
    version: 3,
    timeMs: 1,
    data: { accountId },
  };
  await world.bus.publish('user', [newEvent(userEvents.UserDeleted, fields)]);
  await world.bus.idle();
}

const active = async (world: World, sessionId: string) =>
  (await world.api.checkSession({ sessionId }, world.anonymous())).active;

test('a deleted person is forgotten, twice is once, and the e-mail is free', async (t) => {
  const world = await openAuthentication(t);
  const session = await world.join('ada');
  const other = await world.join('bob');
  world.users.accounts.delete(session.accountId);
  await deleted(world, session.accountId);
  await deleted(world, session.accountId);
  assert.equal(await active(world, session.sessionId), false);
  assert.equal(await active(world, other.sessionId), true);
  const tables = ['accounts', 'sessions', 'codes', 'tickets', 'recovery_codes', 'identities', 'mails'];
  for (const table of tables)
    assert.deepEqual(
      await world.rows(`select 1 from authentication_${table} where account_id = ?`, session.accountId),
      [],
      table,
    );
  await world.join('ada');
});

test('a deactivation ends the sessions that were there, and a late event spares those that came after', async (t) => {
  const world = await openAuthentication(t);
  const before = await world.join('ada');
  world.users.accounts.set(before.accountId, { username: 'ada', state: 'deactivated' });
  const deactivatedMs = world.clock.now();
  world.clock.advance(1_000);
  await stateChanged(world, before.accountId, 'deactivated', deactivatedMs);
  assert.equal(await active(world, before.sessionId), false);
  const back = await world.api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, world.anonymous());
  assert.ok(back.status === 'signed_in');
  await stateChanged(world, before.accountId, 'deactivated', deactivatedMs);
  assert.equal(await active(world, back.session.sessionId), true);
  // The state was read just before the person came back.
  world.users.accounts.set(before.accountId, { username: 'ada', state: 'deactivated' });
  await stateChanged(world, before.accountId, 'deactivated', deactivatedMs);
  assert.equal(await active(world, back.session.sessionId), false, 'the user service is believed at once');
  world.users.accounts.set(before.accountId, { username: 'ada', state: 'active' });
  assert.equal(await active(world, back.session.sessionId), true);
});

test('nobody is signed in as an account that was left, before any event tells of it', async (t) => {
  const world = await openAuthentication(t);
  const session = await world.join('ada');
  for (const state of ['deactivated', 'deleted'] as const) {
    world.users.accounts.set(session.accountId, { username: 'ada', state });
    assert.equal(await active(world, session.sessionId), false, state);
    const authenticate = world.api.authenticate({ token: session.accessToken }, world.anonymous());
    await assert.rejects(authenticate, refused('unauthenticated'));
    const refresh = world.api.refreshSession({ refreshToken: session.refreshToken }, world.anonymous());
    await assert.rejects(refresh, refused('unauthenticated'));
  }
});

test('coming back opens none of the sessions that were left, though the event of leaving is still to come', async (t) => {
  const world = await openAuthentication(t);
  const before = await world.join('ada');
  world.users.accounts.set(before.accountId, { username: 'ada', state: 'deactivated' });
  world.clock.advance(1_000);
  const back = await world.api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, world.anonymous());
  assert.ok(back.status === 'signed_in');
  assert.equal(await active(world, before.sessionId), false);
  assert.equal(await active(world, back.session.sessionId), true);
});

test('a suspension that was decided elsewhere holds here too, and a late event does not bring it back', async (t) => {
  const world = await openAuthentication(t);
  const session = await world.join('ada');
  world.users.accounts.set(session.accountId, { username: 'ada', state: 'suspended' });
  await stateChanged(world, session.accountId, 'suspended');
  assert.equal(await active(world, session.sessionId), false);
  const signIn = () => world.api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, world.anonymous());
  await assert.rejects(signIn(), refused('forbidden'));
  world.users.accounts.set(session.accountId, { username: 'ada', state: 'active' });
  await stateChanged(world, session.accountId, 'suspended');
  assert.equal((await signIn()).status, 'signed_in');
});

test('the beginning and the end of each session are told once, in order', async (t) => {
  const world = await openAuthentication(t);
  const told: { type: string; sessionId: string; version: number }[] = [];
  const subscriber = await world.bus.subscribe({
    ...{ group: 'test', topics: ['session'], from: 'earliest', offsets: 'core', maxBatch: 10 },
    async handle(events) {
      for (const { body } of events) {
        const { type, data, aggregateversion } = JSON.parse(body);
        told.push({ type, sessionId: data.sessionId, version: aggregateversion });
      }
    },
  });
  t.after(() => subscriber.stop());
  const session = await world.join('ada');
  await world.api.signOut({ sessionId: session.sessionId }, world.as(session));
  await world.api.signOut({ sessionId: session.sessionId }, world.as(session));
  await world.drain();
  await world.bus.idle();
  const { sessionId } = session;
  assert.deepEqual(told, [
    { type: sessionEvents.SessionStarted.type, sessionId, version: 1 },
    { type: sessionEvents.SessionEnded.type, sessionId, version: 2 },
  ]);
});
