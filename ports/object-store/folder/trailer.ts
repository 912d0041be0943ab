import type { FileHandle } from 'node:fs/promises';
import type { ObjectInfo } from '#ports/object-store/port.ts';

/**
 * What an object's file carries behind its bytes: type, hash and time as JSON, filled up to a fixed size, and a mark. So the bytes and what is
 * known of them appear in one rename, and a program that shows pictures still shows the file.
 */
export const TRAILER_BYTES = 256;
const MARK = '\nplaza-object-1\n';

export interface Trailer {
  readonly contentType: string;
  readonly etag: string;
  readonly modifiedMs: number;
}

export function writeTrailer(trailer: Trailer): Buffer {
  const json = JSON.stringify({ type: trailer.contentType, etag: trailer.etag, modified: trailer.modifiedMs });
  const room = TRAILER_BYTES - MARK.length;
  if (json.length > room) throw new RangeError(`content type "${trailer.contentType}" is too long`);
  return Buffer.from(json.padEnd(room) + MARK, 'latin1');
}

/** Reads what is known of an open object. A file without a whole trailer is none of ours. */
export async function readInfo(file: FileHandle, key: string): Promise<ObjectInfo> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(TRAILER_BYTES);
  const { bytesRead } = await file.read(buffer, 0, TRAILER_BYTES, Math.max(0, size - TRAILER_BYTES));
  const text = buffer.toString('latin1', 0, bytesRead);
  if (bytesRead !== TRAILER_BYTES || !text.endsWith(MARK)) throw new Error(`The file of object "${key}" is damaged.`);
  const { type, etag, modified } = JSON.parse(text.slice(0, -MARK.length));
  return { key, sizeBytes: size - TRAILER_BYTES, contentType: type, etag, modifiedMs: modified };
}
