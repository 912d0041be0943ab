import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAuthentication, refused } from './testing.ts';

test('refresh tokens rotate, and the session goes on', async (t) => {
  const { api, anonymous, join, clock } = await openAuthentication(t);
  let session = await join('ada');
  for (let n = 0; n < 5; n++) {
    clock.advance(10 * 60_000);
    const next = await api.refreshSession({ refreshToken: session.refreshToken }, anonymous());
    assert.equal(next.sessionId, session.sessionId);
    assert.notEqual(next.refreshToken, session.refreshToken);
    const { principal } = await api.authenticate({ token: next.accessToken }, anonymous());
    assert.equal(principal.accountId, session.accountId);
    session = next;
  }
});

test('two refreshes at the same time get the same successor, and neither ends the session', async (t) => {
  const { api, anonymous, join, clock } = await openAuthentication(t);
  const { refreshToken, sessionId } = await join('ada');
  const refresh = () => api.refreshSession({ refreshToken }, anonymous());
  const [a, b, c] = await Promise.all([refresh(), refresh(), refresh()]);
  assert.equal(a.refreshToken, b.refreshToken);
  assert.equal(a.refreshToken, c.refreshToken);
  clock.advance(59_000);
  assert.equal((await refresh()).refreshToken, a.refreshToken);
  await api.refreshSession({ refreshToken: a.refreshToken }, anonymous());
  assert.equal((await api.checkSession({ sessionId }, anonymous())).active, true);
});

test('a token that comes again after its successor was used ends the whole family', async (t) => {
  const { api, anonymous, join } = await openAuthentication(t);
  const stolen = await join('ada');
  const second = await api.refreshSession({ refreshToken: stolen.refreshToken }, anonymous());
  const third = await api.refreshSession({ refreshToken: second.refreshToken }, anonymous());
  await assert.rejects(
    api.refreshSession({ refreshToken: stolen.refreshToken }, anonymous()),
    refused('unauthenticated'),
  );
  await assert.rejects(
    api.refreshSession({ refreshToken: third.refreshToken }, anonymous()),
    refused('unauthenticated'),
  );
  assert.equal((await api.checkSession({ sessionId: stolen.sessionId }, anonymous())).active, false);
});

test('a token that comes again later than the grace ends the family too', async (t) => {
  const { api, anonymous, join, clock } = await openAuthentication(t);
  const first = await join('ada');
  await api.refreshSession({ refreshToken: first.refreshToken }, anonymous());
  clock.advance(60_001);
  await assert.rejects(
    api.refreshSession({ refreshToken: first.refreshToken }, anonymous()),
    refused('unauthenticated'),
  );
  assert.equal((await api.checkSession({ sessionId: first.sessionId }, anonymous())).active, false);
});

test('a made-up token is refused and ends nothing', async (t) => {
  const { api, anonymous, join } = await openAuthentication(t);
  const session = await join('ada');
  let current = session.refreshToken;
  for (let n = 0; n < 3; n++) current = (await api.refreshSession({ refreshToken: current }, anonymous())).refreshToken;
  const madeUp = 'A'.repeat(43);
  for (const refreshToken of [
    `${session.sessionId}.1.${madeUp}`,
    `${session.sessionId}.4.${madeUp}`,
    `${session.sessionId}.5.${madeUp}`,
    `${session.sessionId}.999999999.${madeUp}`,
    current.replace(/\.4\./, '.3.'),
    'nonsense',
  ])
    await assert.rejects(api.refreshSession({ refreshToken }, anonymous()), refused('unauthenticated'));
  assert.equal((await api.checkSession({ sessionId: session.sessionId }, anonymous())).active, true);
  await api.refreshSession({ refreshToken: current }, anonymous());
});

test('a session that nobody uses ends, and its end is told', async (t) => {
  const { api, anonymous, join, clock, drain, rows } = await openAuthentication(t);
  const session = await join('ada');
  clock.advance(60 * 24 * 3_600_000 + 1);
  assert.equal((await api.checkSession({ sessionId: session.sessionId }, anonymous())).active, false);
  await assert.rejects(
    api.refreshSession({ refreshToken: session.refreshToken }, anonymous()),
    refused('unauthenticated'),
  );
  await drain();
  assert.deepEqual(await rows('select session_id from authentication_sessions'), []);
});
