import { invalid, type PlazaError } from '#platform/errors/errors.ts';
import type { Refusal } from './jobs.ts';
import type { DecoderLimits } from './limits.ts';
import { SUPPORTED_TYPES_TEXT } from './supported-types.ts';
import type { Ended } from './worker.ts';

/** The public name of the input. */
const FIELD = 'file';

/** What the person is told whose file is refused. */
export function refusalError(refusal: Refusal, limits: DecoderLimits): PlazaError {
  switch (refusal.reason) {
    case 'unsupported': {
      const type = refusal.found === 'unknown' ? 'This type of file' : `File type ${refusal.found}`;
      return invalid(FIELD, 'ERR_UNSUPPORTED', `${type} is not supported; ${SUPPORTED_TYPES_TEXT}`);
    }
    case 'damaged':
      return invalid(FIELD, 'ERR_INVALID', 'The picture is damaged or incomplete and cannot be read');
    case 'too_many_pixels':
      return invalid(
        FIELD,
        'ERR_TOO_LARGE',
        `The picture has too many pixels; it may have ${millions(refusal.pixels)} million, an animation as many in all its pictures together`,
      );
    case 'too_many_frames':
      return invalid(FIELD, 'ERR_TOO_LARGE', `The animation may have ${refusal.frames} pictures`);
    case 'too_large':
      return invalid(FIELD, 'ERR_TOO_LARGE', `A picture may have ${limits.inputBytes / 1_048_576} MB`);
  }
}

/** The input was refused because of what it did to the process that read it; undefined where the input is not to blame. */
export function endedError(ended: Ended): PlazaError | undefined {
  if (ended === 'idle' || ended === 'stopped') return undefined;
  return invalid(
    FIELD,
    'ERR_INVALID',
    'The picture cannot be processed: it takes too much time or memory, or is damaged',
  );
}

function millions(pixels: number): number {
  return Math.floor(pixels / 1_000_000);
}
