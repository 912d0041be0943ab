import { authenticationContract } from '#contracts/services/authentication.ts';
import type { Ports } from '#platform/lifecycle/platform.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { Expectation } from '#services/gateway/route.ts';
import type { ApiClient } from '#tests/constellation/api-client.ts';
import { Constellation, type Person } from '#tests/constellation/constellation.ts';
import { withScopes } from '#tests/constellation/scoped-token.ts';

/** A kind of caller: those of the hand-written rows, and one whose role has no permission at all: refused wherever one is needed. */
export type Kind = keyof Expectation | 'powerless';

/** Who plays in the matrix. */
export interface Cast {
  readonly plaza: Constellation;
  readonly owner: Person;
  /** Each kind of caller by what it speaks through. */
  readonly callers: Readonly<Record<Kind, ApiClient>>;
  /** Two who asked to follow `owner`, whose account is locked. */
  readonly petitioners: readonly Person[];
}

const POWERLESS_ROLE = 'onlooker';

/** Starts a Plaza and those who play in the matrix. */
export async function startCast(options: Parameters<typeof Constellation.start>[0] = {}): Promise<Cast> {
  let relational: Relational | undefined;
  const wrapPorts = (ports: Ports) => {
    relational = ports.relational;
    return ports;
  };
  const plaza = await Constellation.start({ ...options, wrapPorts });
  try {
    return await assembleCast(plaza, relational!);
  } catch (error) {
    await plaza.remove();
    throw error;
  }
}

async function assembleCast(plaza: Constellation, relational: Relational): Promise<Cast> {
  const { services, context } = plaza.plaza.operator;
  const names = ['olga', 'otto', 'blanche', 'gino', 'wanda', 'kiran', 'chidi'] as const;
  const [owner, other, blocked, gone, powerless, moderator, admin] = await Promise.all(
    names.map((name) => plaza.person(name)),
  );
  const petitioners = await Promise.all(['asker1', 'asker2', 'asker3', 'asker4'].map((name) => plaza.person(name)));
  if (!owner || !other || !blocked || !gone || !powerless || !moderator || !admin) throw new Error('unreachable');

  await expectOk(owner.api.patch('/api/v1/accounts/update_credentials', { locked: true }));
  await expectOk(owner.api.post(`/api/v1/accounts/${blocked.id}/block`));
  for (const asker of petitioners) await expectOk(asker.api.post(`/api/v1/accounts/${owner.id}/follow`));

  const authentication = services.client(authenticationContract);
  await authentication.defineRole({ name: POWERLESS_ROLE, permissions: [] }, context());
  await relational.batch([{ query: withoutPermissions(POWERLESS_ROLE), expect: 1 }]);
  await authentication.setRole({ accountId: powerless.id, role: POWERLESS_ROLE }, context());
  await authentication.setRole({ accountId: moderator.id, role: 'moderator' }, context());
  await authentication.setRole({ accountId: admin.id, role: 'admin' }, context());
  const wrongScope = await withScopes(plaza, owner.username, 'push');
  // The gateway knows this token before its account is suspended, as it would in life.
  await expectOk(gone.api.get('/api/v1/accounts/verify_credentials'));
  await authentication.suspend({ accountId: gone.id }, context());

  return {
    plaza,
    owner,
    petitioners,
    callers: {
      anonymous: plaza.api,
      appOnly: (await plaza.app()).api,
      wrongScope,
      suspended: gone.api,
      blockedUser: blocked.api,
      powerless: powerless.api,
      otherUser: other.api,
      moderator: moderator.api,
      admin: admin.api,
      owner: owner.api,
    },
  };
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
