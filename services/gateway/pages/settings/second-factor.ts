import { generate } from 'lean-qr';
import { toSvgDataURL } from 'lean-qr/extras/svg';
import { withProof } from '../../access/proof.ts';
import type { Answer } from '../../http/answer.ts';
import { askToSignIn, goTo, isVisited } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { codeOf, type Refusal, refusalOf } from '../frame/refusals.ts';
import { field, hidden, knownLogin } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { whoIs } from '../who.ts';

const URL = '/settings/second-factor';

export const secondFactorSettings = page({
  method: 'GET',
  url: URL,
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    const { secondFactor } = await site.gateway.services.authentication.getCredentials({}, request.context);
    return secondFactor ? showOn(request, site, {}) : showOff(request, site, {});
  },
});

/** Three steps under one address: a password begins, a code turns it on, and both together turn it off. */
export const changeSecondFactor = page({
  method: 'POST',
  url: URL,
  rateLimit: 'sign-in',
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    switch (request.form.text('step', 10)) {
      case 'begin':
        return begin(request, site);
      case 'enable':
        return enable(request, site);
      case 'disable':
        return disable(request, site);
      default:
        return goTo(URL);
    }
  },
});

async function begin(request: VisitedRequest, site: Site): Promise<Answer> {
  const password = request.form.text('password', 500);
  try {
    const { authentication } = site.gateway.services;
    const { uri } = await withProof(() => authentication.beginSecondFactor({ password }, request.context));
    return showSecret(request, site, uri, {});
  } catch (error) {
    return showOff(request, site, refusalOf(error, ['password']));
  }
}

async function enable(request: VisitedRequest, site: Site): Promise<Answer> {
  const code = request.form.text('code', 40).trim();
  try {
    const { recoveryCodes } = await site.gateway.services.authentication.enableSecondFactor({ code }, request.context);
    return site.show({
      title: 'The second factor is on',
      content: html`<p>Keep these recovery codes where only you find them. Each lets you in once when your phone is lost. They are not shown again.</p>
<ul class="recovery-codes">${recoveryCodes.map((one) => html`<li>${one}</li>`)}</ul>
<p class="actions"><a class="button" href="/settings/security">I have kept them</a></p>`,
    });
  } catch (error) {
    if (codeOf(error) === 'conflict') return goTo(URL);
    return showSecret(request, site, request.form.text('uri', 500), refusalOf(error, ['code']));
  }
}

async function disable(request: VisitedRequest, site: Site): Promise<Answer> {
  const { form, context } = request;
  try {
    const proof = { password: form.text('password', 500), code: form.text('code', 40).trim() };
    await withProof(() => site.gateway.services.authentication.disableSecondFactor(proof, context));
    return goTo('/settings/security?notice=second-factor-off');
  } catch (error) {
    return showOn(request, site, refusalOf(error, ['password', 'code']));
  }
}

async function showOff(
  request: VisitedRequest,
  site: Site,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  const { username } = (await whoIs(request, site)).account;
  return site.show({
    title: 'Turn the second factor on',
    status,
    errors,
    notice,
    content: html`<p>You need an authenticator app on your phone. From then on, signing in asks for a code of it besides your password.</p>
<form method="post" action="${URL}">
${site.token(request)}${hidden('step', 'begin')}${knownLogin(username)}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', maxlength: 256, errors })}
<p class="actions"><button type="submit">Go on</button> <a href="/settings/security">Back</a></p>
</form>`,
  });
}

/** The secret as a picture and as text. It stands in the form too, so that a mistyped code does not begin everything anew. */
function showSecret(
  request: VisitedRequest,
  site: Site,
  uri: string,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
): Answer {
  const secret = /^otpauth:\/\/totp\/.*[?&]secret=([A-Z2-7]+)/.exec(uri)?.[1];
  if (secret === undefined) return goTo(URL);
  return site.show({
    title: 'Add this place to your app',
    status,
    errors,
    notice,
    content: html`<p>Scan this with your authenticator app:</p>
<p class="qr"><img src="${toSvgDataURL(generate(uri))}" alt="QR code with the secret that stands below" width="208" height="208"></p>
<p>Or type the secret into it:</p>
<p class="copy"><code>${secret}</code></p>
<form method="post" action="${URL}">
${site.token(request)}${hidden('step', 'enable')}${hidden('uri', uri)}
${field({
  name: 'code',
  label: 'Code',
  hint: 'The six digits that the app shows now.',
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  maxlength: 40,
  errors,
})}
<p class="actions"><button type="submit">Turn it on</button> <a href="/settings/security">Back</a></p>
</form>`,
  });
}

async function showOn(
  request: VisitedRequest,
  site: Site,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  const { username } = (await whoIs(request, site)).account;
  return site.show({
    title: 'Turn the second factor off',
    status,
    errors,
    notice,
    content: html`<p>Your password alone will let you in. Your recovery codes will be void.</p>
<form method="post" action="${URL}">
${site.token(request)}${hidden('step', 'disable')}${knownLogin(username)}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', maxlength: 256, errors })}
${field({
  name: 'code',
  label: 'Code',
  hint: 'Six digits from your authenticator app, or one of your recovery codes.',
  autocomplete: 'one-time-code',
  maxlength: 40,
  errors,
})}
<p class="actions"><button type="submit">Turn it off</button> <a href="/settings/security">Back</a></p>
</form>`,
  });
}
