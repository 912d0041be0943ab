import { goTo, nextOf } from '../frame/going.ts';
import { pathWith } from '../frame/local-path.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { codeOf, type Refusal, refusalOf, wrongField } from '../frame/refusals.ts';
import { field, hidden } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import type { Notice } from '../markup/layout.ts';
import { proceed } from './proceed.ts';

/** What other pages may say here, by the word in `notice`. */
const NOTICES: Readonly<Record<string, Notice>> = {
  expired: { kind: 'bad', text: 'That took too long. Sign in again.' },
  'new-password': { kind: 'good', text: 'Your new password is set. Sign in with it.' },
  'signed-out': { kind: 'good', text: 'You are signed out.' },
  deactivated: { kind: 'good', text: 'Your account is deactivated. Sign in to bring it back.' },
  deleted: { kind: 'good', text: 'Your account is deleted.' },
  social: { kind: 'bad', text: 'Signing in there did not work. Try again, or use your password.' },
};

export const signInPage = page({
  method: 'GET',
  url: '/sign-in',
  async handle(request, site) {
    const next = nextOf(request);
    const again = request.query.text('again', 10) !== '';
    if (request.visitor !== null && !again) return goTo(next);
    return showSignIn(request, site, { notice: NOTICES[request.query.text('notice', 40)] ?? null });
  },
});

export const signIn = page({
  method: 'POST',
  url: '/sign-in',
  rateLimit: 'sign-in',
  async handle(request, site) {
    const { authentication } = site.gateway.services;
    const login = request.form.text('login', 320);
    const password = request.form.text('password', 500);
    try {
      const result = await authentication.signIn({ login, password, ...request.device }, request.context);
      return proceed(result, request, site);
    } catch (error) {
      const refusal =
        codeOf(error) === 'unauthenticated'
          ? wrongField('password', 'The name or the password is wrong.', 401)
          : refusalOf(error, ['login', 'password']);
      return showSignIn(request, site, refusal);
    }
  },
});

function showSignIn(request: PageRequest, site: Site, { errors = {}, notice = null, status = 200 }: Partial<Refusal>) {
  const { config } = site.gateway;
  const next = nextOf(request);
  return site.show({
    title: 'Sign in',
    status,
    errors,
    notice,
    content: html`<form method="post" action="/sign-in">
${site.token(request)}${hidden('next', next)}
${field({
  name: 'login',
  label: 'E-mail address or username',
  value: request.form.text('login', 320),
  autocomplete: 'username',
  maxlength: 320,
  errors,
})}
${field({
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'current-password',
  maxlength: 256,
  errors,
})}
<p class="actions"><button type="submit">Sign in</button> <a href="/forgot-password">Forgot your password?</a></p>
</form>
${
  config.socialProvider !== null &&
  html`<p class="other"><a class="button plain" href="${pathWith('/sign-in/social', { next })}">Continue with ${config.socialProvider}</a></p>`
}
<p class="aside">New here? <a href="${pathWith('/sign-up', { next })}">Sign up</a></p>`,
  });
}
