import { invalid } from '#platform/errors/errors.ts';
import type { Gateway } from '../../gateway.ts';
import type { ApiRequest } from '../../route.ts';
import { withProof } from './first-party.ts';

/** Who is about to leave shows both factors, where there are two. */
export async function proveBoth(
  { password, code }: { readonly password: string; readonly code: string },
  { context }: Pick<ApiRequest, 'context'>,
  { services: { authentication } }: Gateway,
): Promise<void> {
  const { secondFactor } = await authentication.getCredentials({}, context);
  const given = code.trim();
  if (secondFactor && given === '') throw invalid('code', 'ERR_BLANK', 'The code is missing');
  await withProof(() => authentication.verifyPassword({ password, ...(secondFactor && { code: given }) }, context));
}
