import { proveBoth } from '../../access/proof.ts';
import { askToSignIn, isVisited, leaveTo } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { type Refusal, refusalOf, wrongField } from '../frame/refusals.ts';
import { field, hidden, knownLogin } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { whoIs } from '../who.ts';

const URL = '/settings/leave';

export const leavePage = page({
  method: 'GET',
  url: URL,
  async handle(request, site) {
    return isVisited(request) ? show(request, site, {}) : askToSignIn(request);
  },
});

/**
 * For a while, or for good; with the password, and a code where there is a second factor, because whoever holds a session need not be the person. The account goes first, and no session of it
 * opens anything from then on; ending them as well only tidies up, and when this is cut short between the two, the event of the first does it.
 */
export const leave = page({
  method: 'POST',
  url: URL,
  rateLimit: 'sign-in',
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    const { authentication, user } = site.gateway.services;
    const forGood = request.form.text('how', 20) === 'delete';
    const names = fieldsOf(forGood);
    if (forGood) {
      const { username } = (await whoIs(request, site)).account;
      if (request.form.text('handle', 100).trim().replace(/^@/, '').toLowerCase() !== username.toLowerCase()) {
        return show(request, site, wrongField('handle', `Write ${username} to delete the account.`));
      }
    }
    const proof = { password: request.form.text(names.password, 500), code: request.form.text(names.code, 40) };
    try {
      await proveBoth(proof, request.context, { authentication }, names);
      if (forGood) await user.deleteAccount({}, request.context);
      else await user.deactivate({}, request.context);
    } catch (error) {
      return show(request, site, refusalOf(error, [names.password, names.code]));
    }
    site.gateway.faults.hit('account.before-sign-out');
    await authentication.signOutEverywhere({ exceptSessionId: null }, request.context);
    await site.leave(request);
    return leaveTo(forGood ? 'deleted' : 'deactivated');
  },
});

/** The names of the fields: both forms stand on one page. */
function fieldsOf(forGood: boolean) {
  return forGood ? { password: 'delete-password', code: 'delete-code' } : { password: 'password', code: 'code' };
}

async function show(
  request: VisitedRequest,
  site: Site,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  const [{ account }, { secondFactor }] = await Promise.all([
    whoIs(request, site),
    site.gateway.services.authentication.getCredentials({}, request.context),
  ]);
  const { username } = account;
  const token = site.token(request);
  const proof = (forGood: boolean) => {
    const { password, code } = fieldsOf(forGood);
    const hint = 'Six digits from your authenticator app, or one of your recovery codes.';
    return [
      field({
        name: password,
        label: 'Password',
        type: 'password',
        autocomplete: 'current-password',
        maxlength: 256,
        errors,
      }),
      secondFactor && field({ name: code, label: 'Code', hint, autocomplete: 'one-time-code', maxlength: 40, errors }),
    ];
  };
  return site.show({
    title: 'Leave',
    status,
    errors,
    notice,
    content: html`<div class="settings">
<section><h2>For a while</h2>
<p>Nobody sees your profile and posts until you sign in again. Everything is kept.</p>
<form method="post" action="${URL}">${token}${knownLogin(username)}${hidden('how', 'deactivate')}
${proof(false)}
<p class="actions"><button type="submit" class="plain">Deactivate the account</button></p></form></section>
<section><h2>For good</h2>
<p>Your profile, posts, pictures, follows, lists and everything else of yours is deleted. Nothing brings it back, and nobody can take the handle again.</p>
<form method="post" action="${URL}">${token}${knownLogin(username)}${hidden('how', 'delete')}
${field({ name: 'handle', label: `Write ${username} here`, maxlength: 31, errors })}
${proof(true)}
<p class="actions"><button type="submit" class="plain">Delete the account</button> <a href="/settings/security">Back</a></p></form></section>
</div>`,
  });
}
