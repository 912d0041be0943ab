import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { MUTATIONS } from './mutations.ts';
import type { RedCell } from './run-matrix.ts';

const run = promisify(execFile);

describe('removing a check turns the matrix red', { concurrency: 2 }, () => {
  for (const { check, noticed } of MUTATIONS) {
    it(check, async () => {
      const operations = [...new Set(noticed.map(([operation]) => operation))];
      const { stdout } = await run(
        process.execPath,
        [
          '--import',
          join(import.meta.dirname, 'remove-check.ts'),
          join(import.meta.dirname, 'mutant-child.ts'),
          ...operations,
        ],
        { env: { ...process.env, REMOVED_CHECK: check, NODE_TEST_CONTEXT: undefined }, timeout: 120_000 },
      );
      const red = JSON.parse(stdout) as RedCell[];
      for (const [operation, kind] of noticed) {
        assert.ok(
          red.some((cell) => cell.operation === operation && cell.kind === kind),
          `${operation} by ${kind} stays green; red: ${JSON.stringify(red)}`,
        );
      }
    });
  }
});
