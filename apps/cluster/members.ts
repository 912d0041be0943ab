import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineNode } from '#engines/engine.ts';
import type { Layout, Member } from './layout.ts';
import type { ClusterSecrets } from './secrets.ts';

const PROGRAM = fileURLToPath(new URL('../plaza/operator/main.ts', import.meta.url));
/** Longer than the load balancer takes to notice: two checks, a second apart. */
const STOP_DELAY_SECONDS = 3;

/** What all processes of the cluster are told, and the operator's commands too. */
export function sharedSettings(
  layout: Layout,
  secrets: ClusterSecrets,
  engines: Readonly<Record<string, string>>,
): Record<string, string> {
  const addresses = layout.services.map(({ service, port }) => [
    `PLAZA_${service.toUpperCase()}_URL`,
    `http://127.0.0.1:${port}`,
  ]);
  const internal = [...layout.services, ...layout.gateways].map(({ metricsPort }) => `http://127.0.0.1:${metricsPort}`);
  return {
    ...engines,
    ...Object.fromEntries(addresses),
    PLAZA_PROCESS_URLS: internal.join(','),
    PLAZA_OPERATOR_KEY: secrets.operatorKey,
    PLAZA_CALL_SECRET: secrets.callSecret,
    PLAZA_ORIGIN: layout.origin,
  };
}

/** A service as a process of its own, which outlives the command that started it. */
export function memberNode(layout: Layout, member: Member, settings: Readonly<Record<string, string>>): EngineNode {
  const { name, service, port, metricsPort } = member;
  const own: Readonly<Record<string, string>> =
    service === 'gateway'
      ? { PLAZA_HOST: '127.0.0.1', PLAZA_PORT: String(port), PLAZA_TRUSTED_PROXIES: '127.0.0.1' }
      : { PLAZA_SERVICE_HOST: '127.0.0.1', PLAZA_SERVICE_PORT: String(port) };
  return {
    name,
    folder: join(layout.folder, 'services', name),
    command: process.execPath,
    args: [PROGRAM, 'service', service],
    env: {
      ...settings,
      ...own,
      PLAZA_METRICS_PORT: String(metricsPort),
      PLAZA_STOP_DELAY_SECONDS: String(service === 'gateway' ? STOP_DELAY_SECONDS : 0),
    },
    answers: async () => (await fetch(`http://127.0.0.1:${metricsPort}/readyz`)).status === 200,
  };
}
