import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { TOTP } from 'otpauth';
import { DEVICE, openAuthentication, PASSWORD, refused, type World, type WorldOptions } from './testing.ts';
import { openProvider, type ProviderPerson, REDIRECT_URI, signInAtProvider } from './testing-oidc.ts';

async function openWithProvider(t: TestContext, options: WorldOptions = {}) {
  const provider = await openProvider(t);
  const world = await openAuthentication(t, { ...options, config: { oidc: provider.oidc, ...options.config } });
  /** The whole way over the provider as `subject`. */
  const comeFrom = async (subject: string, person?: ProviderPerson) => {
    if (person !== undefined) provider.people.set(subject, person);
    const { url, flow } = await world.api.beginSocialSignIn({ redirectUri: REDIRECT_URI }, world.anonymous());
    const callbackUrl = await signInAtProvider(url, subject);
    return world.api.finishSocialSignIn({ flow, callbackUrl, ...DEVICE }, world.anonymous());
  };
  return { ...world, provider, comeFrom };
}

const verified = (email: string): ProviderPerson => ({ email, email_verified: true, preferred_username: 'Ada L.' });
const linkCount = async (world: Pick<World, 'rows'>) =>
  (await world.rows('select 1 from authentication_identities')).length;

test('a new person comes from the provider, picks a name, and comes again', async (t) => {
  const world = await openWithProvider(t);
  const { api, anonymous } = world;
  const first = await world.comeFrom('subject-1', verified('ada@mail.example'));
  assert.ok(first.status === 'unknown');
  assert.equal(first.suggestedUsername, 'Ada_L');
  const form = { ticket: first.ticket, agreement: true, locale: 'en', ...DEVICE };
  await assert.rejects(api.signUpSocial({ ...form, username: 'admin' }, anonymous()), refused('validation_failed'));
  const made = await api.signUpSocial({ ...form, username: 'ada' }, anonymous());
  assert.ok(made.status === 'signed_in');
  await assert.rejects(api.signUpSocial({ ...form, username: 'ada2' }, anonymous()), refused('gone'));
  const again = await world.comeFrom('subject-1');
  assert.ok(again.status === 'signed_in');
  assert.equal(again.session.accountId, made.session.accountId);
  const credentials = await api.getCredentials({}, world.as(again.session));
  assert.deepEqual(credentials.socialProviders, ['The other place']);
  assert.equal(credentials.email, 'ada@mail.example');
  const byPassword = api.signIn({ login: 'ada', password: '', ...DEVICE }, anonymous());
  await assert.rejects(byPassword, refused('unauthenticated'));
});

test('a verified address of an account here links only with its password', async (t) => {
  const world = await openWithProvider(t);
  const { api, anonymous } = world;
  const owner = await world.join('ada');
  const answer = await world.comeFrom('subject-1', verified('ADA@mail.example'));
  assert.ok(answer.status === 'proof_needed');
  assert.equal(await linkCount(world), 0);
  const link = (password: string) =>
    api.linkSocialIdentity({ ticket: answer.ticket, password, ...DEVICE }, anonymous());
  await assert.rejects(link('not her password'), refused('unauthenticated'));
  const form = { ticket: answer.ticket, username: 'mallory', agreement: true, locale: 'en', ...DEVICE };
  await assert.rejects(api.signUpSocial(form, anonymous()), refused('gone'));
  assert.equal(await linkCount(world), 0);
  const linked = await link(PASSWORD);
  assert.ok(linked.status === 'signed_in');
  assert.equal(linked.session.accountId, owner.accountId);
  await assert.rejects(link(PASSWORD), refused('gone'));
  const again = await world.comeFrom('subject-1');
  assert.ok(again.status === 'signed_in');
  assert.equal(again.session.accountId, owner.accountId);
});

test('passwords cannot be guessed on a ticket', async (t) => {
  const world = await openWithProvider(t);
  await world.join('ada');
  const answer = await world.comeFrom('subject-1', verified('ada@mail.example'));
  assert.ok(answer.status === 'proof_needed');
  const { ticket } = answer;
  const link = (password: string) => world.api.linkSocialIdentity({ ticket, password, ...DEVICE }, world.anonymous());
  for (let n = 0; n < 5; n++) await assert.rejects(link('wrong password'), refused('unauthenticated'));
  await assert.rejects(link(PASSWORD), refused('gone'));
});

test('an address that the provider did not verify links nothing and is not taken over', async (t) => {
  const world = await openWithProvider(t);
  const { api, anonymous } = world;
  await world.join('ada');
  const answer = await world.comeFrom('attacker', { email: 'ada@mail.example', email_verified: false });
  assert.ok(answer.status === 'unknown');
  await assert.rejects(
    api.linkSocialIdentity({ ticket: answer.ticket, password: PASSWORD, ...DEVICE }, anonymous()),
    refused('gone'),
  );
  const form = { ticket: answer.ticket, username: 'attacker', agreement: true, locale: 'en', ...DEVICE };
  const made = await api.signUpSocial(form, anonymous());
  assert.ok(made.status === 'signed_in');
  assert.equal((await api.getCredentials({}, world.as(made.session))).email, null);
});

test('a changed address at the provider does not move a link to somebody else', async (t) => {
  const world = await openWithProvider(t);
  const first = await world.comeFrom('subject-1', verified('own@mail.example'));
  assert.ok(first.status === 'unknown');
  const form = { ticket: first.ticket, username: 'mallory', agreement: true, locale: 'en', ...DEVICE };
  const mallory = await world.api.signUpSocial(form, world.anonymous());
  assert.ok(mallory.status === 'signed_in');
  await world.join('ada');
  const again = await world.comeFrom('subject-1', verified('ada@mail.example'));
  assert.ok(again.status === 'signed_in');
  assert.equal(again.session.accountId, mallory.session.accountId);
});

test('where the account has a second factor, the link waits for it, and so does every sign-in', async (t) => {
  const world = await openWithProvider(t);
  const { api, anonymous, as } = world;
  const owner = await world.join('ada');
  const { secret } = await api.beginSecondFactor({ password: PASSWORD }, as(owner));
  const code = () => new TOTP({ secret }).generate({ timestamp: world.clock.now() });
  await api.enableSecondFactor({ code: code() }, as(owner));
  world.clock.advance(60_000);
  const answer = await world.comeFrom('subject-1', verified('ada@mail.example'));
  assert.ok(answer.status === 'proof_needed');
  const input = { ticket: answer.ticket, password: PASSWORD, ...DEVICE };
  const half = await api.linkSocialIdentity(input, anonymous());
  assert.ok(half.status === 'second_factor');
  assert.equal(await linkCount(world), 0);
  await api.completeSecondFactor({ challenge: half.challenge, code: code(), ...DEVICE }, anonymous());
  assert.equal(await linkCount(world), 1);
  assert.equal((await world.comeFrom('subject-1')).status, 'second_factor');
});

test('an answer that is not the one to this flow is refused', async (t) => {
  const world = await openWithProvider(t);
  const { api, anonymous, provider } = world;
  provider.people.set('subject-1', verified('ada@mail.example'));
  const begin = () => api.beginSocialSignIn({ redirectUri: REDIRECT_URI }, anonymous());
  const mine = await begin();
  const theirs = await begin();
  const callbackUrl = await signInAtProvider(theirs.url, 'subject-1');
  const finish = (flow: string, url: string) =>
    api.finishSocialSignIn({ flow, callbackUrl: url, ...DEVICE }, anonymous());
  await assert.rejects(finish(mine.flow, callbackUrl), refused('unauthenticated'), 'state of another flow');
  await assert.rejects(finish('made up', callbackUrl), refused('gone'));
  await assert.rejects(finish(`${theirs.flow}x`, callbackUrl), refused('gone'));
  await assert.rejects(finish(theirs.flow, callbackUrl.replace('plaza.example', 'evil.example')), refused('gone'));
  await assert.rejects(finish(theirs.flow, 'not an address'), refused('gone'));
  const refusedThere = new URL(callbackUrl);
  refusedThere.searchParams.delete('code');
  refusedThere.searchParams.set('error', 'access_denied');
  await assert.rejects(finish(theirs.flow, refusedThere.href), refused('unauthenticated'));
  assert.equal((await finish(theirs.flow, callbackUrl)).status, 'unknown');
  await assert.rejects(finish(theirs.flow, callbackUrl), refused('unauthenticated'), 'the code was used');
  const late = await begin();
  const lateUrl = await signInAtProvider(late.url, 'subject-1');
  world.clock.advance(10 * 60_000);
  await assert.rejects(finish(late.flow, lateUrl), refused('gone'));
  await assert.rejects(
    api.beginSocialSignIn({ redirectUri: 'https://evil.example/' }, anonymous()),
    refused('forbidden'),
  );
});

test('a provider that is away stops nobody else, and an unsafe one is refused at the start', async (t) => {
  const oidc = { issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: null, name: 'Away' };
  const world = await openAuthentication(t, { config: { oidc } });
  await world.join('ada');
  const begin = world.api.beginSocialSignIn({ redirectUri: REDIRECT_URI }, world.anonymous());
  await assert.rejects(begin, refused('unavailable'));
  for (const issuer of ['http://id.example', 'http://127.0.0.1.evil.example', 'ftp://127.0.0.1'])
    await assert.rejects(openAuthentication(t, { config: { oidc: { ...oidc, issuer } } }), /https/);
  const without = await openAuthentication(t);
  await assert.rejects(
    without.api.beginSocialSignIn({ redirectUri: REDIRECT_URI }, without.anonymous()),
    refused('not_found'),
  );
});

test('signing up from the provider keeps to the mode of signing up', async (t) => {
  const closed = await openWithProvider(t, { config: { signUpMode: 'closed' } });
  const answer = await closed.comeFrom('subject-1', verified('ada@mail.example'));
  assert.ok(answer.status === 'unknown');
  const form = { ticket: answer.ticket, username: 'ada', agreement: true, locale: 'en', ...DEVICE };
  await assert.rejects(closed.api.signUpSocial(form, closed.anonymous()), refused('forbidden'));
});
