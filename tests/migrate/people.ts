import assert from 'node:assert/strict';
import { idAt } from '#platform/ids/ids.ts';
import { FINAL_VERSION } from '#ports/wide-column/port.ts';
import { pick, seededNumbers } from '../seed.ts';
import { DIED, type Member } from './fleet.ts';
import type { Answer, Deed, Request } from './protocol.ts';

const CLIENTS = 16;
const THREADS = 48;
/** Each client has some rows in every thread, over half a year. */
const MONTHS = 6;
const MONTH_MS = 30 * 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);

interface RowState {
  readonly threadId: string;
  readonly id: string;
  /** The last version that was acknowledged; what was removed says nothing. */
  version: number;
  said: number | undefined;
  /** Puts of it that may come once more. */
  old: Deed[];
}

/**
 * Clients that write, remove, repeat and read, and the oracle: each row is one client's, who does one thing at a time and repeats it until it is acknowledged. So at
 * each of its reads it knows what its rows must say, whichever phase the table is in.
 */
export class People {
  readonly #members: () => readonly Member[];
  readonly #next: () => number;
  readonly #rows: RowState[][];
  readonly #watchers = new Set<() => void>();
  #working: Promise<void>[] = [];
  #isOver = false;
  deeds = 0;
  reads = 0;
  unknown = 0;
  repeats = 0;

  constructor(seed: number, members: () => readonly Member[]) {
    this.#members = members;
    this.#next = seededNumbers(seed);
    this.#rows = Array.from({ length: CLIENTS }, (_, client) =>
      Array.from({ length: THREADS }, (_, thread) => ({
        threadId: String(1_000 + thread),
        // In another month for each client, so that every thread has several.
        id: String(BigInt(idAt(START_MS + ((client + thread) % MONTHS) * MONTH_MS)) + BigInt(client)),
        version: 0,
        said: undefined,
        old: [],
      })),
    );
  }

  /** Everybody writes all of their rows once, and then acts until {@link stop}. */
  async start(): Promise<void> {
    await Promise.all(
      this.#rows.map(async (rows) => {
        for (const row of rows) await this.#perform(row, this.#deed(row, 'put', row.version + 1));
      }),
    );
    this.#working = this.#rows.map((rows) => this.#act(rows));
    for (const work of this.#working) work.catch(() => this.#told());
  }

  /** Resolves after so many more deeds: in whatever phase the table is, people go through it. */
  async act(count: number): Promise<void> {
    const until = this.deeds + count;
    await Promise.race([
      ...this.#working,
      new Promise<void>((resolve) => {
        const look = () => {
          if (this.deeds < until) return;
          this.#watchers.delete(look);
          resolve();
        };
        this.#watchers.add(look);
      }),
    ]);
  }

  /** From now on, nothing from before comes again: a form is about to be given up with what it knows of removals. */
  forget(): void {
    for (const row of this.#rows.flat()) row.old = [];
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#working);
  }

  /** Reads everything of everybody. */
  async check(): Promise<void> {
    for (let thread = 0; thread < THREADS; thread++) {
      await this.#read(this.#rows.map((rows) => rows[thread]!));
    }
  }

  async #act(rows: readonly RowState[]): Promise<void> {
    while (!this.#isOver) {
      const row = pick(rows, this.#next);
      const chance = this.#next();
      if (chance < 0.35) await this.#read([row]);
      else if (chance < 0.5 && row.old.length > 0) {
        this.repeats++;
        await this.#ask({ kind: 'do', deed: pick(row.old, this.#next) });
      } else if (row.version < FINAL_VERSION) await this.#perform(row, this.#some(row));
    }
  }

  #some(row: RowState): Deed {
    const chance = this.#next();
    if (chance < 0.02) return this.#deed(row, 'remove', FINAL_VERSION);
    return this.#deed(row, chance < 0.3 ? 'remove' : 'put', row.version + 1);
  }

  #deed({ threadId, id }: RowState, kind: Deed['kind'], version: number): Deed {
    return { threadId, id, kind, version, atomic: this.#next() < 0.5 };
  }

  async #perform(row: RowState, deed: Deed): Promise<void> {
    await this.#ask({ kind: 'do', deed });
    row.version = deed.version;
    row.said = deed.kind === 'put' ? deed.version : undefined;
    if (deed.kind === 'put') row.old = [...row.old.slice(-4), deed];
    this.deeds++;
    this.#told();
  }

  async #read(known: readonly RowState[]): Promise<void> {
    const { threadId } = known[0]!;
    const upwards = this.#next() < 0.5;
    const { value } = await this.#ask({ kind: 'read', threadId, upwards });
    const found = new Map(value as [string, number][]);
    for (const { id, said } of known) assert.equal(found.get(id), said, `thread ${threadId}, reply ${id}`);
    const ids = [...found.keys()].map(BigInt);
    const sorted = ids.toSorted((a, b) => (a < b === upwards ? -1 : 1));
    assert.deepEqual(ids, sorted, 'in order');
    this.reads++;
  }

  /** Asks some process until one acknowledges. */
  async #ask(request: Request): Promise<Answer & { ok: true }> {
    for (;;) {
      const alive = this.#members().filter(({ isGone }) => !isGone);
      if (alive.length === 0) {
        // Somebody starts a process again; meanwhile others have their turn.
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      const answer = await pick(alive, this.#next).ask(request);
      if (answer !== DIED && answer.ok) return answer;
      this.unknown++;
      if (answer !== DIED && !answer.again) throw new Error(answer.message);
    }
  }

  #told(): void {
    for (const look of [...this.#watchers]) look();
  }
}
