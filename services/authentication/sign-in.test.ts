import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEVICE, openAuthentication, PASSWORD, refused } from './testing.ts';

test('somebody signs up and the token works at once', async (t) => {
  const { api, anonymous, join, users } = await openAuthentication(t);
  const session = await join('ada');
  const { principal, expiresMs } = await api.authenticate({ token: session.accessToken }, anonymous());
  assert.equal(principal.accountId, session.accountId);
  assert.equal(principal.sessionId, session.sessionId);
  assert.equal(principal.role, 'user');
  assert.ok(principal.permissions.includes('posts.write'));
  assert.ok(!principal.permissions.includes('accounts.manage'));
  assert.equal(principal.firstParty, true);
  assert.equal(principal.restriction, null);
  assert.equal(expiresMs, session.accessExpiresMs);
  assert.deepEqual(await api.checkSession({ sessionId: session.sessionId }, anonymous()), {
    active: true,
    revision: 1,
  });
  assert.equal(users.accounts.get(session.accountId)?.state, 'active');
});

test('people sign in by e-mail in any case, and by the name they have now', async (t) => {
  const { api, anonymous, join, users } = await openAuthentication(t);
  const session = await join('ada');
  const signIn = async (login: string) => {
    const result = await api.signIn({ login, password: PASSWORD, ...DEVICE }, anonymous());
    assert.equal(result.status, 'signed_in');
  };
  await signIn('ADA@Mail.Example');
  await signIn('Ada');
  await signIn('@ada');
  users.accounts.set(session.accountId, { username: 'lovelace', state: 'active' });
  await signIn('lovelace');
  await assert.rejects(signIn('ada'), refused('unauthenticated', 'Invalid login or password'));
});

test('wrong password and unknown person get the very same answer', async (t) => {
  const { api, anonymous, join } = await openAuthentication(t);
  await join('ada');
  const answers = [];
  for (const [login, password] of [
    ['ada', 'not her password'],
    ['ada@mail.example', 'not her password'],
    ['nobody', PASSWORD],
    ['nobody@mail.example', PASSWORD],
    ['not a name!', PASSWORD],
  ] as const) {
    const error = await api.signIn({ login, password, ...DEVICE }, anonymous()).catch((failure) => failure);
    answers.push({ code: error.code, message: error.message, description: error.description, details: error.details });
  }
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
});

test('guessing is limited per login and network, and whoever comes from elsewhere is let in', async (t) => {
  const { api, anonymous, join, clock } = await openAuthentication(t);
  await join('ada');
  const guess = (login: string, ip: string, password = 'wrong password') =>
    api.signIn({ login, password, ip, userAgent: '' }, anonymous());
  const namings = ['ada', '@Ada', 'ada@mail.example', ' ADA@mail.example '];
  for (let n = 0; n < 10; n++) await assert.rejects(guess(namings[n % 4]!, '192.0.2.1'), refused('unauthenticated'));
  await assert.rejects(guess('ada', '192.0.2.1', PASSWORD), refused('rate_limited'));
  assert.equal((await guess('ada', '192.0.2.2', PASSWORD)).status, 'signed_in');
  clock.advance(15 * 60_000 + 1);
  assert.equal((await guess('ada', '192.0.2.1', PASSWORD)).status, 'signed_in');
});

test('addresses of one IPv6 network count as one, and the limit holds while the cache forgets', async (t) => {
  const { api, anonymous, join, cache } = await openAuthentication(t);
  await join('ada');
  cache.increment = async () => {
    throw new Error('away');
  };
  const guess = (last: number, password = 'wrong password') =>
    api.signIn({ login: 'ada', password, ip: `2001:db8:1:2::${last}`, userAgent: '' }, anonymous());
  for (let n = 1; n <= 10; n++) await assert.rejects(guess(n), refused('unauthenticated'));
  await assert.rejects(guess(99, PASSWORD), refused('rate_limited'));
});

test('strangers who guess wrong everywhere do not lock a person out of where they are signed in', async (t) => {
  const { api, anonymous, join } = await openAuthentication(t);
  await join('ada');
  const guess = (ip: string, password: string) =>
    api.signIn({ login: 'ada', password, ip, userAgent: '' }, anonymous());
  for (let n = 0; n < 100; n++) {
    await assert.rejects(guess(`198.51.100.${1 + (n % 20)}`, 'wrong password'), refused('unauthenticated'));
  }
  await assert.rejects(guess('198.51.100.100', PASSWORD), refused('rate_limited'));
  assert.equal((await guess(DEVICE.ip, PASSWORD)).status, 'signed_in');
});

test('a session ends at once: sign-out, revocation, everywhere', async (t) => {
  const { api, anonymous, as, join } = await openAuthentication(t);
  const first = await join('ada');
  const again = async () => {
    const result = await api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, anonymous());
    assert.ok(result.status === 'signed_in');
    return result.session;
  };
  const isOver = async (session: { sessionId: string; accessToken: string; refreshToken: string }) => {
    assert.deepEqual(await api.checkSession({ sessionId: session.sessionId }, anonymous()), {
      active: false,
      revision: 0,
    });
    await assert.rejects(api.authenticate({ token: session.accessToken }, anonymous()), refused('unauthenticated'));
    await assert.rejects(
      api.refreshSession({ refreshToken: session.refreshToken }, anonymous()),
      refused('unauthenticated'),
    );
  };
  const second = await again();
  const third = await again();
  const stranger = await join('bob');
  assert.equal((await api.listSessions({}, as(first))).sessions.length, 3);

  await api.revokeSession({ sessionId: second.sessionId }, as(stranger));
  assert.equal((await api.checkSession({ sessionId: second.sessionId }, anonymous())).active, true);
  await api.revokeSession({ sessionId: second.sessionId }, as(first));
  await isOver(second);
  await api.signOutEverywhere({ exceptSessionId: first.sessionId }, as(first));
  await isOver(third);
  assert.equal((await api.checkSession({ sessionId: first.sessionId }, anonymous())).active, true);
  await api.signOut({ sessionId: first.sessionId }, as(first));
  await isOver(first);
  assert.equal((await api.checkSession({ sessionId: stranger.sessionId }, anonymous())).active, true);
});

test('a deactivated account comes back by signing in', async (t) => {
  const { api, anonymous, join, users } = await openAuthentication(t);
  const { accountId } = await join('ada');
  users.accounts.set(accountId, { username: 'ada', state: 'deactivated' });
  await api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, anonymous());
  assert.equal(users.accounts.get(accountId)?.state, 'active');
});

test('an access token lives five minutes, and nothing made up passes for one', async (t) => {
  const { api, anonymous, join, clock } = await openAuthentication(t);
  const { accessToken } = await join('ada');
  const [head, body, signature] = accessToken.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  for (const token of [`${head}.${forged}.${signature}`, `${none}.${body}.`, `${head}.${body}`, '..', 'x', ''])
    await assert.rejects(api.authenticate({ token }, anonymous()), refused('unauthenticated'));
  clock.advance(5 * 60_000 - 1_000);
  await api.authenticate({ token: accessToken }, anonymous());
  clock.advance(1_000);
  await assert.rejects(api.authenticate({ token: accessToken }, anonymous()), refused('unauthenticated'));
});
