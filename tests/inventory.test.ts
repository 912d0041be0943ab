import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LEFT_OUT_FILES } from './constellation/left-out.ts';
import { codeFiles } from './runner/code-files.ts';
import { importsOf } from './runner/source.ts';

const ROOT = join(import.meta.dirname, '..');
const code = codeFiles(ROOT);
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Asserts that nothing is missing, so that a failure names each of what is. */
function none(missing: readonly string[], rule: string): void {
  assert.deepEqual(missing, [], rule);
}

for (const { folder, maker } of [
  { folder: 'services/gateway/routes', maker: 'route' },
  { folder: 'services/gateway/pages', maker: 'page' },
]) {
  test(`every ${maker} below ${folder} stands in its index`, () => {
    const index = read(`${folder}/index.ts`);
    const declared = code
      .filter(({ path, isTest }) => path.startsWith(`${folder}/`) && !isTest)
      .flatMap(({ path, text }) =>
        [...text.matchAll(new RegExp(`^export const (\\w+) = ${maker}\\(`, 'gm'))].map((match) => ({
          path,
          name: match[1] as string,
        })),
      );
    assert.ok(declared.length > 10);
    none(
      declared
        .filter(({ name }) => !new RegExp(`^ {2}(\\.\\.\\.)?${name},$`, 'm').test(index))
        .map(({ path, name }) => `${path}: ${name}`),
      'nobody can reach it',
    );
  });
}

test('every consumer of events says what makes it idempotent', () => {
  const consumers = code.filter(
    ({ path, isTest }) => path.startsWith('services/') && /(^|[/-])consumer\.ts$/.test(path) && !isTest,
  );
  assert.ok(consumers.length > 3);
  none(
    consumers.filter(({ text }) => !/\/\*\*[\s\S]*?\bInvariants?\b[\s\S]*?\*\//.test(text)).map(({ path }) => path),
    'write the invariant into its first comment',
  );
});

test('every test file asserts something, or runs a suite or other files that do', () => {
  const tests = code.filter(({ path }) => path.endsWith('.test.ts'));
  assert.ok(tests.length > 50);
  none(
    tests
      .filter(({ text }) => !/\bassert\b|\w+Suite\(|^import '#tests\/.+\.test\.ts';$/m.test(text))
      .map(({ path }) => path),
    'a test that cannot fail is worse than none',
  );
});

test('every test of the whole runs on a cluster of processes too, or is left out with its reason', () => {
  const whole = code.filter(
    ({ path, text }) =>
      path.endsWith('.test.ts') && /\bConstellation\.|\bonEach(World|Transport)\(|\bplazaForTests\(/.test(text),
  );
  const runs = code
    .filter(({ path }) => path.endsWith('.processes.test.ts'))
    .flatMap(({ text }) => [...text.matchAll(/^import '#(tests\/.+\.test\.ts)';$/gm)].map(([, path]) => path!));
  assert.ok(runs.length > 10);
  none(
    whole.map(({ path }) => path).filter((path) => !runs.includes(path) && !Object.hasOwn(LEFT_OUT_FILES, path)),
    'import it in a *.processes.test.ts, or name it in tests/constellation/left-out.ts',
  );
  none(
    Object.keys(LEFT_OUT_FILES).filter((path) => runs.includes(path) || !whole.some((file) => file.path === path)),
    'it is not left out',
  );
});

test('tests do not sleep', () => {
  none(
    code
      .filter(({ path, text }) => path.endsWith('.test.ts') && /\bsetTimeout\(\s*(resolve|done)\b/.test(text))
      .map(({ path }) => path),
    'drain, or await what happens',
  );
});

/** Run by path, not imported: tools, and the Node that runs it all. */
const NOT_IMPORTED = /^(typescript|typescript-native|@biomejs\/biome|node-linux-|@types\/)/;

test('every package that is installed is used, and what the product uses is installed for it', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));
  const imported = new Map<string, string[]>();
  for (const { path, text } of code) {
    for (const specifier of [...importsOf(text), ...resolved(text)]) {
      const name = /^(@[^/]+\/[^/]+|[^./#][^/]*)/.exec(specifier)?.[0];
      if (name === undefined || specifier.startsWith('node:')) continue;
      imported.set(name, [...(imported.get(name) ?? []), path]);
    }
  }
  none(
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      (name) => !NOT_IMPORTED.test(name) && !imported.has(name),
    ),
    'nobody imports it',
  );
  const isTest = new Map(code.map((file) => [file.path, file.isTest]));
  none(
    [...imported].flatMap(([name, paths]) =>
      name in dependencies
        ? []
        : paths.filter((path) => !isTest.get(path) && !path.startsWith('apps/web/')).map((path) => `${path}: ${name}`),
    ),
    'it is no dependency of the product; only the browser client is built before, by tools of development',
  );
});

test('every package has its line among the decisions', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));
  const lines = read('docs/decisions/dependencies.md');
  none(
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      (name) => !lines.includes(`${name} (`),
    ),
    'say why it is here, its license, its release and what it runs when it is installed',
  );
});

/** Packages whose files are found by `require.resolve`. */
function resolved(text: string): string[] {
  return [...text.matchAll(/\.resolve\('([^']+)'\)/g)].map((match) => match[1] as string);
}
