import ipaddr from 'ipaddr.js';
import { FAULT_POINTS } from '#platform/faults/points.ts';
import type { SettingNotes } from './setting.ts';

type Form = NonNullable<SettingNotes['form']>;

/** What is wrong with a value that has the right type, or undefined. */
export const FORMS: Readonly<
  Record<Form, (value: unknown, notes: Pick<SettingNotes, 'schemes'>) => string | undefined>
> = {
  origin(value) {
    const url = parse(value);
    if (url === undefined || !isWeb(url)) return 'is not a web address';
    return url.origin === String(value).replace(/\/$/, '') ? undefined : 'has more than scheme, host and port';
  },
  'web-address': (value) =>
    [value].flat().every((address) => isWeb(parse(address))) ? undefined : 'is not a web address',
  'smtp-address'(value) {
    const url = parse(value);
    return url !== undefined && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
      ? undefined
      : 'is not an SMTP address';
  },
  networks(value) {
    const wrong = (value as string[]).find((network) => !isNetwork(network));
    return wrong === undefined ? undefined : `has "${wrong}", which is not a network`;
  },
  email: (value) => (isEmail(String(value)) ? undefined : 'is not an e-mail address'),
  mailbox(value) {
    const inBrackets = /^[^<>\r\n]*<([^<>]+)>$/.exec(String(value))?.[1];
    return isEmail(inBrackets ?? String(value)) ? undefined : 'is not an e-mail address';
  },
  'operator-key': (value) => (decodeKey(String(value)) === undefined ? 'is not 32 bytes' : undefined),
  'engine-address'(value, { schemes = [] }) {
    const wrong = [value].flat().some((address) => !isEngine(String(address), schemes));
    return wrong ? `is not an address of ${schemes[0]}` : undefined;
  },
  'service-pattern'(value) {
    const url = parse(String(value).replaceAll('{service}', 'post'));
    if (!isWeb(url)) return 'is not a web address';
    return String(value).includes('{service}') ? undefined : 'has no {service} in it';
  },
  fault: (value) => (parseFault(String(value)) === undefined ? 'is not a fault point and a count' : undefined),
};

function parse(value: unknown): URL | undefined {
  return URL.parse(String(value)) ?? undefined;
}

function isWeb(url: URL | undefined): boolean {
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '';
}

/** `scheme://[user:password@]host[:port][,host[:port]…][/path][?query]`: more hosts than one, so no URL of the standard. */
function isEngine(text: string, schemes: readonly string[]): boolean {
  const parts = /^([a-z0-9]+):\/\/([^/?#\s]+)([/?][^#\s]*)?$/.exec(text);
  return parts !== null && schemes.includes(parts[1] ?? '') && !/(^|[@,]),|,$|@$/.test(parts[2] ?? '');
}

function isNetwork(text: string): boolean {
  return text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text);
}

function isEmail(text: string): boolean {
  return /^[^\s@<>"]{1,64}@[^\s@<>"]{1,253}$/.test(text);
}

/** 32 bytes from hexadecimal or base64url text. */
export function decodeKey(value: string): Buffer | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(value)) return Buffer.from(value, 'hex');
  if (!/^[A-Za-z0-9_-]{43}=?$/.test(value)) return undefined;
  return Buffer.from(value, 'base64url');
}

export function parseFault(
  value: string,
): { readonly point: (typeof FAULT_POINTS)[number]; readonly nth: number } | undefined {
  const [name, count] = value.split(':');
  const point = FAULT_POINTS.find((known) => known === name);
  const nth = Number(count);
  return point !== undefined && Number.isInteger(nth) && nth > 0 ? { point, nth } : undefined;
}

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}
