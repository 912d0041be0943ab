import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { catchMail } from '#services/authentication/testing-mail.ts';
import { Constellation } from '#tests/constellation/constellation.ts';
import { PageClient } from './page-client.ts';

const EMAIL = 'ida@example.com';
const FIRST = 'four windy harbours';
const SECOND = 'nine patient lanterns';

async function open(t: TestContext) {
  const { mails, url } = await catchMail(t);
  const plaza = await Constellation.start({ settings: { smtpUrl: url, smtpFrom: 'Plaza <plaza@example.com>' } });
  t.after(() => plaza.remove());
  const { address, origin } = plaza.plaza;
  /** The path of the link in the last mail. */
  const link = async () => {
    await plaza.plaza.drain();
    const mail = mails.findLast(({ to }) => to === EMAIL);
    const found = new RegExp(`${origin}(/\\S+)`).exec(mail?.text ?? '');
    assert.ok(found, 'no link in the mail');
    return found[1]!;
  };
  return { mails, link, browser: () => new PageClient(address, origin) };
}

function tokenIn(path: string): string {
  return new URL(path, 'http://localhost').searchParams.get('token')!;
}

test('an address is confirmed, a forgotten password replaced, and the link to that works once', async (t) => {
  const { mails, link, browser } = await open(t);
  const ida = browser();
  const signedUp = await ida.post('/sign-up', { username: 'ida', email: EMAIL, password: FIRST });
  assert.ok([200, 303].includes(signedUp.status), signedUp.text);

  const confirmation = await link();
  assert.ok(confirmation.startsWith('/confirm-email?'), confirmation);
  const opened = await ida.get(confirmation);
  assert.match(opened.text, /<form method="post" action="\/confirm-email">/);
  const confirmed = await ida.post('/confirm-email', { token: tokenIn(confirmation) }, confirmation);
  assert.match(confirmed.text, /confirmed/);
  // Opened twice by a hasty hand: still confirmed.
  assert.equal((await ida.post('/confirm-email', { token: tokenIn(confirmation) }, confirmation)).status, 200);

  const known = await browser().post('/forgot-password', { email: EMAIL });
  const count = mails.length;
  const unknown = await browser().post('/forgot-password', { email: 'nobody@example.com' });
  assert.deepEqual([unknown.status, unknown.location], [known.status, known.location]);

  const reset = await link();
  assert.ok(reset.startsWith('/reset-password?'), reset);
  assert.ok(mails.length >= count, 'nobody@example.com gets no mail');
  assert.ok(mails.every(({ to }) => to === EMAIL));
  const forgetful = browser();
  const set = await forgetful.post('/reset-password', { token: tokenIn(reset), password: SECOND }, reset);
  assert.equal(set.location, '/sign-in?notice=new-password');
  const again = await forgetful.post('/reset-password', { token: tokenIn(reset), password: SECOND }, reset);
  assert.equal(again.status, 410);

  assert.equal((await browser().post('/sign-in', { login: 'ida', password: FIRST })).status, 401);
  const back = browser();
  assert.equal((await back.post('/sign-in', { login: 'ida', password: SECOND })).status, 303);
  assert.match((await back.get('/')).text, /Sign out/);
});
