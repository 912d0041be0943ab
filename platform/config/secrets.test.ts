import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { loadConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { environmentName, notesOf, SETTINGS, type SettingName } from './settings.ts';

const SECRETS = (Object.keys(SETTINGS) as SettingName[]).filter((name) => notesOf(name).secret);
/** Settings without which another is refused. */
const BESIDE = {
  PLAZA_RELATIONAL_URL: 'postgres://db/plaza',
  PLAZA_SMTP_FROM: 'Plaza <plaza@plaza.example>',
  PLAZA_OBJECT_STORE_KEY_ID: 'plaza',
};
/** A value that each takes. */
const GOOD: Partial<Record<SettingName, string>> = {
  relationalUrl: 'postgres://plaza:hunter2@db/plaza',
  relationalReplicaUrls: 'postgres://plaza:hunter2@db/plaza',
  wideColumnUrl: 'cql://plaza:hunter2@db/plaza?datacenter=dc1',
  eventBusUrl: 'kafka://plaza:hunter2@bus:9092',
  cacheUrl: 'redis://:hunter2@cache:7000',
  smtpUrl: 'smtp://plaza:hunter2@mail',
  operatorKey: 'ab'.repeat(32),
};

describe('secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-secrets-'));
  const file = join(folder, 'file');
  after(() => rmSync(folder, { recursive: true }));

  const refusal = (env: Record<string, string>): string => {
    try {
      loadConfig({ env });
    } catch (error) {
      assert.ok(error instanceof ConfigError, String(error));
      return error.message;
    }
    assert.fail('it was accepted');
  };

  test('whatever lets somebody in is one', () => {
    for (const name of Object.keys(SETTINGS)) {
      if (/secret|password|operatorKey|(relational|wideColumn|eventBus|cache|smtp).*Url/i.test(name)) {
        assert.ok(SECRETS.includes(name as SettingName), name);
      }
    }
  });

  for (const name of SECRETS) {
    const label = environmentName(name);
    const beside = Object.fromEntries(Object.entries(BESIDE).filter(([other]) => other !== label));
    test(`${label} may come from a file of its own, or from the config file`, () => {
      const value = GOOD[name] ?? 'x'.repeat(40);
      const expected = Array.isArray(notesOf(name).default) ? [value] : value;
      writeFileSync(file, `${value}\n`);
      assert.deepEqual(loadConfig({ env: { ...beside, [`${label}_FILE`]: file } })[name], expected);
      writeFileSync(file, JSON.stringify({ [name]: expected }));
      assert.deepEqual(loadConfig({ env: { ...beside, PLAZA_CONFIG: file } })[name], expected);
    });

    test(`${label} is not shown, whatever is wrong`, () => {
      // Too long for each of them, and of no form that any has.
      const wrong = `hunter2 ${'x'.repeat(5_000)}`;
      const messages = [refusal({ ...beside, [label]: wrong })];
      writeFileSync(file, wrong);
      messages.push(refusal({ ...beside, [`${label}_FILE`]: file }));
      writeFileSync(file, JSON.stringify({ [name]: wrong }));
      messages.push(refusal({ ...beside, PLAZA_CONFIG: file }));
      for (const broken of [`{"${name}": hunter2}`, `{"${name}": "x" hunter2}`, `{"a": "b",\n"${name}": 'hunter2'}`]) {
        writeFileSync(file, broken);
        messages.push(refusal({ ...beside, PLAZA_CONFIG: file }));
      }
      for (const message of messages) assert.doesNotMatch(message, /hunter|unter2/);
    });
  }
});
