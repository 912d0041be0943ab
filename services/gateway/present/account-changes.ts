import type { Cache } from '#ports/cache/port.ts';

/**
 * Which accounts have changed a moment ago, told between gateways, so that what one changes the next request sees at any other. Where the cache is away,
 * others go by the age of what they hold.
 */
export class AccountChanges {
  readonly #cache: Pick<Cache, 'getMany' | 'setMany'>;
  readonly #keepMs: number;

  /** `keepMs`: at least as long as anybody holds an account without asking again. */
  constructor(cache: Pick<Cache, 'getMany' | 'setMany'>, keepMs: number) {
    this.#cache = cache;
    this.#keepMs = keepMs;
  }

  async note(ids: readonly string[]): Promise<void> {
    const marks = ids.map((id) => ({ key: keyOf(id), value: '1', ttlMs: this.#keepMs }));
    await this.#cache.setMany(marks).catch(() => {});
  }

  /** Of these, those that changed. */
  async among(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const marks = await this.#cache.getMany(ids.map(keyOf)).catch(() => []);
    return new Set(ids.filter((_, index) => marks[index] !== undefined));
  }
}

function keyOf(id: string): string {
  return `account-changed:${id}`;
}
