import { chmod, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Logger } from '#platform/telemetry/log.ts';
import type { OperatorContext } from '../operator/command.ts';
import { CONTROL_SOCKET, type ControlAnswer, type ControlRequest, MAX_REQUEST_BYTES } from './protocol.ts';
import { messageOf, runCommand } from './run-command.ts';

/**
 * Listens for the operator's commands on a socket in the data folder. Whoever may write to the folder may command: the socket's mode
 * is 0600. The folder's lock is held, so a socket that is there already was left behind.
 */
export async function startControlServer(dataFolder: string, operator: OperatorContext, log: Logger) {
  const path = join(dataFolder, CONTROL_SOCKET);
  await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, operator).catch((error: unknown) => {
      log.error({ err: error }, 'control socket');
      socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
  await chmod(path, 0o600);
  return {
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(socket: Socket, operator: OperatorContext): Promise<void> {
  const answer = (line: ControlAnswer) => socket.write(`${JSON.stringify(line)}\n`);
  try {
    const request = await readRequest(socket);
    const report = (step: string, done: number, total: number) => answer({ kind: 'progress', step, done, total });
    answer({ kind: 'result', lines: await runCommand(request.command, request.input, operator, report) });
  } catch (error) {
    answer({ kind: 'error', message: messageOf(error) });
  }
  socket.end();
}

async function readRequest(socket: Socket): Promise<ControlRequest> {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.length > MAX_REQUEST_BYTES) throw new Error('The request is too long.');
    const end = text.indexOf('\n');
    if (end >= 0) return JSON.parse(text.slice(0, end)) as ControlRequest;
  }
  throw new Error('The request was cut off.');
}
