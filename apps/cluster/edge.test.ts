import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gatewaysOf } from './edge.ts';

const EDGE = join(import.meta.dirname, '../../deploy/edge');
const env = { ...process.env, PLAZA_EDGE_BIND: '127.0.0.1:18080', PLAZA_EDGE_SCHEME: 'http' };
const missing = spawnSync('haproxy', ['-v']).error === undefined ? false : 'needs HAProxy: apt-get install haproxy';

test('HAProxy takes the configuration, with the gateways of the example and with those of a cluster', {
  skip: missing,
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-edge-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const made = join(folder, 'gateways.cfg');
  writeFileSync(
    made,
    gatewaysOf({ gateways: [{ name: 'gateway-1', service: 'gateway', port: 24_100, metricsPort: 24_110 }] }),
  );
  for (const gateways of [join(EDGE, 'gateways.cfg'), made]) {
    const output = execFileSync('haproxy', ['-c', '-f', join(EDGE, 'haproxy.cfg'), '-f', gateways], { env });
    assert.match(String(output), /valid/);
  }
});
