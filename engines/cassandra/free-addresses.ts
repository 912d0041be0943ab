import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { STORAGE_PORT } from './cassandra-yaml.ts';

/** Nodes that an engine may have. */
const NODES = 6;

/** The beginning of loopback addresses (`127.0.77.`) on which nobody uses the ports of a node now. */
export async function freeAddressPrefix(port: number): Promise<string> {
  for (;;) {
    const prefix = `127.0.${randomInt(10, 250)}.`;
    const places = Array.from({ length: NODES }, (_, index) => `${prefix}${index + 1}`);
    const free = await Promise.all(places.flatMap((address) => [isFree(address, port), isFree(address, STORAGE_PORT)]));
    if (free.every(Boolean)) return prefix;
  }
}

function isFree(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
