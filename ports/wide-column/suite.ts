import { randomUUID } from 'node:crypto';
import { after, before, describe } from 'node:test';
import type { WideColumnStore } from './store.ts';
import { lateWrites } from './suite-late-writes.ts';
import { reads } from './suite-reads.ts';
import { refusals } from './suite-refusals.ts';
import { suiteTables } from './suite-tables.ts';
import { versions } from './suite-versions.ts';
import { wholeTables } from './suite-whole-tables.ts';

export interface WideColumnUnderTest {
  readonly wide: WideColumnStore;
  /** Lets that much time pass for rows that end: moves the twin's clock, or waits for a server's. */
  elapse(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** What the parts of the suite share. */
export interface Bench {
  readonly wide: WideColumnStore;
  elapse(ms: number): Promise<void>;
  /** A text that no test before used: partitions of its own, though the store may be old. */
  fresh(): string;
  /** An id that no test before used. */
  freshId(): string;
}

/** The one suite that every wide-column twin passes. The tables of `suite-tables.ts` may exist and hold rows of earlier runs. */
export function wideColumnSuite(name: string, open: () => Promise<WideColumnUnderTest>): void {
  describe(`wide-column: ${name}`, () => {
    let twin: WideColumnUnderTest;
    const run = randomUUID();
    const firstId = BigInt(`0x${run.slice(0, 8)}`) * 1_000_000n + 1n;
    let used = 0;
    const bench: Bench = {
      get wide() {
        return twin.wide;
      },
      elapse: (ms) => twin.elapse(ms),
      fresh: () => `${run}-${used++}`,
      freshId: () => String(firstId + BigInt(used++)),
    };
    before(async () => {
      twin = await open();
      await twin.wide.declare(suiteTables);
    });
    after(() => twin.close());

    reads(bench);
    versions(bench);
    refusals(bench);
    lateWrites(bench);
    wholeTables(bench);
  });
}
