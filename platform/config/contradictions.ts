import { ConfigError } from './config-error.ts';
import { isLoopback } from './formats.ts';
import { environmentName, type Settings } from './settings.ts';

/** Settings that are fine alone and wrong together. */
export function refuseContradictions(config: Settings): void {
  if (config.rateLimits === 'off' && !isLoopback(config.host)) {
    throw new ConfigError(
      `PLAZA_RATE_LIMITS is "off" while PLAZA_HOST is "${config.host}": limits may be off on a loopback address only; unset one of them.`,
    );
  }
  if (config.smtpUrl !== undefined && config.smtpFrom === undefined) {
    throw new ConfigError('PLAZA_SMTP_FROM is not set while PLAZA_SMTP_URL is: set it to the sender of mail.');
  }
  if (config.oidcIssuer !== undefined && config.oidcClientId === undefined) {
    throw new ConfigError(
      'PLAZA_OIDC_CLIENT_ID is not set while PLAZA_OIDC_ISSUER is: set it to the id that the provider gave.',
    );
  }
  if (config.oidcIssuer === undefined && config.oidcClientId !== undefined) {
    throw new ConfigError(
      "PLAZA_OIDC_ISSUER is not set while PLAZA_OIDC_CLIENT_ID is: set it to the provider's address.",
    );
  }
  if (config.port !== 0 && config.metricsPort === config.port) {
    throw new ConfigError(`PLAZA_METRICS_PORT is ${config.port}, which is PLAZA_PORT: choose another port, or off.`);
  }
  refuseHalfEngines(config);
}

const ENGINES = ['relational', 'wideColumn', 'eventBus', 'cache', 'objectStore'] as const;

/** What belongs to an engine is of use with its address only, a certificate with its key only. */
function refuseHalfEngines(config: Settings): void {
  for (const engine of ENGINES) {
    const url = `${engine}Url` as const;
    const cert = `${engine}TlsCert` as const;
    const key = `${engine}TlsKey` as const;
    refuseWithout(config, cert, key);
    refuseWithout(config, key, cert);
    refuseWithout(config, cert, url);
    refuseWithout(config, `${engine}TlsCa`, url);
  }
  if (config.relationalReplicaUrls.length > 0) refuseWithout(config, 'relationalReplicaUrls', 'relationalUrl');
  refuseWithout(config, 'objectStoreUrl', 'objectStoreKeyId');
  refuseWithout(config, 'objectStoreUrl', 'objectStoreSecret');
}

function refuseWithout(config: Settings, name: keyof Settings, needed: keyof Settings): void {
  if (config[name] === undefined || config[needed] !== undefined) return;
  const [set, missing] = [environmentName(name), environmentName(needed)];
  throw new ConfigError(`${missing} is not set while ${set} is: set both or neither.`);
}
