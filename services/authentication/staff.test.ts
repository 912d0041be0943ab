import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEVICE, openAuthentication, PASSWORD, refused, type World } from './testing.ts';

async function made(world: World, username: string, role: string) {
  const input = { username, email: null, role, password: PASSWORD };
  await world.api.createAccountAs(input, world.service('operator'));
  const result = await world.api.signIn({ login: username, password: PASSWORD, ...DEVICE }, world.anonymous());
  assert.ok(result.status === 'signed_in');
  return result.session;
}

test('every staff operation is refused to everyone without its permission', async (t) => {
  const world = await openAuthentication(t);
  const { api } = world;
  const user = await made(world, 'somebody_plain', 'user');
  const moderator = await made(world, 'keeper', 'moderator');
  const admin = await made(world, 'chief', 'admin');
  const victim = (await world.join('victim')).accountId;
  const operations = {
    createAccountAs: [api.createAccountAs, { username: 'x1', email: null, role: 'user', password: PASSWORD }],
    setPasswordAs: [api.setPasswordAs, { accountId: victim, password: PASSWORD }],
    setRole: [api.setRole, { accountId: victim, role: 'user' }],
    defineRole: [api.defineRole, { name: 'helper', permissions: ['reports.manage'] }],
    listAccounts: [api.listAccounts, { page: { limit: 5 } }],
    approve: [api.approve, { accountId: victim }],
    suspend: [api.suspend, { accountId: victim }],
    unsuspend: [api.unsuspend, { accountId: victim }],
    createInvite: [api.createInvite, { maxUses: 1, expiresInSeconds: 60 }],
  } as const;
  const onlyAdmin: readonly string[] = ['createAccountAs', 'setPasswordAs', 'setRole', 'defineRole'];
  for (const [name, [operation, input]] of Object.entries(operations)) {
    const call = operation as (input: unknown, context: unknown) => Promise<unknown>;
    await assert.rejects(call(input, world.anonymous()), refused('unauthenticated'), name);
    await assert.rejects(call(input, world.as(user)), refused('forbidden'), name);
    await assert.rejects(call(input, world.as(user, 'admin')), refused('forbidden'), `${name} with a claimed role`);
    await assert.rejects(call(input, world.service('feed')), refused('forbidden'), name);
    if (onlyAdmin.includes(name)) await assert.rejects(call(input, world.as(moderator)), refused('forbidden'), name);
    else await call(input, world.as(moderator));
    await call(input, world.as(admin));
  }
});

test('nobody works on, gives or defines more than they may themselves', async (t) => {
  const world = await openAuthentication(t);
  const { api } = world;
  const operator = world.service('operator');
  await api.defineRole(
    { name: 'personnel', permissions: ['roles.manage', 'accounts.manage', 'accounts.suspend'] },
    operator,
  );
  const personnel = await made(world, 'personnel_person', 'personnel');
  const admin = await made(world, 'chief', 'admin');
  const { accountId } = await world.join('victim');
  const as = () => world.as(personnel);
  await assert.rejects(api.setRole({ accountId, role: 'admin' }, as()), refused('forbidden'));
  await assert.rejects(api.setRole({ accountId, role: 'moderator' }, as()), refused('forbidden'));
  await assert.rejects(api.setRole({ accountId, role: 'no-such-role' }, as()), refused('validation_failed'));
  await assert.rejects(api.setRole({ accountId: admin.accountId, role: 'user' }, as()), refused('forbidden'));
  await assert.rejects(api.setPasswordAs({ accountId: admin.accountId, password: null }, as()), refused('forbidden'));
  await assert.rejects(api.suspend({ accountId: admin.accountId }, as()), refused('forbidden'));
  await assert.rejects(
    api.createAccountAs({ username: 'puppet', email: null, role: 'admin', password: PASSWORD }, as()),
    refused('forbidden'),
  );
  await assert.rejects(api.defineRole({ name: 'more', permissions: ['settings.manage'] }, as()), refused('forbidden'));
  await assert.rejects(api.defineRole({ name: 'admin', permissions: [] }, as()), refused('validation_failed'));
  await assert.rejects(api.defineRole({ name: 'odd', permissions: ['made.up'] }, as()), refused('validation_failed'));
  await api.setRole({ accountId, role: 'personnel' }, as());
});

test('a changed role holds at once: in the principal, and for whoever kept it', async (t) => {
  const world = await openAuthentication(t);
  const { api, anonymous } = world;
  const operator = world.service('operator');
  const session = await world.join('ada');
  const principal = async () => (await api.authenticate({ token: session.accessToken }, anonymous())).principal;
  const revision = async () => (await api.checkSession({ sessionId: session.sessionId }, anonymous())).revision;
  const before = await principal();
  await api.setRole({ accountId: session.accountId, role: 'moderator' }, operator);
  const after = await principal();
  assert.ok(after.permissions.includes('reports.manage'));
  assert.ok(after.revision > before.revision);
  assert.equal(await revision(), after.revision);

  await api.defineRole({ name: 'helper', permissions: ['reports.manage'] }, operator);
  await api.setRole({ accountId: session.accountId, role: 'helper' }, operator);
  const helper = await principal();
  assert.ok(helper.permissions.includes('reports.manage') && helper.permissions.includes('posts.write'));
  await api.defineRole({ name: 'helper', permissions: [] }, operator);
  assert.ok((await revision()) > helper.revision);
  assert.ok(!(await principal()).permissions.includes('reports.manage'));
});

test('suspension ends everything at once, tells the user service, and can be lifted', async (t) => {
  const world = await openAuthentication(t);
  const { api, anonymous, users } = world;
  const operator = world.service('operator');
  const session = await world.join('ada');
  await api.suspend({ accountId: session.accountId }, operator);
  assert.equal((await api.checkSession({ sessionId: session.sessionId }, anonymous())).active, false);
  await assert.rejects(api.authenticate({ token: session.accessToken }, anonymous()), refused('unauthenticated'));
  assert.equal(users.accounts.get(session.accountId)?.state, 'suspended');
  const signIn = (password: string) => api.signIn({ login: 'ada', password, ...DEVICE }, anonymous());
  await assert.rejects(signIn(PASSWORD), refused('forbidden', /disabled/));
  await assert.rejects(signIn('wrong password'), refused('unauthenticated'));
  await api.unsuspend({ accountId: session.accountId }, operator);
  assert.equal(users.accounts.get(session.accountId)?.state, 'active');
  assert.equal((await signIn(PASSWORD)).status, 'signed_in');
});

test('the operator resets a password: it is shown, works, and ends every session', async (t) => {
  const world = await openAuthentication(t);
  const { api, anonymous } = world;
  const session = await world.join('ada');
  const input = { accountId: session.accountId, password: null };
  const { password } = await api.setPasswordAs(input, world.service('operator'));
  assert.equal((await api.checkSession({ sessionId: session.sessionId }, anonymous())).active, false);
  assert.equal((await api.signIn({ login: 'ada', password, ...DEVICE }, anonymous())).status, 'signed_in');
});

test('accounts are listed page by page, newest first, without half-made ones', async (t) => {
  const world = await openAuthentication(t);
  const names = ['one', 'two', 'three', 'four', 'five'];
  for (const name of names) await world.join(`${name}_x`);
  const seen: string[] = [];
  let maxId: string | undefined;
  do {
    const page = { limit: 2, ...(maxId === undefined ? {} : { maxId }) };
    const answer = await world.api.listAccounts({ page }, world.service('operator'));
    seen.push(...answer.accounts.map(({ username }) => username));
    maxId = answer.cursors.olderThan;
  } while (maxId !== undefined);
  assert.deepEqual(seen, names.map((name) => `${name}_x`).reverse());
});
