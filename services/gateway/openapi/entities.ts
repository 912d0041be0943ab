import type { ENTITIES } from '#contracts/api/entities.ts';

type Shape = keyof typeof ENTITIES;

/** What a route answers: an entity, an array of them (`[]`), or something that is no JSON. */
export type EntityName = Shape | `${Shape}[]` | 'File' | 'HostMeta' | 'Html' | 'Json';

/** Content types of answers that are no JSON. */
export const OTHER_TYPES: Readonly<Record<string, string>> = {
  File: 'application/octet-stream',
  HostMeta: 'application/xrd+xml',
  Html: 'text/html',
  Json: 'application/json',
};
