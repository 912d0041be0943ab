import type { Config } from '#platform/config/config.ts';
import { ConfigError } from '#platform/config/config-error.ts';
import { decodeKey } from '#platform/config/formats.ts';
import { CALLED_SERVICES, type CalledService, type ServiceName } from '#platform/config/service-names.ts';
import { environmentName } from '#platform/config/settings.ts';
import { onServers, PORT_NAMES, PORT_URLS } from '../ports/names.ts';
import { derivedKey } from './keys.ts';

/** Where a service is found, by its own setting or by the pattern; undefined when neither says. */
export function addressOf(config: Config, service: string): string | undefined {
  const own = CALLED_SERVICES.includes(service as CalledService) ? config[`${service as CalledService}Url`] : undefined;
  return (own ?? config.serviceUrl?.replaceAll('{service}', service))?.replace(/\/$/, '');
}

/** Whether every service that is called has an address. */
export function allAddressed(config: Config): boolean {
  return CALLED_SERVICES.every((service) => addressOf(config, service) !== undefined);
}

/** What the processes of one Plaza know each other by. */
export function callSecretOf(config: Config): string {
  if (config.callSecret !== undefined) return config.callSecret;
  const key = decodeKey(config.operatorKey ?? '');
  if (key !== undefined) return derivedKey(key, 'plaza calls between services');
  throw new ConfigError(
    'PLAZA_CALL_SECRET is not set: services know each other by it; use the output of: openssl rand -hex 32, the same for all.',
  );
}

/**
 * Settings with which one service can be a process of its own.
 * @throws ConfigError with one line about the first that is missing
 */
export function refuseUnfitForService(config: Config, service: ServiceName): void {
  const servers = onServers(config);
  for (const port of PORT_NAMES) {
    if (servers.includes(port)) continue;
    throw new ConfigError(
      `${environmentName(PORT_URLS[port])} is not set: a service that is a process of its own needs a server for everything that processes share.`,
    );
  }
  for (const other of CALLED_SERVICES) {
    if (other === service || addressOf(config, other) !== undefined) continue;
    const label = environmentName(`${other}Url`);
    throw new ConfigError(`${label} is not set: say where the ${other} service is, or set PLAZA_SERVICE_URL for all.`);
  }
  if (config.origin === undefined) {
    throw new ConfigError(
      'PLAZA_ORIGIN is not set: all processes need the public address, such as https://plaza.example.',
    );
  }
}
