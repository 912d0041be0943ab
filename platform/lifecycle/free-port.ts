import { createServer } from 'node:net';

/** A port that nobody listens on at this moment. The public address is part of what is stored, so it must be known before the services start. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
