import type { CallContext } from '#platform/calls/context.ts';
import { invalid, PlazaError } from '#platform/errors/errors.ts';
import type { Services } from '../gateway.ts';

/** Runs what asks for the password once more, and says at the field that it was wrong. */
export async function withProof<T>(
  act: () => Promise<T>,
  { password = 'password' }: { readonly password?: string } = {},
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof PlazaError && error.code === 'forbidden' && error.details === undefined) {
      throw refused(password, 'The password is wrong');
    }
    if (error instanceof PlazaError && error.code === 'unauthenticated') {
      throw refused('code', 'This code is wrong, or was used already');
    }
    throw error;
  }
}

function refused(field: string, description: string): PlazaError {
  return new PlazaError('forbidden', description, { details: { [field]: [{ error: 'ERR_INVALID', description }] } });
}

/** Who is about to leave shows both factors, where there are two. */
export async function proveBoth(
  { password, code }: { readonly password: string; readonly code: string },
  context: CallContext,
  { authentication }: Pick<Services, 'authentication'>,
): Promise<void> {
  const { secondFactor } = await authentication.getCredentials({}, context);
  const given = code.trim();
  if (secondFactor && given === '') throw invalid('code', 'ERR_BLANK', 'The code is missing');
  const proof = { password, ...(secondFactor && { code: given }) };
  await withProof(() => authentication.verifyPassword(proof, context));
}
