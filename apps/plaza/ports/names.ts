import type { Config } from '#platform/config/config.ts';
import type { SettingName } from '#platform/config/settings.ts';
import type { Ports } from '#platform/lifecycle/platform.ts';
import type { WideColumnStore } from '#ports/wide-column/store.ts';

export type PortName = keyof Ports;

/** The ports as their opener has them. */
export interface OpenPorts extends Ports {
  readonly wideColumn: WideColumnStore;
}

/** The setting that names each port's server. */
export const PORT_URLS = {
  relational: 'relationalUrl',
  wideColumn: 'wideColumnUrl',
  bus: 'eventBusUrl',
  cache: 'cacheUrl',
  objects: 'objectStoreUrl',
} as const satisfies Record<PortName, SettingName>;

export const PORT_NAMES = Object.keys(PORT_URLS) as PortName[];

/** Ports that are servers by these settings. */
export function onServers(config: Config): PortName[] {
  return PORT_NAMES.filter((port) => config[PORT_URLS[port]] !== undefined);
}
