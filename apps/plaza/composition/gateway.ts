import type { Config } from '#platform/config/config.ts';
import type { GatewayConfig } from '#services/gateway/config.ts';
import { DEFAULT_RATE_LIMITS } from '#services/gateway/limits/rate-limits.ts';
import type { RunningGateway } from '#services/gateway/main.ts';
import { onServers, type PortName } from '../ports/names.ts';
import { programVersion } from '../version.ts';
import type { Room } from './called-services.ts';
import { derivedKey } from './keys.ts';

/** Ports that the gateway uses; the relational one for the worker number of its ids. */
export const GATEWAY_NEEDS: readonly PortName[] = ['relational', 'cache', 'objects'];

/** Starts the public API on `port`. */
export async function startGatewayHere(room: Room, port: number): Promise<RunningGateway> {
  const { startGateway } = await import('#services/gateway/main.ts');
  const config = {
    ...gatewayConfig(room.config, room.origin, port, room.operatorKey(), room.platform.shared !== true),
    remembersAnswers: readsOwnFiles(room.config),
    ...clientOf(room),
  };
  return startGateway(room.platform, room.ports, config, { traces: room.traces, readiness: room.readiness });
}

function clientOf({ config, clientFolder }: Room): Pick<GatewayConfig, 'client'> {
  if (clientFolder === null) return {};
  const cdn = config.assetsUrl?.replace(/\/$/, '');
  return { client: { folder: clientFolder, ...(cdn === undefined ? {} : { assetsBase: cdn }) } };
}

/** Whether every service runs here, is called by function calls, and reads from files that this process alone writes. */
function readsOwnFiles(config: Config): boolean {
  const servers = onServers(config);
  return config.calls === 'function' && !servers.includes('relational') && !servers.includes('wideColumn');
}

function gatewayConfig(config: Config, origin: string, port: number, key: Buffer, alone: boolean): GatewayConfig {
  return {
    host: config.host,
    port,
    origin,
    mediaBase: config.mediaBaseUrl?.replace(/\/$/, '') ?? origin,
    redirectPrivateFiles: config.objectStoreRedirect === 'on',
    trustedProxies: config.trustedProxies,
    rateLimits: config.rateLimits === 'off' ? 'off' : DEFAULT_RATE_LIMITS,
    signUp: config.signup,
    instance: {
      title: config.title,
      description: config.description,
      contactEmail: config.contactEmail ?? '',
      languages: ['en'],
      rules: [],
      version: programVersion(),
      sourceUrl: '',
    },
    mediaSecret: derivedKey(key, 'plaza media addresses'),
    mailEnabled: config.smtpUrl !== undefined && config.smtpFrom !== undefined,
    socialProvider: config.oidcIssuer === undefined || config.oidcClientId === undefined ? null : config.oidcName,
    logOneOf: 100,
    alone,
  };
}
