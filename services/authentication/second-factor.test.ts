import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOTP } from 'otpauth';
import { DEVICE, openAuthentication, PASSWORD, refused, type World } from './testing.ts';

async function withSecondFactor(world: World) {
  const session = await world.join('ada');
  const context = () => world.as(session);
  const { secret, uri } = await world.api.beginSecondFactor({ password: PASSWORD }, context());
  const code = (aheadMs = 0) => new TOTP({ secret }).generate({ timestamp: world.clock.now() + aheadMs });
  const { recoveryCodes } = await world.api.enableSecondFactor({ code: code() }, context());
  world.clock.advance(60_000);
  return { session, context, secret, uri, code, recoveryCodes };
}

async function challenge(world: World): Promise<string> {
  const result = await world.api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, world.anonymous());
  assert.ok(result.status === 'second_factor');
  return result.challenge;
}

test('signing in asks for a code, and a code signs in', async (t) => {
  const world = await openAuthentication(t);
  const { code, uri } = await withSecondFactor(world);
  assert.match(uri, /^otpauth:\/\/totp\/.*issuer=plaza\.example/);
  const input = { challenge: await challenge(world), code: code(), ...DEVICE };
  const result = await world.api.completeSecondFactor(input, world.anonymous());
  assert.equal(result.status, 'signed_in');
});

test('a used code is refused, even with a new challenge, and so is an earlier one', async (t) => {
  const world = await openAuthentication(t);
  const { code } = await withSecondFactor(world);
  const complete = async (text: string) =>
    world.api.completeSecondFactor({ challenge: await challenge(world), code: text, ...DEVICE }, world.anonymous());
  const now = code();
  const before = code(-30_000);
  await complete(now);
  await assert.rejects(complete(now), refused('unauthenticated'));
  await assert.rejects(complete(before), refused('unauthenticated'));
  assert.equal((await complete(code(30_000))).status, 'signed_in');
});

test('of two requests with the same code at the same time one signs in', async (t) => {
  const world = await openAuthentication(t);
  const { code } = await withSecondFactor(world);
  const challenges = [await challenge(world), await challenge(world)];
  const outcomes = await Promise.allSettled(
    challenges.map((one) =>
      world.api.completeSecondFactor({ challenge: one, code: code(), ...DEVICE }, world.anonymous()),
    ),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('codes of the neighbouring steps are taken, others are not', async (t) => {
  const world = await openAuthentication(t);
  const { code } = await withSecondFactor(world);
  const complete = async (text: string) =>
    world.api.completeSecondFactor({ challenge: await challenge(world), code: text, ...DEVICE }, world.anonymous());
  await assert.rejects(complete(code(-60_000)), refused('unauthenticated'));
  await assert.rejects(complete(code(60_000)), refused('unauthenticated'));
  await complete(code(-30_000));
  await complete(code(30_000));
});

test('a recovery code works once, however it is typed', async (t) => {
  const world = await openAuthentication(t);
  const { recoveryCodes } = await withSecondFactor(world);
  assert.equal(new Set(recoveryCodes).size, 10);
  const complete = async (text: string) =>
    world.api.completeSecondFactor({ challenge: await challenge(world), code: text, ...DEVICE }, world.anonymous());
  const [first, second] = recoveryCodes as [string, string];
  await complete(first);
  await assert.rejects(complete(first), refused('unauthenticated'));
  await complete(second.toUpperCase().replace('-', ' '));
  await assert.rejects(complete(second), refused('unauthenticated'));
});

test('a challenge takes five codes, then the password again', async (t) => {
  const world = await openAuthentication(t);
  const { code } = await withSecondFactor(world);
  const one = await challenge(world);
  const complete = (text: string) =>
    world.api.completeSecondFactor({ challenge: one, code: text, ...DEVICE }, world.anonymous());
  for (let n = 0; n < 5; n++) await assert.rejects(complete('zzzzzz'), refused('unauthenticated'));
  await assert.rejects(complete(code()), refused('gone'));
});

test('guessing codes is limited over all challenges', async (t) => {
  const world = await openAuthentication(t);
  const { code } = await withSecondFactor(world);
  const complete = async (text: string) =>
    world.api.completeSecondFactor({ challenge: await challenge(world), code: text, ...DEVICE }, world.anonymous());
  for (let n = 0; n < 20; n++) await assert.rejects(complete('zzzzzz'), refused('unauthenticated'));
  await assert.rejects(complete(code()), refused('rate_limited'));
});

test('turning it on and off takes the proofs that it should', async (t) => {
  const world = await openAuthentication(t);
  const { api } = world;
  const session = await world.join('ada');
  const context = () => world.as(session);
  await assert.rejects(api.beginSecondFactor({ password: 'wrong' }, context()), refused('forbidden'));
  await assert.rejects(api.enableSecondFactor({ code: '123456' }, context()), refused('conflict'));
  const { secret } = await api.beginSecondFactor({ password: PASSWORD }, context());
  await assert.rejects(api.enableSecondFactor({ code: 'abcdef' }, context()), refused('validation_failed'));
  assert.equal((await api.getCredentials({}, context())).secondFactor, false);
  const code = (aheadMs = 0) => new TOTP({ secret }).generate({ timestamp: world.clock.now() + aheadMs });
  const used = code();
  await api.enableSecondFactor({ code: used }, context());
  assert.equal((await api.getCredentials({}, context())).secondFactor, true);
  await assert.rejects(api.beginSecondFactor({ password: PASSWORD }, context()), refused('conflict'));
  await assert.rejects(
    api.disableSecondFactor({ password: 'wrong', code: code(30_000) }, context()),
    refused('forbidden'),
  );
  await assert.rejects(
    api.disableSecondFactor({ password: PASSWORD, code: used }, context()),
    refused('unauthenticated'),
  );
  await api.disableSecondFactor({ password: PASSWORD, code: code(30_000) }, context());
  const result = await api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, world.anonymous());
  assert.equal(result.status, 'signed_in');
});
