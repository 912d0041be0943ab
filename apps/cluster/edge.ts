import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineNode } from '#engines/engine.ts';
import type { Layout, Member } from './layout.ts';

const CONFIGURATION = fileURLToPath(new URL('../../deploy/edge/haproxy.cfg', import.meta.url));

/** Where HAProxy listens and keeps its files, and to whom it sends. */
export type Edge = Pick<Layout, 'folder' | 'port' | 'origin'> & { readonly gateways: readonly EdgeGateway[] };
export type EdgeGateway = Pick<Member, 'name' | 'port'>;

/** HAProxy at the public port, with the configuration of `deploy/edge/` and a list of this cluster's gateways. */
export function edgeNode(edge: Edge, host: string): EngineNode {
  const folder = join(edge.folder, 'edge');
  return {
    name: 'haproxy',
    folder,
    command: 'haproxy',
    stopSignal: 'SIGUSR1',
    args: ['-db', '-f', CONFIGURATION, '-f', 'gateways.cfg'],
    env: { PLAZA_EDGE_BIND: `${host}:${edge.port}`, PLAZA_EDGE_SCHEME: new URL(edge.origin).protocol.slice(0, -1) },
    async prepare() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'gateways.cfg'), gatewaysOf(edge.gateways));
    },
    answers: async () => (await fetch(`http://${host}:${edge.port}/api/v2/instance`)).status === 200,
  };
}

/** The second part of the configuration, for these gateways. */
function gatewaysOf(gateways: readonly EdgeGateway[]): string {
  const lines = gateways.map(({ name, port }) => `  server ${name} 127.0.0.1:${port}`);
  return `${['backend gateways from gateway', ...lines].join('\n')}\n`;
}
