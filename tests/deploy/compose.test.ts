import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { refuseUnfitForService } from '#apps/plaza/composition/addresses.ts';
import { loadConfig } from '#platform/config/config.ts';
import { SERVICE_NAMES, type ServiceName } from '#platform/config/service-names.ts';

const ROOT = join(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'compose.yaml'), 'utf8');

interface Container {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: { readonly replicas: number };
}

/** What somebody's `.env` holds. */
const SECRETS: Readonly<Record<string, string>> = {
  PLAZA_OPERATOR_KEY: 'ab'.repeat(32),
  PLAZA_CALL_SECRET: 'cd'.repeat(32),
  POSTGRES_PASSWORD: 'postgres-password',
  REDIS_PASSWORD: 'redis-password',
  S3_SECRET: 's3-secret',
};

/** Puts values in the place of `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, as compose does. */
function withValues(source: string): string {
  return source.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
    const value = SECRETS[name] ?? (kind === '-' ? rest : undefined);
    return value ?? assert.fail(`${name} has no value: docs/operating.md does not say to set it`);
  });
}

const file = parse(withValues(text), { merge: true }) as {
  readonly services: Readonly<Record<string, Container>>;
  readonly volumes: Readonly<Record<string, null>>;
};
const containers = Object.entries(file.services);
const own = containers.filter(([, { image }]) => image === 'plaza');
const settingsOf = ({ environment = {} }: Container) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
const serviceOf = ({ command }: Container) => command?.[2] as ServiceName;

describe('compose.yaml', () => {
  test('has every service, and two gateways', () => {
    assert.deepEqual(own.map(([, container]) => serviceOf(container)).sort(), [...SERVICE_NAMES].sort());
    for (const [name, container] of own) assert.equal(name, serviceOf(container));
    assert.equal(file.services.gateway?.deploy?.replicas, 2);
  });

  for (const [name, container] of own) {
    test(`${name} is told what a process of its own needs, and nothing that is no setting`, () => {
      const config = loadConfig({ env: settingsOf(container) });
      refuseUnfitForService(config, serviceOf(container));
      assert.equal(container.command?.[0], 'apps/plaza/operator/main.ts');
      assert.equal(container.build, '.');
    });

    test(`what ${name} is told to reach is there, at the port where it listens`, () => {
      const config = loadConfig({ env: settingsOf(container) });
      for (const [setting, value] of Object.entries(settingsOf(container))) {
        if (!/_URLS?$/.test(setting)) continue;
        const places = value.replace(/^s3:.*endpoint=\w+:\/\//, '').replace(/^\w+:\/\/([^@/]*@)?/, '');
        for (const place of places.replace(/[/?].*$/, '').split(',')) {
          const [host = '', port] = place.split(':');
          const there = file.services[host] ?? assert.fail(`${setting} names ${host}, which is no container`);
          const expected = there.image === 'plaza' ? config.servicePort : portOf(host, there);
          assert.equal(Number(port), expected, `${setting}: the port of ${host}`);
        }
      }
    });
  }

  test('all whose end is not awaited say whether they are well; nobody waits for who is not there', () => {
    const awaited = new Set<string>();
    for (const [name, { depends_on = {} }] of containers) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const container = file.services[other] ?? assert.fail(`${name} waits for ${other}`);
        if (condition === 'service_completed_successfully') awaited.add(other);
        else assert.ok(container.healthcheck, `${name} waits until ${other} is well, which does not say so`);
      }
    }
    const silent = containers.filter(([name, { healthcheck }]) => healthcheck === undefined && !awaited.has(name));
    assert.deepEqual(silent, []);
  });

  test('files that are mounted are there, scripts may be run, and folders have a volume', () => {
    for (const [name, { volumes = [] }] of containers) {
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        if (!source.startsWith('.')) {
          assert.ok(source in file.volumes, `${name}: ${source}`);
          continue;
        }
        assert.ok(existsSync(join(ROOT, source)), `${name}: ${source}`);
        if (source.endsWith('.sh')) accessSync(join(ROOT, source), constants.X_OK);
      }
    }
  });

  test('gateways believe the edge alone, which sends to the port where they listen', () => {
    const { haproxy, gateway } = file.services;
    assert.ok(haproxy && gateway && !Array.isArray(haproxy.networks));
    const { PLAZA_PORT, PLAZA_TRUSTED_PROXIES } = settingsOf(gateway);
    const networks = haproxy.networks as Readonly<Record<string, { readonly ipv4_address: string }>>;
    assert.equal(networks.inside?.ipv4_address, PLAZA_TRUSTED_PROXIES);
    const list = readFileSync(join(ROOT, 'deploy/edge/gateways-compose.cfg'), 'utf8');
    assert.match(list, new RegExp(`^ {2}server-template \\S+ \\d+ gateway:${PLAZA_PORT} `, 'm'));
    assert.equal(settingsOf(haproxy).PLAZA_EDGE_BIND, `:${haproxy.ports?.[0]?.split(':').at(-1)}`);
    assert.deepEqual(
      containers.filter(([, { ports }]) => ports !== undefined).map(([name]) => name),
      ['haproxy'],
      'nothing else is reached from outside',
    );
  });

  test('no secret stands in it, and each has to be given', () => {
    for (const name of Object.keys(SECRETS)) assert.match(text, new RegExp(`\\$\\{${name}:\\?`), name);
    for (const [, value] of text.matchAll(/\w*(?:PASSWORD|SECRET|KEY|AUTH): (.+)/g))
      assert.match(value ?? '', /^\$\{|^plaza$/);
  });
});

/** Where an engine listens: what it is told, or what its image is known to do. */
function portOf(name: string, { command = [], environment = {} }: Container): number {
  if (name === 's3') return Number(command[command.indexOf('--port') + 1]?.slice(1));
  if (name === 'kafka')
    return Number(/PLAINTEXT:\/\/kafka:(\d+)/.exec(String(environment.KAFKA_ADVERTISED_LISTENERS))?.[1]);
  const usual = { postgres: 5_432, cassandra: 9_042, redis: 6_379 }[name.split('-')[0] ?? ''];
  return usual ?? assert.fail(`nobody knows where ${name} listens`);
}
