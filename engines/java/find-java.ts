import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const JVM_FOLDER = '/usr/lib/jvm';

/** Which major versions of Java do; both ends are included, and no upper end means any newer one. */
export interface JavaVersions {
  readonly from: number;
  readonly to?: number;
}

/**
 * The path of a `java` command of one of these versions: that of `JAVA_HOME`, the one on the path, or any that Debian installed, the oldest
 * that does first.
 * @throws Error that says what to install
 */
export async function findJava({ from, to = Number.POSITIVE_INFINITY }: JavaVersions): Promise<string> {
  const { JAVA_HOME, PATH = '' } = process.env;
  const named = JAVA_HOME ? [join(JAVA_HOME, 'bin/java')] : [];
  for (const java of [...named, ...PATH.split(':').map((folder) => join(folder, 'java'))]) {
    const major = await majorOf(java);
    if (major >= from && major <= to) return java;
  }
  const installed: { java: string; major: number }[] = [];
  for (const java of debianJavas()) installed.push({ java, major: await majorOf(java) });
  const fitting = installed.filter(({ major }) => major >= from && major <= to).sort((a, b) => a.major - b.major);
  if (fitting[0] !== undefined) return fitting[0].java;
  const wanted = to === from ? `Java ${from}` : `Java ${from} or newer`;
  throw new Error(
    `${wanted} is not installed: apt-get install openjdk-${from}-jre-headless, or name one in JAVA_HOME.`,
  );
}

function debianJavas(): string[] {
  try {
    return readdirSync(JVM_FOLDER).map((name) => join(JVM_FOLDER, name, 'bin/java'));
  } catch {
    return [];
  }
}

/** NaN where there is no such command. The `release` file beside it spares a start of the virtual machine. */
async function majorOf(java: string): Promise<number> {
  let real: string;
  try {
    real = realpathSync(java);
  } catch {
    return Number.NaN;
  }
  try {
    return majorIn(readFileSync(join(dirname(real), '../release'), 'utf8'));
  } catch {
    const { stderr } = await run(real, ['-version']).catch(() => ({ stderr: '' }));
    return majorIn(stderr);
  }
}

function majorIn(text: string): number {
  return Number(/(?:JAVA_VERSION=|version )"(\d+)/.exec(text)?.[1]);
}
