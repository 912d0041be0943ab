import type { EmbeddedPorts } from './embedded.ts';
import { type EmbeddedOptions, openEmbeddedPorts } from './embedded.ts';
import { type OpenPorts, onServers, PORT_NAMES, type PortName } from './names.ts';
import { SERVER_TWINS, type ServerOptions } from './servers.ts';

export interface OpenedPorts {
  readonly ports: OpenPorts;
  /** Resolves when an embedded file fails: the process must then stop rather than pretend. A server that fails comes back. */
  readonly failed: Promise<Error>;
  readonly embedded: EmbeddedPorts | undefined;
  close(): Promise<void>;
}

export interface OpenOptions extends ServerOptions {
  /** Ports that this process needs. */
  readonly needed: readonly PortName[];
  /** Where embedded twins keep their files. Undefined: none of them is needed. */
  readonly embedded: Pick<EmbeddedOptions, 'dataFolder' | 'fault'> | undefined;
}

/** Opens each port on the server that its setting names, else embedded. */
export async function openPorts(options: OpenOptions): Promise<OpenedPorts> {
  const { config, needed, embedded: place } = options;
  const stack = new AsyncDisposableStack();
  try {
    const servers = onServers(config).filter((port) => needed.includes(port));
    const durable = servers.includes('bus');
    const embedded = place === undefined ? undefined : await openEmbeddedPorts({ ...options, ...place, durable });
    if (embedded !== undefined) stack.defer(() => embedded.close());
    const ports: Partial<Record<PortName, OpenPorts[PortName]>> = { ...embedded?.ports };
    for (const name of servers) {
      const port = await SERVER_TWINS[name](options);
      stack.defer(() => port.close());
      ports[name] = port;
    }
    for (const name of PORT_NAMES) ports[name] ??= absent(name);
    return {
      ports: ports as unknown as OpenPorts,
      failed: embedded?.failed ?? new Promise(() => {}),
      embedded,
      close: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** In the place of a port that this process said it does not need: a mistake of the program shows at the first use. */
function absent(name: PortName): OpenPorts[PortName] {
  return new Proxy({} as OpenPorts[PortName], {
    get(_target, property) {
      throw new Error(`This process has no ${name}, and somebody asked for ${String(property)}.`);
    },
  });
}
