import type { ConnectionOptions } from '@platformatic/kafka';

export interface TlsFiles {
  /** PEM text of who signed the brokers' certificates; without it, who the system trusts. */
  readonly ca?: string;
  /** PEM text of this client's certificate and key, where the brokers ask for one. */
  readonly cert?: string;
  readonly key?: string;
}

/** Where the brokers are and how to enter. */
export interface KafkaAddress {
  readonly brokers: readonly string[];
  /** Of topics that are created here. */
  readonly replication: number;
  readonly connection: Pick<ConnectionOptions, 'tls' | 'sasl'>;
}

const MECHANISMS = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'] as const;
const SHAPE = /^kafka:\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}$/;
const PARAMETERS = new Set(['replication', 'sasl', 'tls']);

/**
 * Reads `kafka://user:password@host:9092,host:9092?replication=3&sasl=SCRAM-SHA-512&tls=on`. With a user the mechanism is SCRAM-SHA-512
 * unless `sasl` names another; `tls=on`, or any file of `tls`, encrypts.
 * @throws RangeError that says what is wrong with the address, and never shows the password
 */
export function kafkaAddress(url: string, tls: TlsFiles = {}): KafkaAddress {
  const [, login, hosts = '', query = ''] = SHAPE.exec(url) ?? [];
  const brokers = hosts.split(',');
  if (!brokers.every((host) => HOST.test(host))) {
    throw wrong('names its brokers as kafka://host:port,host:port');
  }
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) if (!PARAMETERS.has(name)) throw wrong(`has an unknown part "${name}"`);
  const replication = Number(parameters.get('replication') ?? Math.min(brokers.length, 3));
  if (!Number.isInteger(replication) || replication < 1 || replication > 9) throw wrong('has replication=1 to 9');
  const encrypted = parameters.get('tls') ?? 'off';
  if (encrypted !== 'on' && encrypted !== 'off') throw wrong('has tls=on or tls=off');
  const secured = encrypted === 'on' || Object.values(tls).some((file) => file !== undefined);
  return {
    brokers,
    replication,
    connection: {
      ...(secured ? { tls: { ...tls, minVersion: 'TLSv1.2' as const } } : {}),
      ...(login === undefined ? {} : { sasl: saslOf(login, parameters.get('sasl')) }),
    },
  };
}

function saslOf(login: string, named: string | null): NonNullable<ConnectionOptions['sasl']> {
  const colon = login.indexOf(':');
  if (colon < 1) throw wrong('names its user as user:password@');
  const mechanism = MECHANISMS.find((known) => known === (named ?? 'SCRAM-SHA-512').toUpperCase());
  if (mechanism === undefined) throw wrong(`has sasl=${MECHANISMS.join(' or ')}`);
  return { mechanism, username: decode(login.slice(0, colon)), password: decode(login.slice(colon + 1)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('has its user and password percent-encoded');
  }
}

function wrong(rule: string): RangeError {
  return new RangeError(`The address of the event bus is not as it should be: it ${rule}.`);
}
