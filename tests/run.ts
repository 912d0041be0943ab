// `npm test`: runs every test that this machine allows and ends with what was left out and why. `npm test -- platform/calls` runs those whose path holds
// one of the given words.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTests } from './runner/find-tests.ts';
import { type Environment, type Outcome, REQUIREMENTS, type Requirement } from './runner/requirements.ts';

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
const alone = REQUIREMENTS.filter((requirement) => requirement.alone === true);
const isAlone = (path: string) => alone.some(({ suffix }) => path.endsWith(suffix));
const codes = [
  await runRound(
    files.filter((path) => !isAlone(path)),
    REQUIREMENTS.filter((requirement) => !alone.includes(requirement)),
    CONCURRENCY,
  ),
];
for (const requirement of alone) {
  const mine = files.filter((path) => path.endsWith(requirement.suffix));
  // Ended by a signal, nothing more is begun.
  if (mine.length > 0 && !interrupted) codes.push(await runRound(mine, [requirement], 1));
}
const code = codes.find((each) => each !== 0) ?? 0;
report();
process.exitCode = code !== 0 ? code : leftOut.length > 0 && process.env.CI === 'true' ? 1 : 0;

/** Starts what these tests need, runs those for which there is everything, and ends what was started. */
async function runRound(
  paths: readonly string[],
  requirements: readonly Requirement[],
  concurrency: number,
): Promise<number> {
  const stops: (() => Promise<void>)[] = [];
  let env: Environment = { ...process.env };
  let chosen = paths;
  try {
    for (const requirement of requirements) {
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
    return chosen.length === 0 ? 0 : await runNode(chosen, env, concurrency);
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

/** What is installed and does not start is left out with its reason, like what is not there. */
function whyNot(error: Error): Outcome {
  return { missing: error.message.split('\n').join(' · ') };
}

async function runNode(paths: readonly string[], env: Environment, concurrency: number): Promise<number> {
  const notes = mkdtempSync(join(tmpdir(), 'plaza-tests-'));
  const skipped = join(notes, 'skipped');
  const child = spawn(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      // Drivers go on looking for servers that a test has ended for good.
      ...(concurrency === 1 ? ['--test-force-exit'] : []),
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
