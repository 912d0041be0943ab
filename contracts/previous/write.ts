// Run at each release: from then on, the next version has to get along with this one.
import { writeFileSync } from 'node:fs';
import { contractsOfToday } from './today.ts';

const lines = (record: object) =>
  Object.entries(record)
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n');
const { calls, events } = await contractsOfToday();
writeFileSync(
  new URL('./contracts.json', import.meta.url),
  `{\n  "calls": {\n${lines(calls)}\n  },\n  "events": {\n${lines(events)}\n  }\n}\n`,
);
