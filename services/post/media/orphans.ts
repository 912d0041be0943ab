import type { Clock } from '#platform/clock/clock.ts';
import { idTimeMs } from '#platform/ids/ids.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from '../store/compiled.ts';
import { MEDIA_PREFIX, UPLOAD_PREFIX } from './files.ts';
import type { MediaStore } from './media-store.ts';
import type { MediaTables } from './tables.ts';
import { UPLOAD_MS } from './times.ts';

const db = queryBuilder<MediaTables>();

const PAGE = 200;
const IS_LOOSE = compiled(db.selectFrom('post_media_loose').select('id').where('id', '=', ''));

/** Finds objects that no table knows: uploads of requests that were cut short, and files that a restored backup brought back. */
export class Orphans {
  readonly #relational: Relational;
  readonly #objects: ObjectStore;
  readonly #clock: Clock;
  readonly #store: MediaStore;
  /** Where the walk over all files goes on. */
  #after: string | undefined;

  constructor(tools: { relational: Relational; objects: ObjectStore; clock: Clock; store: MediaStore }) {
    this.#relational = tools.relational;
    this.#objects = tools.objects;
    this.#clock = tools.clock;
    this.#store = tools.store;
  }

  async sweepUploads(): Promise<void> {
    const beforeMs = this.#clock.now() - UPLOAD_MS;
    let after: string | undefined;
    for (;;) {
      const page = await this.#objects.list(UPLOAD_PREFIX, { limit: PAGE, ...(after === undefined ? {} : { after }) });
      const old = page.map(({ key }) => key).filter((key) => isOlder(key.slice(UPLOAD_PREFIX.length), beforeMs));
      if (old.length > 0) await this.#objects.deleteMany(old);
      if (page.length < PAGE) return;
      after = page.at(-1)!.key;
    }
  }

  /** Looks at some files, each time at the next ones: the walk over all of them may take days. */
  async sweepMedia(): Promise<void> {
    const beforeMs = this.#clock.now() - LIMITS.unusedMediaMs;
    const after = this.#after === undefined ? {} : { after: this.#after };
    const page = await this.#objects.list(MEDIA_PREFIX, { limit: PAGE, ...after });
    this.#after = page.length < PAGE ? undefined : page.at(-1)!.key;
    const ids = new Set(page.map(({ key }) => mediaIdOf(key)));
    const known = new Set((await this.#store.many([...ids])).map(({ id }) => id));
    const orphaned: string[] = [];
    for (const { key } of page) {
      const id = mediaIdOf(key);
      if (known.has(id) || !isOlder(id, beforeMs)) continue;
      if ((await this.#relational.query(IS_LOOSE(id))).length === 0) orphaned.push(key);
    }
    if (orphaned.length > 0) await this.#objects.deleteMany(orphaned);
  }
}

function mediaIdOf(key: string): string {
  return key.slice(MEDIA_PREFIX.length).split('/', 1)[0]!;
}

/** False for what is no id: nobody knows who put it there. */
function isOlder(id: string, beforeMs: number): boolean {
  return /^[0-9]{1,19}$/.test(id) && idTimeMs(id) < beforeMs;
}
