/** Work of one kind, one after the other: transactions that met a conflict would meet each other again. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(lane) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#last.set(lane, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(lane) === turn) this.#last.delete(lane);
    }
  }
}
