import { resolve } from 'node:path';
import type { Config } from '#platform/config/config.ts';
import type { Plaza } from './plaza.ts';

/** What an operator reads when everything has started. */
export function banner(plaza: Plaza, config: Config): string {
  const rows: [string, string][] = [
    ['Open', plaza.origin],
    ['Data', resolve(config.data)],
    ['Sign-up', config.signup],
  ];
  if (plaza.metricsAddress !== undefined) rows.push(['Metrics', `${plaza.metricsAddress}/metrics`]);
  const lines = rows.map(([name, value]) => `  ${name.padEnd(8)} ${value}`);
  return `\n  ${config.title} is running\n\n${lines.join('\n')}\n\n  First administrator: npm run plaza -- admin <name>\n  Stop with Ctrl-C\n\n`;
}
