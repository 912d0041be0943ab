import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findJava } from '#engines/java/find-java.ts';
import { javaLibraries } from '#engines/java/java-libraries.ts';
import type { KafkaEngineOptions } from './kafka-engine.ts';
import { serverProperties } from './server-properties.ts';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Guards the key of a certificate for loopback, in a folder that only its owner reads; Java wants one. */
const STORE_PASSWORD = 'loopback';
const HEAP = ['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const TOOL_HEAP = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Writes the settings and the start script of one broker, makes its certificate and formats its disk. */
export async function prepareBroker(options: KafkaEngineOptions, id: number, folder: string): Promise<void> {
  const java = await findJava({ from: 17 });
  const jars = join(await javaLibraries('kafka', HERE), '*');
  const log4j = `-Dlog4j2.configurationFile=${join(HERE, 'log4j2.xml')}`;
  const properties = join(folder, 'server.properties');
  if (options.secured !== undefined) await makeCertificate(java, folder);
  writeFileSync(properties, serverProperties(options, id, folder, STORE_PASSWORD), { mode: 0o600 });
  writeStart(folder, [java, ...HEAP, '-Djava.awt.headless=true', log4j, '-cp', jars, 'kafka.Kafka', properties]);
  if (existsSync(join(folder, 'data/meta.properties'))) return;
  const format = ['format', '--ignore-formatted', '-t', clusterId(options), '-c', properties, ...scramUser(options)];
  await run(java, [...TOOL_HEAP, log4j, '-cp', jars, 'kafka.tools.StorageTool', ...format]);
}

function writeStart(folder: string, command: readonly string[]): void {
  const path = join(folder, 'start');
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(' ')}\n`);
  chmodSync(path, 0o700);
}

/** The same for all brokers of a folder, without one having to tell the others: 16 bytes as URL-safe text, which never begins with a `-` as options do. */
function clusterId({ folder }: KafkaEngineOptions): string {
  const bytes = createHash('sha256').update(folder).digest().subarray(0, 16);
  bytes[0] = bytes[0]! & 0x7f;
  return bytes.toString('base64url');
}

function scramUser({ secured }: KafkaEngineOptions): string[] {
  if (secured === undefined) return [];
  return ['--add-scram', `SCRAM-SHA-512=[name=${secured.user},password=${secured.password}]`];
}

/** A certificate for 127.0.0.1 that signs itself; `certificate.pem` is what a client has to trust. */
async function makeCertificate(java: string, folder: string): Promise<void> {
  const store = join(folder, 'certificate.p12');
  if (existsSync(store)) return;
  const keytool = java.replace(/java$/, 'keytool');
  const where = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD, '-alias', 'broker'];
  const names = ['-dname', 'CN=127.0.0.1', '-ext', 'SAN=IP:127.0.0.1,DNS:localhost'];
  await run(keytool, [
    '-genkeypair',
    ...where,
    ...names,
    '-keyalg',
    'EC',
    '-groupname',
    'secp256r1',
    '-validity',
    '3650',
  ]);
  await run(keytool, ['-exportcert', '-rfc', ...where, '-file', join(folder, 'certificate.pem')]);
}
