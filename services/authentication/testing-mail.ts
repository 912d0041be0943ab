import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { SMTPServer } from 'smtp-server';

export interface Caught {
  readonly to: string;
  readonly text: string;
}

/** A mail server on loopback that keeps what it gets, and can refuse for a while. */
export async function catchMail(t: Pick<TestContext, 'after'>) {
  const mails: Caught[] = [];
  const state = { refuse: undefined as number | undefined };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      if (state.refuse === undefined) return done();
      done(Object.assign(new Error('no'), { responseCode: state.refuse }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        // Quoted-printable: soft line breaks and `=3D`.
        const text = raw.replace(/=\r\n/g, '').replace(/=3D/g, '=');
        mails.push({ to: session.envelope.rcptTo[0]!.address, text });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { mails, state, url: `smtp://127.0.0.1:${port}` };
}
