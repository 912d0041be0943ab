import { notFound } from '#platform/errors/errors.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import { redirect } from '../../http/answer.ts';
import { goTo, nextOf } from '../frame/going.ts';
import { localPath, pathWith } from '../frame/local-path.ts';
import { page, type Site } from '../frame/page.ts';
import { codeOf } from '../frame/refusals.ts';
import { proceed } from './proceed.ts';
import { keepTicket } from './social-ticket.ts';

const CALLBACK = '/sign-in/social/callback';
const LONGEST_NEXT = 1_500;

/**
 * Off to the provider. What proves on return that this browser began it stays here in a cookie, with where the person was going. A link and no form, for
 * browsers hold forms to `form-action` through every redirect of the provider; it links nothing to whoever is signed in, so nothing can be forged.
 */
export const beginSocial = page({
  method: 'GET',
  url: '/sign-in/social',
  rateLimit: 'sign-in',
  async handle(request, site) {
    mustBeConfigured(site);
    const { services, present } = site.gateway;
    const redirectUri = present.urls.absolute(CALLBACK);
    const { url, flow } = await services.authentication.beginSocialSignIn({ redirectUri }, request.context);
    const next = nextOf(request);
    // A cookie holds 4 KB: a way that is too long for it is given up rather than the sign-in.
    const kept = JSON.stringify({ flow, next: next.length > LONGEST_NEXT ? '/' : next });
    request.jar.set('social', kept, LIFETIMES.socialFlowMs / 1_000);
    return redirect(url, {}, 303);
  },
});

/** Back from the provider. */
export const socialCallback = page({
  method: 'GET',
  url: CALLBACK,
  rateLimit: 'sign-in',
  async handle(request, site) {
    mustBeConfigured(site);
    const kept = readFlow(request.jar.get('social'));
    request.jar.delete('social');
    if (kept === undefined) return goTo('/sign-in?notice=expired');
    const { services, present } = site.gateway;
    const callbackUrl = present.urls.absolute(`${CALLBACK}?${request.search}`);
    try {
      const result = await services.authentication.finishSocialSignIn(
        { flow: kept.flow, callbackUrl, ...request.device },
        request.context,
      );
      if (result.status === 'proof_needed' || result.status === 'unknown') {
        const { ticket } = result;
        if (result.status === 'proof_needed') {
          keepTicket(request.jar, { ticket, next: kept.next, email: result.email });
          return goTo('/sign-in/social/proof');
        }
        keepTicket(request.jar, { ticket, next: kept.next, suggestedUsername: result.suggestedUsername });
        return goTo('/sign-up/social');
      }
      return await proceed(result, request, site, kept.next);
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || code === 'internal' || code === 'rate_limited') throw error;
      const notice = code === 'gone' ? 'expired' : 'social';
      return goTo(pathWith('/sign-in', { notice, next: kept.next }));
    }
  },
});

export function mustBeConfigured(site: Site): void {
  if (site.gateway.config.socialProvider === null) throw notFound();
}

function readFlow(text: string | undefined): { flow: string; next: string } | undefined {
  try {
    const { flow, next } = JSON.parse(text ?? '') as { flow: unknown; next: unknown };
    return typeof flow === 'string' && typeof next === 'string' ? { flow, next: localPath(next) } : undefined;
  } catch {
    return undefined;
  }
}
