import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What the program reads. */
  readonly input?: string;
}

/** Who runs the server: PostgreSQL refuses to run as root. */
export interface ServerUser {
  /** What stands before each command, so that it runs as this user and keeps its pid. */
  readonly prefix: readonly string[];
  /** Gives a file or folder to this user, and to nobody else. */
  own(path: string): void;
  /**
   * Lets this user pass through a folder that belongs to somebody else.
   * @throws Error that says what to do when a folder above does not let them
   */
  letThrough(folder: string): void;
  /** Runs a program to its end. @throws Error with what it wrote */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<void>;
}

/** Whoever runs this program, or, for root, the user of the server's package (else `nobody`). */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return asUser([], undefined);
  const { name, uid, gid } = account('postgres') ?? account('nobody')!;
  return asUser(['setpriv', `--reuid=${name}`, `--regid=${gid}`, '--init-groups', '--'], { uid, gid });
}

function asUser(prefix: readonly string[], owner: { uid: number; gid: number } | undefined): ServerUser {
  return {
    prefix,
    own(path) {
      if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
    },
    letThrough(folder) {
      if (owner === undefined) return;
      chmodSync(folder, 0o711);
      const [command, ...args] = [...prefix, 'test', '-x', folder];
      if (spawnSync(command!, args, { cwd: '/' }).status === 0) return;
      throw new Error(
        `PostgreSQL does not run as root, and its user may not pass through the folders above ${folder}: use another place, such as /var/lib/plaza-cluster.`,
      );
    },
    async run(program, args, { env, input = '' } = {}) {
      const [command, ...rest] = [...prefix, program, ...args] as [string, ...string[]];
      // A home of somebody else may not be read, and its settings are not meant.
      const clean = { LC_ALL: 'C', HOME: '/nonexistent' };
      try {
        const running = run(command, rest, { env: { ...process.env, ...clean, ...env }, cwd: '/' });
        running.child.stdin?.end(input);
        await running;
      } catch (error) {
        const { stderr, message } = error as { stderr?: string; message: string };
        throw new Error(`${program} failed: ${stderr?.trim() || message}`);
      }
    },
  };
}

function account(wanted: string): { name: string; uid: number; gid: number } | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === wanted) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}
