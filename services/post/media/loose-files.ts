import type { Clock } from '#platform/clock/clock.ts';
import { Looper } from '#platform/outbox/looper.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { compiled } from '../store/compiled.ts';
import { removeFiles } from './files.ts';
import { forgetLoose } from './scripts/let-go.ts';
import type { MediaTables } from './tables.ts';

const db = queryBuilder<MediaTables>();

const CONDEMN = compiled(
  db.updateTable('post_media_loose').set({ condemned: 1 }).where('id', '=', '').where('condemned', '=', 0),
);
const CONDEMN_DUE = compiled(
  db.updateTable('post_media_loose').set({ condemned: 1 }).where('condemned', '=', 0).where('due_ms', '<=', 0),
);
const BATCH = 50;
const CONDEMNED = compiled(
  db.selectFrom('post_media_loose').select('id').where('condemned', '=', 1).orderBy('due_ms').limit(BATCH),
);

/** Removes files that belong to no media. Their note goes last, so a crash repeats at most what changes nothing. */
export class LooseFiles {
  readonly #relational: Relational;
  readonly #objects: ObjectStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #looper: Looper;

  constructor(tools: { relational: Relational; objects: ObjectStore; clock: Clock; log: Logger }) {
    this.#relational = tools.relational;
    this.#objects = tools.objects;
    this.#clock = tools.clock;
    this.#log = tools.log;
    this.#looper = new Looper(() => this.#removeSome());
  }

  start(): void {
    this.#looper.start();
  }

  wake(): void {
    this.#looper.wake();
  }

  /** Nothing can become of these files any more. Where they have become media meanwhile, nothing happens. */
  async condemn(id: string): Promise<void> {
    // What cannot be condemned now is due later.
    await this.#relational
      .batch([{ query: CONDEMN(1, id, 0) }])
      .catch((error) => this.#log.warn({ err: error }, 'loose files stay for a while'));
    this.#looper.wake();
  }

  /** Condemns files whose storing was cut short. */
  async condemnDue(): Promise<void> {
    await this.#relational.batch([{ query: CONDEMN_DUE(1, 0, this.#clock.now()) }]);
    this.#looper.wake();
  }

  async drain(): Promise<void> {
    this.#looper.wake();
    await this.#looper.rest();
  }

  stop(): Promise<void> {
    return this.#looper.stop();
  }

  /** A failure leaves the rest to the next sweep. */
  async #removeSome(): Promise<boolean> {
    try {
      const rows = await this.#relational.query(CONDEMNED(1, BATCH));
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return false;
      for (const id of ids) await removeFiles(this.#objects, id);
      await this.#relational.run(forgetLoose, { ids });
      return ids.length === BATCH;
    } catch (error) {
      this.#log.warn({ err: error }, 'loose files stay for a while');
      return false;
    }
  }
}
