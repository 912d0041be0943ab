import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ZEROS } from '#apps/chaos/findings.ts';
import { PORTS } from '#apps/cluster/layout.ts';
import { freeBasePort } from '#engines/free-base-port.ts';
import { BUS_PORT_OFFSET } from '#engines/redis/redis-engine.ts';

const CHAOS = fileURLToPath(new URL('../../apps/chaos/main.ts', import.meta.url));
const POSTS = /^(\d+) posts acknowledged/m;

test('nothing acknowledged is lost while some of each kind of fault strike a cluster', async (t) => {
  // No cluster is to be found at this place, so that it starts one of its own instead of breaking a developer's.
  const nowhere = mkdtempSync(join(tmpdir(), 'plaza-no-cluster-'));
  t.after(() => rmSync(nowhere, { recursive: true }));
  const place = {
    PLAZA_CLUSTER_FOLDER: nowhere,
    PLAZA_CLUSTER_BASE_PORT: String(await freeBasePort(PORTS, BUS_PORT_OFFSET)),
  };
  const child = spawn(process.execPath, [CHAOS, '--short'], {
    env: { ...process.env, ...place },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Asked to end, it mends what it broke and stops its cluster.
  t.signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    t.diagnostic(line);
  });
  const [code] = (await once(child, 'close')) as [number | null];

  const said = lines.join('\n');
  for (const zero of Object.values(ZEROS)) {
    const count = lines
      .find((line) => line.startsWith(zero))
      ?.slice(zero.length)
      .trim();
    assert.equal(count, '0', `${zero}; ${lines[0]}`);
  }
  assert.ok(Number(POSTS.exec(said)?.[1]) > 0, 'people posted meanwhile');
  assert.equal(code, 0);
});
