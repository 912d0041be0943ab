import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Outcome } from './requirements.ts';

const run = promisify(execFile);
const MISSING = 'needs Redis 7 with its redis-cli: apt-get install redis-server';

/** Redis 7 or newer, with the tool that joins nodes: older ones know no sharded channels. */
export async function redisServer(): Promise<Outcome> {
  try {
    const { stdout } = await run('redis-server', ['--version']);
    await run('redis-cli', ['--version']);
    const major = Number(/v=(\d+)\./.exec(stdout)?.[1]);
    return major >= 7 ? { env: {} } : { missing: `${MISSING} (version ${major} is too old)` };
  } catch {
    return { missing: MISSING };
  }
}
