import { hash } from 'node:crypto';
import type { App } from '#contracts/services/authentication.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import { type Answer, redirect } from '../../http/answer.ts';
import { goTo, isVisited } from '../frame/going.ts';
import { pathWith } from '../frame/local-path.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { html } from '../markup/html.ts';
import { showWaiting } from '../sign-up/waiting.ts';
import { type Asked, addressOf, readAsked, requestOf } from './asked.ts';
import { consentShowing } from './showing.ts';
import { destination, OUT_OF_BAND, wayBack } from './way-back.ts';

/** An app sends a person here to ask for a token. Without a session, or where the app wants a fresh one, signing in comes first. */
export const consentPage = page({
  method: 'GET',
  url: '/oauth/authorize',
  async handle(request, site) {
    const asked = readAsked(request.query);
    const described = await describe(asked, request, site);
    if ('answer' in described) return described.answer;
    const again = /^(true|1)$/.test(request.query.text('force_login', 10));
    if (!isVisited(request) || again) {
      return goTo(pathWith('/sign-in', { ...(again ? { again: '1' } : {}), next: addressOf(asked) }));
    }
    if (request.visitor.principal.restriction !== null) return showWaiting(request, site);
    return site.show(await consentShowing(described, asked, request, site));
  },
});

/** What the person decided. Everything is checked again: the form came from a browser. */
export const consent = page({
  method: 'POST',
  url: '/oauth/authorize',
  async handle(request, site) {
    const asked = readAsked(request.form);
    const described = await describe(asked, request, site);
    if ('answer' in described) return described.answer;
    if (!isVisited(request)) return goTo(pathWith('/sign-in', { next: addressOf(asked) }));
    if (request.visitor.principal.restriction !== null) return showWaiting(request, site);
    // Somebody else signed in since the page was opened: they are asked, as themselves.
    if (request.form.text('account', 40) !== request.visitor.accountId) return goTo(addressOf(asked));
    if (request.form.text('decision', 10) !== 'allow') return denied(asked, site);
    const { code, redirectUri } = await site.gateway.services.authentication.authorize(
      requestOf(asked),
      request.context,
    );
    if (redirectUri === OUT_OF_BAND) {
      request.jar.set('code', fingerprint(code), LIFETIMES.authorizationCodeMs / 1_000);
      return goTo(`/oauth/authorize/native?code=${encodeURIComponent(code)}`);
    }
    return redirect(wayBack(redirectUri, { code, state: asked.state }), {}, 303);
  },
});

/** Told to the browser that a code was given to, so that the page for codes shows no others. */
export function fingerprint(code: string): string {
  return hash('sha256', code, 'base64url');
}

interface Described {
  readonly app: App;
  readonly scopes: readonly string[];
}

/** Errors that an app is told at its own address. Those about the app or the address itself are told to the person, who is sent nowhere. */
const TOLD_TO_APP: ReadonlySet<string> = new Set(['unsupported_response_type', 'invalid_scope', 'invalid_request']);

async function describe(asked: Asked, request: PageRequest, site: Site): Promise<Described | { answer: Answer }> {
  try {
    return await site.gateway.services.authentication.describeAuthorization(requestOf(asked), request.context);
  } catch (error) {
    if (!(error instanceof PlazaError) || error.status >= 500) throw error;
    const { message, description = '' } = error;
    const reason = `${description || message}. Tell those who made the app.`;
    if (TOLD_TO_APP.has(message) && asked.redirect_uri !== OUT_OF_BAND) {
      const told = { error: message, error_description: description, state: asked.state };
      return { answer: wrongQuestion(reason, asked.redirect_uri, told, site) };
    }
    throw new PlazaError('bad_request', WRONG_QUESTION, { description: reason });
  }
}

const WRONG_QUESTION = 'This app asks in a wrong way';

/**
 * A question that is wrong leads back to the app only by a person's own step. Anybody can register an app with any address: if the browser were sent there at once, a link
 * to this place could lead anywhere (RFC 9700, section 4.11.2).
 */
function wrongQuestion(reason: string, redirectUri: string, told: Readonly<Record<string, string>>, site: Site) {
  return site.show({
    title: WRONG_QUESTION,
    status: 400,
    content: html`<p>${reason}</p>
<p class="actions"><a class="button plain" href="${wayBack(redirectUri, told)}" rel="noopener noreferrer nofollow">Back to <bdi>${destination(redirectUri) ?? 'the app'}</bdi></a></p>`,
  });
}

function denied(asked: Asked, site: Site): Answer {
  if (asked.redirect_uri === OUT_OF_BAND) {
    return site.show({ title: 'Denied', content: 'The app gets no access. You can close this page.' });
  }
  const told = { error: 'access_denied', error_description: 'The person denied the request', state: asked.state };
  return redirect(wayBack(asked.redirect_uri, told), {}, 303);
}
