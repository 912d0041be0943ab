import Type from 'typebox';
import { setting, text } from './setting.ts';

const CLUSTER = 'A cluster on one machine (`npm run cluster`)';

/** Where `npm run cluster` puts engines and services. */
export const CLUSTER_SETTINGS = {
  clusterFolder: setting(text(4_096), {
    group: CLUSTER,
    default: './cluster-data',
    description: 'The folder of everything that the cluster keeps: data of the engines, logs, secrets.',
    mend: 'use the path of a folder that may be written to',
  }),
  clusterBasePort: setting(Type.Integer({ minimum: 1_024, maximum: 50_000 }), {
    group: CLUSTER,
    default: 21_000,
    description: 'Engines and services take loopback ports from here on, 130 of them, and six more 10,000 above.',
    mend: 'use a port number from 1024 to 50000',
  }),
  clusterNodes: setting(Type.Integer({ enum: [1, 3] }), {
    group: CLUSTER,
    default: 1,
    description: 'Nodes of Kafka and of Cassandra: `1`, or `3` that hold copies of the same data.',
    mend: 'use 1 or 3',
  }),
};
