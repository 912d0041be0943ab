import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

/** The library sends it with each object and part, and the server refuses what does not match. */
export const CHECKSUM = 'CRC32';
/** Of 10,000 parts that S3 takes, so an object has room for 80 GB. A shorter stream goes in one piece. */
const PART_BYTES = 8 * 1024 * 1024;
/** Parts under way at once, all of which are held in memory. */
const PARTS_AT_ONCE = 2;

export interface UploadTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
}

/** Stores a stream of any length. When the stream or the store fails, what was sent is taken back and nothing is seen of it. */
export async function uploadStream(client: S3Client, target: UploadTarget, body: Readable) {
  let sizeBytes = 0;
  async function* counted() {
    for await (const chunk of body) {
      sizeBytes += (chunk as Uint8Array).byteLength;
      yield chunk as Uint8Array;
    }
  }
  const upload = new Upload({
    client,
    params: { ...target, Body: Readable.from(counted(), { objectMode: false }), ChecksumAlgorithm: CHECKSUM },
    partSize: PART_BYTES,
    queueSize: PARTS_AT_ONCE,
    leavePartsOnError: false,
  });
  const { ETag } = await upload.done();
  return { sizeBytes, etag: ETag };
}
