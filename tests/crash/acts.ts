import type { ApiAnswer, ApiClient } from '#tests/constellation/api-client.ts';
import { leaveForGood, type Person } from './people.ts';

/** What makes a post. */
export type Making = 'post' | 'reply' | 'picture' | 'poll' | 'schedule';
/** What one does with a post. */
export type Deed = 'like' | 'unlike' | 'repost' | 'unrepost' | 'bookmark' | 'unbookmark' | 'vote' | 'edit' | 'delete';
/** What one does about people. */
export type Step = 'follow' | 'unfollow' | 'leave';

/** One thing that somebody does. It is repeated with the same key until it is acknowledged. */
export interface Act {
  readonly kind: Making | Deed | Step;
  /** By index among the people. */
  readonly actor: number;
  readonly key: string;
  /** The act that made the post which this is about. */
  readonly target?: Act;
  /** Who is followed, by index. */
  readonly whom?: number;
  /** For `schedule`: when, by the clock of the server. */
  readonly dueMs?: number;
  /** Of a poll, and of an edit of one. */
  readonly options?: readonly string[];
  readonly choice?: number;
  /** Of an upload that was acknowledged, so that a repeated `picture` does not upload again. */
  media?: { readonly id: string; readonly url: string };
  /** How often it was tried before, with an unknown end. */
  tries?: number;
  /** Why it was not acknowledged when it was last tried. */
  failure?: string;
  /** Whether the server acknowledged it. */
  done?: boolean;
  /** The id that the server acknowledged, where it made a post. */
  id?: string;
}

/** What a post that was made or edited by this act says. */
export function textOf(act: Act): string {
  return `${act.kind} ${act.key}`;
}

/** A failure that says nothing about the fate of the act: the server may have died. */
export class Unanswered extends Error {}

/** A small picture, made by the test. */
export type Picture = () => Promise<Blob>;

const PATH_OF: Partial<Record<Act['kind'], string>> = {
  like: 'favourite',
  unlike: 'unfavourite',
  repost: 'reblog',
  unrepost: 'unreblog',
  bookmark: 'bookmark',
  unbookmark: 'unbookmark',
};
const POLL_SECONDS = 86_400;

/** Does it, and notes that it was acknowledged. Throws {@link Unanswered} when the server went away. */
export async function perform(act: Act, people: readonly Person[], picture: Picture): Promise<void> {
  const repeated = (act.tries ?? 0) > 0;
  act.tries = (act.tries ?? 0) + 1;
  const person = people[act.actor]!;
  const { api } = person;
  const postId = act.target?.id;
  switch (act.kind) {
    case 'post':
    case 'reply':
    case 'picture':
    case 'poll':
    case 'schedule': {
      if (act.kind === 'picture') act.media ??= await upload(act, api, picture);
      const headers = { 'idempotency-key': act.key };
      act.id = (await ask(() => api.post('/api/v1/statuses', draftOf(act), headers))).body.id;
      break;
    }
    case 'edit':
      await ask(() => api.put(`/api/v1/statuses/${postId}`, { status: textOf(act), ...pollOf(act) }));
      break;
    case 'delete':
      // What is gone already was deleted by the first try.
      await ask(() => api.delete(`/api/v1/statuses/${postId}`), repeated ? 404 : undefined);
      break;
    case 'vote':
      // Likewise: a vote counts once, so the second one is refused.
      await ask(() => api.post(`/api/v1/polls/${postId}/votes`, { choices: [act.choice] }), repeated ? 422 : undefined);
      break;
    case 'follow':
    case 'unfollow':
      await ask(() => api.post(`/api/v1/accounts/${people[act.whom!]!.id}/${act.kind}`));
      break;
    case 'leave':
      await unlessAway(() => leaveForGood(person, repeated));
      break;
    default:
      await ask(() => api.post(`/api/v1/statuses/${postId}/${PATH_OF[act.kind]}`));
  }
  act.done = true;
}

function draftOf(act: Act) {
  return {
    status: textOf(act),
    ...(act.target === undefined ? {} : { in_reply_to_id: act.target.id }),
    ...(act.media === undefined ? {} : { media_ids: [act.media.id] }),
    ...(act.dueMs === undefined ? {} : { scheduled_at: new Date(act.dueMs).toISOString() }),
    ...pollOf(act),
  };
}

function pollOf({ options }: Act) {
  return options === undefined ? {} : { poll: { options, expires_in: POLL_SECONDS } };
}

async function upload(act: Act, api: ApiClient, picture: Picture): Promise<{ id: string; url: string }> {
  const form = new FormData();
  form.set('file', await picture(), 'picture.png');
  form.set('description', `picture ${act.key}`);
  return (await ask(() => api.post('/api/v2/media', form))).body;
}

async function ask(send: () => Promise<ApiAnswer>, alsoFine?: number): Promise<ApiAnswer> {
  const answer = await unlessAway(send);
  if (answer.status === 200 || answer.status === 202 || answer.status === alsoFine) return answer;
  if (answer.status >= 500) throw new Unanswered(`${answer.status} ${answer.text}`);
  throw new Error(`${answer.status} ${answer.text}`);
}

/** `fetch` rejects with a `TypeError` where there is no answer. */
async function unlessAway<R>(send: () => Promise<R>): Promise<R> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof TypeError) throw new Unanswered(String(error));
    throw error;
  }
}
