import { setTimeout as pause } from 'node:timers/promises';
import { wideColumnSuite } from '../suite.ts';
import { openTestCql } from './testing.ts';

wideColumnSuite('CQL', async () => {
  const wide = await openTestCql();
  // The server's clock is nobody's to move.
  return { wide, elapse: (ms) => pause(ms), close: () => wide.close() };
});
