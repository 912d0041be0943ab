import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { invalid, PlazaError } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { nestFields, type Tree } from '../params/tree.ts';
import type { FileFields } from '../route.ts';

/** A file that came in a form: its bytes, or where they stand in the object store. */
export type ReceivedFile =
  | { readonly in: 'memory'; readonly bytes: Buffer; readonly fileName: string }
  | { readonly in: 'store'; readonly key: string; readonly sizeBytes: number; readonly fileName: string };

export interface ReceivedForm {
  readonly fields: Tree;
  readonly files: ReadonlyMap<string, ReceivedFile>;
}

/** Where uploads wait until the post service has taken them over. */
export const UPLOAD_PREFIX = 'uploads/';
const MAX_FIELDS = 100;
const MAX_FIELD_BYTES = 64 * 1024;
/** As much as any other form: fields are held in memory and taken apart at once, whatever the files beside them weigh. */
const MAX_FIELDS_CHARACTERS = 256 * 1024;
/** Room for names, boundaries and fields beside the files. */
const FORM_OVERHEAD_BYTES = 1024 * 1024;

/** Reads a multipart form. Files go where the route wants them; a form that fails leaves nothing in the store. */
export async function receiveForm(
  request: FastifyRequest,
  wanted: FileFields | undefined,
  objects: ObjectStore,
  ids: IdGenerator,
): Promise<ReceivedForm> {
  refuseTooLong(request, wanted);
  const fields: [string, string][] = [];
  let characters = 0;
  const files = new Map<string, ReceivedFile>();
  try {
    const parts = request.parts({
      limits: {
        fields: MAX_FIELDS,
        fieldSize: MAX_FIELD_BYTES,
        fieldNameSize: 200,
        files: wanted?.names.length ?? 0,
        fileSize: wanted?.maxBytes ?? 0,
        headerPairs: 50,
      },
    });
    for await (const part of parts) {
      if (part.type === 'field') {
        const value = String(part.value ?? '');
        characters += value.length;
        if (characters > MAX_FIELDS_CHARACTERS) throw tooLarge(undefined);
        fields.push([part.fieldname, value]);
      } else if (files.has(part.fieldname)) {
        part.file.resume();
        throw unexpectedFile(part.fieldname);
      } else files.set(part.fieldname, await receiveFile(part, wanted, objects, ids));
    }
    return { fields: nestFields(fields), files };
  } catch (error) {
    passOverRest(request);
    await discard(files, objects);
    throw formFailure(error);
  }
}

/**
 * Lets the rest of a refused form go by unread. The parser may wait for ever for somebody to take the file it stands at; the connection with it, and
 * then the next request on that connection, which may be somebody else's behind a proxy, has no answer.
 */
function passOverRest({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
}

/** Removes from the store what a request brought and nobody took. */
export async function discard(files: ReadonlyMap<string, ReceivedFile>, objects: ObjectStore): Promise<void> {
  const keys = [...files.values()].flatMap((file) => (file.in === 'store' ? [file.key] : []));
  if (keys.length > 0) await objects.deleteMany(keys);
}

function refuseTooLong(request: FastifyRequest, wanted: FileFields | undefined): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > mostBytes(wanted)) throw tooLarge(wanted);
}

/** The most that a form with these files weighs. */
export function mostBytes(wanted: FileFields | undefined): number {
  return FORM_OVERHEAD_BYTES + (wanted === undefined ? 0 : wanted.names.length * wanted.maxBytes);
}

async function receiveFile(
  part: MultipartFile,
  wanted: FileFields | undefined,
  objects: ObjectStore,
  ids: IdGenerator,
): Promise<ReceivedFile> {
  if (wanted === undefined || !wanted.names.includes(part.fieldname)) {
    part.file.resume();
    throw unexpectedFile(part.fieldname.slice(0, 60));
  }
  const fileName = (part.filename ?? '').slice(0, 200);
  if (wanted.to === 'memory') return { in: 'memory', bytes: await part.toBuffer(), fileName };
  const key = `${UPLOAD_PREFIX}${ids.next()}`;
  const { sizeBytes } = await objects.put(key, part.file, { contentType: 'application/octet-stream' });
  if (part.file.truncated) {
    await objects.deleteMany([key]);
    throw tooLarge(wanted);
  }
  return { in: 'store', key, sizeBytes, fileName };
}

function unexpectedFile(field: string): PlazaError {
  return invalid(field, 'ERR_INVALID', 'a file is not expected here');
}

function tooLarge(wanted: FileFields | undefined): PlazaError {
  const description =
    wanted === undefined ? 'the form is too large' : `a file may have ${Math.floor(wanted.maxBytes / 1_048_576)} MB`;
  return new PlazaError('too_large', 'The request is too large', { description });
}

/** What the form's parser refused, in our words. */
function formFailure(error: unknown): unknown {
  if (error instanceof PlazaError) return error;
  const { code, message, statusCode } = error as { code?: string; message: string; statusCode?: number };
  // Another file than the route takes, where it is refused before its name is known.
  if (code === 'FST_FILES_LIMIT') return unexpectedFile('file');
  if (code === 'FST_REQ_FILE_TOO_LARGE' || statusCode === 413) {
    return new PlazaError('too_large', 'The request is too large', { description: message });
  }
  if (code?.startsWith('FST_') || /multipart|form/i.test(message)) {
    return new PlazaError('bad_request', 'Bad request', { description: 'the multipart form is malformed' });
  }
  return error;
}
