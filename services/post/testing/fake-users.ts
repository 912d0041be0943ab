import type { Account, AccountState, AuthorFacts } from '#contracts/model/account.ts';
import { type UserService, userContract } from '#contracts/services/user.ts';
import { PlazaError } from '#platform/errors/errors.ts';

/** People and what is between them, in memory: what posts ask of the user service, and nothing more. */
export class FakeUsers {
  readonly people = new Map<string, { id: string; username: string; state: AccountState }>();
  readonly follows = new Set<string>();
  readonly blocks = new Set<string>();
  readonly mutes = new Set<string>();

  /** Runs while somebody waits for usernames. */
  whileResolving: () => Promise<void> = async () => {};

  add(id: string, username: string): void {
    this.people.set(id, { id, username, state: 'active' });
  }

  follow(actorId: string, targetId: string): void {
    this.follows.add(`${actorId} ${targetId}`);
  }

  block(actorId: string, targetId: string): void {
    this.blocks.add(`${actorId} ${targetId}`);
  }

  mute(actorId: string, targetId: string): void {
    this.mutes.add(`${actorId} ${targetId}`);
  }

  facts(viewerId: string | null, id: string): AuthorFacts {
    const has = (edges: Set<string>, from: string | null, to: string | null) => edges.has(`${from} ${to}`);
    return {
      id,
      state: this.people.get(id)?.state ?? 'deleted',
      following: has(this.follows, viewerId, id),
      showingReposts: true,
      languages: [],
      blocking: has(this.blocks, viewerId, id),
      blockedBy: has(this.blocks, id, viewerId),
      muting: has(this.mutes, viewerId, id),
    };
  }

  api(): UserService {
    const known: Partial<UserService> = {
      resolveUsernames: async ({ usernames }) => {
        await this.whileResolving();
        const named = [...this.people.values()].filter(({ username }) => usernames.includes(username.toLowerCase()));
        return { accounts: named.map(account) };
      },
      visibilityFacts: async ({ viewerId, authorIds }) => ({
        viewerState: viewerId === null ? null : (this.people.get(viewerId)?.state ?? 'deleted'),
        facts: authorIds.map((id) => this.facts(viewerId, id)),
      }),
    };
    const api: Record<string, unknown> = { ...known };
    for (const name of Object.keys(userContract.operations)) {
      api[name] ??= () => Promise.reject(new PlazaError('internal', `the test's user service has no ${name}`));
    }
    return api as unknown as UserService;
  }
}

function account(person: { id: string; username: string; state: AccountState }): Account {
  return {
    ...person,
    displayName: person.username,
    bio: '',
    fields: [],
    avatar: null,
    header: null,
    locked: false,
    bot: false,
    discoverable: true,
    indexable: true,
    hideCollections: false,
    createdMs: 0,
    version: 1,
  };
}
