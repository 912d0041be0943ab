import type { createReadStream } from 'node:fs';
import sharp from 'sharp';
import type { CallContext } from '#platform/calls/context.ts';
import type { Stage } from '../testing/stage.ts';

/** A small picture of one colour. */
export function picture(width = 64, height = 48): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: 40, g: 90, b: 160 } } })
    .png()
    .toBuffer();
}

/** What `file-type` takes for a video. */
export const VIDEO = Buffer.concat([
  Buffer.from('000000206674797069736f6d0000020069736f6d69736f32617663316d703431', 'hex'),
  Buffer.alloc(2_000, 7),
]);

/** Puts bytes where the gateway puts what people upload. */
export async function upload(stage: Stage, bytes: Uint8Array | ReturnType<typeof createReadStream>): Promise<string> {
  const uploadKey = `uploads/${stage.ids.next()}`;
  await stage.ports.objects.put(uploadKey, bytes, { contentType: 'application/octet-stream' });
  return uploadKey;
}

/** Uploads and makes media of it. */
export async function uploadAs(stage: Stage, context: CallContext, bytes: Uint8Array, description = '') {
  const uploadKey = await upload(stage, bytes);
  return stage.post.createMedia({ uploadKey, description, focus: { x: 0, y: 0 } }, context);
}

/** Every object in the store. */
export async function objectKeys(stage: Stage): Promise<string[]> {
  return (await stage.ports.objects.list('', { limit: 1_000 })).map(({ key }) => key);
}

/** Rows of this service's media tables: media, loose files, and bytes in use. */
export async function tableCounts(stage: Stage) {
  const count = async (sql: string) => {
    const [row] = await stage.ports.relational.query<{ n: number }>({
      sql,
      parameters: [],
      query: undefined as never,
      queryId: undefined as never,
    });
    return row!.n;
  };
  return {
    media: await count('SELECT count(*) AS n FROM post_media'),
    loose: await count('SELECT count(*) AS n FROM post_media_loose'),
    bytes: await count('SELECT coalesce(sum(bytes), 0) AS n FROM post_media_usage'),
  };
}
