import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Mutation } from './mutation.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 180_000;

/** Runs a script of the tests in a process of its own from which a check was removed. Answers what it prints. */
export async function runWithout(mutation: Mutation, script: string, args: readonly string[]): Promise<string> {
  const preload = join(import.meta.dirname, 'remove-check.ts');
  const env = { ...process.env, REMOVED_CHECK: JSON.stringify(mutation), NODE_TEST_CONTEXT: undefined };
  const { stdout } = await run(process.execPath, ['--import', preload, script, ...args], { env, timeout: TIMEOUT_MS });
  return stdout;
}
