import type { Static } from 'typebox';
import type { Account, Preferences } from '#contracts/model/account.ts';
import type { Principal } from '#contracts/services/authentication.ts';
import { assemble, pieceOf } from './json-pieces.ts';
import { roleJson } from './role.ts';
import { isoTime } from './times.ts';

const VISIBILITY = { public: 'public', unlisted: 'unlisted', followers: 'private' } as const;

/**
 * The `CredentialAccount`: the account as others see it, and what only its person may know.
 * @param json the ready `Account`
 */
export function credentialAccount(
  json: Buffer,
  account: Account,
  preferences: Static<typeof Preferences>,
  followRequests: number,
  principal: Principal,
): Buffer {
  const own = {
    source: {
      privacy: VISIBILITY[preferences.postingVisibility],
      sensitive: preferences.postingSensitive,
      language: preferences.postingLanguage,
      note: account.bio,
      fields: account.fields.map((field) => ({
        name: field.name,
        value: field.value,
        verified_at: field.verifiedMs === null ? null : isoTime(field.verifiedMs),
      })),
      follow_requests_count: followRequests,
      discoverable: account.discoverable,
      indexable: account.indexable,
      hide_collections: account.hideCollections,
      attribution_domains: [],
      quote_policy: 'nobody',
    },
    role: roleJson(principal.role, principal.permissions),
  };
  return assemble([json.subarray(0, -1), ',', pieceOf(own).subarray(1)]);
}
