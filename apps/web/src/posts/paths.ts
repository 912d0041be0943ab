import type { Account, Status } from '../api/types.ts';

export const pathOfAccount = ({ acct }: Pick<Account, 'acct'>) => `/@${acct}`;

export const pathOfPost = ({ account, id }: Pick<Status, 'account' | 'id'>) => `/@${account.acct}/${id}`;
