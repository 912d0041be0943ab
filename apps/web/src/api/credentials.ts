import { renewMe } from '../app/boot.ts';
import { answered, api } from './client.ts';
import { queryClient } from './query-client.ts';
import type { CredentialAccount } from './types.ts';

/** With what somebody signs in. */
export interface Credentials {
  readonly email: string | null;
  /** Whether the link in the mail to that address was opened. */
  readonly confirmed: boolean;
  readonly second_factor: boolean;
}

/** Who acts is asked once more for what is hard to take back: a session alone may be somebody else's. */
export interface Proof {
  readonly password: string;
  /** Where a second factor is on. */
  readonly code?: string;
}

export interface SecondFactorSecret {
  readonly secret: string;
  /** A QR code for an authenticator app, as the address of a picture. */
  readonly qr: string;
}

export const credentialsQuery = {
  queryKey: ['credentials'],
  queryFn: () => answered<Credentials>(api.GET('/api/plaza/v1/credentials')),
};

/** After something about the credentials has changed. */
export function rereadCredentials(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey });
}

export async function changeHandle(body: Proof & { readonly username: string }): Promise<CredentialAccount> {
  const account = await answered<CredentialAccount>(api.POST('/api/plaza/v1/handle', { body }));
  renewMe(account);
  return account;
}

/** Sends a mail to the new address; it counts once the link in it is opened. */
export const changeEmail = (body: Proof & { readonly email: string }) => api.POST('/api/plaza/v1/email', { body });
export const resendConfirmation = () => api.POST('/api/plaza/v1/email/resend');
export const changePassword = (body: { readonly current_password: string; readonly password: string }) =>
  api.POST('/api/plaza/v1/password', { body });

export const beginSecondFactor = (body: Proof) =>
  answered<SecondFactorSecret>(api.POST('/api/plaza/v1/second_factor', { body }));
export const enableSecondFactor = (body: { readonly code: string }) =>
  answered<{ readonly recovery_codes: readonly string[] }>(api.POST('/api/plaza/v1/second_factor/enable', { body }));
export const disableSecondFactor = (body: Required<Proof>) => api.POST('/api/plaza/v1/second_factor/disable', { body });

export const deactivateAccount = (body: Proof) => api.POST('/api/plaza/v1/deactivate', { body });
export const deleteAccount = (body: Proof & { readonly username: string }) =>
  api.POST('/api/plaza/v1/delete', { body });
