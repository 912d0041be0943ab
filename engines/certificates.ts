import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of PEM files. */
export interface Certificates {
  readonly ca: string;
  readonly serverCert: string;
  readonly serverKey: string;
  readonly clientCert: string;
  readonly clientKey: string;
}

/** An authority of its own in a folder, and what it signed: a certificate of servers at localhost and these numbers, and one of a client. */
export async function makeCertificates(
  folder: string,
  numbers: readonly string[] = ['127.0.0.1'],
): Promise<Certificates> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['-keyout', 'ca.key', '-out', 'ca.crt', '-days', '3650', '-subj', '/CN=plaza'];
  await openssl('req', '-x509', ...newKey, ...authority);
  const sign = async (name: string, subject: string, extensions: string) => {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    await openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '3650'];
    await openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', `${name}.ext`, '-out', `${name}.crt`);
  };
  const names = ['DNS:localhost', ...numbers.map((number) => `IP:${number}`)];
  await sign('server', '/CN=localhost', `subjectAltName=${names.join(',')}\n`);
  await sign('client', '/CN=plaza-client', 'extendedKeyUsage=clientAuth\n');
  const at = (file: string) => join(folder, file);
  return {
    ca: at('ca.crt'),
    serverCert: at('server.crt'),
    serverKey: at('server.key'),
    clientCert: at('client.crt'),
    clientKey: at('client.key'),
  };
}
