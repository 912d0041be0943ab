import type { Account } from '#contracts/model/account.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { Gateway } from '../gateway.ts';
import type { Viewing } from '../present/statuses.ts';
import type { ApiRequest } from '../route.ts';
import { type Answer, ready } from './answer.ts';

/** One post that may be shown. */
export async function statusAnswer(viewing: Viewing, gateway: Gateway, post: ShownPost): Promise<Answer> {
  const body = await gateway.present.statuses.one(post, viewing);
  if (body === undefined) throw notFound();
  return ready(body);
}

export async function accountAnswer(request: ApiRequest, gateway: Gateway, account: Account): Promise<Answer> {
  return ready(await gateway.present.accounts.one(account, request.context));
}
