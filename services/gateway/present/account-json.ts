import type { Account, AccountCounts } from '#contracts/model/account.ts';
import { bioToHtml, fieldToHtml } from './html.ts';
import { isoDate, isoTime } from './times.ts';
import type { Urls } from './urls.ts';

/** All of an `Account` but its counts. */
export function accountJson(account: Account, urls: Urls) {
  const url = urls.account(account.username);
  return {
    id: account.id,
    username: account.username,
    acct: account.username,
    display_name: account.displayName,
    locked: account.locked,
    bot: account.bot,
    discoverable: account.discoverable,
    indexable: account.indexable,
    noindex: !account.indexable,
    hide_collections: account.hideCollections,
    group: false,
    // The day alone, as Mastodon: the minute would tell more than a profile needs to.
    created_at: `${isoDate(account.createdMs)}T00:00:00.000Z`,
    note: bioToHtml(account.bio, urls),
    url,
    uri: url,
    avatar: urls.profileImage(account.avatar, 'avatar', false),
    avatar_static: urls.profileImage(account.avatar, 'avatar', true),
    avatar_description: account.avatar?.description ?? '',
    header: urls.profileImage(account.header, 'header', false),
    header_static: urls.profileImage(account.header, 'header', true),
    header_description: account.header?.description ?? '',
    emojis: [],
    roles: [],
    fields: account.fields.map((field) => ({
      name: field.name,
      value: fieldToHtml(field.value, urls),
      verified_at: field.verifiedMs === null ? null : isoTime(field.verifiedMs),
    })),
    ...(account.state === 'suspended' ? { suspended: true } : {}),
  };
}

/** The rest of an `Account`. */
export function countsJson(counts: AccountCounts | undefined) {
  return {
    followers_count: counts?.followers ?? 0,
    following_count: counts?.following ?? 0,
    statuses_count: counts?.posts ?? 0,
    last_status_at: counts === undefined || counts.lastPostMs === null ? null : isoDate(counts.lastPostMs),
  };
}
