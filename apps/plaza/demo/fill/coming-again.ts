import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { PlazaError } from '#platform/errors/errors.ts';

const BUSY = new Set(['unavailable', 'timeout']);

/** Pictures are decoded at low priority: on a machine that does other things too, who brings some is told to come again. */
export const comingAgain = retry(
  handleWhen((error) => error instanceof PlazaError && BUSY.has(error.code)),
  { maxAttempts: 20, backoff: new ConstantBackoff(2_000) },
);
