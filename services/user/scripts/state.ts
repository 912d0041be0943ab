import type { AccountState } from '#contracts/model/account.ts';
import { forbidden, notFound, PlazaError } from '#platform/errors/errors.ts';
import { rowOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { DEFAULT_PREFERENCES } from '../defaults.ts';
import { usernameKey } from '../names/username.ts';
import { db, type HeadRow } from '../store/tables.ts';
import { changeHead } from './account-change.ts';
import { headOf, type Step } from './head.ts';
import { releaseName } from './names.ts';
import { promise } from './tasks.ts';
import { indexWords } from './words.ts';

export interface StateArgs {
  readonly accountId: string;
  readonly state: AccountState;
  /** Whether the person themselves asks. */
  readonly byOwner: boolean;
  readonly eventId: string;
  readonly nowMs: number;
}

/** What may follow on what. Nobody returns from `deleted`, and nobody becomes `pending` again. */
const NEXT: Readonly<Record<AccountState, readonly AccountState[]>> = {
  pending: ['active', 'suspended', 'deleted'],
  active: ['deactivated', 'suspended', 'deleted'],
  deactivated: ['active', 'suspended', 'deleted'],
  suspended: ['active', 'deleted'],
  deleted: [],
};

/**
 * Moves an account to another state. The state it has already is no change; nor is any state of an account that is deleted, because another service
 * may tell late what it decided before.
 */
export const setState = script(import.meta.url, 'setState', function* (args: StateArgs): Step<void> {
  const head = yield* headOf(args.accountId);
  if (head === undefined) throw notFound();
  if (head.state === args.state || head.state === 'deleted') return;
  if (args.byOwner && args.state === 'deactivated' && head.state !== 'active') throw forbidden();
  if (!NEXT[head.state].includes(args.state)) {
    throw new PlazaError('conflict', `An account that is ${head.state} cannot become ${args.state}`);
  }
  if (args.state === 'deleted') yield* remove(head, args);
  else yield* changeHead(head, { state: args.state }, 'UserStateChanged', args.eventId, args.nowMs);
});

const selectUsername = prepared((p: { id: string }) =>
  db.selectFrom('user_profiles').select('username').where('id', '=', p.id),
);
const eraseProfile = prepared((p: { id: string; preferences: string }) =>
  db
    .updateTable('user_profiles')
    .set({
      username: '',
      username_changed_ms: 0,
      display_name: '',
      bio: '',
      fields: '[]',
      avatar: null,
      header: null,
      bot: 0,
      discoverable: 0,
      indexable: 0,
      hide_collections: 1,
      preferences: p.preferences,
    })
    .where('id', '=', p.id),
);

/** Forgets at once what the person wrote, keeps the name from ever being somebody else's, and promises to forget the rest. */
function* remove(head: HeadRow, args: StateArgs): Step<void> {
  const { id } = head;
  const profile = yield* rowOf(selectUsername({ id }));
  if (profile !== undefined) yield* releaseName(usernameKey(profile.username), null);
  yield* indexWords(id, null);
  yield eraseProfile({ id, preferences: JSON.stringify(DEFAULT_PREFERENCES) });
  yield promise(id, 'erase');
  yield* changeHead(head, { state: 'deleted', locked: false }, 'UserDeleted', args.eventId, args.nowMs);
}
