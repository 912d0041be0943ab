import Type, { type Static } from 'typebox';
import { CLUSTER_SETTINGS } from './cluster-settings.ts';
import { ENGINE_SETTINGS } from './engine-settings.ts';
import { PROCESS_SETTINGS } from './process-settings.ts';
import { port, type SettingNotes, setting, text } from './setting.ts';

const PLACE = 'Where it runs';
const PEOPLE = 'Who may join, and what they are told';
const MAIL = 'E-mail';
const SIGN_IN = 'Signing in with another provider';
const LIMITS = 'Limits';
const WATCHING = 'Logs, metrics and traces';
const INSIDE = 'Inside';

/** Every setting, by its name in the config file. Its name in the environment is `PLAZA_` and the same words: `trustedProxies` is `PLAZA_TRUSTED_PROXIES`. */
export const SETTINGS = {
  port: setting(port(), {
    group: PLACE,
    default: 3000,
    description: 'The port of the public address. `0` takes any free port.',
    mend: 'use a port number from 0 to 65535',
  }),
  host: setting(text(255), {
    group: PLACE,
    default: '127.0.0.1',
    description: 'The address to listen on. Loopback unless a proxy on another machine stands in front.',
    mend: 'use an address of this machine, such as 127.0.0.1 or 0.0.0.0',
  }),
  data: setting(text(4_096), {
    group: PLACE,
    default: './data',
    description: 'The folder of all data: databases, media, keys.',
    mend: 'use the path of a folder that Plaza may write to',
  }),
  origin: setting(Type.Optional(text()), {
    group: PLACE,
    defaultText: '`http://localhost:<port>`',
    form: 'origin',
    description:
      'The public address that people and apps use. It is part of the addresses of posts, so it should not change later.',
    mend: 'use scheme and host without a path, such as https://plaza.example',
  }),
  trustedProxies: setting(Type.Array(text(64), { maxItems: 100 }), {
    group: PLACE,
    default: [],
    defaultText: 'none',
    form: 'networks',
    description:
      'Networks of the proxies in front, separated by commas (in the file: a list). Only these may say, with `X-Forwarded-For` and `X-Forwarded-Proto`, for whom they ask.',
    mend: 'use addresses or CIDR networks separated by commas, such as 10.0.0.0/8,::1',
  }),

  ...PROCESS_SETTINGS,
  ...ENGINE_SETTINGS,
  ...CLUSTER_SETTINGS,

  title: setting(text(100), {
    group: PEOPLE,
    default: 'Plaza',
    description: 'The name of this community.',
    mend: 'use 1 to 100 characters',
  }),
  description: setting(text(1_000), {
    group: PEOPLE,
    default: 'A place to talk.',
    description: 'What this community is about, in a sentence or two.',
    mend: 'use 1 to 1000 characters',
  }),
  contactEmail: setting(Type.Optional(text(254)), {
    group: PEOPLE,
    form: 'email',
    description: 'Where people reach whoever runs this Plaza. Shown to everyone.',
    mend: 'use an e-mail address, such as help@plaza.example',
  }),
  signup: setting(Type.Enum(['open', 'approval', 'invitation', 'closed']), {
    group: PEOPLE,
    default: 'open',
    description: 'Who may sign up: everyone, everyone after approval, people with an invitation, nobody.',
    mend: 'use open, approval, invitation or closed',
  }),

  smtpUrl: setting(Type.Optional(text()), {
    group: MAIL,
    secret: true,
    form: 'smtp-address',
    description: 'The mail server. Without it no mail is sent and signing up needs no e-mail confirmation.',
    mend: 'use smtp://user:password@host:port or smtps://…',
  }),
  smtpFrom: setting(Type.Optional(text(320)), {
    group: MAIL,
    form: 'mailbox',
    description: 'The sender of mail. Needed with `PLAZA_SMTP_URL`.',
    mend: 'use an e-mail address, with or without a name: Plaza <plaza@plaza.example>',
  }),

  oidcIssuer: setting(Type.Optional(text()), {
    group: SIGN_IN,
    form: 'web-address',
    description: 'The address of an OpenID Connect provider.',
    mend: 'use the address that the provider gives as its issuer, such as https://id.example',
  }),
  oidcClientId: setting(Type.Optional(text(500)), {
    group: SIGN_IN,
    description: 'The client id that the provider gave for this Plaza. Needed with `PLAZA_OIDC_ISSUER`.',
    mend: 'use the client id that the provider shows',
  }),
  oidcClientSecret: setting(Type.Optional(text()), {
    group: SIGN_IN,
    secret: true,
    description: 'The client secret, if the provider gave one.',
    mend: 'use the client secret that the provider shows',
  }),
  oidcName: setting(text(100), {
    group: SIGN_IN,
    default: 'single sign-on',
    description: 'What the sign-in page calls the provider.',
    mend: 'use 1 to 100 characters',
  }),

  rateLimits: setting(Type.Enum(['on', 'off']), {
    group: LIMITS,
    default: 'on',
    description:
      'Whether requests are limited. `off` is for load tests and is refused unless `PLAZA_HOST` is loopback.',
    mend: 'use on or off',
  }),
  mediaQuotaBytes: setting(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), {
    group: LIMITS,
    default: 2 * 1024 ** 3,
    description: 'How many bytes of media one person may keep.',
    mend: 'use a whole number of bytes, such as 2147483648',
  }),

  logLevel: setting(Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), {
    group: WATCHING,
    default: 'info',
    description: 'How much is logged, from `silent` to `trace`. Logs are JSON lines on standard error.',
    mend: 'use fatal, error, warn, info, debug, trace or silent',
  }),
  metricsPort: setting(Type.Union([port(), Type.Literal('off')]), {
    group: WATCHING,
    default: 9464,
    description:
      'The port for `/metrics`, `/livez` (also `/healthz`) and `/readyz`. `0` takes any free port, `off` none. If the default is in use, Plaza starts without.',
    mend: 'use a port number from 0 to 65535, or off',
  }),
  metricsHost: setting(text(255), {
    group: WATCHING,
    default: '127.0.0.1',
    description: 'The address of that port. Not one that the public reaches: what it tells is for the operator.',
    mend: 'use an address of this machine, such as 127.0.0.1 or 0.0.0.0',
  }),
  tracesUrl: setting(Type.Optional(text()), {
    group: WATCHING,
    defaultText: 'off',
    form: 'web-address',
    description: 'Where traces go: the OTLP/HTTP address of a collector, such as `http://localhost:4318/v1/traces`.',
    mend: 'use the OTLP address of a collector, such as http://localhost:4318/v1/traces',
  }),
  tracesSample: setting(Type.Number({ minimum: 0, maximum: 1 }), {
    group: WATCHING,
    default: 0.01,
    description: 'The share of requests that are traced, from 0 to 1.',
    mend: 'use a number from 0 to 1',
  }),

  operatorKey: setting(Type.Optional(text(200)), {
    group: INSIDE,
    secret: true,
    form: 'operator-key',
    defaultText: 'made and kept in `keys/operator.key` of the data folder',
    description: 'The key under which secrets at rest are encrypted: 32 bytes as base64url or hexadecimal.',
    mend: 'use 32 random bytes, such as the output of: openssl rand -hex 32',
  }),
  calls: setting(Type.Enum(['function', 'http']), {
    group: INSIDE,
    default: 'function',
    description:
      'How services of this process call each other: as functions, or over HTTP on loopback as separate processes would (slower; for tests).',
    mend: 'use function or http',
  }),
  fault: setting(Type.Optional(text(100)), {
    group: INSIDE,
    form: 'fault',
    description:
      'For crash tests only: ends the process without warning at a fault point, such as `post.after-write:3` for the third time it is reached.',
    mend: 'use the name of a fault point and a count, such as post.after-write:3',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** All settings as they stand after the start: validated, with defaults. Values that have none are undefined. */
export type Settings = Static<ReturnType<typeof settingsSchema>>;

export function settingsSchema() {
  return Type.Object({ ...SETTINGS });
}

export function notesOf(name: SettingName): SettingNotes {
  return SETTINGS[name] as unknown as SettingNotes;
}

export function environmentName(name: string): string {
  return `PLAZA_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Names of the environment that are not settings of the program: where the others are, and a browser for tests. */
export const OTHER_NAMES: readonly string[] = ['PLAZA_CONFIG', 'PLAZA_CHROMIUM'];
/** What begins so is for tests, which start programs of their own. */
export const TEST_NAMES = 'PLAZA_TEST_';
