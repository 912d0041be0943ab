import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runWithout } from '#tests/mutation/run-without.ts';
import { MUTATIONS } from './mutations.ts';
import type { RedCell } from './run-matrix.ts';

const CHILD = join(import.meta.dirname, 'mutant-child.ts');

describe('removing a check turns the matrix red', { concurrency: 2 }, () => {
  for (const mutation of MUTATIONS) {
    it(mutation.check, async () => {
      const operations = [...new Set(mutation.noticed.map(([operation]) => operation))];
      const red = JSON.parse(await runWithout(mutation, CHILD, operations)) as RedCell[];
      for (const [operation, kind] of mutation.noticed) {
        assert.ok(
          red.some((cell) => cell.operation === operation && cell.kind === kind),
          `${operation} by ${kind} stays green; red: ${JSON.stringify(red)}`,
        );
      }
    });
  }
});
