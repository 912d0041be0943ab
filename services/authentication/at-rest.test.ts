import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join as pathOf } from 'node:path';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { TOTP } from 'otpauth';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createSealer } from './secrets/sealer.ts';
import { DEVICE, openAuthentication, PASSWORD, signUpForm } from './testing.ts';

test('no secret of anybody stands readable in the data or the log', async (t) => {
  const logged: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const smtp = { url: 'smtp://127.0.0.1:1', from: 'plaza@plaza.example' };
  const world = await openAuthentication(t, {
    config: { smtp, signUpMode: 'approval' },
    log: createLog('trace', destination),
  });
  const { api, anonymous, as } = world;
  const answer = await api.signUp({ ...signUpForm('ada'), reason: 'a reason to join' }, anonymous());
  const session = answer.session!;
  const { secret } = await api.beginSecondFactor({ password: PASSWORD }, as(session));
  const code = new TOTP({ secret }).generate({ timestamp: world.clock.now() });
  const { recoveryCodes } = await api.enableSecondFactor({ code }, as(session));
  const challenge = await api.signIn({ login: 'ada', password: PASSWORD, ...DEVICE }, anonymous());
  assert.ok(challenge.status === 'second_factor');
  await api.requestPasswordReset({ email: 'ada@mail.example' }, anonymous());
  await api.requestEmailChange({ email: 'secret@new.example', password: PASSWORD }, as(session));
  const app = await world.app('read');
  const redirectUri = 'https://app.example/callback';
  const asked = { clientId: app.clientId, redirectUri, responseType: 'code', scope: 'read' };
  const used = await api.authorize(asked, as(session));
  const unused = await api.authorize(asked, as(session));
  const grant = {
    grantType: 'authorization_code',
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    redirectUri,
  };
  const token = await api.issueToken({ ...grant, code: used.code }, anonymous());
  const { code: invite } = await api.createInvite({ maxUses: 1, expiresInSeconds: 60 }, world.service('operator'));
  await world.drain();

  const secrets = {
    password: PASSWORD,
    email: 'ada@mail.example',
    'half of the email': 'mail.example',
    'new email': 'secret@new.example',
    reason: 'a reason to join',
    'TOTP secret': secret,
    'access token': session.accessToken,
    'refresh token': session.refreshToken.split('.')[2]!,
    challenge: challenge.challenge,
    'used code': used.code,
    'unused code': unused.code,
    'app token': token.accessToken,
    'client secret': app.clientSecret,
    invite,
    'private key': '"d":',
    ...Object.fromEntries(recoveryCodes.map((recovery, n) => [`recovery code ${n}`, recovery])),
    ...Object.fromEntries(recoveryCodes.map((recovery, n) => [`recovery code ${n} bare`, recovery.replace('-', '')])),
  };
  const files = await readdir(world.folder);
  assert.ok(files.includes('core.db') && files.includes('core.db-wal'), files.join());
  const data = Buffer.concat(await Promise.all(files.map((file) => readFile(pathOf(world.folder, file)))));
  const log = logged.join('');
  // What is looked for can be found at all: names are no secret.
  assert.ok(data.includes('ada') && data.includes(app.clientId));
  assert.ok(log.includes('mail'), 'the mail server that is away was logged');
  for (const [name, value] of Object.entries(secrets)) {
    assert.ok(!data.includes(value), `${name} stands in the data`);
    assert.ok(!log.includes(value), `${name} stands in the log`);
  }
});

test('what is sealed opens in its place only, unchanged only, and under its key only', () => {
  const sealer = createSealer(Buffer.alloc(32, 1), systemRandom);
  const place = { column: 'table.column', rowId: '1' };
  const sealed = sealer.seal('hello', place);
  assert.equal(sealer.unseal(sealed, place), 'hello');
  assert.notEqual(sealer.seal('hello', place), sealed);
  assert.throws(() => sealer.unseal(sealed, { ...place, rowId: '2' }));
  assert.throws(() => sealer.unseal(sealed, { ...place, column: 'table.other' }));
  const [keyId, body] = sealed.split('.') as [string, string];
  const bytes = Buffer.from(body, 'base64url');
  for (const index of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    assert.throws(() => sealer.unseal(`${keyId}.${changed.toString('base64url')}`, place));
  }
  assert.throws(() => sealer.unseal(`${keyId}.`, place));
  const other = createSealer(Buffer.alloc(32, 2), systemRandom);
  assert.throws(() => other.unseal(sealed, place), /another operator key/);
  assert.notEqual(other.blind('email', 'a'), sealer.blind('email', 'a'));
  assert.notEqual(sealer.blind('email', 'a'), sealer.blind('login', 'a'));
  assert.throws(() => createSealer(Buffer.alloc(16), systemRandom), RangeError);
});
