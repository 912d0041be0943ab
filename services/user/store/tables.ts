import type { AccountState } from '#contracts/model/account.ts';
import { queryBuilder } from '#ports/relational/builder.ts';

/** 0 or 1. */
export type Flag = number;

export interface HeadRow {
  id: string;
  state: AccountState;
  locked: Flag;
  /** Grows with every change that this account makes to what it, or others of it, may see. */
  epoch: number;
  /** Grows with every change of the public record, the state included; the version of this account's events. */
  version: number;
  /** Whom this account follows and asks to follow, kept exact by the transactions that change it. */
  follows: number;
  requests: number;
}

export interface ProfileRow {
  id: string;
  username: string;
  username_changed_ms: number;
  display_name: string;
  bio: string;
  /** JSON of `ProfileField[]`. */
  fields: string;
  /** JSON of `ProfileImage`. */
  avatar: string | null;
  header: string | null;
  bot: Flag;
  discoverable: Flag;
  indexable: Flag;
  hide_collections: Flag;
  /** JSON of `Preferences`. */
  preferences: string;
  created_ms: number;
}

export interface NameRow {
  name: string;
  account_id: string;
  current: Flag;
  held_until_ms: number | null;
}

export interface PairRow {
  actor_id: string;
  target_id: string;
  revision: number;
  follow_id: string | null;
  request_id: string | null;
  show_reposts: Flag;
  notify: Flag;
  /** Words joined by a blank; empty: every language. */
  languages: string;
  block_id: string | null;
  mute_id: string | null;
  mute_notifications: Flag;
  mute_until_ms: number | null;
  endorse_id: string | null;
  note: string;
  /** Whether this follow is in the follower count of its target. */
  counted: Flag;
}

export interface CountsRow {
  id: string;
  followers: number;
  posts: number;
  last_post_ms: number | null;
  /** Grows with every change, so that a recount can tell that nothing moved under it. */
  revision: number;
}

export interface UserTables {
  user_heads: HeadRow;
  user_profiles: ProfileRow;
  user_names: NameRow;
  user_words: { word: string; account_id: string };
  user_pairs: PairRow;
  user_counts: CountsRow;
  user_counted_posts: { author_id: string; post_id: string; counted: Flag };
  user_activity: { id: string; day: number };
  user_active_days: { day: number; accounts: number };
  user_totals: { name: string; accounts: number };
  user_tasks: { account_id: string; kind: string };
  user_dismissed: { account_id: string; target_id: string };
}

export const db = queryBuilder<UserTables>();
