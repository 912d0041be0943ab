import { PlazaError } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { rowOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { usernameKey } from '../names/username.ts';
import { db } from '../store/tables.ts';
import { changeHead } from './account-change.ts';
import { actingHead, type Step } from './head.ts';
import { releaseName, takeName } from './names.ts';
import { indexWords } from './words.ts';

const selectNames = prepared((p: { id: string }) =>
  db.selectFrom('user_profiles').select(['username', 'username_changed_ms', 'display_name']).where('id', '=', p.id),
);
const updateUsername = prepared((p: { id: string; username: string; changedMs: number }) =>
  db
    .updateTable('user_profiles')
    .set({ username: p.username, username_changed_ms: p.changedMs })
    .where('id', '=', p.id),
);

export interface UsernameArgs {
  readonly accountId: string;
  readonly username: string;
  readonly eventId: string;
  readonly nowMs: number;
}

/** Gives the actor another name and holds the old one. Changing capitals only is free; anything else once in a while. */
export const changeUsername = script(import.meta.url, 'changeUsername', function* (args: UsernameArgs): Step<void> {
  const { accountId: id, username, nowMs } = args;
  const head = yield* actingHead(id);
  const before = (yield* rowOf(selectNames({ id })))!;
  if (before.username === username) return;
  const renamed = usernameKey(before.username) !== usernameKey(username);
  if (renamed) {
    if (before.username_changed_ms + LIMITS.usernameChangeMs > nowMs && before.username_changed_ms > 0) throw tooSoon();
    yield* takeName(usernameKey(username), id, nowMs);
    yield* releaseName(usernameKey(before.username), nowMs + LIMITS.usernameHoldMs);
  }
  yield updateUsername({ id, username, changedMs: renamed ? nowMs : before.username_changed_ms });
  yield* indexWords(id, { username, displayName: before.display_name });
  yield* changeHead(head, {}, 'UserUpdated', args.eventId, nowMs);
});

function tooSoon(): PlazaError {
  const days = Math.round(LIMITS.usernameChangeMs / 86_400_000);
  const description = `Username can be changed once in ${days} days`;
  return new PlazaError('validation_failed', `Validation failed: ${description}`, {
    description,
    details: { username: [{ error: 'ERR_TOO_SOON', description }] },
  });
}
