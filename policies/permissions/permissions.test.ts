import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInPermissions, may, PERMISSIONS, type Permission, within } from './permissions.ts';

test('a user may only what concerns themselves', () => {
  assert.deepEqual(
    [...builtInPermissions('user')!].sort(),
    ['graph.write', 'messages.write', 'posts.write', 'profile.write', 'reports.create'].sort(),
  );
});

test('an admin may everything in the table', () => {
  for (const permission of PERMISSIONS) assert.ok(may('admin', permission), permission);
});

test('a moderator cannot make themselves more', () => {
  for (const permission of ['roles.manage', 'accounts.manage', 'settings.manage'] as const)
    assert.ok(!may('moderator', permission), permission);
});

test('what is not in the table is denied, for everyone', () => {
  for (const unknown of ['posts.destroy-all', '', 'constructor', '__proto__'])
    assert.ok(!may('admin', unknown as Permission), unknown);
  assert.ok(!may([...PERMISSIONS, 'made.up'], 'made.up' as Permission));
});

test('unknown roles and apps may nothing', () => {
  for (const role of ['app', 'root', '', 'Admin', 'toString']) {
    for (const permission of PERMISSIONS) assert.ok(!may(role, permission), `${role} ${permission}`);
  }
});

test('nobody gives more than they have', () => {
  assert.ok(within(['posts.write'], ['posts.write', 'reports.manage']));
  assert.ok(!within(['roles.manage'], ['posts.write']));
  assert.ok(within([], []));
});
