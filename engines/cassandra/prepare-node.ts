import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJava } from '#engines/java/find-java.ts';
import { javaLibraries } from '#engines/java/java-libraries.ts';
import type { CassandraEngineOptions, CassandraPlace } from './cassandra-engine.ts';
import { cassandraYaml } from './cassandra-yaml.ts';
import { INTERNALS, logback } from './jvm.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FOLDERS = ['conf', 'data', 'commitlog', 'saved_caches', 'hints', 'cdc', 'tmp'];
const MEMORY = ['-Xms128m', '-Xmx384m', '-Xss512k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Writes the settings and the start script of one node. Cassandra 5 runs on Java 17 and on no newer one. */
export async function prepareNode(
  options: CassandraEngineOptions,
  place: CassandraPlace,
  seeds: readonly string[],
): Promise<void> {
  const java = await findJava({ from: 17, to: 17 });
  const jars = await javaLibraries('cassandra', HERE);
  for (const name of FOLDERS) mkdirSync(join(place.folder, name), { recursive: true, mode: 0o700 });
  const conf = (name: string) => join(place.folder, 'conf', name);
  writeFileSync(conf('cassandra.yaml'), cassandraYaml(options, place, seeds), { mode: 0o600 });
  writeFileSync(conf('cassandra-rackdc.properties'), `dc=${place.dataCenter}\nrack=rack1\n`);
  writeFileSync(conf('logback.xml'), logback());
  const agent = readdirSync(jars).find((name) => /^jamm-.*\.jar$/.test(name));
  const temporary = join(place.folder, 'tmp');
  const properties = {
    'java.io.tmpdir': temporary,
    'jna.tmpdir': temporary,
    'java.net.preferIPv4Stack': 'true',
    'cassandra.config': `file://${conf('cassandra.yaml')}`,
    'logback.configurationFile': conf('logback.xml'),
    'cassandra.storagedir': place.folder,
    'cassandra.logdir': place.folder,
    // Nodes of one machine find one another in seconds; a network needs the half minute that these take otherwise.
    'cassandra.ring_delay_ms': '8000',
    'cassandra.skip_wait_for_gossip_to_settle': '0',
    'cassandra.superuser_setup_delay_ms': '0',
    'cassandra-foreground': 'yes',
    'io.netty.tryReflectionSetAccessible': 'true',
  };
  const command = [
    java,
    ...INTERNALS,
    ...MEMORY,
    '-XX:MaxDirectMemorySize=192m',
    '-XX:+PerfDisableSharedMem',
    '-XX:+ExitOnOutOfMemoryError',
    `-javaagent:${join(jars, agent!)}`,
    ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
    '-cp',
    `${join(place.folder, 'conf')}:${join(jars, '*')}`,
    'org.apache.cassandra.service.CassandraDaemon',
  ];
  writeStart(place.folder, command);
}

/** As root it would pin its whole heap in memory: it is started without that right. */
function writeStart(folder: string, command: readonly string[]): void {
  const path = join(folder, 'start');
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const lines = ['#!/bin/sh', `set -- ${quoted}`, '[ "$(id -u)" = 0 ] && set -- setpriv --bounding-set=-ipc_lock "$@"'];
  writeFileSync(path, `${lines.join('\n')}\nexec "$@"\n`);
  chmodSync(path, 0o700);
}
