import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers, coversAny, FIRST_PARTY_SCOPES, parseScopes, SCOPES } from './scopes.ts';

/** granted → what it covers and what it must not. Written by hand, so that a change of the rule shows here. */
const TABLE: [granted: string, covered: string[], escaped: string[]][] = [
  [
    'read',
    ['read', 'read:accounts', 'read:statuses', 'read:search', 'profile'],
    ['write', 'write:statuses', 'admin:read', 'admin:read:accounts', 'push', 'follow'],
  ],
  [
    'write',
    ['write', 'write:statuses', 'write:media', 'write:follows'],
    ['read', 'read:accounts', 'admin:write', 'admin:write:accounts', 'follow'],
  ],
  [
    'follow',
    ['follow', 'read:blocks', 'write:blocks', 'read:follows', 'write:follows', 'read:mutes', 'write:mutes'],
    ['read', 'write', 'write:statuses', 'read:accounts', 'profile'],
  ],
  ['read:accounts', ['read:accounts', 'profile'], ['read', 'read:statuses', 'write:accounts', 'admin:read:accounts']],
  ['write:statuses', ['write:statuses'], ['write', 'write:media', 'read:statuses']],
  ['profile', ['profile'], ['read', 'read:accounts']],
  ['push', ['push'], ['read', 'write', 'read:notifications']],
  ['admin:read', ['admin:read', 'admin:read:reports'], ['read', 'read:accounts', 'admin:write', 'admin:write:reports']],
  ['admin:write', ['admin:write', 'admin:write:accounts'], ['write', 'admin:read', 'admin:read:accounts']],
  ['admin:write:reports', ['admin:write:reports'], ['admin:write', 'admin:write:accounts', 'write:reports']],
];

test('a broad scope covers its granular ones and nothing else', () => {
  for (const [granted, covered, escaped] of TABLE) {
    for (const scope of covered) assert.ok(covers([granted], scope), `${granted} covers ${scope}`);
    for (const scope of escaped) assert.ok(!covers([granted], scope), `${granted} does not cover ${scope}`);
  }
});

test('an unknown scope is covered by nothing, whatever was granted', () => {
  for (const unknown of ['', 'reads', 'read:', 'read:everything', 'admin', 'READ', 'write:statuses:mine', '__proto__'])
    assert.ok(!covers([...SCOPES, unknown], unknown), unknown);
});

test('nothing is covered by nothing', () => {
  for (const scope of SCOPES) assert.ok(!covers([], scope));
});

test('our own client may do everything', () => {
  for (const scope of SCOPES) assert.ok(covers(FIRST_PARTY_SCOPES, scope), scope);
});

test('any one of several needed scopes is enough', () => {
  assert.ok(coversAny(['follow'], ['write', 'write:follows']));
  assert.ok(!coversAny(['read'], ['write', 'write:follows']));
  assert.ok(!coversAny(['read'], []));
});

test('scopes are parsed once each, and an unknown one spoils the list', () => {
  assert.deepEqual(parseScopes(' read  write:statuses read '), ['read', 'write:statuses']);
  assert.deepEqual(parseScopes('read+push'), ['read', 'push']);
  assert.deepEqual(parseScopes(''), []);
  assert.equal(parseScopes('read everything'), undefined);
});
