export interface RedisTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A node's configuration: a cache, so nothing is written to disk but who belongs to the cluster. */
export function redisConfig(options: {
  readonly port: number;
  readonly password: string | undefined;
  readonly tls: RedisTls | undefined;
}): string {
  const { port, password, tls } = options;
  const lines = [
    'bind 127.0.0.1',
    'daemonize no',
    'dir .',
    'save ""',
    'appendonly no',
    'maxmemory 64mb',
    'maxmemory-policy allkeys-lru',
    'repl-diskless-sync-delay 0',
    'cluster-enabled yes',
    'cluster-config-file nodes.conf',
    'cluster-node-timeout 2000',
    'cluster-announce-ip 127.0.0.1',
    // The slots of living masters answer while another's wait for its replica.
    'cluster-require-full-coverage no',
    // An old copy of a cache is better than none.
    'cluster-replica-validity-factor 0',
  ];
  if (password !== undefined) lines.push(`requirepass ${quoted(password)}`, `masterauth ${quoted(password)}`);
  if (tls === undefined) return `${[...lines, `port ${port}`].join('\n')}\n`;
  lines.push(
    'port 0',
    `tls-port ${port}`,
    `tls-ca-cert-file ${quoted(tls.ca)}`,
    `tls-cert-file ${quoted(tls.cert)}`,
    `tls-key-file ${quoted(tls.key)}`,
    'tls-auth-clients yes',
    'tls-cluster yes',
    'tls-replication yes',
  );
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
