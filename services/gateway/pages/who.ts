import type { Account } from '#contracts/model/account.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Site, VisitedRequest } from './frame/page.ts';

/** The visitor's account, and the handle under which everybody knows it. */
export async function whoIs(request: VisitedRequest, site: Site): Promise<{ account: Account; handle: string }> {
  const { services, present } = site.gateway;
  const { accounts } = await services.user.getAccounts({ ids: [request.visitor.accountId] }, request.context);
  const account = accounts[0];
  if (account === undefined) throw new PlazaError('unavailable', 'The account cannot be read just now');
  return { account, handle: `@${account.username}@${present.urls.domain}` };
}
