import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { seededRandom } from '#platform/random/random.ts';
import { loadConfig, publicOrigin } from './config.ts';
import { ConfigError } from './config-error.ts';
import { operatorKey } from './operator-key.ts';
import { settingsPage } from './settings-table.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'plaza-config-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

function refusal(env: Record<string, string>, file?: string): string {
  try {
    loadConfig(file === undefined ? { env } : { env, file });
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.ok(!error.message.includes('\n'), 'one line');
    return error.message;
  }
  assert.fail(`${JSON.stringify(env)} was accepted`);
}

test('without any setting there are defaults that work on one machine', () => {
  const config = loadConfig({ env: { HOME: '/root', PLAZA_PORT: '' } });
  assert.equal(config.port, 3000);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.data, './data');
  assert.equal(config.signup, 'open');
  assert.equal(config.rateLimits, 'on');
  assert.equal(config.calls, 'function');
  assert.deepEqual(config.trustedProxies, []);
  assert.equal(config.smtpUrl, undefined);
  assert.equal(config.given.size, 0);
  assert.equal(publicOrigin(config, 4000), 'http://localhost:4000');
});

test('values of the environment get the type of their setting', () => {
  const config = loadConfig({
    env: {
      PLAZA_PORT: '8080',
      PLAZA_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      PLAZA_TRACES_SAMPLE: '0.5',
      PLAZA_METRICS_PORT: 'off',
      PLAZA_TITLE: '42',
      PLAZA_ORIGIN: 'https://plaza.example/',
      PLAZA_FAULT: 'post.after-write:3',
    },
  });
  assert.equal(config.port, 8080);
  assert.deepEqual(config.trustedProxies, ['10.0.0.0/8', '::1']);
  assert.equal(config.tracesSample, 0.5);
  assert.equal(config.metricsPort, 'off');
  assert.equal(config.title, '42');
  assert.equal(publicOrigin(config, 8080), 'https://plaza.example');
  assert.ok(config.given.has('port') && !config.given.has('host'));
});

test('a wrong value is told with its name, itself and the mend', () => {
  assert.equal(
    refusal({ PLAZA_PORT: 'http' }),
    'PLAZA_PORT is "http", which is not of the right kind: use a port number from 0 to 65535.',
  );
  const wrong: Record<string, string> = {
    PLAZA_PORT: '70000',
    PLAZA_SIGNUP: 'maybe',
    PLAZA_ORIGIN: 'https://plaza.example/people',
    PLAZA_TRUSTED_PROXIES: '10.0.0.0/8,everyone',
    PLAZA_LOG_LEVEL: 'loud',
    PLAZA_TRACES_SAMPLE: '2',
    PLAZA_TRACES_URL: 'ftp://traces.example',
    PLAZA_METRICS_PORT: 'none',
    PLAZA_CONTACT_EMAIL: 'me',
    PLAZA_MEDIA_QUOTA_BYTES: '1.5',
    PLAZA_RATE_LIMITS: 'false',
    PLAZA_FAULT: 'post.after-write',
    PLAZA_OIDC_ISSUER: 'id.example',
  };
  for (const [name, value] of Object.entries(wrong)) {
    const line = refusal({ [name]: value });
    assert.ok(line.startsWith(`${name} is `) && line.includes(value.split(',').at(-1) ?? ''), line);
  }
});

test('a secret is never shown, whatever is wrong with it', () => {
  assert.doesNotMatch(refusal({ PLAZA_SMTP_URL: 'http://u:hunter2@mail' }), /hunter2/);
  assert.doesNotMatch(refusal({ PLAZA_OPERATOR_KEY: 'hunter2' }), /hunter2/);
});

test('an unknown name is refused, with the nearest known one', () => {
  assert.equal(refusal({ PLAZA_PROT: '1' }), 'PLAZA_PROT is not a setting: did you mean PLAZA_PORT?');
  assert.match(refusal({ PLAZA_XYLOPHONE_QUARTET: '1' }), /is not a setting: unset it/);
  assert.match(refusal({ PLAZA_PORT_FILE: '/x' }), /PLAZA_PORT_FILE is not a setting/);
});

test('settings that contradict each other are refused', () => {
  assert.match(refusal({ PLAZA_RATE_LIMITS: 'off', PLAZA_HOST: '0.0.0.0' }), /PLAZA_RATE_LIMITS/);
  for (const host of ['localhost', '127.0.0.2', '::1']) {
    assert.equal(loadConfig({ env: { PLAZA_RATE_LIMITS: 'off', PLAZA_HOST: host } }).rateLimits, 'off');
  }
  assert.match(refusal({ PLAZA_SMTP_URL: 'smtp://mail.example' }), /PLAZA_SMTP_FROM is not set/);
  assert.match(refusal({ PLAZA_OIDC_ISSUER: 'https://id.example' }), /PLAZA_OIDC_CLIENT_ID is not set/);
  assert.match(refusal({ PLAZA_OIDC_CLIENT_ID: 'plaza' }), /PLAZA_OIDC_ISSUER is not set/);
  assert.match(refusal({ PLAZA_PORT: '5000', PLAZA_METRICS_PORT: '5000' }), /PLAZA_METRICS_PORT/);
});

test('a config file has the same settings; the environment wins', (t) => {
  const file = join(folder(t), 'plaza.json');
  writeFileSync(
    file,
    JSON.stringify({
      port: 5000,
      title: 'From the file',
      trustedProxies: ['10.0.0.0/8'],
      smtpUrl: 'smtp://mail.example',
      smtpFrom: 'Plaza <plaza@plaza.example>',
    }),
  );
  const config = loadConfig({ env: { PLAZA_CONFIG: file, PLAZA_TITLE: 'From outside' } });
  assert.equal(config.port, 5000);
  assert.equal(config.title, 'From outside');
  assert.deepEqual(config.trustedProxies, ['10.0.0.0/8']);
});

test('a config file that is broken is refused', (t) => {
  const file = join(folder(t), 'plaza.json');
  const broken: [string, RegExp][] = [
    ['{"port": 5000,', /not JSON/],
    ['[1]', /not a JSON object/],
    ['{"titel": "x"}', /"titel" .* did you mean title\?/],
    ['{"port": "5000"}', /port .* is "5000"/],
    ['{"smtpUrl": "hunter2"}', /smtpUrl .* not shown/],
  ];
  for (const [content, message] of broken) {
    writeFileSync(file, content);
    assert.match(refusal({}, file), message);
  }
  assert.match(refusal({}, `${file}.gone`), /cannot be read \(ENOENT\)/);
});

test('a secret may come from a file', (t) => {
  const file = join(folder(t), 'secret');
  writeFileSync(file, 'smtp://u:p@mail.example:587\n');
  const env = { PLAZA_SMTP_URL_FILE: file, PLAZA_SMTP_FROM: 'plaza@plaza.example' };
  assert.equal(loadConfig({ env }).smtpUrl, 'smtp://u:p@mail.example:587');
  assert.match(refusal({ ...env, PLAZA_SMTP_URL: 'smtp://x' }), /both set/);
  writeFileSync(file, '\n');
  assert.match(refusal(env), /is empty/);
  rmSync(file);
  assert.match(refusal(env), /PLAZA_SMTP_URL_FILE .* cannot be read/);
});

test('the operator key is made once, for its owner only, and kept', (t) => {
  const data = folder(t);
  const key = operatorKey(undefined, data, seededRandom('first'));
  assert.equal(key.length, 32);
  assert.deepEqual(operatorKey(undefined, data, seededRandom('second')), key);
  assert.equal(statSync(join(data, 'keys/operator.key')).mode & 0o777, 0o600);
  assert.equal(statSync(join(data, 'keys')).mode & 0o777, 0o700);
  assert.deepEqual(operatorKey('ab'.repeat(32), data, seededRandom('third')), Buffer.alloc(32, 0xab));
  writeFileSync(join(data, 'keys/operator.key'), 'damaged');
  assert.throws(() => operatorKey(undefined, data, seededRandom('fourth')), ConfigError);
});

test('the page of settings is up to date (npm run check -- --fix writes it)', () => {
  assert.equal(readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8'), settingsPage());
});

test('addresses of engines are checked, and never shown', () => {
  const key = 'a'.repeat(64);
  const config = loadConfig({
    env: {
      PLAZA_OPERATOR_KEY: key,
      PLAZA_RELATIONAL_URL: 'postgres://plaza:s3cret@db:5432/plaza',
      PLAZA_RELATIONAL_REPLICA_URLS: 'postgres://plaza:s3cret@r1:5432/plaza, postgres://plaza:s3cret@r2/plaza',
      PLAZA_WIDE_COLUMN_URL: 'cql://u:p@h1:9042,h2:9042/plaza?datacenter=dc1&replication=dc1:3',
      PLAZA_CACHE_URL: 'rediss://:p@h1:7000,h2:7000',
      PLAZA_SERVICE_URL: 'http://{service}.plaza.svc:3100',
    },
  });
  assert.equal(config.relationalReplicaUrls.length, 2);
  assert.match(
    refusal({ PLAZA_EVENT_BUS_URL: 'http://user:s3cret@h1:9092' }),
    /^PLAZA_EVENT_BUS_URL has a value that is not shown here/,
  );
  assert.doesNotMatch(refusal({ PLAZA_EVENT_BUS_URL: 'http://user:s3cret@h1:9092' }), /s3cret/);
  assert.match(refusal({ PLAZA_EVENT_BUS_URL: 'kafka://h1:9092,' }), /is not an address of kafka/);
  assert.match(refusal({ PLAZA_SERVICE_URL: 'http://plaza:3100' }), /has no \{service\} in it/);
  assert.match(refusal({ PLAZA_CACHE_TLS_CA: '/ca.pem' }), /^PLAZA_CACHE_URL is not set while PLAZA_CACHE_TLS_CA is/);
  assert.match(refusal({ PLAZA_OBJECT_STORE_URL: 's3://media' }), /^PLAZA_OBJECT_STORE_KEY_ID is not set/);
});
