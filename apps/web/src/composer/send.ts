import { answered, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { changeStatus, rememberStatus } from '../api/statuses.ts';
import { homeTimeline, prependToTimeline } from '../api/timelines.ts';
import type { ScheduledStatus, Status } from '../api/types.ts';
import { type Draft, untoldMedia } from './draft.ts';
import { forgetKey, keyFor } from './idempotency-key.ts';
import { editBody, postBody } from './request.ts';

/** Gives a post to the server, to be published at its time. */
export async function schedulePost(draft: Draft): Promise<ScheduledStatus> {
  const body = postBody(draft);
  await tellMedia(draft);
  // The header is not in the document of the API, which speaks of it in words. An answer to a post with a time is no post yet.
  const call = api.POST('/api/v1/statuses', { body: { ...body }, headers: { 'Idempotency-Key': keyFor(body) } });
  const scheduled = (await answered(call)) as unknown as ScheduledStatus;
  forgetKey();
  void queryClient.invalidateQueries({ queryKey: ['scheduled'] });
  return scheduled;
}

/** Changes a post that is there. */
export async function sendEdit(id: string, draft: Draft): Promise<void> {
  const call = api.PUT('/api/v1/statuses/{id}', { params: { path: { id } }, body: editBody(draft) });
  rememberStatus((await answered(call)) as Status);
  void queryClient.invalidateQueries({ queryKey: ['history', id] });
}

/** Tells the server what files show and which point of them stays visible. */
export async function tellMedia(draft: Draft): Promise<void> {
  await Promise.all(
    untoldMedia(draft).map(({ id, ...body }) =>
      answered(api.PUT('/api/v1/media/{id}', { params: { path: { id } }, body })),
    ),
  );
}

/** Puts a new post where its author looks for it. */
export function showPosted(status: Status): void {
  prependToTimeline(homeTimeline, [status]);
  const parent = status.in_reply_to_id;
  if (parent === null) return;
  changeStatus(parent, (before) => ({ ...before, replies_count: before.replies_count + 1 }));
  void queryClient.invalidateQueries({ queryKey: ['context'] });
}
