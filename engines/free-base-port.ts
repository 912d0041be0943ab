import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which the system gives ports to clients: those come and go. */
const FIRST = 15_000;
const LAST = 31_000;

/** The first of `span` ports on loopback that nobody uses now. */
export async function freeBasePort(span: number): Promise<number> {
  for (;;) {
    const base = randomInt(FIRST, LAST - span);
    const free = await Promise.all(Array.from({ length: span }, (_, index) => isFree(base + index)));
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
