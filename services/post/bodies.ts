import type { Media, PostBody } from '#contracts/model/post.ts';
import type { PostMedia } from './media-port.ts';
import { bodyOf } from './store/bodies.ts';
import type { PostStore } from './store/post-store.ts';

export interface BodyTools {
  readonly posts: PostStore;
  readonly media: PostMedia;
}

/** What posts say, in the order asked for: for whoever has decided to show them. Reposts and deleted posts have no body and are left out. */
export async function getBodies(
  { posts, media }: BodyTools,
  ids: readonly string[],
  versions?: readonly number[],
): Promise<{ bodies: PostBody[] }> {
  const rows = await posts.bodies(ids, versions);
  const mediaIds = rows.flatMap((row) => row?.body.mediaIds ?? []);
  const known = new Map<string, Media>();
  if (mediaIds.length > 0) for (const one of await media.of(mediaIds)) known.set(one.id, one);
  const bodies: PostBody[] = [];
  for (const row of rows) {
    if (row === undefined) continue;
    const attached = row.body.mediaIds.map((id) => known.get(id)).filter((one) => one !== undefined);
    bodies.push(bodyOf(row.id, row.revision, row.body, attached));
  }
  return { bodies };
}
