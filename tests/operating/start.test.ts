import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { ApiClient } from '#tests/constellation/api-client.ts';
import { endOf, endPrograms, runProgram } from './program.ts';

const MAIN = 'plaza/main.ts';

describe('starting', () => {
  let folder = '';
  let settings: Record<string, string> = {};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plaza-start-'));
    const port = await freePort('127.0.0.1');
    settings = {
      PLAZA_DATA: join(folder, 'data'),
      PLAZA_PORT: String(port),
      PLAZA_METRICS_PORT: '0',
      PLAZA_LOG_LEVEL: 'warn',
    };
  });
  const taken = createServer();
  after(async () => {
    endPrograms();
    taken.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('prints where it is, answers, and stops cleanly on Ctrl-C', async () => {
    const plaza = runProgram(MAIN, [], settings);
    await plaza.says(`http://localhost:${settings.PLAZA_PORT}`);
    const answer = await new ApiClient(`http://127.0.0.1:${settings.PLAZA_PORT}`).get('/api/v2/instance');
    assert.equal(answer.status, 200);
    plaza.signal('SIGINT');
    const end = await plaza.ended;
    assert.deepEqual([end.code, end.errors], [0, '']);
  });

  it('shows metrics and readiness on an internal port', async () => {
    const plaza = runProgram(MAIN, [], settings);
    await plaza.says('Stop with Ctrl-C');
    plaza.signal('SIGTERM');
    const { output } = await plaza.ended;
    const address = /(http:\/\/127\.0\.0\.1:[0-9]+)\/metrics/.exec(output)?.[1];
    assert.ok(address, output);
    const again = runProgram(MAIN, [], { ...settings, PLAZA_METRICS_PORT: new URL(address ?? '').port });
    await again.says('Stop with Ctrl-C');
    const metrics = await new ApiClient(address).get('/metrics');
    for (const name of ['plaza_event_lag', 'plaza_outbox_pending', 'process_resident_memory_bytes']) {
      assert.match(metrics.text, new RegExp(`^# TYPE ${name} `, 'm'));
    }
    assert.equal((await new ApiClient(address).get('/readyz')).status, 200);
    assert.equal((await new ApiClient(address).get('/healthz')).status, 200);
    again.signal('SIGTERM');
    assert.equal((await again.ended).code, 0);
  });

  it('refuses a second process on the same folder with one line, and works on', async () => {
    const plaza = runProgram(MAIN, [], settings);
    await plaza.says('Stop with Ctrl-C');
    const second = await endOf(MAIN, [], { ...settings, PLAZA_PORT: '0' });
    assert.equal(second.code, 1);
    assert.match(second.errors, /^The data folder .+ is in use by another Plaza \(process [0-9]+\): .+PLAZA_DATA.+\n$/);
    assert.equal((await new ApiClient(`http://127.0.0.1:${settings.PLAZA_PORT}`).get('/api/v2/instance')).status, 200);
    plaza.signal('SIGTERM');
    assert.equal((await plaza.ended).code, 0);
  });

  it('copies data of an older version aside before it changes it', async () => {
    const data = settings.PLAZA_DATA!;
    await writeFile(join(data, 'data-version'), '0\n');
    const plaza = runProgram(MAIN, [], settings);
    await plaza.says('Stop with Ctrl-C');
    plaza.signal('SIGTERM');
    assert.equal((await plaza.ended).code, 0);
    const [copy = ''] = await readdir(join(data, 'before-upgrades'));
    assert.ok(copy.startsWith('version-0-'));
    const files = await readdir(join(data, 'before-upgrades', copy), { recursive: true });
    for (const file of ['core.sqlite', 'derived.sqlite', 'keys/operator.key']) assert.ok(files.includes(file), file);
    assert.equal(await readFile(join(data, 'data-version'), 'utf8'), '1\n');
  });

  it('refuses data of a newer version, and leaves it alone', async () => {
    const data = settings.PLAZA_DATA!;
    await writeFile(join(data, 'data-version'), '99\n');
    const end = await endOf(MAIN, [], settings);
    assert.equal(end.code, 1);
    assert.match(end.errors, /^The data folder .+ was written by a newer Plaza .+\n$/);
    assert.equal(await readFile(join(data, 'data-version'), 'utf8'), '99\n');
    await writeFile(join(data, 'data-version'), '1\n');
  });

  it('says in one line what is wrong and how to mend it', async () => {
    const takenPort = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
    });
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const cases: [Record<string, string>, RegExp][] = [
      [{ PLAZA_PORT: 'many' }, /^PLAZA_PORT is "many", .+: use a port number.+\n$/],
      [{ PLAZA_PROT: '1' }, /^PLAZA_PROT is not a setting: did you mean PLAZA_PORT\?\n$/],
      [{ PLAZA_RATE_LIMITS: 'off', PLAZA_HOST: '0.0.0.0' }, /^PLAZA_RATE_LIMITS .+loopback.+\n$/],
      [{ PLAZA_PORT: String(takenPort) }, /^Port [0-9]+ of .+ is in use: .+PLAZA_PORT.+\n$/],
      [{ PLAZA_DATA: file }, /^The data folder .+ cannot be used .+PLAZA_DATA.+\n$/],
      [{ PLAZA_CONFIG: join(folder, 'none.json') }, /^.*none\.json.*\n$/],
    ];
    for (const [wrong, line] of cases) {
      const end = await endOf(MAIN, [], { ...settings, ...wrong });
      assert.equal(end.code, 1, JSON.stringify(wrong));
      assert.match(end.errors, line);
    }
  });
});
