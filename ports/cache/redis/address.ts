/** Contents of PEM files. */
export interface TlsFiles {
  /** Who signed the server's certificate; without it, whom this machine trusts. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface RedisAddress {
  /** Some nodes of the cluster; the others are found by asking these. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly encrypted: boolean;
}

const FORM = /^(rediss?):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^@/?#]+)\/?$/;
const NODE = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/;
const DEFAULT_PORT = 6379;

/**
 * Reads `redis://user:password@host:7000,host:7000`, or `rediss://` for TLS. User and password are percent-encoded.
 * @throws RangeError that does not repeat the address, because it holds a password
 */
export function redisAddress(url: string): RedisAddress {
  const match = FORM.exec(url);
  if (match === null) throw wrong();
  const nodes = match[4]!.split(',').map((text) => {
    const node = NODE.exec(text);
    const port = Number(node?.[3] ?? DEFAULT_PORT);
    if (node === null || port < 1 || port > 65_535) throw wrong();
    return { host: (node[1] ?? node[2])!, port };
  });
  return {
    nodes,
    username: decoded(match[2]),
    password: decoded(match[3]),
    encrypted: match[1] === 'rediss',
  };
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong();
  }
}

function wrong(): RangeError {
  return new RangeError(
    'The address of the cache is wrong: use redis://user:password@host:7000,host:7000 or rediss://…',
  );
}
