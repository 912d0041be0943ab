import { relationalSuite } from '../suite.ts';
import { openTestPostgres } from './testing.ts';

relationalSuite('PostgreSQL', async () => {
  const relational = await openTestPostgres();
  return { relational, close: () => relational.close() };
});
