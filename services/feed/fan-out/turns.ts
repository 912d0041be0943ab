import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets one page of all fan-outs of this process run in each turn of the event loop: several at once would hold up whoever reads for the sum of their pages.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves in a turn of the caller's own. */
  next(): Promise<void> {
    const turn = this.#last.then(() => nextTurn());
    this.#last = turn;
    return turn;
  }
}
