import { relationalSuite } from '../suite.ts';
import { emptySchema, openTestPostgres } from './testing.ts';

relationalSuite('PostgreSQL', async () => {
  const schema = await emptySchema();
  const relational = await openTestPostgres({ url: schema.url });
  return {
    relational,
    async close() {
      await relational.close();
      await schema.drop();
    },
  };
});
