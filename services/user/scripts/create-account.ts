import type { AccountState } from '#contracts/model/account.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { rowOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { DEFAULT_PREFERENCES } from '../defaults.ts';
import { usernameKey } from '../names/username.ts';
import { db, type HeadRow, type ProfileRow } from '../store/tables.ts';
import { accountEvent, countActive } from './account-change.ts';
import { headOf, type Step } from './head.ts';
import { takeName } from './names.ts';
import { indexWords } from './words.ts';

export interface CreateAccountArgs {
  readonly accountId: string;
  readonly username: string;
  readonly state: AccountState;
  readonly language: string | null;
  readonly eventId: string;
  readonly nowMs: number;
}

const insertHead = prepared((p: HeadRow) =>
  db.insertInto('user_heads').values({
    id: p.id,
    state: p.state,
    locked: p.locked,
    epoch: p.epoch,
    version: p.version,
    follows: p.follows,
    requests: p.requests,
  }),
);
const insertProfile = prepared(
  (p: { id: string; username: string; preferences: string; nowMs: number; discoverable: number }) =>
    db.insertInto('user_profiles').values({
      id: p.id,
      username: p.username,
      username_changed_ms: 0,
      display_name: '',
      bio: '',
      fields: '[]',
      avatar: null,
      header: null,
      bot: 0,
      discoverable: p.discoverable,
      indexable: 0,
      hide_collections: 0,
      preferences: p.preferences,
      created_ms: p.nowMs,
    } satisfies ProfileRow),
);
const insertCounts = prepared((p: { id: string }) =>
  db.insertInto('user_counts').values({ id: p.id, followers: 0, posts: 0, last_post_ms: null, revision: 1 }),
);
const selectUsername = prepared((p: { id: string }) =>
  db.selectFrom('user_profiles').select('username').where('id', '=', p.id),
);

/** Makes an account. The same id again changes nothing; another account's name is a `conflict`. New people can be found, but their posts are not searched. */
export const createAccount = script(import.meta.url, 'createAccount', function* (args: CreateAccountArgs): Step<void> {
  const id = args.accountId;
  if ((yield* headOf(id)) !== undefined) {
    const known = yield* rowOf(selectUsername({ id }));
    if (known !== undefined && usernameKey(known.username) === usernameKey(args.username)) return;
    throw new PlazaError('conflict', 'The account exists under another name');
  }
  yield* takeName(usernameKey(args.username), id, args.nowMs);
  yield insertHead({ id, state: args.state, locked: 0, epoch: 1, version: 1, follows: 0, requests: 0 });
  const preferences = JSON.stringify({ ...DEFAULT_PREFERENCES, postingLanguage: args.language });
  yield insertProfile({ id, username: args.username, preferences, nowMs: args.nowMs, discoverable: 1 });
  yield insertCounts({ id });
  yield* countActive(undefined, args.state);
  yield* indexWords(id, { username: args.username, displayName: '' });
  yield accountEvent('UserCreated', id, 1, args.eventId, args.nowMs);
});
