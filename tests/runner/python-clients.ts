import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment, Outcome } from './requirements.ts';

const run = promisify(execFile);
const INSTALL_TIMEOUT_MS = 300_000;

/**
 * The third-party clients that are written in Python, in an environment of their own under `node_modules/.cache`, in the versions of
 * `tests/clients/requirements.txt`. Tests find its interpreter in `PLAZA_TEST_PYTHON`.
 */
export async function pythonClients(root: string, env: Environment): Promise<Outcome> {
  const named = env.PLAZA_TEST_PYTHON || undefined;
  if (named !== undefined) return { env: { PLAZA_TEST_PYTHON: named } };
  const requirements = join(root, 'tests/clients/requirements.txt');
  const folder = join(root, 'node_modules/.cache/plaza-python-clients');
  const python = join(folder, 'bin/python');
  const stamp = join(folder, 'installed');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { env: { PLAZA_TEST_PYTHON: python } };

  console.log('Installing the clients that tests use …');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '..'), { recursive: true });
  try {
    await run('python3', ['-m', 'venv', folder], { timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    return { missing: `needs Python 3 with venv: apt-get install python3-venv (${reasonOf(error)})` };
  }
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
    await run(python, pip, { timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    return { missing: `needs packages from PyPI, which could not be installed (${reasonOf(error)})` };
  }
  writeFileSync(stamp, wanted);
  return { env: { PLAZA_TEST_PYTHON: python } };
}

/** The last line that a command wrote. */
function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1) ?? message;
}
