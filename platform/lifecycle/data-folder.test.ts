import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { lockFile } from '#ports/sqlite/file-lock.ts';
import { openDataFolder } from './data-folder.ts';
import { StartError } from './start-error.ts';

const options = { lock: lockFile, version: 3, processId: process.pid };

function emptyFolder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'plaza-data-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

function refusal(path: string): string {
  try {
    openDataFolder(path, options).release();
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    assert.ok(!error.message.includes('\n'), 'one line');
    return error.message;
  }
  assert.fail('the folder was accepted');
}

test('a folder that does not exist is made for its owner only', (t) => {
  const path = join(emptyFolder(t), 'deep/data');
  const folder = openDataFolder(path, options);
  assert.equal(folder.storedVersion, undefined);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  folder.release();
});

test('the version that was recorded is found again, a newer one is refused', (t) => {
  const path = emptyFolder(t);
  const first = openDataFolder(path, options);
  first.recordVersion(2);
  first.release();
  const second = openDataFolder(path, options);
  assert.equal(second.storedVersion, 2);
  second.recordVersion(4);
  second.release();
  assert.match(refusal(path), /newer Plaza \(data version 4, this one knows 3\)/);
  writeFileSync(join(path, 'data-version'), 'x');
  assert.match(refusal(path), /damaged/);
});

test('a second user of the folder is refused until the first releases it', (t) => {
  const path = emptyFolder(t);
  const first = openDataFolder(path, options);
  assert.match(refusal(path), new RegExp(`in use by another Plaza \\(process ${process.pid}\\)`));
  first.release();
  openDataFolder(path, options).release();
  assert.ok(!readdirSync(path).includes('plaza.pid'));
});

test('a file where the folder should be, and a folder that cannot be made, are refused', (t) => {
  const path = join(emptyFolder(t), 'file');
  writeFileSync(path, '');
  assert.match(refusal(path), /cannot be used \((EEXIST|ENOTDIR)\)/);
  assert.match(refusal(join(path, 'data')), /cannot be used \(ENOTDIR\)/);
});

test('a folder is free again when its holder was killed', async (t) => {
  const path = emptyFolder(t);
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'testing/hold-data-folder.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  assert.match(refusal(path), new RegExp(`process ${holder.pid}`));
  const ended = once(holder, 'exit');
  holder.kill('SIGKILL');
  await ended;
  const folder = openDataFolder(path, options);
  assert.equal(readFileSync(join(path, 'plaza.pid'), 'utf8'), `${process.pid}\n`);
  folder.release();
});
