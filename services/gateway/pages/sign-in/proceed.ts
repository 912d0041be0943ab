import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { Answer } from '../../http/answer.ts';
import { goTo, nextOf } from '../frame/going.ts';
import { pathWith } from '../frame/local-path.ts';
import type { PageRequest, Site } from '../frame/page.ts';

type SignInResult = Awaited<ReturnType<AuthenticationService['signIn']>>;

/** After a first proof: into the session, or on to the second factor. */
export async function proceed(
  result: SignInResult,
  request: PageRequest,
  site: Site,
  next = nextOf(request),
): Promise<Answer> {
  if (result.status === 'signed_in') {
    await site.enter(request, result.session);
    return goTo(next);
  }
  request.jar.set('challenge', result.challenge, LIFETIMES.secondFactorMs / 1_000);
  request.jar.delete('social');
  request.jar.delete('ticket');
  return goTo(pathWith('/sign-in/second-factor', { next }));
}
