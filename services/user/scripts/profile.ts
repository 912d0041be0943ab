import type { Preferences, ProfileField, ProfileImage } from '#contracts/model/account.ts';
import { rowOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db, type ProfileRow } from '../store/tables.ts';
import { changeHead } from './account-change.ts';
import { actingHead, type Step } from './head.ts';
import { promise } from './tasks.ts';
import { indexWords } from './words.ts';

export interface ProfileArgs {
  readonly accountId: string;
  readonly displayName?: string | undefined;
  readonly bio?: string | undefined;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly locked?: boolean | undefined;
  readonly bot?: boolean | undefined;
  readonly discoverable?: boolean | undefined;
  readonly indexable?: boolean | undefined;
  readonly hideCollections?: boolean | undefined;
  readonly avatar?: ProfileImage | null | undefined;
  readonly avatarDescription?: string | undefined;
  readonly header?: ProfileImage | null | undefined;
  readonly headerDescription?: string | undefined;
  readonly preferences?: Partial<Preferences> | undefined;
  readonly eventId: string;
  readonly nowMs: number;
}

const selectProfile = prepared((p: { id: string }) =>
  db.selectFrom('user_profiles').selectAll().where('id', '=', p.id),
);
const updateProfileRow = prepared((p: ProfileRow) =>
  db
    .updateTable('user_profiles')
    .set({
      display_name: p.display_name,
      bio: p.bio,
      fields: p.fields,
      avatar: p.avatar,
      header: p.header,
      bot: p.bot,
      discoverable: p.discoverable,
      indexable: p.indexable,
      hide_collections: p.hide_collections,
      preferences: p.preferences,
    })
    .where('id', '=', p.id),
);

/** Changes what is given of the actor's profile and settings. Whoever waits before a door that is unlocked is let in afterwards. */
export const updateProfile = script(import.meta.url, 'updateProfile', function* (args: ProfileArgs): Step<void> {
  const id = args.accountId;
  const head = yield* actingHead(id);
  const before = (yield* rowOf(selectProfile({ id })))!;
  const after = changed(before, args);
  const lockChanges = args.locked !== undefined && args.locked !== (head.locked === 1);
  if (!lockChanges && JSON.stringify(after) === JSON.stringify(before)) return;
  yield updateProfileRow(after);
  if (after.display_name !== before.display_name) {
    yield* indexWords(id, { username: after.username, displayName: after.display_name });
  }
  for (const key of replacedKeys(before, after)) yield promise(id, `remove:${key}`);
  if (head.locked === 1 && args.locked === false) yield promise(id, 'authorize');
  yield* changeHead(
    head,
    args.locked === undefined ? {} : { locked: args.locked },
    'UserUpdated',
    args.eventId,
    args.nowMs,
  );
});

function changed(before: ProfileRow, args: ProfileArgs): ProfileRow {
  return {
    ...before,
    display_name: args.displayName ?? before.display_name,
    bio: args.bio ?? before.bio,
    fields: args.fields === undefined ? before.fields : fieldsText(before.fields, args.fields),
    avatar: imageText(before.avatar, args.avatar, args.avatarDescription),
    header: imageText(before.header, args.header, args.headerDescription),
    bot: flag(before.bot, args.bot),
    discoverable: flag(before.discoverable, args.discoverable),
    indexable: flag(before.indexable, args.indexable),
    hide_collections: flag(before.hide_collections, args.hideCollections),
    preferences:
      args.preferences === undefined
        ? before.preferences
        : JSON.stringify({ ...(JSON.parse(before.preferences) as Preferences), ...args.preferences }),
  };
}

function flag(before: number, wanted: boolean | undefined): number {
  return wanted === undefined ? before : wanted ? 1 : 0;
}

/** A link that was proved to be the person's own stays proved while it stays the same. */
function fieldsText(before: string, wanted: readonly { name: string; value: string }[]): string {
  const proved = new Map((JSON.parse(before) as ProfileField[]).map((field) => [field.value, field.verifiedMs]));
  return JSON.stringify(
    wanted.map(({ name, value }): ProfileField => ({ name, value, verifiedMs: proved.get(value) ?? null })),
  );
}

function imageText(
  before: string | null,
  image: ProfileImage | null | undefined,
  description: string | undefined,
): string | null {
  if (image === null) return null;
  const base = image ?? (before === null ? null : (JSON.parse(before) as ProfileImage));
  if (base === null) return null;
  return JSON.stringify(description === undefined ? base : { ...base, description });
}

/** Where the pictures stand that are no longer shown. */
function replacedKeys(before: ProfileRow, after: ProfileRow): string[] {
  const keyOf = (text: string | null) => (text === null ? undefined : (JSON.parse(text) as ProfileImage).key);
  return [
    [keyOf(before.avatar), keyOf(after.avatar)],
    [keyOf(before.header), keyOf(after.header)],
  ].flatMap(([old, current]) => (old !== undefined && old !== current ? [old] : []));
}
