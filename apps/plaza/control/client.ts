import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Report } from '../operator/command.ts';
import { CONTROL_SOCKET, type ControlAnswer } from './protocol.ts';

/** Sends a command to the Plaza that runs on this folder. Undefined when none does. */
export async function commandRunning(
  dataFolder: string,
  command: string,
  input: unknown,
  report: Report,
): Promise<readonly string[] | undefined> {
  const socket = connect(join(dataFolder, CONTROL_SOCKET));
  const connected = await new Promise<boolean>((resolve, reject) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTDIR') resolve(false);
      else reject(error);
    });
  });
  if (!connected) return undefined;
  socket.write(`${JSON.stringify({ command, input })}\n`);
  for await (const line of untilBroken(createInterface({ input: socket }))) {
    const answer = JSON.parse(line) as ControlAnswer;
    if (answer.kind === 'result') return answer.lines;
    if (answer.kind === 'error') throw new PlazaError('bad_request', answer.message);
    report(answer.step, answer.done, answer.total);
  }
  throw new PlazaError('unavailable', 'Plaza stopped before the command was done.');
}

/** Whoever dies in the middle resets the line; whoever stops closes it. Both end it. */
async function* untilBroken(lines: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch (error) {
    if (!['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
