import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CERTIFICATE_ROLE } from './server-files.ts';

const run = promisify(execFile);

/** Files that a client needs, below the folder of the primary's node. */
export const CLIENT_FILES = { ca: 'ca.crt', cert: 'client.crt', key: 'client.key' } as const;

/**
 * A certificate authority of this engine's own, and what it signed: the server's certificate for 127.0.0.1 and localhost, and a client's for the role
 * that needs no password.
 */
export async function makeCertificates(folder: string): Promise<void> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '3650', '-subj', '/CN=plaza');
  const sign = async (name: string, subject: string, extensions: string) => {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    await openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const ca = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '3650'];
    await openssl('x509', '-req', '-in', `${name}.csr`, ...ca, '-extfile', `${name}.ext`, '-out', `${name}.crt`);
  };
  await sign('server', '/CN=localhost', 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  await sign('client', `/CN=${CERTIFICATE_ROLE}`, 'extendedKeyUsage=clientAuth\n');
}
