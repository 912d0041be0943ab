/** Contents of PEM files. */
export interface TlsFiles {
  /** Who signed the server's certificate; without it, whom this machine trusts. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface S3Address {
  readonly bucket: string;
  /** Undefined: that of Amazon for the region. */
  readonly endpoint: string | undefined;
  readonly region: string;
}

const FORM = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?(?:\?([^#]*))?$/;
const PARAMETERS = new Set(['endpoint', 'region']);

/**
 * Reads `s3://bucket?endpoint=https://host&region=name`. Without an endpoint it is Amazon's, without a region `us-east-1`.
 * @throws RangeError when it is none
 */
export function s3Address(url: string): S3Address {
  const match = FORM.exec(url);
  if (match === null) throw wrong('starts with s3:// and the name of a bucket');
  const parameters = new URLSearchParams(match[2] ?? '');
  for (const name of parameters.keys())
    if (!PARAMETERS.has(name)) throw wrong('has no parameters but endpoint and region');
  const endpoint = parameters.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !isOrigin(endpoint))
    throw wrong('has an endpoint of scheme and host, such as https://host');
  const region = parameters.get('region') ?? 'us-east-1';
  if (!/^[a-z0-9-]{1,40}$/.test(region)) throw wrong('has a region of small letters, digits and hyphens');
  return { bucket: match[1]!, endpoint, region };
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && pathname === '/' && search === '';
}

function wrong(rule: string): RangeError {
  return new RangeError(`The address of the object store ${rule}: s3://bucket?endpoint=https://host&region=name`);
}
