import { authenticationContract } from '#contracts/services/authentication.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Expectation } from '#services/gateway/route.ts';
import type { ApiClient } from '#tests/constellation/api-client.ts';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { withScopes } from '#tests/constellation/scoped-token.ts';

/** A kind of caller: those of the hand-written rows, one whose role has no permission at all, and one who still waits to be approved. */
export type Kind = keyof Expectation | 'powerless' | 'awaiting';

interface Player {
  readonly id: string;
  readonly username: string;
  readonly api: ApiClient;
}

/** Who plays in the matrix. */
export interface Cast {
  readonly plaza: Constellation;
  readonly owner: Player;
  /** Each kind of caller by what it speaks through. */
  readonly callers: Readonly<Record<Kind, ApiClient>>;
  /** Their accounts; without one, `owner`'s. */
  readonly idOf: (kind: Kind) => string;
  /** Those who asked to follow `owner`, whose account is locked. */
  readonly petitioners: readonly Player[];
}

const POWERLESS_ROLE = 'onlooker';

/** Starts a Plaza and those who play in the matrix. */
export async function startCast(options: Parameters<typeof Constellation.start>[0] = {}): Promise<Cast> {
  const plaza = await Constellation.start({ ...options, settings: { ...options.settings, signup: 'approval' } });
  try {
    return await assembleCast(plaza);
  } catch (error) {
    await plaza.remove();
    throw error;
  }
}

async function assembleCast(plaza: Constellation): Promise<Cast> {
  const { services, context } = plaza.plaza.operator;
  const authentication = services.client(authenticationContract);
  const names = ['olga', 'otto', 'blanche', 'gino', 'wanda', 'kiran', 'chidi', 'pia', 'paul', 'petra', 'piet'] as const;
  const awaiting = await newcomer(plaza, 'adam');
  const signedUp = new Map(await Promise.all(names.map(async (name) => [name, await newcomer(plaza, name)] as const)));
  const { accounts } = await authentication.listAccounts({ state: 'pending', page: { limit: 40 } }, context());
  const people = await Promise.all(
    names.map(async (username) => {
      const { accountId } = accounts.find((account) => account.username === username)!;
      await authentication.approve({ accountId }, context());
      return { id: accountId, username, api: signedUp.get(username)! };
    }),
  );
  const [owner, other, blocked, gone, powerless, moderator, admin, ...petitioners] = people as [
    Player,
    Player,
    Player,
    Player,
    Player,
    Player,
    Player,
    ...Player[],
  ];

  await expectOk(owner.api.patch('/api/v1/accounts/update_credentials', { locked: true }));
  await expectOk(owner.api.post(`/api/v1/accounts/${blocked.id}/block`));
  for (const asker of petitioners) await expectOk(asker.api.post(`/api/v1/accounts/${owner.id}/follow`));

  await authentication.defineRole({ name: POWERLESS_ROLE, permissions: [] }, context());
  await plaza.relational.batch([{ query: withoutPermissions(POWERLESS_ROLE), expect: 1 }]);
  await authentication.setRole({ accountId: powerless.id, role: POWERLESS_ROLE }, context());
  await authentication.setRole({ accountId: moderator.id, role: 'moderator' }, context());
  await authentication.setRole({ accountId: admin.id, role: 'admin' }, context());
  const wrongScope = await withScopes(plaza, owner.username, 'push');
  // The gateway knows this token before its account is suspended, as it would in life.
  await expectOk(gone.api.get('/api/v1/accounts/verify_credentials'));
  await authentication.suspend({ accountId: gone.id }, context());

  const ids: Partial<Record<Kind, string>> = {
    blockedUser: blocked.id,
    powerless: powerless.id,
    otherUser: other.id,
    moderator: moderator.id,
    admin: admin.id,
  };
  return {
    plaza,
    owner,
    petitioners,
    idOf: (kind) => ids[kind] ?? owner.id,
    callers: {
      anonymous: plaza.api,
      appOnly: (await plaza.app()).api,
      wrongScope,
      suspended: gone.api,
      blockedUser: blocked.api,
      awaiting,
      powerless: powerless.api,
      otherUser: other.api,
      moderator: moderator.api,
      admin: admin.api,
      owner: owner.api,
    },
  };
}

/** Signs somebody up, who then waits to be approved. */
async function newcomer(plaza: Constellation, username: string): Promise<ApiClient> {
  const { api } = await plaza.app();
  const email = `${username}@example.com`;
  const reason = 'To play in the matrix';
  const asked = { username, email, password: TEST_PASSWORD, agreement: true, locale: 'en', reason };
  const { body } = await expectOk(api.post('/api/v1/accounts', asked));
  return plaza.api.withToken(body.access_token);
}

/** Whoever has a role that the service defines may at least write; only where the table is damaged may somebody nothing, and that must hold too. */
function withoutPermissions(name: string) {
  return queryBuilder<{ authentication_roles: { name: string; permissions: string } }>()
    .updateTable('authentication_roles')
    .set({ permissions: '[]' })
    .where('name', '=', name);
}

export async function expectOk<T extends { status: number; text: string }>(answer: Promise<T>): Promise<T> {
  const got = await answer;
  if (got.status !== 200) throw new Error(`the matrix could not be set up: ${got.status} ${got.text}`);
  return got;
}
