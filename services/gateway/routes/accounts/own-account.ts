import type { Account } from '#contracts/model/account.ts';
import type { Principal } from '#contracts/services/authentication.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Gateway } from '../../gateway.ts';
import { type Answer, ready } from '../../http/answer.ts';
import { credentialAccount } from '../../present/credential-account.ts';
import type { ApiRequest } from '../../route.ts';

/** More waiting requests than this are told as this many: nobody counts further. */
const MAX_COUNTED_REQUESTS = 80;

/** The `CredentialAccount` of the person who asks. */
export async function ownAccount(request: ApiRequest, gateway: Gateway, account: Account): Promise<Answer> {
  return ready(await credentialAccountOf(request.principal!, request.context, gateway, account));
}

/** The same, ready to be sent in a page. */
export async function credentialAccountOf(
  principal: Principal,
  context: CallContext,
  gateway: Gateway,
  account: Account,
): Promise<Buffer> {
  const { user } = gateway.services;
  const [json, preferences, requests] = await Promise.all([
    gateway.present.accounts.one(account, context),
    user.getPreferences({}, context),
    account.locked ? user.listFollowRequests({ page: { limit: MAX_COUNTED_REQUESTS } }, context) : { accounts: [] },
  ]);
  return credentialAccount(json, account, preferences, requests.accounts.length, principal);
}
