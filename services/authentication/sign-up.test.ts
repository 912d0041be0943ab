import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { RESTRICTION_MESSAGES } from '#policies/permissions/restrictions.ts';
import { DEVICE, openAuthentication, PASSWORD, refused, signUpForm, type World } from './testing.ts';

async function refusalOf(world: World, overrides: Partial<ReturnType<typeof signUpForm>>) {
  const error = await world.api.signUp({ ...signUpForm('somebody'), ...overrides }, world.anonymous()).then(
    () => undefined,
    (failure: PlazaError) => failure,
  );
  assert.ok(error instanceof PlazaError, `${JSON.stringify(overrides)} was accepted`);
  const words = Object.entries(error.details ?? {}).flatMap(([field, list]) =>
    list.map((one) => `${field} ${one.error}`),
  );
  return { code: error.code, words: words.join(', ') };
}

test('what is wrong with a form is said field by field, all at once', async (t) => {
  const world = await openAuthentication(t);
  await world.join('Ada');
  const table: [Partial<ReturnType<typeof signUpForm>>, string][] = [
    [{ username: '' }, 'username ERR_BLANK'],
    [{ username: 'a'.repeat(31) }, 'username ERR_TOO_LONG'],
    [{ username: 'a b' }, 'username ERR_INVALID'],
    [{ username: 'ädä' }, 'username ERR_INVALID'],
    [{ username: 'a\n' }, 'username ERR_INVALID'],
    [{ username: 'Admin' }, 'username ERR_RESERVED'],
    [{ username: 'ad_min_' }, 'username ERR_RESERVED'],
    [{ username: 'ADA' }, 'username ERR_TAKEN'],
    [{ email: '' }, 'email ERR_BLANK'],
    [{ email: 'nobody' }, 'email ERR_INVALID'],
    [{ email: 'a@b' }, 'email ERR_INVALID'],
    [{ email: 'a@b.example\nBcc: c@d.example' }, 'email ERR_INVALID'],
    [{ email: '"a b"@c.example' }, 'email ERR_INVALID'],
    [{ email: 'ADA@mail.EXAMPLE' }, 'email ERR_TAKEN'],
    [{ password: '' }, 'password ERR_BLANK'],
    [{ password: 'short7!' }, 'password ERR_TOO_SHORT'],
    [{ password: 'x'.repeat(300) }, 'password ERR_TOO_LONG'],
    [{ agreement: false }, 'agreement ERR_ACCEPTED'],
    [{ username: '', email: 'x', agreement: false }, 'username ERR_BLANK, email ERR_INVALID, agreement ERR_ACCEPTED'],
  ];
  for (const [overrides, words] of table)
    assert.deepEqual(
      await refusalOf(world, overrides),
      { code: 'validation_failed', words },
      JSON.stringify(overrides),
    );
  assert.equal(world.users.accounts.size, 1);
});

test('passwords that are guessed first are refused, and sentences are not', async (t) => {
  const world = await openAuthentication(t);
  const form = { username: 'margaret', email: 'm.hamilton@apollo.example' };
  for (const password of [
    'password',
    'Password1!',
    'p@ssw0rd',
    'qwertyuiop',
    '1234567890',
    'iloveyou!!',
    'aaaaaaaaaaaa',
    'abcdefghijkl',
    'abababababab',
    'dragon2024',
    'football99',
    'monkeymonkey',
    'margaret1969',
    'Margaret!!',
    'hamilton7',
    'teragram1',
  ])
    assert.equal((await refusalOf(world, { ...form, password })).words, 'password ERR_INVALID', password);
  for (const [n, password] of ['correct horse battery staple', 'Wbx8-tqLm', 'пятнадцать котов', 'x7!kQz91'].entries())
    await world.join(`person${n}`, { password });
});

test('the same e-mail twice at once makes one person', async (t) => {
  const world = await openAuthentication(t);
  const attempts = await Promise.allSettled(
    ['a1', 'a2', 'a3', 'a4'].map((name) => world.join(name, { email: 'same@mail.example' })),
  );
  assert.equal(attempts.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal(world.users.accounts.size, 1);
});

test('a taken username leaves nothing behind, so the e-mail can be used again', async (t) => {
  const world = await openAuthentication(t);
  await world.join('ada');
  await assert.rejects(world.join('ada', { email: 'other@mail.example' }), refused('validation_failed'));
  await world.join('bob', { email: 'other@mail.example' });
});

for (const after of [false, true]) {
  test(`a sign-up that the user service lost ${after ? 'after' : 'before'} its work is finished later`, async (t) => {
    const world = await openAuthentication(t);
    world.users.failures.push({ operation: 'createAccount', error: new PlazaError('timeout', 'lost'), after });
    await assert.rejects(world.join('ada'), refused('timeout'));
    const signIn = () =>
      world.api.signIn({ login: 'ada@mail.example', password: PASSWORD, ...DEVICE }, world.anonymous());
    await assert.rejects(signIn(), refused('unauthenticated'));
    world.clock.advance(60_000);
    await world.drain();
    assert.equal((await signIn()).status, 'signed_in');
    assert.equal(world.users.accounts.size, 1);
  });
}

test('a half-made sign-up whose name somebody else has got meanwhile disappears', async (t) => {
  const world = await openAuthentication(t);
  world.users.failures.push({ operation: 'createAccount', error: new PlazaError('unavailable', 'away') });
  await assert.rejects(world.join('ada'), refused('unavailable'));
  await world.join('ada', { email: 'quicker@mail.example' });
  world.clock.advance(60_000);
  await world.drain();
  assert.equal(world.users.accounts.size, 1);
  await world.join('ada2', { email: 'ada@mail.example' });
});

test('whoever tries again after a lost sign-up goes on where it stopped, and nobody else does', async (t) => {
  const world = await openAuthentication(t);
  world.users.failures.push({ operation: 'createAccount', error: new PlazaError('timeout', 'lost'), after: true });
  await assert.rejects(world.join('ada'), refused('timeout'));
  await assert.rejects(world.join('ada', { password: 'somebody else tries this' }), refused('validation_failed'));
  await assert.rejects(world.join('mallory', { email: 'ada@mail.example' }), refused('validation_failed'));
  const session = await world.join('ada');
  assert.deepEqual([...world.users.accounts.keys()], [session.accountId]);
});

test('a sign-up survives a crash between its steps', async (t) => {
  const first = await openAuthentication(t);
  first.users.failures.push({ operation: 'createAccount', error: new PlazaError('unavailable', 'the process dies') });
  await assert.rejects(first.join('ada'), refused('unavailable'));
  await first.stop();
  first.clock.advance(60_000);
  const second = await openAuthentication(t, { from: first });
  await second.drain();
  assert.deepEqual([...second.users.accounts.values()], [{ username: 'ada', state: 'active' }]);
  const input = { login: 'ada', password: PASSWORD, ...DEVICE };
  assert.equal((await second.api.signIn(input, second.anonymous())).status, 'signed_in');
});

test('closed: nobody; the operator still makes accounts', async (t) => {
  const world = await openAuthentication(t, { config: { signUpMode: 'closed' } });
  await assert.rejects(world.join('ada'), refused('forbidden'));
  const input = { username: 'admin', email: null, role: 'admin', password: null };
  const { password } = await world.api.createAccountAs(input, world.service('operator'));
  const signIn = { login: 'admin', password, ...DEVICE };
  assert.equal((await world.api.signIn(signIn, world.anonymous())).status, 'signed_in');
});

test('invitation: as often as it says and no longer than it says', async (t) => {
  const world = await openAuthentication(t, { config: { signUpMode: 'invitation' } });
  const { api, service, clock } = world;
  await assert.rejects(world.join('ada'), refused('forbidden'));
  await assert.rejects(world.join('ada', { inviteCode: 'made up' }), refused('validation_failed'));
  const invite = { maxUses: 2, expiresInSeconds: 3_600 };
  const { code } = await api.createInvite(invite, service('operator'));
  await world.join('ada', { inviteCode: code });
  await assert.rejects(world.join('ada', { inviteCode: code, email: 'x@y.example' }), refused('validation_failed'));
  await world.join('bob', { inviteCode: code });
  await assert.rejects(world.join('eve', { inviteCode: code }), refused('validation_failed'));
  const late = await api.createInvite(invite, service('operator'));
  clock.advance(3_600_000);
  await assert.rejects(world.join('eve', { inviteCode: late.code }), refused('validation_failed'));
});

test('approval: the token is there but restricted until somebody approves, and then works without signing in again', async (t) => {
  const world = await openAuthentication(t, { config: { signUpMode: 'approval' } });
  const { api, anonymous, service, users } = world;
  const answer = await api.signUp({ ...signUpForm('ada'), reason: 'I like it here' }, anonymous());
  assert.equal(answer.status, 'awaiting_approval');
  assert.equal(users.accounts.get(answer.accountId)?.state, 'pending');
  const session = answer.session!;
  const before = await api.authenticate({ token: session.accessToken }, anonymous());
  assert.equal(before.principal.restriction, 'unapproved');
  assert.ok(RESTRICTION_MESSAGES[before.principal.restriction!].includes('pending approval'));
  assert.ok(before.expiresMs <= world.clock.now(), 'a restricted principal is not to be kept');
  const pending = await api.listAccounts({ state: 'pending', page: { limit: 10 } }, service('operator'));
  assert.deepEqual(
    pending.accounts.map(({ username }) => username),
    ['ada'],
  );

  users.failures.push({ operation: 'setAccountState', error: new PlazaError('unavailable', 'away') });
  await assert.rejects(api.approve({ accountId: answer.accountId }, service('operator')), refused('unavailable'));
  await world.drain();
  assert.equal(users.accounts.get(answer.accountId)?.state, 'active');
  const after = await api.authenticate({ token: session.accessToken }, anonymous());
  assert.equal(after.principal.restriction, null);
  assert.ok(after.principal.revision > before.principal.revision);
  await assert.rejects(api.reject({ accountId: answer.accountId }, service('operator')), refused('conflict'));
});

test('approval: whoever is rejected is forgotten', async (t) => {
  const world = await openAuthentication(t, { config: { signUpMode: 'approval' } });
  const session = await world.join('ada');
  await world.api.reject({ accountId: session.accountId }, world.service('operator'));
  assert.equal((await world.api.checkSession({ sessionId: session.sessionId }, world.anonymous())).active, false);
  assert.equal(world.users.accounts.get(session.accountId)?.state, 'deleted');
});
