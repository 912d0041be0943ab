import type { Static } from 'typebox';
import type { Relationship as RelationshipSchema } from '#contracts/model/account.ts';
import { isoTime } from './times.ts';

export function relationshipJson(relationship: Static<typeof RelationshipSchema>) {
  return {
    id: relationship.id,
    following: relationship.following,
    showing_reblogs: relationship.showingReposts,
    notifying: relationship.notifying,
    languages: relationship.languages.length === 0 ? null : relationship.languages,
    followed_by: relationship.followedBy,
    blocking: relationship.blocking,
    blocked_by: relationship.blockedBy,
    muting: relationship.muting,
    muting_notifications: relationship.mutingNotifications,
    muting_expires_at: relationship.mutingUntilMs === null ? null : isoTime(relationship.mutingUntilMs),
    requested: relationship.requested,
    requested_by: relationship.requestedBy,
    domain_blocking: false,
    endorsed: relationship.endorsed,
    note: relationship.note,
  };
}
