import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which the system gives ports to clients: those come and go. */
const FIRST = 15_000;
const LAST = 32_000;

/** The first of `span` ports on loopback that nobody uses now; nor the ports that lie `alsoAbove` them. */
export async function freeBasePort(span: number, alsoAbove = 0): Promise<number> {
  for (;;) {
    const base = randomInt(FIRST, LAST - alsoAbove - span);
    const ports = Array.from({ length: span }, (_, index) => base + index);
    const all = new Set([...ports, ...ports.map((port) => port + alsoAbove)]);
    const free = await Promise.all([...all].map(isFree));
    if (free.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
