import { existsSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { startPlaza } from '#apps/plaza/plaza.ts';
import { userContract } from '#contracts/services/user.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { asPerson, inParallel } from './callers.ts';
import type { Community, Report } from './generate.ts';

export const FOLLOWERS = 100_000;
const WIDTH = 64;

/** A copy of a community whose first reader is followed by 100,000 more people and by all other readers. Made once, then found again. */
export async function celebrity(root: string, plain: Community, report: Report): Promise<Community> {
  const folder = join(root, 'celebrity');
  const done = join(folder, 'done');
  if (existsSync(done)) return { ...plain, folder };
  await cp(plain.folder, folder, { recursive: true });
  const config = {
    ...loadConfig({ env: {} }),
    data: join(folder, 'data'),
    logLevel: 'error' as const,
    metricsPort: 'off' as const,
  };
  const plaza = await startPlaza({ config, serve: false });
  const user = plaza.services.client(userContract);
  const famous = plain.people[0]!;
  let clock = Date.now() - 60 * 24 * 3_600_000;
  await inParallel(FOLLOWERS, WIDTH, async (index) => {
    const accountId = (BigInt(clock++ - Date.UTC(2015, 0, 1)) << 22n).toString();
    const account = { accountId, username: `fan${index}`, state: 'active' as const, locale: 'en' };
    await user.createAccount(account, serviceContext('authentication', systemClock));
    await user.follow({ accountId: famous }, asPerson(accountId));
    if (index % 500 === 0) report('Followers', index, FOLLOWERS);
  });
  for (let reader = 1; reader < plain.tokens.length; reader++) {
    await user.follow({ accountId: famous }, asPerson(plain.people[reader]!));
  }
  await plaza.drain();
  await plaza.stop();
  writeFileSync(done, '');
  return { ...plain, folder };
}
