import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable.ts';

/**
 * Deletions that wait while a backup copies files. To everyone else these objects are gone at once; the list is on disk, so that they are gone after a
 * crash too. Lines: `-key` for a deletion, `+key` when the key was stored again since.
 */
export class HeldDeletions {
  readonly #path: string;
  readonly #keys = new Set<string>();
  #holders = 0;
  #journal: FileHandle | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Keys that were still waiting when the last process ended. */
  async left(): Promise<string[]> {
    const text = await readFile(this.#path, 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const keys = new Set<string>();
    // The last line may be cut; then its deletion was not acknowledged.
    for (const line of text.split('\n').slice(0, -1)) {
      if (line.startsWith('-')) keys.add(line.slice(1));
      else keys.delete(line.slice(1));
    }
    return [...keys];
  }

  get held(): boolean {
    return this.#holders > 0;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  hold(): void {
    this.#holders++;
  }

  /** Gives the keys to delete now, when the last holder is gone. They stay hidden until `forget`. */
  release(): string[] {
    this.#holders--;
    return this.#holders === 0 ? [...this.#keys] : [];
  }

  async add(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#keys.add(key);
    await this.#note(keys.map((key) => `-${key}\n`).join(''));
  }

  /** The key is stored again: its deletion is void. */
  async cancel(key: string): Promise<void> {
    if (!this.#keys.delete(key)) return;
    await this.#note(`+${key}\n`);
  }

  /** The files are deleted: the list has done its work. */
  async forget(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#keys.delete(key);
    await this.#inTurn(async () => {
      if (this.#keys.size > 0 || this.held) return;
      await this.#closeJournal();
      await rm(this.#path, { force: true });
    });
  }

  /** Forgets what the last process left. */
  async clear(): Promise<void> {
    await this.#inTurn(() => rm(this.#path, { force: true }));
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#closeJournal());
  }

  #note(lines: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#journal === undefined) {
        this.#journal = await open(this.#path, 'a', 0o600);
        await syncFolder(dirname(this.#path));
      }
      const { size } = await this.#journal.stat();
      try {
        await this.#journal.appendFile(lines);
        await this.#journal.sync();
      } catch (error) {
        // Half a line would become another key with the next line.
        await this.#journal.truncate(size).catch(() => {});
        throw error;
      }
    });
  }

  /** One change of the file at a time. One that fails fails alone. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.#last.then(change);
    this.#last = done.catch(() => {});
    return done;
  }

  async #closeJournal(): Promise<void> {
    await this.#journal?.close();
    this.#journal = undefined;
  }
}
