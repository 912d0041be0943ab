import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Outcome } from './requirements.ts';

const run = promisify(execFile);
const MISSING = 'needs HAProxy 2.6 or newer: apt-get install haproxy';

/** HAProxy 2.6 or newer: older ones know no bound for files. */
export async function haproxy(): Promise<Outcome> {
  try {
    const { stdout } = await run('haproxy', ['-v']);
    const [, major, minor] = /version (\d+)\.(\d+)/.exec(stdout) ?? [];
    const newEnough = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 6);
    return newEnough ? { env: {} } : { missing: `${MISSING} (version ${major}.${minor} is too old)` };
  } catch {
    return { missing: MISSING };
  }
}
