import { connect, type Socket } from 'node:net';

/**
 * One keep-alive connection that sends ready-made requests and reads answers as cheaply as can be, so that what is measured is the server.
 * It understands what the servers of the bench send: `Content-Length`, or no body.
 */
export class LoadConnection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #resolve: ((status: number) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    const end = (error?: Error) => this.#reject?.(error ?? new Error('The server closed the connection.'));
    socket.on('error', end);
    socket.on('close', () => end());
  }

  static open(host: string, port: number): Promise<LoadConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new LoadConnection(socket));
      });
    });
  }

  /** Sends a request and answers the status of the response, once its body is there. */
  exchange(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#reject = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const length = /content-length: *([0-9]+)/i.exec(head);
    const total = headEnd + 4 + Number(length?.[1] ?? 0);
    if (this.#received.length < total) return;
    this.#received = this.#received.subarray(total);
    const resolve = this.#resolve;
    this.#resolve = undefined;
    this.#reject = undefined;
    resolve?.(Number(head.slice(9, 12)));
  }
}

/** A request as bytes. */
export function requestBytes(request: LoadRequest, host: string): Buffer {
  const body = request.body === undefined ? '' : request.body;
  const lines = [`${request.method} ${request.path} HTTP/1.1`, `Host: ${host}`, 'Connection: keep-alive'];
  if (request.token !== undefined) lines.push(`Authorization: Bearer ${request.token}`);
  if (body !== '') lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

export interface LoadRequest {
  /** Latencies are reported for each name. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: string;
}
