import type { Refusal } from './jobs.ts';

/** Thrown in the decoding process: the input is at fault. */
export class RefusedInput extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`the input is refused: ${refusal.reason}`);
    this.name = 'RefusedInput';
    this.refusal = refusal;
  }
}
