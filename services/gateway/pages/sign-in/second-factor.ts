import { goTo, nextOf } from '../frame/going.ts';
import { pathWith } from '../frame/local-path.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { codeOf, type Refusal, refusalOf, wrongField } from '../frame/refusals.ts';
import { field, hidden } from '../markup/fields.ts';
import { html } from '../markup/html.ts';

export const secondFactorPage = page({
  method: 'GET',
  url: '/sign-in/second-factor',
  async handle(request, site) {
    if (request.jar.get('challenge') === undefined) return startAgain(request);
    return showCode(request, site, {});
  },
});

/** A code of the authenticator app, or a recovery code: one field takes both. */
export const secondFactor = page({
  method: 'POST',
  url: '/sign-in/second-factor',
  rateLimit: 'sign-in',
  async handle(request, site) {
    const challenge = request.jar.get('challenge');
    if (challenge === undefined) return startAgain(request);
    const code = request.form.text('code', 40).trim();
    const { authentication } = site.gateway.services;
    try {
      const result = await authentication.completeSecondFactor({ challenge, code, ...request.device }, request.context);
      if (result.status !== 'signed_in') return startAgain(request);
      await site.enter(request, result.session);
      return goTo(nextOf(request));
    } catch (error) {
      if (codeOf(error) === 'gone') return startAgain(request);
      const refusal =
        codeOf(error) === 'unauthenticated'
          ? wrongField('code', 'This code is wrong, or was used already.', 401)
          : refusalOf(error, ['code']);
      return showCode(request, site, refusal);
    }
  },
});

function startAgain(request: PageRequest) {
  request.jar.delete('challenge');
  return goTo(pathWith('/sign-in', { notice: 'expired', next: nextOf(request) }));
}

function showCode(request: PageRequest, site: Site, { errors = {}, notice = null, status = 200 }: Partial<Refusal>) {
  return site.show({
    title: 'Second factor',
    status,
    errors,
    notice,
    content: html`<form method="post" action="/sign-in/second-factor">
${site.token(request)}${hidden('next', nextOf(request))}
${field({
  name: 'code',
  label: 'Code',
  hint: 'Six digits from your authenticator app, or one of your recovery codes.',
  autocomplete: 'one-time-code',
  maxlength: 40,
  autofocus: true,
  errors,
})}
<p class="actions"><button type="submit">Continue</button> <a href="/sign-in?again=1">Start again</a></p>
</form>`,
  });
}
