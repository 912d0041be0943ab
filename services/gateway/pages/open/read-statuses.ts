import type { Static } from 'typebox';
import type { ENTITIES } from '#contracts/api/entities.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import type { Gateway } from '../../gateway.ts';
import type { OpenRequest } from './open-request.ts';

type Fields = Static<typeof ENTITIES.Status>;
export type Account = Static<typeof ENTITIES.Account>;
export type MediaAttachment = Static<typeof ENTITIES.MediaAttachment>;
export type Poll = Static<typeof ENTITIES.Poll>;

/** A post as the public API tells of it to somebody without an account. */
export interface Status extends Omit<Fields, 'account' | 'media_attachments' | 'poll' | 'reblog'> {
  readonly account: Account;
  readonly media_attachments: readonly MediaAttachment[];
  readonly poll: Poll | null;
  readonly reblog: Status | null;
}

/** Posts that anybody may see, exactly as the API presents them. */
export async function readStatuses(
  posts: readonly ShownPost[],
  { viewing }: OpenRequest,
  { present }: Gateway,
): Promise<readonly Status[]> {
  return JSON.parse((await present.statuses.array(posts, viewing)).toString('utf8')) as Status[];
}
