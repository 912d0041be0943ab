import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineNode } from '#engines/engine.ts';
import type { Layout } from './layout.ts';

const CONFIGURATION = fileURLToPath(new URL('../../deploy/edge/haproxy.cfg', import.meta.url));

/** HAProxy at the public port, with the configuration of `deploy/edge/` and a list of this cluster's gateways. */
export function edgeNode(layout: Layout, host: string): EngineNode {
  const folder = join(layout.folder, 'edge');
  return {
    name: 'haproxy',
    folder,
    command: 'haproxy',
    args: ['-db', '-f', CONFIGURATION, '-f', 'gateways.cfg'],
    env: { PLAZA_EDGE_BIND: `${host}:${layout.port}`, PLAZA_EDGE_SCHEME: new URL(layout.origin).protocol.slice(0, -1) },
    async prepare() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'gateways.cfg'), gatewaysOf(layout));
    },
    answers: async () => (await fetch(`http://${host}:${layout.port}/api/v2/instance`)).status === 200,
  };
}

/** The second part of the configuration, for these gateways. */
export function gatewaysOf({ gateways }: Pick<Layout, 'gateways'>): string {
  const lines = [
    'backend gateways',
    '  balance leastconn',
    '  option httpchk',
    '  http-check send meth GET uri /health ver HTTP/1.1 hdr Host gateway',
    '  http-check expect status 200',
    '  default-server check inter 1s fall 2 rise 1 maxconn 2000',
    ...gateways.map(({ name, port }) => `  server ${name} 127.0.0.1:${port}`),
  ];
  return `${lines.join('\n')}\n`;
}
