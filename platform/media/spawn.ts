import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { goFirst } from './process-memory.ts';

export type DecodingProcess = ChildProcessByStdio<Writable, Readable, Readable>;

const PROGRAM = new URL('./decoding-process.ts', import.meta.url);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The only files that the process may read: code. Packages may stand elsewhere, behind a link. */
const READABLE = [`${ROOT}node_modules/`, `${ROOT}platform/media/`, `${ROOT}package.json`];
const PACKAGES = join(ROOT, 'node_modules');

/**
 * Before the program starts: no core dumps (they would hold people's pictures), no file may be written, and a limit on CPU time, so that not even a process
 * that nobody can end any more spins for ever.
 */
const SHELL = 'ulimit -c 0; ulimit -f 0; ulimit -t 1800; exec "$0" "$@"';

/** Starts a decoding process without our environment, at low priority. `program` is another one in tests. */
export function spawnDecodingProcess(program: URL = PROGRAM): DecodingProcess {
  const node = [
    process.execPath,
    '--permission',
    '--allow-addons',
    ...[...READABLE, join(realpathSync(PACKAGES), '/')].map((path) => `--allow-fs-read=${path}`),
    '--max-old-space-size=256',
    '--disable-warning=PERM0001',
    '--disable-warning=SecurityWarning',
    fileURLToPath(program),
  ];
  const command = process.platform === 'win32' ? node : ['/bin/sh', '-c', SHELL, ...node];
  const child = spawn(command[0]!, command.slice(1), {
    // Few arenas: memory that was freed goes back. The library's own list of trusted decoders stands behind ours.
    env: { MALLOC_ARENA_MAX: '2', VIPS_BLOCK_UNTRUSTED: '1' },
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) {
    yieldToOthers(child.pid);
    void goFirst(child.pid);
  }
  return child;
}

/** Whoever serves people comes first, but at the very lowest priority a busy machine would take no picture for minutes. */
function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It may be gone already, which its exit tells.
  }
}
