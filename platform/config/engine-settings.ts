import Type from 'typebox';
import { setting, text } from './setting.ts';

const ENGINES = 'Engines';

/** The address of a server, with user and password where it asks for them: a secret. */
const address = (schemes: readonly string[], description: string, example: string) =>
  setting(Type.Optional(text(4_096)), {
    group: ENGINES,
    secret: true,
    form: 'engine-address',
    schemes,
    defaultText: 'embedded',
    description,
    mend: `use ${example}`,
  });

const file = (description: string) =>
  setting(Type.Optional(text(4_096)), {
    group: ENGINES,
    description,
    mend: 'use the path of a PEM file that Plaza may read',
  });

const ca = (engine: string) => file(`PEM file of the authority that signed the certificate of ${engine}.`);
const cert = (engine: string) => file(`PEM file of the certificate that Plaza shows to ${engine}.`);
const key = (engine: string) => file(`PEM file of that certificate's key, for ${engine}.`);

/** Where each port finds its server. Without an address the port is embedded. */
export const ENGINE_SETTINGS = {
  relationalUrl: address(
    ['postgres', 'postgresql'],
    'PostgreSQL for what must be strongly consistent.',
    'postgres://user:password@host:5432/database',
  ),
  relationalReplicaUrls: setting(Type.Array(text(4_096), { maxItems: 20 }), {
    group: ENGINES,
    secret: true,
    default: [],
    defaultText: 'none',
    form: 'engine-address',
    schemes: ['postgres', 'postgresql'],
    description: 'Read replicas of PostgreSQL, separated by commas.',
    mend: 'use addresses like that of PLAZA_RELATIONAL_URL, separated by commas',
  }),
  relationalPoolSize: setting(Type.Integer({ minimum: 1, maximum: 1_000 }), {
    group: ENGINES,
    default: 10,
    description: 'Connections that one process keeps to PostgreSQL at most, and as many to each replica.',
    mend: 'use a whole number from 1 to 1000',
  }),
  relationalTlsCa: ca('PostgreSQL'),
  relationalTlsCert: cert('PostgreSQL'),
  relationalTlsKey: key('PostgreSQL'),
  wideColumnUrl: address(
    ['cql'],
    'Cassandra or ScyllaDB for posts, feeds and what is derived.',
    'cql://user:password@host:9042,host:9042/keyspace?datacenter=dc1&replication=dc1:3',
  ),
  wideColumnTlsCa: ca('Cassandra'),
  wideColumnTlsCert: cert('Cassandra'),
  wideColumnTlsKey: key('Cassandra'),
  eventBusUrl: address(['kafka'], 'Kafka for events.', 'kafka://user:password@host:9092,host:9092?replication=3'),
  eventBusTlsCa: ca('Kafka'),
  eventBusTlsCert: cert('Kafka'),
  eventBusTlsKey: key('Kafka'),
  cacheUrl: address(
    ['redis', 'rediss'],
    'Redis Cluster.',
    'redis://user:password@host:7000,host:7000, or rediss:// for TLS',
  ),
  cacheTlsCa: ca('Redis'),
  cacheTlsCert: cert('Redis'),
  cacheTlsKey: key('Redis'),
  objectStoreUrl: setting(Type.Optional(text(4_096)), {
    group: ENGINES,
    form: 'engine-address',
    schemes: ['s3'],
    defaultText: 'embedded',
    description: 'The S3 bucket for media.',
    mend: 'use s3://bucket?endpoint=https://host&region=name',
  }),
  objectStoreKeyId: setting(Type.Optional(text(200)), {
    group: ENGINES,
    description: 'The access key id for S3.',
    mend: 'use the id that belongs to PLAZA_OBJECT_STORE_SECRET',
  }),
  objectStoreSecret: setting(Type.Optional(text(500)), {
    group: ENGINES,
    secret: true,
    description: 'The secret access key for S3.',
    mend: 'use the secret that belongs to PLAZA_OBJECT_STORE_KEY_ID',
  }),
  objectStoreTlsCa: ca('S3'),
  objectStoreTlsCert: cert('S3'),
  objectStoreTlsKey: key('S3'),
  objectStoreRedirect: setting(Type.Enum(['on', 'off']), {
    group: ENGINES,
    default: 'off',
    description:
      'Whether S3 itself sends media that not everybody may see: who may see it is sent on to an address of S3 that is good for a minute. People have to reach the endpoint.',
    mend: 'use on or off',
  }),
  mediaBaseUrl: setting(Type.Optional(text()), {
    group: ENGINES,
    form: 'origin',
    defaultText: '`PLAZA_ORIGIN`',
    description:
      'Where people load media and profile pictures that everybody may see: a CDN that takes them from `PLAZA_ORIGIN`. Other media stays at the origin.',
    mend: 'use scheme and host without a path, such as https://media.plaza.example',
  }),
  assetsUrl: setting(Type.Optional(text()), {
    group: ENGINES,
    form: 'origin',
    defaultText: '`PLAZA_ORIGIN`',
    description:
      'Where browsers load the scripts and styles of the web client: a CDN that takes `/assets/` from `PLAZA_ORIGIN`. The pages allow scripts from there, so it has to be one that you trust like the origin itself.',
    mend: 'use scheme and host without a path, such as https://assets.plaza.example',
  }),
};
