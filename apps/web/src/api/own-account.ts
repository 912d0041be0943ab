import type { components } from '../../generated/api.ts';
import { renewMe } from '../app/boot.ts';
import { rememberAccount } from './accounts.ts';
import { answered, api } from './client.ts';
import type { CredentialAccount } from './types.ts';

const PATH = '/api/v1/accounts/update_credentials';

/** What one can change about oneself. Only what is named changes. */
export type OwnChange = components['schemas']['Body_patchApiV1AccountsUpdateCredentials'];

export async function changeMe(body: OwnChange): Promise<CredentialAccount> {
  return filed(await answered(api.PATCH(PATH, { body })));
}

/** The same with pictures. A file's field that is sent empty removes the picture. */
export async function changeMeWithFiles(form: FormData): Promise<CredentialAccount> {
  return filed(await answered(api.PATCH(PATH, { body: {}, bodySerializer: () => form })));
}

function filed(account: CredentialAccount): CredentialAccount {
  renewMe(account);
  rememberAccount(account);
  return account;
}
