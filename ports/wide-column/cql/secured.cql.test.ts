import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { cassandraAddresses, cassandraEngine } from '#engines/cassandra/cassandra-engine.ts';
import { freeAddressPrefix } from '#engines/cassandra/free-addresses.ts';
import { type Certificates, makeCertificates } from '#engines/certificates.ts';
import type { Engine } from '#engines/engine.ts';
import { startNode, stopNode } from '#engines/node-process.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { put } from '../port.ts';
import { wideTable } from '../table.ts';
import type { CqlTls } from './address.ts';
import { openCql } from './wide-column.ts';

const USER = 'plaza';
const PASSWORD = `p@ss/w:ord 100% "secret"`;
const WRONG = 'wr0ng-hunter2';
const PORT = 9_142;
const TIMEOUT = { timeout: 600_000 };

const notes = wideTable({
  name: 'notes',
  tier: 'core',
  partition: { id: 'text' },
  clustering: {},
  columns: { body: 'text' },
});

describe('a server that asks for TLS, a certificate and a password', () => {
  let folder = '';
  let engine: Engine;
  let host = '';
  let tls: CqlTls;
  let other: Certificates;
  const logged: string[] = [];
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plaza-cql-tls-'));
    const addressPrefix = await freeAddressPrefix(PORT);
    const place = { port: PORT, dataCenters: ['dc1'], addressPrefix };
    host = cassandraAddresses(place)[0]!;
    const files = await makeCertificates(folder, [host]);
    other = await makeCertificates(mkdtempSync(join(folder, 'other-')), [host]);
    tls = {
      ca: readFileSync(files.ca, 'utf8'),
      cert: readFileSync(files.clientCert, 'utf8'),
      key: readFileSync(files.clientKey, 'utf8'),
    };
    const serverPem = join(folder, 'server.pem');
    writeFileSync(serverPem, [files.serverKey, files.serverCert].map((path) => readFileSync(path, 'utf8')).join(''));
    const secured = { user: USER, password: PASSWORD, serverPem, caPem: files.ca, clientCertificates: true };
    engine = cassandraEngine({ folder: join(folder, 'engine'), ...place, secured });
    await Promise.all(engine.nodes.map(startNode));
    await engine.join?.();
  }, TIMEOUT);
  after(async () => {
    await Promise.all(engine.nodes.map(stopNode));
    rmSync(folder, { recursive: true });
  });

  function open(how: { tls: CqlTls; password?: string }) {
    const login = `${USER}:${encodeURIComponent(how.password ?? PASSWORD)}`;
    const url = `cql://${login}@${host}:${PORT}/secured?datacenter=dc1&replication=dc1:1`;
    const tools = { clock: systemClock, random: systemRandom, log, requestTimeoutMs: 15_000 };
    return openCql({ url, tls: how.tls, ...tools });
  }

  /** What somebody who may not enter gets to see, in any form in which it could be printed. */
  async function refusal(how: Parameters<typeof open>[0]): Promise<string> {
    const entered = await open(how).catch((error: unknown) => inspect(error, { depth: 20, showHidden: true }));
    if (typeof entered === 'string') return entered;
    await entered.close();
    throw new Error('It was let in.');
  }

  test('whoever has all three writes and reads', TIMEOUT, async () => {
    const wide = await open({ tls });
    await wide.declare([notes]);
    await wide.write([put(notes, { id: 'a', body: 'sealed' }, 1)]);
    assert.equal((await wide.get(notes, { id: 'a' }))?.body, 'sealed');
    await wide.close();
  });

  test('another password is refused', TIMEOUT, async () => {
    assert.match(await refusal({ tls, password: WRONG }), /does not let this process in/);
  });

  for (const [what, wrong] of [
    ['an authority that did not sign the server', () => ({ ...tls, ca: readFileSync(other.ca, 'utf8') })],
    ['no authority', () => ({ cert: tls.cert, key: tls.key })],
    ['no certificate of its own', () => ({ ca: tls.ca })],
    ['no TLS', () => ({})],
  ] as const) {
    test(`with ${what} nobody enters`, TIMEOUT, async () => {
      assert.match(await refusal({ tls: wrong() }), /does not answer|certificate/);
    });
  }

  test('no password and no key was shown, by no error and in no log', TIMEOUT, async () => {
    const shown = [
      await refusal({ tls, password: WRONG }),
      await refusal({ tls: { ca: readFileSync(other.ca, 'utf8') } }),
      ...logged,
    ].join('\n');
    const secrets = [PASSWORD, encodeURIComponent(PASSWORD), WRONG, 'PRIVATE KEY'];
    assert.deepEqual(
      secrets.filter((secret) => shown.includes(secret)),
      [],
    );
  });
});
