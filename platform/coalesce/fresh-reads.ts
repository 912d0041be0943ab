import { recording } from '#platform/remembering/recording.ts';
import type { Crowds } from './crowds.ts';

interface Flight<V> {
  readonly current: Promise<V>;
  readonly sinceMs: number;
  begun: boolean;
  readers: number;
  next: Promise<V> | undefined;
}

/**
 * Lets readers of one key share reads and still see every change that was acknowledged before they asked: they join a read only while it has not
 * begun. A read begins when the event loop has handed out what has arrived, so those who come together share it; one read of a key is under way at a
 * time, so all who come meanwhile share the next. With `crowds`, very many who come meanwhile get what is under way, and that may be as old as `crowds` says.
 */
export class FreshReads<V> {
  readonly #flights = new Map<string, Flight<V>>();
  readonly #crowds: Crowds<V> | undefined;

  constructor(crowds?: Crowds<V>) {
    this.#crowds = crowds;
  }

  read(key: string, read: () => Promise<V>): Promise<V> {
    // What others read is noted there, if anywhere.
    recording()?.refuse();
    const recent = this.#crowds?.recent(key);
    if (recent !== undefined) return Promise.resolve(recent.value);
    const flight = this.#flights.get(key);
    if (flight === undefined) return this.#begin(key, read);
    flight.readers++;
    if (!flight.begun) return flight.current;
    if (flight.next === undefined) {
      const begin = () => this.#begin(key, read);
      flight.next = flight.current.then((value) => {
        if (this.#crowds?.take(key, value, flight.readers, flight.sinceMs) !== true) return begin();
        this.#flights.delete(key);
        return value;
      }, begin);
    }
    return flight.next;
  }

  #begin(key: string, read: () => Promise<V>): Promise<V> {
    const turn = Promise.withResolvers<void>();
    const flight: Flight<V> = {
      begun: false,
      sinceMs: this.#crowds?.now() ?? 0,
      readers: 1,
      next: undefined,
      current: turn.promise.then(() => {
        flight.begun = true;
        return read();
      }),
    };
    this.#flights.set(key, flight);
    setImmediate(turn.resolve);
    const end = () => {
      // Where somebody waits, the next read takes this place.
      if (flight.next === undefined) this.#flights.delete(key);
    };
    flight.current.then(end, end);
    return flight.current;
  }
}
