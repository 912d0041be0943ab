import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import { ORIGIN, openAuthentication, refused } from './testing.ts';

const keyIdOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString()).kid as string;

test('anyone can verify a token with the published keys, which hold nothing private', async (t) => {
  const { api, anonymous, join, clock } = await openAuthentication(t);
  const session = await join('ada');
  const { keys } = await api.jwks({}, anonymous());
  for (const key of keys)
    assert.deepEqual(
      Object.keys(key).filter((name) => ['d', 'p', 'q', 'k'].includes(name)),
      [],
    );
  const { payload } = await jwtVerify(session.accessToken, createLocalJWKSet({ keys }), {
    issuer: ORIGIN,
    audience: ORIGIN,
    currentDate: new Date(clock.now()),
  });
  assert.equal(payload.sub, session.accountId);
  assert.equal(payload.sid, session.sessionId);
});

test('keys change, tokens of the old key go on till their end, and the new key is published before it signs', async (t) => {
  const { api, anonymous, join, clock, drain } = await openAuthentication(t);
  const published = async () => (await api.jwks({}, anonymous())).keys.map((key) => key.kid as string);
  const session = await join('ada');
  const oldKey = keyIdOf(session.accessToken);
  assert.deepEqual(await published(), [oldKey]);
  clock.advance(LIFETIMES.signingKeyMs - 2 * LIFETIMES.signingKeyLeadMs);
  await drain();
  const both = await published();
  assert.equal(both.length, 2);
  const stillOld = await api.refreshSession({ refreshToken: session.refreshToken }, anonymous());
  assert.equal(keyIdOf(stillOld.accessToken), oldKey, 'it does not sign before caches can know it');
  clock.advance(LIFETIMES.signingKeyLeadMs + 1);
  const rotated = await api.refreshSession({ refreshToken: stillOld.refreshToken }, anonymous());
  assert.notEqual(keyIdOf(rotated.accessToken), oldKey);
  assert.ok(both.includes(keyIdOf(rotated.accessToken)));

  clock.advance(LIFETIMES.signingKeyLeadMs - 60_000);
  const latest = await api.refreshSession({ refreshToken: rotated.refreshToken }, anonymous());
  await api.authenticate({ token: latest.accessToken }, anonymous());
  clock.advance(LIFETIMES.signingKeyMs / 2);
  await drain();
  assert.ok(!(await published()).includes(oldKey));
});

test('a token of the last moment of a key is still good afterwards', async (t) => {
  const { api, anonymous, join, clock, drain } = await openAuthentication(t);
  const first = await join('ada');
  const oldKey = keyIdOf(first.accessToken);
  clock.advance(LIFETIMES.signingKeyMs - 60_000);
  const { refreshToken } = first;
  const lastMoment = await api.refreshSession({ refreshToken }, anonymous());
  assert.equal(keyIdOf(lastMoment.accessToken), oldKey);
  clock.advance(2 * 60_000);
  await drain();
  await api.authenticate({ token: lastMoment.accessToken }, anonymous());
  const next = await api.refreshSession({ refreshToken: lastMoment.refreshToken }, anonymous());
  assert.notEqual(keyIdOf(next.accessToken), oldKey);
});

test('keys outlive a restart, and a restart under another operator key is refused rather than half-working', async (t) => {
  const first = await openAuthentication(t);
  const session = await first.join('ada');
  await first.stop();
  const second = await openAuthentication(t, { from: first });
  await second.api.authenticate({ token: session.accessToken }, second.anonymous());
  await second.stop();
  await assert.rejects(
    openAuthentication(t, { from: first, config: { operatorKey: Buffer.alloc(32, 8) } }),
    /operator key is not the one/,
  );
});

test('a token of another Plaza is not ours', async (t) => {
  const ours = await openAuthentication(t);
  const theirs = await openAuthentication(t);
  const { accessToken } = await theirs.join('ada');
  await ours.join('ada');
  await assert.rejects(ours.api.authenticate({ token: accessToken }, ours.anonymous()), refused('unauthenticated'));
});
