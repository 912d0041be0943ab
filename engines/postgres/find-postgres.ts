import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where packages put the programs of each version: Debian, RPM, Homebrew. */
const HOMES = ['/usr/lib/postgresql', '/usr', '/opt/homebrew/opt', '/usr/local/opt'];
const NEEDED = ['postgres', 'initdb', 'pg_basebackup'];

/**
 * The folder with the server's programs: that of `PLAZA_POSTGRES_BIN` if it is set, else the newest that is installed.
 * @returns undefined when PostgreSQL is not installed
 */
export function findPostgres(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const named = env.PLAZA_POSTGRES_BIN || undefined;
  const folders = named === undefined ? [...installed(), ...(env.PATH ?? '').split(delimiter)] : [named];
  return folders.find((folder) => NEEDED.every((program) => existsSync(join(folder, program))));
}

function installed(): string[] {
  return HOMES.flatMap((home) => {
    const versions = entries(home).filter((name) => /^(pgsql-|postgresql@)?\d+(\.\d+)?$/.test(name));
    return versions.sort((a, b) => version(b) - version(a)).map((name) => join(home, name, 'bin'));
  });
}

function version(name: string): number {
  return Number(/\d+(\.\d+)?$/.exec(name)![0]);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
