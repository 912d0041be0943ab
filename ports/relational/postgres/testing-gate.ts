import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * An address between a client and a server, as a load balancer or a name in the network is one: it can lead elsewhere, and lose connections at the worst
 * moment.
 */
export async function openGate(serverUrl: string) {
  let target = new URL(serverUrl);
  let cut: { readonly word: string; readonly arrives: boolean } | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let answers = true;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (cut === undefined || !chunk.includes(cut.word)) return upstream.write(chunk);
      answers = false;
      if (!cut.arrives) return client.destroy();
      upstream.write(chunk, () => upstream.once('data', () => client.destroy()));
    });
    upstream.on('data', (chunk) => {
      if (answers) client.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(serverUrl);
  url.port = String((server.address() as AddressInfo).port);

  const loseAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    /** Every connection that sends this word ends then, before it arrives or, with `arrives`, before its answer does. */
    cutAt(word: string, arrives: boolean): void {
      cut = { word, arrives };
    },
    mend(): void {
      cut = undefined;
    },
    /** Ends all connections; new ones go to another server. */
    leadTo(otherUrl: string): void {
      target = new URL(otherUrl);
      loseAll();
    },
    async close(): Promise<void> {
      server.close();
      loseAll();
      await once(server, 'close');
    },
  };
}

export type Gate = Awaited<ReturnType<typeof openGate>>;
