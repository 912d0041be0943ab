import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../server/process.ts';
import { type Costed, loadServer } from './context.ts';

const BARE = new URL('../server/bare-child.ts', import.meta.url).pathname;

/** What a bare `node:http` server does with the same bytes, connections and load. */
export async function measureBare(body: string, connections: number, seconds: number): Promise<Costed> {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-bare-'));
  const file = join(folder, 'body');
  writeFileSync(file, body);
  const server = await startServer(BARE, [file], {});
  try {
    const requests = [{ name: 'bare', method: 'GET' as const, path: '/' }];
    await loadServer(server, { requests, order: [0], connections, seconds: 1 });
    return await loadServer(server, { requests, order: [0], connections, seconds });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}
