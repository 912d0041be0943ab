import { invalid } from '#platform/errors/errors.ts';

/** A point of a picture, each side from -1 to 1; `0,0` is the middle. */
export interface Focus {
  readonly x: number;
  readonly y: number;
}

/** Reads `0.25,-0.5`. */
export function focusOf(text: string | undefined): Focus | undefined {
  if (text === undefined || text === '') return undefined;
  const match = /^ *(-?\d+(?:\.\d+)?) *, *(-?\d+(?:\.\d+)?) *$/.exec(text);
  if (match === null)
    throw invalid('focus', 'ERR_INVALID', 'focus has to be two numbers from -1 to 1, as in 0.25,-0.5');
  const within = (side: string | undefined) => Math.min(1, Math.max(-1, Number(side)));
  return { x: within(match[1]), y: within(match[2]) };
}
