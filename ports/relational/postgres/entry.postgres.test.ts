import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { CompiledQuery } from 'kysely';
import { createLog } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import { onServer, openTestPostgres } from './testing.ts';
import { eventually, killNode, type Servers, startServers } from './testing-servers.ts';

let servers: Servers;
before(async () => {
  servers = await startServers(0);
  await onServer(servers.primary, `CREATE ROLE plaza_tls LOGIN PASSWORD '${passwordOf(servers.primary)}'`);
});
after(() => servers.stop());

function passwordOf(url: string): string {
  return new URL(url).password;
}

/** The servers' address with other parts. */
function address(parts: { user?: string; password?: string; host?: string; sslmode?: string }): string {
  const url = new URL(servers.primary);
  if (parts.user !== undefined) url.username = parts.user;
  if (parts.password !== undefined) url.password = parts.password;
  if (parts.host !== undefined) url.hostname = parts.host;
  if (parts.sslmode !== undefined) url.searchParams.set('sslmode', parts.sslmode);
  return url.href;
}

async function encrypted(relational: Relational): Promise<boolean> {
  const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
  const [row] = await relational.query(CompiledQuery.raw(sql) as CompiledQuery<{ ssl: number }>);
  await relational.close();
  return row!.ssl === 1;
}

test('with an authority the connection is encrypted, by number and by name', async () => {
  const { ca } = servers.tls;
  assert.equal(await encrypted(await openTestPostgres({ url: servers.primary, tls: { ca } })), true);
  assert.equal(await encrypted(await openTestPostgres({ url: address({ host: 'localhost' }), tls: { ca } })), true);
  assert.equal(await encrypted(await openTestPostgres({ url: servers.primary })), false);
  const nothing = { ca: undefined, cert: undefined, key: undefined };
  assert.equal(await encrypted(await openTestPostgres({ url: servers.primary, tls: nothing })), false);
});

test('a server whose certificate was signed by nobody we know is refused', async () => {
  await assert.rejects(openTestPostgres({ url: address({ sslmode: 'require' }) }), /does not let Plaza in/);
  await assert.rejects(openTestPostgres({ url: address({ sslmode: 'verify-full' }) }), /does not let Plaza in/);
});

test('a server that insists on TLS is entered with it, and not without', async () => {
  const url = address({ user: 'plaza_tls' });
  await assert.rejects(openTestPostgres({ url }), /pg_hba.conf rejects/);
  assert.equal(await encrypted(await openTestPostgres({ url, tls: { ca: servers.tls.ca } })), true);
});

test('a certificate lets us in without a password', async () => {
  const url = address({ user: 'plaza_certificate', password: '' });
  assert.equal(await encrypted(await openTestPostgres({ url, tls: servers.tls })), true);
  await assert.rejects(openTestPostgres({ url, tls: { ca: servers.tls.ca } }), /certificate/);
});

test('settings that contradict each other or are unknown are refused with what to do', async () => {
  const { ca } = servers.tls;
  await assert.rejects(
    openTestPostgres({ url: address({ sslmode: 'disable' }), tls: { ca } }),
    /take one of them away/,
  );
  await assert.rejects(
    openTestPostgres({ url: address({ sslmode: 'prefer' }) }),
    /give disable, require or verify-full/,
  );
  await assert.rejects(openTestPostgres({ url: `${servers.primary}?ssl=true` }), /has a parameter "ssl"/);
});

test('no password is ever shown: not by errors, not in the log, not by looking at the port', async () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog('trace', destination);
  const shown: unknown[] = [];
  const failure = async (url: string) => {
    await assert.rejects(openTestPostgres({ url, log }), (error) => shown.push(error) > 0);
  };
  await failure(address({ password: 'wrong-5up3rw0rd' }));
  await failure(address({ user: 'nobody' }));
  await failure(servers.primary.replace(/\d+\/plaza$/, '1/plaza'));
  await failure(servers.primary.replace('127.0.0.1', 'no such host'));
  await failure(`mysql${servers.primary.slice('postgres'.length)}`);
  await failure(`${servers.primary}?secret=5up3rw0rd`);

  const relational = await openTestPostgres({ url: servers.primary, replicaUrls: [servers.primary], log });
  shown.push(relational);
  await killNode(servers.nodes.primary);
  await eventually(async () => {
    const failed = await relational
      .query(CompiledQuery.raw('SELECT 1') as CompiledQuery<object>)
      .catch((error) => error);
    shown.push(failed);
    log.error({ err: failed }, 'as a service would log it');
    return failed instanceof Error;
  }, 'a failure is told');
  await relational.close();

  const all = lines.join('') + shown.map((each) => inspect(each, { depth: 12, showHidden: true })).join('\n');
  assert.match(all, /cannot be reached/);
  assert.doesNotMatch(all, /5up3rw0rd/);
});
