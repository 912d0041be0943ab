import { readFileSync } from 'node:fs';
import { ConfigError, nearestName } from './config-error.ts';

/** A config file is settings, a page of text; what is larger is something else. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/** @throws ConfigError when the file cannot be read, is not a JSON object, or has a name that no setting has */
export function readConfigFile(path: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  const text = readText('PLAZA_CONFIG', path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Without the piece of text that it quotes, which may be of a secret.
    const reason = (error as Error).message.replace(/, (\.\.\.)?".*$/s, '').replaceAll(/\s+/g, ' ');
    throw new ConfigError(`PLAZA_CONFIG is "${path}", which is not JSON (${reason}): mend the file.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError(`PLAZA_CONFIG is "${path}", which is not a JSON object: write {"port": 3000}, for instance.`);
  }
  for (const name of Object.keys(value)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const mend = nearest ? `did you mean ${nearest}?` : 'remove it; docs/settings.md lists all settings.';
    throw new ConfigError(`${JSON.stringify(name)} (in ${path}) is not a setting: ${mend}`);
  }
  return value as Record<string, unknown>;
}

/** The content of a secret's file without the line break at its end. */
export function readSecretFile(name: string, path: string): string {
  const secret = readText(name, path).replace(/\r?\n$/, '');
  if (secret === '') throw new ConfigError(`${name} is "${path}", which is empty: write the secret into it.`);
  return secret;
}

function readText(name: string, path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${name} is "${path}", which cannot be read (${code}): name a file that Plaza may read.`);
  }
  if (bytes.length > MAX_CONFIG_BYTES)
    throw new ConfigError(`${name} is "${path}", which is larger than 1 MiB: name the right file.`);
  return bytes.toString('utf8');
}
