import type { Account } from '../api/types.ts';

export const nameOf = ({ display_name, username }: Pick<Account, 'display_name' | 'username'>) =>
  display_name || username;
