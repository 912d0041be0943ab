import { recording } from '#platform/remembering/recording.ts';

/**
 * Lets readers of one key share a read that is under way. What they get may be as old as the beginning of that read, so a key must name something
 * that cannot change: a version, or a state of which every change makes another key.
 */
export class SharedReads<V> {
  readonly #underWay = new Map<string, Promise<V>>();

  read(key: string, read: () => Promise<V>): Promise<V> {
    const shared = this.#underWay.get(key);
    if (shared !== undefined) {
      // What another one reads is noted there, if anywhere.
      recording()?.refuse();
      return shared;
    }
    const own = read();
    this.#underWay.set(key, own);
    const end = () => void this.#underWay.delete(key);
    own.then(end, end);
    return own;
  }
}
