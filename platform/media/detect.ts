import { fileTypeFromBuffer } from 'file-type';
import { RefusedInput } from './refused-input.ts';
import { SUPPORTED_TYPES, type SupportedType } from './supported-types.ts';

/** What the bytes are, whatever they are called. Refuses what is not on the list of supported types. */
export async function detect(input: Buffer): Promise<SupportedType> {
  // A parser that runs past the end of a short or damaged file says so by an error.
  const found = await fileTypeFromBuffer(input).catch(() => undefined);
  const supported = found === undefined ? undefined : SUPPORTED_TYPES.get(found.mime);
  if (supported === undefined) throw new RefusedInput({ reason: 'unsupported', found: found?.mime ?? 'unknown' });
  return supported;
}
