import { Compile } from 'typebox/compile';
import { ConfigError, nearestName } from './config-error.ts';
import { refuseContradictions } from './contradictions.ts';
import { FORMS } from './formats.ts';
import {
  environmentName,
  notesOf,
  OTHER_NAMES,
  SETTINGS,
  type SettingName,
  type Settings,
  TEST_NAMES,
} from './settings.ts';
import { readConfigFile, readSecretFile } from './sources.ts';

export interface Config extends Settings {
  /** Names of the settings that somebody set; the others have their defaults. */
  readonly given: ReadonlySet<SettingName>;
}

export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the config file; else `PLAZA_CONFIG` names it, else there is none. */
  readonly file?: string;
}

const NAMES = Object.keys(SETTINGS) as SettingName[];

/** Where a value came from, for messages, and the value. */
interface Given {
  readonly label: string;
  readonly value: unknown;
}

/**
 * Reads and checks all settings: environment before file before default. An environment variable that is empty counts as not set.
 * @throws ConfigError with one line about the first setting that is wrong
 */
export function loadConfig(sources: ConfigSources): Config {
  refuseUnknownNames(sources.env);
  const file = sources.file ?? (sources.env.PLAZA_CONFIG || undefined);
  const fromFile = file === undefined ? {} : readConfigFile(file, NAMES);
  const settings: Record<string, unknown> = {};
  const given = new Set<SettingName>();
  for (const name of NAMES) {
    const found = fromEnvironment(name, sources.env) ?? fromConfigFile(name, fromFile, file);
    if (found === undefined) {
      settings[name] = notesOf(name).default;
      continue;
    }
    refuseWrong(name, found);
    settings[name] = found.value;
    given.add(name);
  }
  const config = { ...(settings as Settings), given };
  refuseContradictions(config);
  return config;
}

/** The address that people use: as set, or this machine under the port that is really listened on. */
export function publicOrigin(config: Settings, listeningPort: number): string {
  return config.origin?.replace(/\/$/, '') ?? `http://localhost:${listeningPort}`;
}

function refuseUnknownNames(env: ConfigSources['env']): void {
  const known = [...OTHER_NAMES];
  for (const name of NAMES) {
    known.push(environmentName(name));
    if (notesOf(name).secret) known.push(`${environmentName(name)}_FILE`);
  }
  for (const name of Object.keys(env)) {
    if (!name.startsWith('PLAZA_') || name.startsWith(TEST_NAMES) || known.includes(name)) continue;
    const nearest = nearestName(name, known);
    throw new ConfigError(
      `${name} is not a setting: ${nearest ? `did you mean ${nearest}?` : 'unset it; docs/settings.md lists all settings.'}`,
    );
  }
}

function fromEnvironment(name: SettingName, env: ConfigSources['env']): Given | undefined {
  const label = environmentName(name);
  const text = env[label] || undefined;
  const path = notesOf(name).secret ? env[`${label}_FILE`] || undefined : undefined;
  if (path !== undefined && text !== undefined) {
    throw new ConfigError(`${label} and ${label}_FILE are both set: keep one of them.`);
  }
  if (path !== undefined) {
    return { label: `${label}_FILE`, value: typedValue(name, readSecretFile(`${label}_FILE`, path)) };
  }
  return text === undefined ? undefined : { label, value: typedValue(name, text) };
}

function fromConfigFile(name: SettingName, values: Readonly<Record<string, unknown>>, file = ''): Given | undefined {
  return values[name] === undefined ? undefined : { label: `${name} (in ${file})`, value: values[name] };
}

/** Text of the environment as the type that its setting has. What does not fit stays text, and is then refused. */
function typedValue(name: SettingName, text: string): unknown {
  const schema = SETTINGS[name] as { type?: string; anyOf?: { type?: string }[] };
  const types = [schema.type, ...(schema.anyOf ?? []).map((part) => part.type)];
  if (types.includes('array')) {
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
  const numeric = types.includes('integer') || types.includes('number');
  return numeric && /^-?[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : text;
}

function refuseWrong(name: SettingName, found: Given): void {
  const notes = notesOf(name);
  const validator = Compile(SETTINGS[name]);
  const problem = validator.Check(found.value)
    ? notes.form && FORMS[notes.form](found.value, notes)
    : 'is not of the right kind';
  if (problem === undefined) return;
  const shown = notes.secret ? 'has a value that is not shown here and' : `is ${JSON.stringify(found.value)}, which`;
  throw new ConfigError(`${found.label} ${shown} ${problem}: ${notes.mend}.`);
}
