import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { testCluster } from '#tests/constellation/test-cluster.ts';
import { OUT_OF_BAND } from '#tests/pages/authorization.ts';
import { PageClient } from '#tests/pages/page-client.ts';

const MISTYPED = 'corect horse battery staple';
/** Postgres, Redis, the brokers, Cassandra, S3, four services, two gateways and the balancer. */
const LEAST_LOGS = 12;
/** Shorter values of cookies are no secrets, and stand in logs by chance. */
const SECRET_LENGTH = 16;

describe('logs of a cluster', () => {
  const starting = Constellation.forTests();

  test('no process has written a password, a key or a token into its log', async () => {
    const plaza = await starting;
    const { folder } = testCluster(process.env).layout;
    const kept = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as Record<string, string>;
    const { api, username } = await plaza.person('discreet');
    const app = await plaza.app();
    const token = api.token!;

    // Where software writes secrets down without thinking: what was refused, what failed, and whole addresses.
    const browser = new PageClient(plaza.plaza.address, plaza.plaza.origin);
    await browser.post('/sign-in', { login: username, password: MISTYPED });
    await browser.post('/sign-in', { login: username, password: TEST_PASSWORD });
    const credentials = { client_id: app.client_id, client_secret: app.client_secret, redirect_uri: OUT_OF_BAND };
    const code = `no code ${token}`;
    await plaza.api.post('/oauth/token', { grant_type: 'authorization_code', ...credentials, code });
    await plaza.api.get(`/api/v1/timelines/home?access_token=${token}`);
    await plaza.api.get('/api/v1/preferences', { authorization: `Basic ${token}` });
    await api.post('/api/v1/statuses', { status: 0 });
    await plaza.api.post('/oauth/revoke', { ...credentials, token });

    const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('node.log'));
    assert.ok(logs.length >= LEAST_LOGS, logs.join(', '));
    const cookies = [...browser.cookies].filter(([, value]) => value.length >= SECRET_LENGTH);
    assert.ok(cookies.length >= 2, 'somebody is signed in');
    const secrets = {
      ...kept,
      ...{ password: TEST_PASSWORD, 'mistyped password': MISTYPED },
      ...{ token, 'secret of an app': app.client_secret, 'token of an app': app.api.token! },
      ...Object.fromEntries(cookies.map(([name, value]) => [`cookie ${name}`, value])),
    };
    const found = logs.flatMap((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      return Object.entries(secrets)
        .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
        .map(([name]) => `${path} holds: ${name}`);
    });
    assert.deepEqual(found, []);
  });
});
