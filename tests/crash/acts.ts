import type { ApiAnswer, ApiClient } from '#tests/constellation/api-client.ts';

/** One thing that somebody does. It is repeated with the same key until it is acknowledged. */
export interface Act {
  readonly kind: 'post' | 'reply' | 'picture' | 'schedule' | 'like' | 'repost';
  readonly actor: number;
  readonly key: string;
  /** The post that is answered, liked or reposted. */
  readonly target?: string;
  /** For `schedule`: when, by the clock of the server. */
  readonly dueMs?: number;
  /** Of an upload that was acknowledged, so that a repeated `picture` does not upload again. */
  mediaId?: string;
  /** Why it was not acknowledged when it was last tried. */
  failure?: string;
  /** The id that the server acknowledged. */
  id?: string;
}

/** A failure that says nothing about the fate of the act: the server may have died. */
export class Unanswered extends Error {}

/** A small picture, made by the test. */
export type Picture = () => Promise<Blob>;

/** Does it, and notes the acknowledged id. Throws {@link Unanswered} when the server went away. */
export async function perform(act: Act, api: ApiClient, picture: Picture): Promise<void> {
  const headers = { 'idempotency-key': act.key };
  const text = `${act.kind} ${act.key}`;
  switch (act.kind) {
    case 'post':
      act.id = idOf(await ask(() => api.post('/api/v1/statuses', { status: text }, headers)));
      return;
    case 'reply':
      act.id = idOf(
        await ask(() => api.post('/api/v1/statuses', { status: text, in_reply_to_id: act.target }, headers)),
      );
      return;
    case 'picture': {
      act.mediaId ??= await upload(act, api, picture);
      const body = { status: text, media_ids: [act.mediaId] };
      act.id = idOf(await ask(() => api.post('/api/v1/statuses', body, headers)));
      return;
    }
    case 'schedule': {
      const body = { status: text, scheduled_at: new Date(act.dueMs ?? 0).toISOString() };
      act.id = idOf(await ask(() => api.post('/api/v1/statuses', body, headers)));
      return;
    }
    case 'like':
      act.id = idOf(await ask(() => api.post(`/api/v1/statuses/${act.target}/favourite`)));
      return;
    case 'repost':
      act.id = idOf(await ask(() => api.post(`/api/v1/statuses/${act.target}/reblog`)));
      return;
  }
}

async function upload(act: Act, api: ApiClient, picture: Picture): Promise<string> {
  const form = new FormData();
  form.set('file', await picture(), 'picture.png');
  form.set('description', `picture ${act.key}`);
  return idOf(await ask(() => api.post('/api/v2/media', form)));
}

async function ask(send: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  let answer: ApiAnswer;
  try {
    answer = await send();
  } catch (error) {
    throw new Unanswered(String(error));
  }
  if (answer.status === 200 || answer.status === 202) return answer;
  if (answer.status >= 500) throw new Unanswered(`${answer.status} ${answer.text}`);
  throw new Error(`${answer.status} ${answer.text}`);
}

function idOf(answer: ApiAnswer): string {
  return (answer.body as { id: string }).id;
}
