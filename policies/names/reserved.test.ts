import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReservedUsername } from './reserved.ts';

test('names that pass for the house are kept back, however they are spelt', () => {
  for (const name of ['admin', 'Admin', 'ad_min', '_admin_', 'SIGN_IN', 'signin', 'no_reply', 'help_desk', 'mods'])
    assert.ok(isReservedUsername(name), name);
  for (const name of ['ada', 'admin1', 'badmin', '_', 'administer', 'constructor'])
    assert.ok(!isReservedUsername(name), name);
});
