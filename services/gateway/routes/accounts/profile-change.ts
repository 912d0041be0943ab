import Type, { type Static } from 'typebox';
import type { ProfileChange } from '#contracts/services/user.ts';
import { invalid } from '#platform/errors/errors.ts';
import type { ReceivedFile } from '../../http/multipart.ts';
import { Text } from '../../params/types.ts';
import { languageOf, VisibilityParameter, visibilityOf } from '../statuses/draft.ts';

/** Only what is sent changes. Lengths here bound the work; the user service says what a profile may hold. */
export const ProfileParameters = Type.Object({
  display_name: Type.Optional(Text(100)),
  note: Type.Optional(Text(5_000)),
  locked: Type.Optional(Type.Boolean()),
  bot: Type.Optional(Type.Boolean()),
  discoverable: Type.Optional(Type.Boolean()),
  indexable: Type.Optional(Type.Boolean()),
  hide_collections: Type.Optional(Type.Boolean()),
  avatar: Type.Optional(Text(0)),
  header: Type.Optional(Text(0)),
  avatar_description: Type.Optional(Text(1_500)),
  header_description: Type.Optional(Text(1_500)),
  fields_attributes: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String({ maxLength: 255, default: '' }),
        value: Type.String({ maxLength: 255, default: '' }),
      }),
      { maxItems: 8 },
    ),
  ),
  source: Type.Optional(
    Type.Object({
      privacy: Type.Optional(VisibilityParameter),
      sensitive: Type.Optional(Type.Boolean()),
      language: Type.Optional(Text(12)),
    }),
  ),
});

/** What a profile form changes. A picture comes as a file; sent empty, as text, it is removed. */
export function profileChange(
  body: Static<typeof ProfileParameters>,
  files: ReadonlyMap<string, ReceivedFile>,
): ProfileChange {
  return {
    ...(body.display_name === undefined ? {} : { displayName: body.display_name }),
    ...(body.note === undefined ? {} : { bio: body.note }),
    ...(body.locked === undefined ? {} : { locked: body.locked }),
    ...(body.bot === undefined ? {} : { bot: body.bot }),
    ...(body.discoverable === undefined ? {} : { discoverable: body.discoverable }),
    ...(body.indexable === undefined ? {} : { indexable: body.indexable }),
    ...(body.hide_collections === undefined ? {} : { hideCollections: body.hide_collections }),
    ...(body.avatar_description === undefined ? {} : { avatarDescription: body.avatar_description }),
    ...(body.header_description === undefined ? {} : { headerDescription: body.header_description }),
    ...(body.fields_attributes === undefined
      ? {}
      : { fields: body.fields_attributes.filter(({ name, value }) => name !== '' || value !== '') }),
    ...pictureChange('avatar', body.avatar, files),
    ...pictureChange('header', body.header, files),
    ...(body.source === undefined ? {} : { preferences: preferencesOf(body.source) }),
  };
}

function pictureChange(name: 'avatar' | 'header', text: string | undefined, files: ReadonlyMap<string, ReceivedFile>) {
  const file = files.get(name);
  if (file === undefined) return text === undefined ? {} : { [name]: null };
  if (file.in !== 'memory' || file.bytes.length === 0) throw invalid(name, 'ERR_INVALID', `${name} is empty`);
  return { [name]: { base64: file.bytes.toString('base64') } };
}

function preferencesOf(source: NonNullable<Static<typeof ProfileParameters>['source']>) {
  return {
    ...(source.privacy === undefined ? {} : { postingVisibility: visibilityOf(source.privacy) }),
    ...(source.sensitive === undefined ? {} : { postingSensitive: source.sensitive }),
    ...(source.language === undefined ? {} : { postingLanguage: languageOf(source.language) }),
  };
}
