import type { Answer } from '../../http/answer.ts';
import { goTo } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { type Refusal, refusalOf } from '../frame/refusals.ts';
import { field } from '../markup/fields.ts';
import { html } from '../markup/html.ts';

/** For whoever signed up and may not do anything yet: what is missing. A mistyped address can be mended here. */
export async function showWaiting(
  request: VisitedRequest,
  site: Site,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal> = {},
): Promise<Answer> {
  if (request.visitor.principal.restriction === 'unapproved') {
    return site.show({
      title: 'Almost there',
      notice,
      content: html`<p>Your request to join waits for whoever runs this place.${site.gateway.config.mailEnabled && ' You get a mail when it is accepted.'}</p>
<p class="actions"><a class="button plain" href="/sign-out">Sign out</a></p>`,
    });
  }
  const { email } = await site.gateway.services.authentication.getCredentials({}, request.context);
  return site.show({
    title: 'Confirm your address',
    status,
    errors,
    notice,
    content: html`<p>We sent a mail to <strong>${email}</strong>. Open the address in it, and you can begin.</p>
<h2>No mail?</h2>
<form method="post" action="/waiting">
${site.token(request)}
${field({
  name: 'email',
  label: 'E-mail address',
  hint: 'If it is mistyped, mend it here.',
  type: 'email',
  value: request.form.text('email', 320) || (email ?? ''),
  autocomplete: 'email',
  inputmode: 'email',
  maxlength: 254,
  errors,
})}
<p class="actions"><button type="submit" class="plain">Send the mail again</button> <a href="/sign-out">Sign out</a></p>
</form>`,
  });
}

export const waitingPage = page({
  method: 'GET',
  url: '/waiting',
  async handle(request, site) {
    const { visitor } = request;
    if (visitor === null || visitor.principal.restriction === null) return goTo('/');
    const sent = request.query.text('sent', 10) !== '';
    return showWaiting({ ...request, visitor }, site, {
      notice: sent ? { kind: 'good', text: 'The mail is on its way.' } : null,
    });
  },
});

export const sendAgain = page({
  method: 'POST',
  url: '/waiting',
  rateLimit: 'sign-in',
  async handle(request, site) {
    const { visitor } = request;
    if (visitor === null || visitor.principal.restriction !== 'unconfirmed') return goTo('/');
    const email = request.form.text('email', 320).trim();
    try {
      await site.gateway.services.authentication.resendConfirmation({ email: email || null }, request.context);
      return goTo('/waiting?sent=1');
    } catch (error) {
      return showWaiting({ ...request, visitor }, site, refusalOf(error, ['email']));
    }
  },
});
