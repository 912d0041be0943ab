import { lookup } from 'node:dns/promises';
import { request } from 'undici';
import { bearerOf } from '#platform/calls/secret.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { RunningService } from '#platform/lifecycle/platform.ts';
import { DRAIN_PATH } from '#platform/telemetry/http.ts';

/** The processes behind these addresses of their internal ports, each of which can be asked to finish what is due. */
export async function processesAt(
  urls: readonly string[],
  secret: string,
): Promise<readonly Pick<RunningService, 'drain'>[]> {
  const addresses = await Promise.all(urls.map(addressesOf));
  return addresses.flat().map((address) => ({ drain: () => askToDrain(address, secret) }));
}

/** A name may stand for several processes; and where it has addresses of both families, they are those of the same ones. */
async function addressesOf(url: string): Promise<URL[]> {
  const { hostname } = new URL(url);
  const found = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'), { all: true });
  const ofFour = found.filter(({ family }) => family === 4);
  return (ofFour.length > 0 ? ofFour : found).map(({ address, family }) => {
    const one = new URL(DRAIN_PATH, url);
    one.hostname = family === 6 ? `[${address}]` : address;
    return one;
  });
}

async function askToDrain(address: URL, secret: string): Promise<void> {
  // What is due takes as long as it takes: nobody knows beforehand how much it is.
  const { statusCode, body } = await request(address, {
    method: 'POST',
    headers: { authorization: bearerOf(secret) },
    headersTimeout: 0,
  }).catch((error: Error) => {
    throw refused(address, error.message);
  });
  const text = await body.text();
  if (statusCode !== 204) throw refused(address, `${statusCode} ${text.trim()}`);
}

function refused({ host }: URL, why: string): PlazaError {
  return new PlazaError('unavailable', `The process at ${host} did not drain: ${why}. See PLAZA_PROCESS_URLS.`);
}
