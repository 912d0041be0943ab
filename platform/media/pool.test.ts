import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PlazaError } from '#platform/errors/errors.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDecoder, type Decoder } from './decoder.ts';
import type { DecoderLimits } from './limits.ts';
import { quarters } from './testing/pictures.ts';

const ROGUE = new URL('./testing/rogue-process.ts', import.meta.url);
const inputOf = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, open: async () => bytes });

function rogue(limits: Partial<DecoderLimits> = {}): Decoder {
  return createDecoder({ log: createLog('silent'), limits: { processes: 1, ...limits }, program: ROGUE });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: PlazaError) => error.code ?? error.message,
  );
}

/** What a trick found out, which it tells in its refusal. */
async function told(decoder: Decoder, trick: string): Promise<string> {
  const error = await decoder.prepare(inputOf(Buffer.from(trick)), true).catch((error: PlazaError) => error);
  return /File type (.*) is not supported|(This type)/s.exec((error as PlazaError).message)?.[1] ?? '';
}

const good = inputOf(await quarters(60, 40).png().toBuffer());

describe('a process that goes wrong costs its own input and nothing else', () => {
  for (const [trick, limits] of [
    ['hang', { jobMs: 5_000 }],
    ['spin', { jobMs: 5_000 }],
    ['hog', process.platform === 'linux' ? { memoryBytes: 250 * 1024 * 1024, memoryCheckMs: 5 } : { jobMs: 3_000 }],
    ['abort', {}],
    ['exit cleanly', {}],
    ['babble', {}],
    ['promise too much', {}],
  ] as const) {
    test(trick, async () => {
      await using stack = new AsyncDisposableStack();
      const decoder = rogue(limits);
      stack.defer(() => decoder.stop());
      const [bad, next] = await Promise.all([
        codeOf(decoder.prepare(inputOf(Buffer.from(trick)), true)),
        decoder.prepare(good, true),
      ]);
      assert.equal(bad, 'validation_failed');
      assert.equal(next.kind, 'picture');
    });
  }

  test('a process that was killed while it rested is replaced', async () => {
    await using stack = new AsyncDisposableStack();
    const decoder = rogue();
    stack.defer(() => decoder.stop());
    const pid = Number(await told(decoder, 'tell the process'));
    process.kill(pid, 'SIGKILL');
    assert.equal((await decoder.prepare(good, true)).kind, 'picture');
    assert.notEqual(Number(await told(decoder, 'tell the process')), pid);
  });

  test('one process does job after job, and is replaced in the end', async () => {
    await using stack = new AsyncDisposableStack();
    const decoder = rogue({ jobsPerProcess: 2 });
    stack.defer(() => decoder.stop());
    const pids = [];
    for (let i = 0; i < 4; i++) pids.push(await told(decoder, 'tell the process'));
    assert.equal(pids[0], pids[1]);
    assert.equal(pids[2], pids[3]);
    assert.notEqual(pids[1], pids[2]);
  });

  test('an input that fails to open fails alone', async () => {
    await using stack = new AsyncDisposableStack();
    const decoder = rogue();
    stack.defer(() => decoder.stop());
    const lost = { sizeBytes: 9, open: () => Promise.reject(new Error('the disk is gone')) };
    await assert.rejects(decoder.prepare(lost, true), /the disk is gone/);
    const short = { sizeBytes: 9, open: async () => Readable.from([Buffer.from('four')]) };
    await assert.rejects(decoder.prepare(short, true), /had 4/);
    assert.equal((await decoder.prepare(good, true)).kind, 'picture');
  });

  test('whoever comes when too many wait is told to come again', async () => {
    await using stack = new AsyncDisposableStack();
    const decoder = rogue({ waiting: 2 });
    stack.defer(() => decoder.stop());
    const codes = await Promise.all(
      Array.from({ length: 4 }, () => codeOf(decoder.prepare(inputOf(Buffer.from('exit cleanly')), true))),
    );
    assert.deepEqual(codes, ['validation_failed', 'validation_failed', 'validation_failed', 'unavailable']);
  });

  test('whoever waits too long is told so', async () => {
    await using stack = new AsyncDisposableStack();
    const decoder = rogue({ waitMs: 50, jobMs: 2_000 });
    stack.defer(() => decoder.stop());
    const [first, second] = await Promise.all([
      codeOf(decoder.prepare(inputOf(Buffer.from('hang')), true)),
      codeOf(decoder.prepare(good, true)),
    ]);
    assert.deepEqual([first, second], ['validation_failed', 'unavailable']);
  });

  test('stopping ends what runs and what waits', async () => {
    const decoder = rogue();
    const codes = Promise.all([
      codeOf(decoder.prepare(inputOf(Buffer.from('hang')), true)),
      codeOf(decoder.prepare(good, true)),
    ]);
    await decoder.stop();
    assert.deepEqual(await codes, ['unavailable', 'unavailable']);
    assert.equal(await codeOf(decoder.prepare(good, true)), 'unavailable');
  });
});

describe('a process has nothing worth stealing', () => {
  test('no environment, no files', async () => {
    await using stack = new AsyncDisposableStack();
    const decoder = rogue();
    stack.defer(() => decoder.stop());
    const names = (await told(decoder, 'tell the environment')).split(' ');
    const setInside = new Set(['PWD', 'OLDPWD', 'SHLVL', '_', 'VIPSHOME']);
    assert.deepEqual(
      names.filter((name) => !setInside.has(name)),
      ['MALLOC_ARENA_MAX', 'VIPS_BLOCK_UNTRUSTED'],
    );
    assert.equal(await told(decoder, 'read the password file'), 'ERR_ACCESS_DENIED');
    assert.equal(await told(decoder, 'write a file'), 'ERR_ACCESS_DENIED');
    assert.ok(!existsSync('/tmp/plaza-rogue'));
  });
});

describe('processes and their parent', () => {
  const child = fileURLToPath(new URL('./testing/parent-child.ts', import.meta.url));
  const start = async (...words: string[]) => {
    const parent = spawn(process.execPath, [child, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    return { parent, pid: Number(String(line)) };
  };
  /** Looks until the process is gone or the test's time is over. Who has ended and was not collected by anybody is gone too. */
  const gone = async (pid: number) => {
    while (isThere(pid) && !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'latin1').catch(() => ''))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const isThere = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test('a resting process keeps nobody alive, and ends with its parent', { timeout: 30_000 }, async () => {
    const { parent, pid } = await start('rest');
    const [code] = await once(parent, 'exit');
    assert.equal(code, 0);
    await gone(pid);
  });

  test('a working process ends when its parent is killed', { timeout: 30_000 }, async () => {
    const { parent, pid } = await start('work');
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await gone(pid);
  });
});
