import Type from 'typebox';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { userContract } from '#contracts/services/user.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { type OperatorContext, operatorCommand } from '../command.ts';
import { table } from '../table.ts';

const PAGE = 80;
const Username = Type.Object({ username: Type.String({ minLength: 1, maxLength: 100 }) });

const authentication = (operator: OperatorContext) => operator.services.client(authenticationContract);

/** The id behind a username, whatever the state of the account. */
async function accountIdOf(operator: OperatorContext, username: string): Promise<string> {
  const name = username.replace(/^@/, '');
  const { accounts } = await operator.services
    .client(userContract)
    .resolveUsernames({ usernames: [name] }, operator.context());
  const account = accounts[0];
  if (account === undefined) throw new PlazaError('not_found', `There is no account called ${name}.`);
  return account.id;
}

export const createAccount = operatorCommand({
  name: 'accounts.create',
  input: Type.Object({
    username: Type.String({ minLength: 1, maxLength: 100 }),
    role: Type.String({ minLength: 1, maxLength: 60 }),
    email: Type.Union([Type.String({ maxLength: 320 }), Type.Null()]),
    password: Type.Union([Type.String({ maxLength: 500 }), Type.Null()]),
  }),
  async run(input, operator) {
    const made = await authentication(operator).createAccountAs(input, operator.context());
    const lines = [`${input.role} ${input.username} can sign in.`];
    if (input.password === null)
      lines.push(`Password: ${made.password}`, 'It is shown this once; change it after signing in.');
    return lines;
  },
});

export const listAccounts = operatorCommand({
  name: 'accounts.list',
  input: Type.Object({
    state: Type.Optional(Type.String({ maxLength: 20 })),
    limit: Type.Integer({ minimum: 1, maximum: 100_000 }),
  }),
  async run(input, operator) {
    const rows: string[][] = [];
    let maxId: string | undefined;
    while (rows.length < input.limit) {
      const page = { limit: Math.min(PAGE, input.limit - rows.length), ...(maxId === undefined ? {} : { maxId }) };
      const answer = await authentication(operator).listAccounts(
        { page, ...(input.state === undefined ? {} : { state: input.state }) },
        operator.context(),
      );
      for (const account of answer.accounts) {
        const since = new Date(account.createdMs).toISOString().slice(0, 10);
        rows.push([account.username, account.role, account.state, account.email ?? '–', since]);
      }
      maxId = answer.cursors.olderThan;
      if (maxId === undefined) break;
    }
    return rows.length === 0 ? ['No accounts.'] : table(['username', 'role', 'state', 'e-mail', 'since'], rows);
  },
});

export const resetPassword = operatorCommand({
  name: 'accounts.reset-password',
  input: Username,
  async run({ username }, operator) {
    const accountId = await accountIdOf(operator, username);
    const { password } = await authentication(operator).setPasswordAs(
      { accountId, password: null },
      operator.context(),
    );
    return [`New password of ${username}: ${password}`, 'Every session of the account has ended.'];
  },
});

export const setRole = operatorCommand({
  name: 'accounts.role',
  input: Type.Object({ ...Username.properties, role: Type.String({ minLength: 1, maxLength: 60 }) }),
  async run({ username, role }, operator) {
    await authentication(operator).setRole(
      { accountId: await accountIdOf(operator, username), role },
      operator.context(),
    );
    return [`${username} has the role ${role}.`];
  },
});

/** Commands that do one thing to one account, and say so. */
function onAccount(verb: 'approve' | 'reject' | 'suspend' | 'unsuspend', done: string) {
  return operatorCommand({
    name: `accounts.${verb}`,
    input: Username,
    async run({ username }, operator) {
      await authentication(operator)[verb]({ accountId: await accountIdOf(operator, username) }, operator.context());
      return [`${username} ${done}.`];
    },
  });
}

export const approveAccount = onAccount('approve', 'is approved');
export const rejectAccount = onAccount('reject', 'is rejected, and the request to join is gone');
export const suspendAccount = onAccount(
  'suspend',
  'is suspended: every session has ended and nothing of theirs is shown',
);
export const unsuspendAccount = onAccount('unsuspend', 'is no longer suspended');

export const defineRole = operatorCommand({
  name: 'roles.define',
  input: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 60 }),
    permissions: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 }),
  }),
  async run(input, operator) {
    await authentication(operator).defineRole(input, operator.context());
    return [`The role ${input.name} may: ${input.permissions.join(', ') || 'nothing beyond posting'}.`];
  },
});

export const createInvite = operatorCommand({
  name: 'invites.create',
  input: Type.Object({
    maxUses: Type.Integer({ minimum: 1, maximum: 1_000 }),
    expiresInSeconds: Type.Integer({ minimum: 60 }),
  }),
  async run(input, operator) {
    const { code } = await authentication(operator).createInvite(input, operator.context());
    return [`Invitation code: ${code}`];
  },
});
