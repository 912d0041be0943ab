import type { Relationship } from '#contracts/model/account.ts';
import type { PairRow } from './store/tables.ts';

/** The columns of the viewer's row that a relationship shows. */
export type OwnSide = Omit<PairRow, 'actor_id' | 'revision' | 'counted'>;
/** The columns of the other side's row that the viewer may know. */
export type OtherSide = Pick<PairRow, 'follow_id' | 'request_id' | 'block_id'>;

/** Languages of a follow, as they are stored. */
export function languagesOf(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

export function languagesText(languages: readonly string[]): string {
  return languages.join(' ');
}

/** Whether a mute holds at `nowMs`: one whose time is over is as if it were not there. */
export function mutes(row: { mute_id: string | null; mute_until_ms: number | null }, nowMs: number): boolean {
  return row.mute_id !== null && (row.mute_until_ms === null || row.mute_until_ms > nowMs);
}

/** Everything between a viewer and the account `id`, as the viewer may know it. */
export function relationshipOf(
  id: string,
  own: OwnSide | undefined,
  other: OtherSide | undefined,
  nowMs: number,
): Relationship {
  const wanted = own !== undefined && (own.follow_id !== null || own.request_id !== null);
  const muting = own !== undefined && mutes(own, nowMs);
  return {
    id,
    following: own !== undefined && own.follow_id !== null,
    showingReposts: wanted && own.show_reposts === 1,
    notifying: wanted && own.notify === 1,
    languages: wanted ? languagesOf(own.languages) : [],
    followedBy: other !== undefined && other.follow_id !== null,
    blocking: own !== undefined && own.block_id !== null,
    blockedBy: other !== undefined && other.block_id !== null,
    muting,
    mutingNotifications: muting && own.mute_notifications === 1,
    mutingUntilMs: muting ? own.mute_until_ms : null,
    requested: own !== undefined && own.request_id !== null,
    requestedBy: other !== undefined && other.request_id !== null,
    endorsed: own !== undefined && own.endorse_id !== null,
    note: own?.note ?? '',
  };
}
