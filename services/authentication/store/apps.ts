import type { App } from '#contracts/services/authentication.ts';
import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { type AppsTable, type CodesTable, db } from './tables.ts';

export interface AppStore {
  byId(appId: string): Promise<AppsTable | undefined>;
  byClientId(clientId: string): Promise<AppsTable | undefined>;
  insert(app: AppsTable): Promise<void>;
  code(codeDigest: string): Promise<CodesTable | undefined>;
  insertCode(code: CodesTable): Promise<void>;
}

const byId = prepared(({ id }: { id: string }) =>
  db.selectFrom('authentication_apps').selectAll().where('app_id', '=', id),
);
const byClientId = prepared(({ id }: { id: string }) =>
  db.selectFrom('authentication_apps').selectAll().where('client_id', '=', id),
);
const code = prepared(({ digest }: { digest: string }) =>
  db.selectFrom('authentication_codes').selectAll().where('code_digest', '=', digest),
);

export function appStore(relational: Relational): AppStore {
  return {
    byId: async (id) => (await relational.query(byId({ id })))[0],
    byClientId: async (id) => (await relational.query(byClientId({ id })))[0],
    async insert(app) {
      await relational.batch([{ query: db.insertInto('authentication_apps').values(app) }]);
    },
    code: async (digest) => (await relational.query(code({ digest })))[0],
    async insertCode(row) {
      await relational.batch([{ query: db.insertInto('authentication_codes').values(row) }]);
    },
  };
}

export function presentApp(row: AppsTable): App {
  return {
    id: row.app_id,
    name: row.name,
    website: row.website,
    redirectUris: JSON.parse(row.redirect_uris) as string[],
    scopes: row.scopes.split(' '),
    clientId: row.client_id,
  };
}
