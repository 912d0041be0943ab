import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeFiles } from './runner/code-files.ts';
import { importsOf, withoutComments } from './runner/source.ts';

const ROOT = join(import.meta.dirname, '..');
const code = codeFiles(ROOT);

/** Asserts that a list of offences is empty, so that a failure names each of them. */
function none(offences: readonly string[], rule: string): void {
  assert.deepEqual(offences, [], rule);
}

function offences(where: (path: string) => boolean, pattern: RegExp): string[] {
  return code.flatMap(({ path, text, isTest }) => {
    if (isTest || !where(path)) return [];
    return withoutComments(text)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []));
  });
}

function forbiddenImports(
  where: (path: string) => boolean,
  forbidden: (specifier: string, path: string) => boolean,
): string[] {
  return code.flatMap(({ path, text, isTest }) => {
    if (isTest || !where(path)) return [];
    return importsOf(text)
      .filter((specifier) => forbidden(specifier, path))
      .map((specifier) => `${path} imports ${specifier}`);
  });
}

const within =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`));

test('there is something to check', () => {
  for (const folder of ['contracts', 'platform', 'policies', 'ports', 'services', 'apps']) {
    assert.ok(
      code.some(({ path }) => within(folder)(path)),
      folder,
    );
  }
});

test('a service imports no other service: it calls, or it listens', () => {
  none(
    forbiddenImports(within('services'), (specifier, path) => {
      const own = path.split('/')[1];
      const other = /^#services\/([^/]+)/.exec(specifier)?.[1];
      return (other !== undefined && other !== own) || leavesFolder(path, specifier, 2);
    }),
    'services know each other by their contracts',
  );
});

test('services and policies know ports by their interfaces, and nobody outside ports/ and engines/ knows a driver', () => {
  const drivers = /^(node:sqlite|pg|@platformatic\/|cassandra-driver|ioredis|redis|@elastic\/|@aws-sdk\/)/;
  none(
    forbiddenImports(
      (path) => !within('ports', 'engines')(path),
      (specifier) => drivers.test(specifier),
    ),
    'drivers live below ports/',
  );
  const interfaces = /^#ports\/(relational|wide-column|event-bus|cache|object-store|search-index)\/[^/]+\.ts$/;
  none(
    forbiddenImports(
      within('services', 'policies', 'contracts', 'platform'),
      (specifier) => specifier.startsWith('#ports/') && !interfaces.test(specifier),
    ),
    'a twin is chosen by the program, not by who uses it',
  );
});

test('imports go downwards: apps, services, policies, platform, ports, contracts', () => {
  const upwards: Readonly<Record<string, RegExp>> = {
    contracts: /^#(apps|services|policies|ports|tests|bench)\//,
    policies: /^#(apps|services|tests|bench)\//,
    ports: /^#(apps|services|policies|tests|bench)\//,
    platform: /^#(apps|services|policies|tests|bench)\//,
    services: /^#(apps|tests|bench)\//,
    apps: /^#(tests|bench)\//,
  };
  for (const [folder, forbidden] of Object.entries(upwards)) {
    none(
      forbiddenImports(
        within(folder),
        (specifier, path) => forbidden.test(specifier) || leavesFolder(path, specifier, 1),
      ),
      `${folder}/ must not know those above it`,
    );
  }
});

/** Whether a relative import leaves the first `depth` folders of a path. */
function leavesFolder(path: string, specifier: string, depth: number): boolean {
  if (!specifier.startsWith('.')) return false;
  const folder = path.split('/').slice(0, depth).join('/');
  return !join(path, '..', specifier).startsWith(`${folder}/`);
}

test('settings come from the config: the environment is read at one place, and by programs', () => {
  none(
    offences((path) => !within('platform/config', 'apps', 'engines')(path), /\bprocess\.env\b/),
    'take it from the config',
  );
});

test('time, chance and ids are injected', () => {
  const injected = /\bDate\.now\s*\(|\bnew Date\s*\(\s*\)|\bMath\.random\b|\bperformance\.now\s*\(/;
  none(
    offences((path) => !within('platform/clock', 'platform/random', 'engines', 'apps/web/src')(path), injected),
    'use Clock and Random',
  );
  none(
    offences(
      within('services', 'policies', 'contracts'),
      /\brandom(Bytes|UUID|Int|FillSync|Fill)\s*\(|\bgetRandomValues\b/,
    ),
    'use Random',
  );
});

test('services wait on the clock, not on timers of their own', () => {
  none(offences(within('services', 'policies', 'contracts'), /\bset(Timeout|Interval)\s*\(/), 'use clock.wait');
});

test('no file is longer than 400 lines', () => {
  none(
    code
      .filter(({ text }) => text.split('\n').length > 401)
      .map(({ path, text }) => `${path}: ${text.split('\n').length} lines`),
    'a file holds one idea',
  );
});

test('files and folders have kebab-case names', () => {
  const name = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
  const wrong = code.filter(({ path }) => path.split('/').some((part) => !part.startsWith('.') && !name.test(part)));
  none(
    wrong.map(({ path }) => path),
    'rename it',
  );
});

test('nothing is left for later', () => {
  const words = new RegExp(`\\b(${['TO', 'FIX', 'X'].map((start, i) => start + ['DO', 'ME', 'XX'][i]).join('|')})\\b`);
  none(
    code.filter(({ text }) => words.test(text)).map(({ path }) => path),
    'do it, or file an issue',
  );
});

test('what is installed comes from the registry that npm is set to, in exact versions, and runs no scripts', () => {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  assert.doesNotMatch(lock, /"resolved":/, 'the .npmrc keeps addresses out of the lockfile');
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    assert.match(String(version), /^(npm:[a-z@/-]+@)?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$/, name);
  }
  const packages: Record<string, { integrity?: string }> = JSON.parse(lock).packages;
  none(
    Object.entries(packages)
      .filter(([path, entry]) => path !== '' && !entry.integrity)
      .map(([path]) => path),
    'no integrity',
  );
  assert.match(readFileSync(join(ROOT, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
});
