import type { Media } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { invalid, PlazaError } from '#platform/errors/errors.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Decoder, Prepared } from '#platform/media/decoder.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import type { ObjectInfo, ObjectStore } from '#ports/object-store/port.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from '../caller.ts';
import { fileKey, isUploadKey } from './files.ts';
import type { LooseFiles } from './loose-files.ts';
import { type MediaRow, mediaOf } from './row.ts';
import { keep, reserve } from './scripts/store.ts';
import { STORING_MS } from './times.ts';

export interface CreateMediaTools {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly faults: Faults;
  readonly log: Logger;
  readonly objects: ObjectStore;
  readonly relational: Relational;
  readonly decoder: Pick<Decoder, 'prepare'>;
  readonly loose: LooseFiles;
  readonly quotaBytes: number;
}

export interface NewMedia {
  readonly uploadKey: string;
  readonly description: string;
  readonly focus: { readonly x: number; readonly y: number };
}

/** What of the row the files say. */
type Stored = Pick<
  MediaRow,
  | 'kind'
  | 'content_type'
  | 'file_name'
  | 'thumbnail_name'
  | 'size_bytes'
  | 'width'
  | 'height'
  | 'thumbnail_width'
  | 'thumbnail_height'
  | 'blurhash'
>;

/**
 * Makes media out of an upload: room in the quota, then the files, then the row. Until the row stands, the files are noted as loose, so whatever is cut
 * short is removed later and nothing half-made shows.
 */
export class CreateMedia {
  readonly #tools: CreateMediaTools;

  constructor(tools: CreateMediaTools) {
    this.#tools = tools;
  }

  /** Any account may upload, within its quota. The upload is removed, whatever comes of it. */
  async create(input: NewMedia, context: CallContext): Promise<Media> {
    const ownerId = requireAccount(context);
    const { objects, log } = this.#tools;
    const { uploadKey } = input;
    if (!isUploadKey(uploadKey)) throw new PlazaError('bad_request', 'There is no such upload');
    try {
      const upload = await objects.head(uploadKey);
      if (upload === undefined) throw new PlazaError('bad_request', 'There is no such upload');
      return await this.#take(ownerId, upload, input);
    } finally {
      // What cannot be removed now is swept later.
      await objects.deleteMany([uploadKey]).catch((error) => log.warn({ err: error }, 'an upload stays for a while'));
    }
  }

  async #take(ownerId: string, upload: ObjectInfo, input: NewMedia): Promise<Media> {
    const { clock, ids, faults, relational, loose, quotaBytes } = this.#tools;
    const { sizeBytes } = upload;
    if (sizeBytes === 0) throw invalid('file', 'ERR_BLANK', 'The file is empty');
    if (sizeBytes > LIMITS.videoBytes) throw tooLarge();
    const id = ids.next();
    const dueMs = clock.now() + STORING_MS;
    await relational.run(reserve, { id, ownerId, bytes: sizeBytes, quotaBytes, dueMs });
    try {
      const stored = await this.#store(id, upload);
      faults.hit('media.after-store');
      const row: MediaRow = {
        ...stored,
        id,
        owner_id: ownerId,
        post_id: null,
        unused_since_ms: clock.now(),
        check_ms: null,
        description: input.description,
        focus_x: input.focus.x,
        focus_y: input.focus.y,
      };
      await relational.run(keep, { row, quotaBytes });
      return mediaOf(row);
    } catch (error) {
      await loose.condemn(id);
      throw error;
    }
  }

  async #store(id: string, upload: ObjectInfo): Promise<Stored> {
    const { objects, decoder } = this.#tools;
    const whole = upload.sizeBytes <= LIMITS.imageBytes;
    const sizeBytes = Math.min(upload.sizeBytes, LIMITS.imageBytes);
    const open = async () => (await this.#read(upload.key, sizeBytes)).body;
    const prepared = await decoder.prepare({ sizeBytes, open }, whole);
    if (prepared.kind === 'picture') return this.#storePicture(id, prepared);
    const { kind, contentType, extension } = prepared;
    const file_name = `original.${extension}`;
    const { body } = await this.#read(upload.key, upload.sizeBytes);
    await objects.put(fileKey(id, file_name), body, { contentType });
    return { ...NOTHING_TO_SEE, kind, content_type: contentType, file_name, size_bytes: upload.sizeBytes };
  }

  async #storePicture(id: string, prepared: Extract<Prepared, { kind: 'picture' }>): Promise<Stored> {
    const { objects } = this.#tools;
    const { picture, thumbnail, bytes, thumbnailBytes, blurhash } = prepared;
    const file_name = `original.${picture.extension}`;
    const thumbnail_name = `small.${thumbnail.extension}`;
    await objects.put(fileKey(id, file_name), bytes, { contentType: picture.contentType });
    await objects.put(fileKey(id, thumbnail_name), thumbnailBytes, { contentType: thumbnail.contentType });
    return {
      kind: 'image',
      content_type: picture.contentType,
      file_name,
      thumbnail_name,
      size_bytes: bytes.length + thumbnailBytes.length,
      width: picture.width,
      height: picture.height,
      thumbnail_width: thumbnail.width,
      thumbnail_height: thumbnail.height,
      blurhash,
    };
  }

  async #read(key: string, sizeBytes: number) {
    const found = await this.#tools.objects.get(key, { start: 0, end: sizeBytes - 1 });
    if (found === undefined) throw new PlazaError('bad_request', 'There is no such upload');
    return found;
  }
}

/** Video and sound are stored as given: nothing here can make a picture of them. */
const NOTHING_TO_SEE = {
  thumbnail_name: null,
  width: null,
  height: null,
  thumbnail_width: null,
  thumbnail_height: null,
  blurhash: null,
};

function tooLarge(): PlazaError {
  return invalid('file', 'ERR_TOO_LARGE', `A file may have ${LIMITS.videoBytes / 1_048_576} MB`);
}
