import type { Preferences, ProfileImage } from '#contracts/model/account.ts';
import type { ProfileChange, UserService } from '#contracts/services/user.ts';
import { invalid, notFound, PlazaError } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { isReservedUsername } from '#policies/names/reserved.ts';
import { cleanLine, cleanText } from '#policies/text/clean.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { checkUsername } from '../names/username.ts';
import { requireAccount, type UserParts } from '../parts.ts';
import type { ProfileImages } from '../profile-images.ts';
import { type ProfileArgs, updateProfile } from '../scripts/profile.ts';
import { changeUsername } from '../scripts/username.ts';
import { db } from '../store/tables.ts';

type ProfileOperations = Pick<UserService, 'updateProfile' | 'changeUsername' | 'getPreferences'>;

type Upload = ProfileChange['avatar'];

const selectPreferences = prepared((p: { id: string }) =>
  db.selectFrom('user_profiles').select('preferences').where('id', '=', p.id),
);

/** What people say of themselves, and how they like things. */
export function profileOperations(parts: UserParts, images: ProfileImages): ProfileOperations {
  const { relational, accounts, clock, ids, change, promised } = parts;
  return {
    async updateProfile(wanted, context) {
      const accountId = requireAccount(context);
      const { avatar, header, displayName, bio, fields, ...rest } = wanted;
      const texts = checkedTexts({ displayName, bio, fields });
      const stored: ProfileImage[] = [];
      const storedImage = async (kind: 'avatar' | 'header', upload: Upload) => {
        if (!upload) return upload;
        const image = await images.store(kind, accountId, upload.base64);
        stored.push(image);
        return image;
      };
      try {
        const args: ProfileArgs = {
          ...rest,
          ...texts,
          accountId,
          avatar: await storedImage('avatar', avatar),
          header: await storedImage('header', header),
          eventId: ids.next(),
          nowMs: clock.now(),
        };
        await change(updateProfile, args);
      } catch (error) {
        // A refusal is certain; after any other failure the change may have been made, and its pictures be in use.
        if (error instanceof PlazaError && error.status < 500) {
          for (const image of stored) await images.remove(image.key);
        }
        throw error;
      }
      promised();
      return (await accounts([accountId]))[0]!;
    },
    async changeUsername({ username }, context) {
      const accountId = requireAccount(context);
      checkUsername(username);
      if (isReservedUsername(username)) throw invalid('username', 'ERR_RESERVED', 'Username is reserved');
      await change(changeUsername, { accountId, username, eventId: ids.next(), nowMs: clock.now() });
      return (await accounts([accountId]))[0]!;
    },
    async getPreferences(_, context) {
      const [row] = await relational.query(selectPreferences({ id: requireAccount(context) }));
      if (row === undefined) throw notFound();
      return JSON.parse(row.preferences) as Preferences;
    },
  };
}

/** Texts as they are stored: clean, and within their limits. */
function checkedTexts({ displayName, bio, fields }: Pick<ProfileChange, 'displayName' | 'bio' | 'fields'>) {
  return {
    displayName:
      displayName && limited('display_name', 'Display name', cleanLine(displayName), LIMITS.displayNameCharacters),
    bio: bio && limited('note', 'Note', cleanText(bio), LIMITS.bioCharacters),
    fields: fields && checkedFields(fields),
  };
}

function checkedFields(fields: NonNullable<ProfileChange['fields']>) {
  const filled = fields
    .map(({ name, value }) => ({ name: cleanLine(name), value: cleanLine(value) }))
    .filter(({ name, value }) => name !== '' || value !== '');
  if (filled.length > LIMITS.profileFields) {
    throw invalid('fields_attributes', 'ERR_TOO_MANY', `There can be at most ${LIMITS.profileFields} profile fields`);
  }
  for (const { name, value } of filled) {
    if (name === '') throw invalid('fields_attributes', 'ERR_BLANK', "The label of a profile field can't be blank");
    limited('fields_attributes', 'A profile field', name, LIMITS.profileFieldCharacters);
    limited('fields_attributes', 'A profile field', value, LIMITS.profileFieldCharacters);
  }
  return filled;
}

function limited(field: string, label: string, text: string, most: number): string {
  if (text.length > most && characters(text) > most) {
    throw invalid(field, 'ERR_TOO_LONG', `${label} is too long (maximum is ${most} characters)`);
  }
  return text;
}

/** Characters as people count them: a family of four is one. */
function characters(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
