import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CLIENT_FILES, makeCertificates } from './certificates.ts';
import { untilGone } from './processes.ts';
import { ACCESS, CERTIFICATE_ROLE, DATABASE, ROLE, SETTINGS } from './server-files.ts';
import type { ServerUser } from './server-user.ts';

const POLL_MS = 200;
const PRIMARY_MS = 240_000;

export interface NodePlace {
  /** Folder with the server's programs. */
  readonly bin: string;
  readonly user: ServerUser;
  /** The node's folder. */
  readonly folder: string;
  readonly password: string;
}

/** Makes the data of a primary with the role and the database of the program. A half-made one is thrown away and made again. */
export async function preparePrimary({ bin, user, folder, password }: NodePlace): Promise<void> {
  const data = join(folder, 'data');
  if (existsSync(data)) return tidy(folder);
  user.own(folder);
  const half = join(folder, 'data.half');
  rmSync(half, { recursive: true, force: true });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  user.own(passwordFile);
  // With the collation "C" text is compared byte by byte, as SQLite does.
  const form = ['--encoding=UTF8', '--locale=C', '--data-checksums', '--auth=scram-sha-256', '--no-sync'];
  await user.run(join(bin, 'initdb'), [...form, `--username=${ROLE}`, `--pwfile=${passwordFile}`, '-D', half]);
  rmSync(passwordFile);
  await makeCertificates(folder);
  for (const name of ['server.crt', 'server.key', 'ca.crt']) {
    copyFileSync(join(folder, name), join(half, name));
    user.own(join(half, name));
  }
  writeFileSync(join(half, 'postgresql.conf'), SETTINGS);
  writeFileSync(join(half, 'pg_hba.conf'), ACCESS);
  const sql = `CREATE DATABASE ${DATABASE};\nCREATE ROLE ${CERTIFICATE_ROLE} LOGIN;\n`;
  await user.run(join(bin, 'postgres'), ['--single', '-D', half, 'postgres'], { input: sql });
  renameSync(half, data);
}

/** Copies the primary, which must run or come soon, and follows it by a slot of its own. */
export async function prepareReplica(place: NodePlace, name: string, primaryUrl: string): Promise<void> {
  const { bin, user, folder, password } = place;
  const data = join(folder, 'data');
  if (existsSync(data)) return tidy(folder);
  user.own(folder);
  const half = join(folder, 'data.half');
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  user.own(half);
  const slot = name.replaceAll('-', '_');
  await makeSlot(primaryUrl, slot);
  const { hostname, port } = new URL(primaryUrl);
  const from = `host=${hostname} port=${port} user=${ROLE} application_name=${slot}`;
  const copy = ['-R', '-X', 'stream', '-c', 'fast', '-S', slot, '--no-sync', '-D', half, '-d', from];
  await user.run(join(bin, 'pg_basebackup'), copy, { env: { PGPASSWORD: password } });
  renameSync(half, data);
}

/** Files for a client that wants TLS, by their full paths. */
export function clientFiles(primaryFolder: string): Record<keyof typeof CLIENT_FILES, string> {
  const path = (name: keyof typeof CLIENT_FILES) => join(primaryFolder, CLIENT_FILES[name]);
  return { ca: path('ca'), cert: path('cert'), key: path('key') };
}

/**
 * After a server was killed: waits for its last processes, and takes away its note of its pid. A pid that nobody has collected looks alive to the new
 * server, which would refuse to start.
 */
async function tidy(folder: string): Promise<void> {
  await untilGone({ folder });
  rmSync(join(folder, 'data/postmaster.pid'), { force: true });
}

async function makeSlot(primaryUrl: string, slot: string): Promise<void> {
  const deadline = performance.now() + PRIMARY_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: primaryUrl, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      const known = 'SELECT 1 FROM pg_replication_slots WHERE slot_name = $1';
      await client.query(`SELECT pg_create_physical_replication_slot($1, true) WHERE NOT EXISTS (${known})`, [slot]);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(POLL_MS);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
