import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { DEVICE, ORIGIN, openAuthentication, PASSWORD, refused, signUpForm, type WorldOptions } from './testing.ts';
import { catchMail } from './testing-mail.ts';

async function openWithMail(t: TestContext, options: WorldOptions = {}) {
  const post = await catchMail(t);
  const smtp = { url: post.url, from: 'Plaza <plaza@plaza.example>' };
  const world = await openAuthentication(t, { ...options, config: { smtp, ...options.config } });
  /** The token of the last mail to an address. */
  const tokenTo = async (to: string): Promise<string> => {
    await world.drain();
    const mail = post.mails.findLast((one) => one.to === to);
    assert.ok(mail, `no mail to ${to}`);
    const link = /https:\/\/plaza\.example\/\S+/.exec(mail.text);
    assert.ok(link, mail.text);
    assert.ok(link[0].startsWith(ORIGIN));
    return new URL(link[0]).searchParams.get('token')!;
  };
  return { ...world, ...post, smtp, tokenTo };
}

test('with a mail server, an account waits for its mailbox', async (t) => {
  const { api, anonymous, tokenTo, users, as } = await openWithMail(t);
  const answer = await api.signUp(signUpForm('ada'), anonymous());
  assert.equal(answer.status, 'awaiting_confirmation');
  const session = answer.session!;
  const restriction = async () =>
    (await api.authenticate({ token: session.accessToken }, anonymous())).principal.restriction;
  assert.equal(await restriction(), 'unconfirmed');
  const token = await tokenTo('ada@mail.example');
  await assert.rejects(api.confirmEmail({ token: 'made up' }, anonymous()), refused('gone'));
  assert.deepEqual(await api.confirmEmail({ token }, anonymous()), { accountId: answer.accountId });
  assert.equal(await restriction(), null);
  assert.equal(users.accounts.get(answer.accountId)?.state, 'active');
  assert.equal((await api.getCredentials({}, as(session))).confirmed, true);
  await api.confirmEmail({ token }, anonymous());
});

test('a mistyped address can be mended before it is confirmed, and the first link is void then', async (t) => {
  const { api, anonymous, tokenTo, as, join } = await openWithMail(t);
  const session = await join('ada', { email: 'adda@mail.example' });
  const wrong = await tokenTo('adda@mail.example');
  await api.resendConfirmation({ email: 'ada@mail.example' }, as(session));
  await assert.rejects(api.confirmEmail({ token: wrong }, anonymous()), refused('gone'));
  await api.confirmEmail({ token: await tokenTo('ada@mail.example') }, anonymous());
  await assert.rejects(api.resendConfirmation({ email: null }, as(session)), refused('forbidden'));
});

test('a mail survives a crash and a mail server that is away', async (t) => {
  const world = await openWithMail(t);
  world.state.refuse = 451;
  await world.join('ada');
  await world.drain();
  assert.equal(world.mails.length, 0);
  await world.stop();
  world.state.refuse = undefined;
  const again = await openAuthentication(t, { from: world, config: { smtp: world.smtp } });
  await again.drain();
  assert.equal(world.mails.length, 0, 'it waits before it tries again');
  again.clock.advance(30_000);
  await again.drain();
  assert.equal(world.mails.length, 1);
  await again.drain();
  assert.equal(world.mails.length, 1);
});

test('a mail that a server refuses for good is given up', async (t) => {
  const world = await openWithMail(t);
  world.state.refuse = 550;
  await world.join('ada');
  await world.drain();
  assert.deepEqual(await world.rows('select mail_id from authentication_mails'), []);
});

test('a password is reset once, by whoever has the mailbox, and everything else ends', async (t) => {
  const { api, anonymous, tokenTo, mails, join, clock, drain } = await openWithMail(t);
  const session = await join('ada');
  await api.confirmEmail({ token: await tokenTo('ada@mail.example') }, anonymous());
  mails.length = 0;
  const known = await api.requestPasswordReset({ email: 'Ada@mail.example' }, anonymous());
  const unknown = await api.requestPasswordReset({ email: 'nobody@mail.example' }, anonymous());
  assert.deepEqual(known, unknown);
  const token = await tokenTo('ada@mail.example');
  assert.deepEqual(
    mails.map(({ to }) => to),
    ['ada@mail.example'],
  );
  await assert.rejects(api.resetPassword({ token, password: 'password1' }, anonymous()), refused('validation_failed'));
  await api.resetPassword({ token, password: 'another unusual sentence' }, anonymous());
  await assert.rejects(
    api.resetPassword({ token, password: 'a third unusual sentence' }, anonymous()),
    refused('gone'),
  );
  assert.equal((await api.checkSession({ sessionId: session.sessionId }, anonymous())).active, false);
  const signIn = (password: string) => api.signIn({ login: 'ada', password, ...DEVICE }, anonymous());
  await assert.rejects(signIn(PASSWORD), refused('unauthenticated'));
  assert.equal((await signIn('another unusual sentence')).status, 'signed_in');
  await drain();
  assert.match(mails.at(-1)!.text, /password was changed/);

  await api.requestPasswordReset({ email: 'ada@mail.example' }, anonymous());
  const late = await tokenTo('ada@mail.example');
  clock.advance(3_600_000);
  await assert.rejects(
    api.resetPassword({ token: late, password: 'too late for this one' }, anonymous()),
    refused('gone'),
  );
});

test('strangers cannot have one mailbox flooded', async (t) => {
  const { api, anonymous } = await openWithMail(t);
  for (let n = 0; n < 5; n++) await api.requestPasswordReset({ email: 'ada@mail.example' }, anonymous());
  await assert.rejects(api.requestPasswordReset({ email: 'ada@mail.example' }, anonymous()), refused('rate_limited'));
});

test('an address changes when the new mailbox has answered; the old one is told, and old links are void', async (t) => {
  const { api, anonymous, as, tokenTo, mails, join, drain } = await openWithMail(t);
  const session = await join('ada');
  await api.confirmEmail({ token: await tokenTo('ada@mail.example') }, anonymous());
  await api.requestPasswordReset({ email: 'ada@mail.example' }, anonymous());
  const reset = await tokenTo('ada@mail.example');
  const ask = (email: string, password = PASSWORD) => api.requestEmailChange({ email, password }, as(session));
  await assert.rejects(ask('new@mail.example', 'wrong'), refused('forbidden'));
  await join('bob');
  await assert.rejects(ask('bob@mail.example'), refused('validation_failed'));
  await ask('new@mail.example');
  assert.equal((await api.getCredentials({}, as(session))).email, 'ada@mail.example');
  const token = await tokenTo('new@mail.example');
  await api.confirmEmail({ token }, anonymous());
  assert.equal((await api.getCredentials({}, as(session))).email, 'new@mail.example');
  await drain();
  assert.equal(mails.at(-1)!.to, 'ada@mail.example');
  await assert.rejects(
    api.resetPassword({ token: reset, password: 'an old link is void' }, anonymous()),
    refused('gone'),
  );
});

test('an address that somebody else took meanwhile is not taken from them', async (t) => {
  const { api, anonymous, as, tokenTo, join } = await openWithMail(t);
  const session = await join('ada');
  await api.requestEmailChange({ email: 'wanted@mail.example', password: PASSWORD }, as(session));
  const token = await tokenTo('wanted@mail.example');
  await join('bob', { email: 'wanted@mail.example' });
  await assert.rejects(api.confirmEmail({ token }, anonymous()), refused('conflict'));
});

test('a changed password ends the other sessions and app tokens, and keeps this one', async (t) => {
  const { api, anonymous, as, join, app } = await openAuthentication(t);
  const session = await join('ada');
  const other = await api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, anonymous());
  assert.ok(other.status === 'signed_in');
  const { clientId, clientSecret } = await app('read');
  const redirectUri = 'https://app.example/callback';
  const asked = { clientId, redirectUri, responseType: 'code', scope: 'read' };
  const grant = { grantType: 'authorization_code', clientId, clientSecret, redirectUri };
  const used = await api.authorize(asked, as(session));
  const unused = await api.authorize(asked, as(session));
  const token = await api.issueToken({ ...grant, code: used.code }, anonymous());
  await assert.rejects(api.changePassword({ current: 'wrong', next: 'x' }, as(session)), refused('forbidden'));
  await api.changePassword({ current: PASSWORD, next: 'something else entirely' }, as(session));
  assert.equal((await api.checkSession({ sessionId: session.sessionId }, anonymous())).active, true);
  assert.equal((await api.checkSession({ sessionId: other.session.sessionId }, anonymous())).active, false);
  await assert.rejects(api.authenticate({ token: token.accessToken }, anonymous()), refused('unauthenticated'));
  await assert.rejects(
    api.issueToken({ ...grant, code: unused.code }, anonymous()),
    refused('bad_request', 'invalid_grant'),
  );
});

test('without a mail server an address changes at once', async (t) => {
  const { api, as, join } = await openAuthentication(t);
  const session = await join('ada');
  await api.requestEmailChange({ email: 'new@mail.example', password: PASSWORD }, as(session));
  assert.equal((await api.getCredentials({}, as(session))).email, 'new@mail.example');
});
