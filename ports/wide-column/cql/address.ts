export interface CqlTls {
  /** PEM text of who signed the servers' certificates; without it, who the system trusts. */
  readonly ca?: string | undefined;
  /** PEM text of this client's certificate and key, where the servers ask for one. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** Where the servers are and how to enter. */
export interface CqlAddress {
  /** Names or numbers of the first servers to ask, without port; they know the others. */
  readonly hosts: readonly string[];
  /** The same at each server: CQL servers do not tell one another's ports. */
  readonly port: number;
  readonly keyspace: string;
  /** The data centre that this process is in: it asks no servers of another. */
  readonly dataCenter: string;
  /** Replicas by data centre, for a keyspace that is not there yet. */
  readonly replication: Readonly<Record<string, number>> | undefined;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  /** Encrypted, and the servers' certificates are verified. */
  readonly encrypted: boolean;
}

const SHAPE = /^cql:\/\/(?:([^@/?]*)@)?([^@/?]+)\/([^/?]*)(?:\?(.*))?$/;
const HOST = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?$/;
const KEYSPACE = /^[a-z][a-z0-9_]{0,47}$/;
const DATA_CENTER = /^[A-Za-z0-9_-]{1,100}$/;
const PARAMETERS = new Set(['datacenter', 'replication', 'tls']);

/**
 * Reads `cql://user:password@host:9042,host:9042/keyspace?datacenter=dc1&replication=dc1:3,dc2:3&tls=on`. `tls=on`, or any text of `tls`, encrypts.
 * @throws RangeError that says what is wrong with the address, and never shows the password
 */
export function cqlAddress(url: string, tls: CqlTls = {}): CqlAddress {
  const [, login, places = '', keyspace = '', query = ''] = SHAPE.exec(url) ?? [];
  const found = places.split(',').map((place) => HOST.exec(place));
  if (!found.every((match) => match !== null)) throw wrong('names its servers as cql://host:port,host:port/keyspace');
  const ports = new Set(found.map(([, , port]) => Number(port ?? 9_042)));
  if (ports.size > 1) throw wrong('has the same port for all servers');
  if (!KEYSPACE.test(keyspace)) throw wrong('names a keyspace: a small letter, then small letters, digits and _');
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) if (!PARAMETERS.has(name)) throw wrong(`has an unknown part "${name}"`);
  const dataCenter = parameters.get('datacenter') ?? '';
  if (!DATA_CENTER.test(dataCenter)) throw wrong('has datacenter=NAME, the data centre that this process is in');
  const encrypted = parameters.get('tls') ?? 'off';
  if (encrypted !== 'on' && encrypted !== 'off') throw wrong('has tls=on or tls=off');
  return {
    hosts: found.map(([, host]) => host!.replace(/^\[(.*)\]$/, '$1')),
    port: [...ports][0]!,
    keyspace,
    dataCenter,
    replication: replicationOf(parameters.get('replication'), dataCenter),
    credentials: login === undefined ? undefined : credentialsOf(login),
    encrypted: encrypted === 'on' || Object.values(tls).some((text) => text !== undefined),
  };
}

function replicationOf(text: string | null, dataCenter: string): Record<string, number> | undefined {
  if (text === null) return undefined;
  const rule = 'has replication=NAME:3,NAME:3, one for each data centre';
  const replicas: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [name = '', count = ''] = part.split(':');
    if (!DATA_CENTER.test(name) || !/^[1-9]$/.test(count) || name in replicas) throw wrong(rule);
    replicas[name] = Number(count);
  }
  if (!(dataCenter in replicas)) throw wrong(`${rule}, "${dataCenter}" among them`);
  return replicas;
}

function credentialsOf(login: string): CqlAddress['credentials'] {
  const colon = login.indexOf(':');
  if (colon < 1) throw wrong('names its user as user:password@');
  return { username: decode(login.slice(0, colon)), password: decode(login.slice(colon + 1)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('has its user and password percent-encoded');
  }
}

function wrong(rule: string): RangeError {
  return new RangeError(`The address of the wide-column store is not as it should be: it ${rule}.`);
}
