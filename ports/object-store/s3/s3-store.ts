import type { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import { checkContentType, checkKey, checkLimit, checkPrefix, MAX_LIST } from '#ports/object-store/keys.ts';
import type { ByteRange, ListedObject, ObjectInfo, ObjectStore, PresignOptions } from '#ports/object-store/port.ts';
import { s3Address, type TlsFiles } from './address.ts';
import { asUnavailable, isMissing, isOutside } from './failures.ts';
import { CHECKSUM, uploadStream } from './upload-stream.ts';

export interface S3StoreOptions {
  /** `s3://bucket?endpoint=https://host&region=name`. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Contents of PEM files, for an endpoint of `https`. */
  readonly tls?: TlsFiles | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics?: Metrics;
}

const CONNECT_MS = 3_000;
/** A connection on which nothing comes or goes for so long is given up. */
const SILENT_MS = 15_000;
const ATTEMPTS = 3;

/**
 * Objects in a bucket of S3, or of a server that speaks as S3 does. Opens also while it is away.
 * @throws RangeError when the address is not one
 */
export async function openS3Store(options: S3StoreOptions): Promise<ObjectStore> {
  const { url, accessKeyId, secretAccessKey, tls, clock, log, metrics } = options;
  const { bucket, endpoint, region } = s3Address(url);
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    credentials: { accessKeyId, secretAccessKey },
    // Servers other than Amazon's refuse the checksums that the library adds by itself. Those that count are asked for below.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      ...(tls === undefined ? {} : { httpsAgent: { ...tls, keepAlive: true, minVersion: 'TLSv1.2' as const } }),
    },
  });
  const failures = metrics?.counter('plaza_object_store_failures_total', 'Calls that the object store did not serve.', [
    'call',
  ]);
  const store = new S3Store({ client, bucket, clock, failed: (call) => failures?.inc({ call }) });
  await client.send(new HeadBucketCommand({ Bucket: bucket })).catch((error: Error) => {
    log.warn(
      { bucket, reason: error.name },
      'the object store does not answer for its bucket: it is tried again with each file',
    );
  });
  return store;
}

interface Tools {
  readonly client: S3Client;
  readonly bucket: string;
  readonly clock: Clock;
  readonly failed: (call: string) => void;
}

class S3Store implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #clock: Clock;
  readonly #failed: (call: string) => void;

  constructor({ client, bucket, clock, failed }: Tools) {
    this.#client = client;
    this.#bucket = bucket;
    this.#clock = clock;
    this.#failed = failed;
  }

  async put(key: string, body: Uint8Array | Readable, { contentType }: { contentType: string }): Promise<ObjectInfo> {
    checkKey(key);
    checkContentType(contentType);
    const modifiedMs = this.#clock.now();
    const target = { Bucket: this.#bucket, Key: key, ContentType: contentType };
    const { sizeBytes, etag } = await this.#calling('put', async () => {
      if (!(body instanceof Uint8Array)) return uploadStream(this.#client, target, body);
      const put = new PutObjectCommand({ ...target, Body: body, ChecksumAlgorithm: CHECKSUM });
      return { sizeBytes: body.byteLength, etag: (await this.#client.send(put)).ETag };
    });
    return { key, sizeBytes, contentType, etag: bare(etag), modifiedMs };
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    checkKey(key);
    return this.#calling('head', async () => {
      const found = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key })).catch(absent);
      return found === undefined ? undefined : infoOf(key, found.ContentLength, found);
    });
  }

  async get(key: string, range?: ByteRange): Promise<{ info: ObjectInfo; body: Readable } | undefined> {
    checkKey(key);
    if (range !== undefined && !isRange(range)) {
      if ((await this.head(key)) === undefined) return undefined;
      throw outside();
    }
    return this.#calling('get', async () => {
      const get = new GetObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }),
      });
      const found = await this.#client.send(get).catch(absent);
      if (found === undefined) return undefined;
      const whole = found.ContentRange === undefined ? found.ContentLength : Number(found.ContentRange.split('/')[1]);
      return { info: infoOf(key, whole, found), body: found.Body as Readable };
    });
  }

  async deleteMany(keys: readonly string[]): Promise<void> {
    for (const key of keys) checkKey(key);
    for (let at = 0; at < keys.length; at += MAX_LIST) {
      const Objects = keys.slice(at, at + MAX_LIST).map((Key) => ({ Key }));
      await this.#calling('deleteMany', async () => {
        const remove = new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } });
        const failed = (await this.#client.send(remove)).Errors?.find(({ Code }) => Code !== 'NoSuchKey');
        if (failed !== undefined)
          throw new PlazaError('unavailable', `The object store deletes nothing: ${failed.Code}`);
      });
    }
  }

  async list(prefix: string, { after, limit }: { after?: string; limit: number }): Promise<ListedObject[]> {
    checkPrefix(prefix);
    checkLimit(limit);
    const found: ListedObject[] = [];
    // A page may be shorter than asked for although more follows.
    for (let last = after; ; ) {
      const page = await this.#calling('list', () =>
        this.#client.send(
          new ListObjectsV2Command({
            Bucket: this.#bucket,
            Prefix: prefix,
            MaxKeys: limit - found.length,
            ...(last === undefined || last === '' ? {} : { StartAfter: last }),
          }),
        ),
      );
      for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
        found.push({ key: Key!, sizeBytes: Size!, etag: bare(ETag), modifiedMs: LastModified!.getTime() });
      }
      if (found.length >= limit || page.IsTruncated !== true || page.Contents === undefined) return found;
      last = found.at(-1)!.key;
    }
  }

  async presign(key: string, { ttlSeconds, contentType, attachment }: PresignOptions): Promise<string> {
    checkKey(key);
    checkContentType(contentType);
    const get = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      ResponseContentType: contentType,
      ResponseContentDisposition: attachment ? 'attachment' : 'inline',
    });
    return getSignedUrl(this.#client, get, { expiresIn: ttlSeconds });
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async #calling<R>(call: string, run: () => Promise<R>): Promise<R> {
    try {
      return await run();
    } catch (error) {
      if (isOutside(error)) throw outside();
      const known = asUnavailable(error);
      if (known instanceof PlazaError) this.#failed(call);
      throw known;
    }
  }
}

function absent(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

interface Described {
  readonly ContentType?: string | undefined;
  readonly ETag?: string | undefined;
  readonly LastModified?: Date | undefined;
}

function infoOf(
  key: string,
  sizeBytes: number | undefined,
  { ContentType, ETag, LastModified }: Described,
): ObjectInfo {
  return {
    key,
    sizeBytes: sizeBytes ?? 0,
    contentType: ContentType ?? 'application/octet-stream',
    etag: bare(ETag),
    modifiedMs: LastModified?.getTime() ?? 0,
  };
}

function bare(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}

function isRange({ start, end }: ByteRange): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end >= start;
}

function outside(): PlazaError {
  return new PlazaError('range_not_satisfiable', 'The range lies outside of the object');
}
