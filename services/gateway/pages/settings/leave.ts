import { askToSignIn, isVisited, leaveTo } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { codeOf, type Refusal, refusalOf, wrongField } from '../frame/refusals.ts';
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
 * For a while, or for good; with the password, because whoever holds a session need not be the person. The account goes first, and no session of it
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
    const passwordField = forGood ? 'delete-password' : 'password';
    try {
      await authentication.verifyPassword({ password: request.form.text(passwordField, 500) }, request.context);
      if (forGood) {
        const { username } = (await whoIs(request, site)).account;
        if (request.form.text('handle', 100).trim().replace(/^@/, '').toLowerCase() !== username.toLowerCase()) {
          return show(request, site, wrongField('handle', `Write ${username} to delete the account.`));
        }
        await user.deleteAccount({}, request.context);
      } else {
        await user.deactivate({}, request.context);
      }
    } catch (error) {
      const refusal =
        codeOf(error) === 'forbidden'
          ? wrongField(passwordField, 'The password is wrong.', 403)
          : refusalOf(error, [passwordField]);
      return show(request, site, refusal);
    }
    site.gateway.faults.hit('account.before-sign-out');
    await authentication.signOutEverywhere({ exceptSessionId: null }, request.context);
    await site.leave(request);
    return leaveTo(forGood ? 'deleted' : 'deactivated');
  },
});

async function show(
  request: VisitedRequest,
  site: Site,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  const { username } = (await whoIs(request, site)).account;
  const token = site.token(request);
  const password = (name: string) =>
    field({ name, label: 'Password', type: 'password', autocomplete: 'current-password', maxlength: 256, errors });
  return site.show({
    title: 'Leave',
    status,
    errors,
    notice,
    content: html`<div class="settings">
<section><h2>For a while</h2>
<p>Nobody sees your profile and posts until you sign in again. Everything is kept.</p>
<form method="post" action="${URL}">${token}${knownLogin(username)}${hidden('how', 'deactivate')}
${password('password')}
<p class="actions"><button type="submit" class="plain">Deactivate the account</button></p></form></section>
<section><h2>For good</h2>
<p>Your profile, posts, pictures, follows, lists and everything else of yours is deleted. Nothing brings it back, and nobody can take the handle again.</p>
<form method="post" action="${URL}">${token}${knownLogin(username)}${hidden('how', 'delete')}
${field({ name: 'handle', label: `Write ${username} here`, maxlength: 31, errors })}
${password('delete-password')}
<p class="actions"><button type="submit" class="plain">Delete the account</button> <a href="/settings/security">Back</a></p></form></section>
</div>`,
  });
}
