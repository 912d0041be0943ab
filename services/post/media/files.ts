import type { ObjectStore } from '#ports/object-store/port.ts';

const UPLOAD_KEY = /^uploads\/[0-9]{1,20}$/;

export const UPLOAD_PREFIX = 'uploads/';
export const MEDIA_PREFIX = 'media/';

/** Uploads are put by the gateway under an id of their own; no other object is ever taken for one. */
export function isUploadKey(key: string): boolean {
  return UPLOAD_KEY.test(key);
}

export function fileKey(mediaId: string, fileName: string): string {
  return `${MEDIA_PREFIX}${mediaId}/${fileName}`;
}

/** Removes everything that stands below a media's id. */
export async function removeFiles(objects: ObjectStore, mediaId: string): Promise<void> {
  for (;;) {
    const found = await objects.list(fileKey(mediaId, ''), { limit: 100 });
    if (found.length === 0) return;
    await objects.deleteMany(found.map(({ key }) => key));
  }
}
