import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';

const LAUNCHER = join(import.meta.dirname, '../launch.mjs');
const { dependenciesAreMissing, installDependencies } = (await import(`${import.meta.dirname}/dependencies.mjs`)) as {
  dependenciesAreMissing(root: string, withTools: boolean): boolean;
  installDependencies(root: string, node: string): Promise<void>;
};
const { buildClient, clientIsBuilt, clientSources } = (await import(`${import.meta.dirname}/web-client.mjs`)) as {
  clientSources(root: string): string | undefined;
  clientIsBuilt(root: string, sources: string): boolean;
  buildClient(root: string, sources: string, node: string): Promise<void>;
};

interface Package {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
type Packages = Record<string, Package>;

function project(t: TestContext, wanted: Packages | undefined, installed: Packages | undefined): string {
  const root = mkdtempSync(join(tmpdir(), 'plaza-setup-'));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'node_modules'));
  const write = (path: string, packages: Packages | undefined) =>
    packages && writeFileSync(join(root, path), JSON.stringify({ packages }));
  write('package-lock.json', wanted);
  write('node_modules/.package-lock.json', installed);
  return root;
}

test('dependencies are missing until all of the lockfile is installed in its version', (t) => {
  const a = { version: '1.0.0', integrity: 'sha512-a' };
  const missing = (wanted: Packages, installed: Packages | undefined, withTools = true) =>
    dependenciesAreMissing(project(t, { '': { version: '1' }, ...wanted }, installed), withTools);
  assert.equal(missing({ a }, undefined), true, 'nothing installed, or an install that was cut short');
  assert.equal(missing({ a }, { a }), false);
  assert.equal(missing({ a }, {}), true);
  assert.equal(missing({ a }, { a: { ...a, version: '1.0.1' } }), true);
  assert.equal(missing({ a }, { a: { ...a, integrity: 'sha512-b' } }), true);
  assert.equal(missing({ a }, { a, b: a }), false, 'more than needed does no harm');
  assert.equal(missing({ a: { ...a, optional: true } }, {}), false, 'packages for other machines');
  const compiled = { ...a, optional: true, os: [process.platform], cpu: [process.arch] };
  assert.equal(missing({ a: compiled }, {}), true, 'what was compiled for this machine');
  assert.equal(missing({ a: { ...compiled, cpu: ['abacus'] } }, {}), false);
  assert.equal(missing({ a: { ...a, dev: true } }, {}), true);
  assert.equal(missing({ a: { ...a, dev: true } }, {}, false), false, 'tools, where none are needed');
});

test('npm runs under the Node that is asked for, whichever npm it is', async (t) => {
  const root = project(t, {}, {});
  const node = join(root, 'bin/node');
  const npm = `require('fs').writeFileSync('said', [process.env.PATH.split(':')[0], ...process.argv.slice(2)].join(' '))`;
  mkdirSync(join(root, 'bin'));
  symlinkSync(process.execPath, node);
  writeFileSync(join(root, 'npm.js'), npm);
  writeFileSync(join(root, 'bin/npm'), `#!/usr/bin/env node\n${npm}`, { mode: 0o755 });
  const { npm_execpath } = process.env;
  t.after(() => Object.assign(process.env, npm_execpath === undefined ? {} : { npm_execpath }));
  for (const own of [join(root, 'npm.js'), '']) {
    process.env.npm_execpath = own;
    await installDependencies(root, node);
    assert.match(readFileSync(join(root, 'said'), 'utf8'), new RegExp(`^${join(root, 'bin')} ci --ignore-scripts`));
    rmSync(join(root, 'said'));
  }
});

test('a damaged lockfile is told', (t) => {
  assert.throws(
    () => dependenciesAreMissing(project(t, undefined, {}), true),
    /package-lock\.json is missing or damaged/,
  );
});

test('the client is built until what lies there is of its sources', async (t) => {
  const root = project(t, undefined, undefined);
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('package.json', '{"devDependencies":{"vite":"1.0.0"}}');
  put('contracts/api/openapi.json', '{}');
  assert.equal(clientSources(root), undefined, 'a checkout without a client');
  const folder = 'apps/web';
  put(`${folder}/src/main.tsx`, 'export {};');
  put('policies/limits.ts', 'export {};');
  put(`${folder}/build.ts`, `import { mkdirSync } from 'node:fs'; mkdirSync('${folder}/dist', { recursive: true });`);
  const built = async () => {
    const sources = clientSources(root)!;
    if (clientIsBuilt(root, sources)) return 'already';
    await buildClient(root, sources, process.execPath);
    return 'anew';
  };
  assert.equal(await built(), 'anew');
  assert.equal(await built(), 'already');
  for (const path of ['src/main.test.ts', 'generated/api.ts', 'dist/assets/main.js']) put(`${folder}/${path}`, '1;');
  assert.equal(await built(), 'already', 'what is no source');
  for (const [path, text] of [
    [`${folder}/src/main.tsx`, 'export default 1;'],
    [`${folder}/src/other.ts`, ''],
    ['policies/limits.ts', 'export default 1;'],
    ['contracts/api/openapi.json', '{"openapi":"3.1.0"}'],
    ['package.json', '{"devDependencies":{"vite":"1.0.1"}}'],
  ] as const) {
    put(path, text);
    assert.equal(await built(), 'anew', path);
    assert.equal(await built(), 'already', path);
  }
  put(`${folder}/build.ts`, "throw new Error('no such module');");
  await assert.rejects(built(), /no such module[\s\S]*\nThe web client could not be built .+: mend .+\.$/);
  assert.equal(clientIsBuilt(root, clientSources(root)!), false, 'a build that failed');
});

test('the launcher names its programs when it does not know one', () => {
  const { status, stderr } = spawnSync(process.execPath, [LAUNCHER, 'toString'], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.equal(stderr, 'Say what to run: start, demo, plaza, cluster, chaos, bench, screenshots, test, check.\n');
});

/** A launcher whose child runs `script`. */
function launch(t: TestContext, script: string): ChildProcess {
  const wrapper = `import { runChild } from ${JSON.stringify(join(import.meta.dirname, 'run-child.mjs'))}; runChild(process.execPath, ['-e', ${JSON.stringify(script)}]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', wrapper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

test('the exit code of a child passes through', async (t) => {
  assert.deepEqual(await once(launch(t, 'process.exitCode = 7'), 'exit'), [7, null]);
});

test('a signal reaches the child, which may end as it likes', async (t) => {
  const launcher = launch(
    t,
    "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1e6); console.log('ready');",
  );
  await once(launcher.stdout!, 'data');
  launcher.kill('SIGTERM');
  assert.deepEqual(await once(launcher, 'exit'), [5, null]);
});

test('a child that dies of a signal takes the launcher with it', async (t) => {
  assert.deepEqual(await once(launch(t, "process.kill(process.pid, 'SIGKILL')"), 'exit'), [null, 'SIGKILL']);
});

test('a child learns that its launcher was killed', async (t) => {
  const launcher = launch(
    t,
    "process.on('disconnect', () => { console.log('alone'); process.exit(); }); console.log('ready');",
  );
  const output: string[] = [];
  launcher.stdout!.on('data', (chunk) => output.push(String(chunk)));
  await once(launcher.stdout!, 'data');
  launcher.kill('SIGKILL');
  await once(launcher.stdout!, 'close');
  assert.equal(output.join(''), 'ready\nalone\n');
});

test('a program that npm started ends when npm’s shell is gone, and only then', async (t) => {
  const program = `import { stopWithNpm } from ${JSON.stringify(join(import.meta.dirname, 'stop-with-npm.mjs'))};
    process.on('SIGTERM', () => { console.log('ended'); process.exit(); });
    setInterval(() => {}, 1e6); stopWithNpm(); console.log('ready');`;
  // The second command keeps the shell from becoming the program.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; true', process.execPath, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  t.after(() => shell.kill('SIGKILL'));
  const output: string[] = [];
  shell.stdout.on('data', (chunk) => output.push(String(chunk)));
  await once(shell.stdout, 'data');
  assert.equal(output.join(''), 'ready\n');
  shell.kill('SIGTERM');
  await once(shell.stdout, 'close');
  assert.equal(output.join(''), 'ready\nended\n');
});
