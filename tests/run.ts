// `npm test`: runs every test that this machine allows and ends with what was left out and why. `npm test -- platform/calls` runs those whose path holds
// one of the given words.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTests } from './runner/find-tests.ts';
import { ALONE, type Outcome, REQUIREMENTS } from './runner/requirements.ts';

const ROOT = join(import.meta.dirname, '..');
const CONCURRENCY = 2;
/** No single test takes this long; one that hangs must not hold up the whole run. */
const TEST_TIMEOUT_MS = 25 * 60_000;

const words = process.argv.slice(2);
const files = findTests(ROOT).filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
if (files.length === 0) {
  console.error(`No test's path holds ${words.join(' or ')}.`);
  process.exit(1);
}

const leftOut: string[] = [];
let interrupted = false;
const stops: (() => Promise<void>)[] = [];
let env: Record<string, string | undefined> = { ...process.env };
let chosen = files;
for (const requirement of REQUIREMENTS) {
  const mine = chosen.filter((path) => path.endsWith(requirement.suffix));
  if (mine.length === 0) continue;
  const outcome = await requirement.prepare(ROOT, env).catch(whyNot);
  if ('missing' in outcome) {
    chosen = chosen.filter((path) => !mine.includes(path));
    leftOut.push(...mine.map((path) => `${path}: ${outcome.missing}`));
  } else {
    env = { ...env, ...outcome.env };
    if (outcome.stop !== undefined) stops.push(outcome.stop);
  }
}

const isAlone = (path: string) => path.endsWith(ALONE);
const together = chosen.filter((path) => !isAlone(path));
const alone = chosen.filter(isAlone);
let code = together.length === 0 ? 0 : await runNode(together, CONCURRENCY);
await Promise.all(stops.map((stop) => stop()));
// Ended by a signal, nothing more is begun.
if (alone.length > 0 && !interrupted) code = (await runNode(alone, 1)) || code;
report();
process.exitCode = code !== 0 ? code : leftOut.length > 0 && process.env.CI === 'true' ? 1 : 0;

/** What is installed and does not start is left out with its reason, like what is not there. */
function whyNot(error: Error): Outcome {
  return { missing: error.message.split('\n').join(' · ') };
}

async function runNode(paths: readonly string[], concurrency: number): Promise<number> {
  const notes = mkdtempSync(join(tmpdir(), 'plaza-tests-'));
  const skipped = join(notes, 'skipped');
  const child = spawn(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      `--test-timeout=${TEST_TIMEOUT_MS}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${join(import.meta.dirname, 'runner/skipped-reporter.ts')}`,
      `--test-reporter-destination=${skipped}`,
      ...paths,
    ],
    { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      interrupted = true;
      child.kill(signal);
    });
  }
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  leftOut.push(...readFileSync(skipped, 'utf8').split('\n').filter(Boolean));
  rmSync(notes, { recursive: true });
  return exitCode ?? 1;
}

function report(): void {
  console.log(leftOut.length === 0 ? '\nNothing was left out.' : `\nLeft out (${leftOut.length}):`);
  for (const line of leftOut) console.log(`- ${line}`);
  if (leftOut.length > 0 && process.env.CI === 'true') console.log('With CI=true, leaving something out is a failure.');
}
