import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abilitiesOf } from './abilities.ts';

test('what an app may do is said coarsely, and never as less than it is', () => {
  assert.deepEqual(abilitiesOf(['push', 'read', 'write', 'read:lists']), [
    'sessions.may.read',
    'sessions.may.write',
    'sessions.may.push',
  ]);
  assert.deepEqual(abilitiesOf(['write:statuses', 'read:accounts', 'read:lists']), [
    'sessions.may.readSome',
    'sessions.may.writeSome',
  ]);
  assert.deepEqual(abilitiesOf(['admin:read']), ['sessions.may.admin']);
  assert.deepEqual(abilitiesOf([]), []);
});
