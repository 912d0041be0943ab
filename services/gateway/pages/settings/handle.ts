import { askToSignIn, goTo, isVisited } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { type Refusal, refusalOf } from '../frame/refusals.ts';
import { field } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { whoIs } from '../who.ts';

const URL = '/settings/handle';

export const handlePage = page({
  method: 'GET',
  url: URL,
  async handle(request, site) {
    return isVisited(request) ? show(request, site, {}) : askToSignIn(request);
  },
});

export const changeHandle = page({
  method: 'POST',
  url: URL,
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    const username = request.form.text('username', 100).trim().replace(/^@/, '');
    try {
      await site.gateway.services.user.changeUsername({ username }, request.context);
      await site.gateway.present.accounts.forget(request.visitor.accountId);
      return goTo('/settings/security?notice=handle');
    } catch (error) {
      return show(request, site, refusalOf(error, ['username']));
    }
  },
});

async function show(
  request: VisitedRequest,
  site: Site,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  const { account } = await whoIs(request, site);
  const typed = request.form.text('username', 100);
  return site.show({
    title: 'Change the handle',
    status,
    errors,
    notice,
    content: html`<p>Your posts and followers stay. Addresses with the handle until now stop working, and for some time nobody else can take it.</p>
<form method="post" action="${URL}">
${site.token(request)}
${field({
  name: 'username',
  label: 'New handle',
  value: typed === '' ? account.username : typed,
  suffix: `@${site.gateway.present.urls.domain}`,
  autocomplete: 'username',
  maxlength: 31,
  errors,
})}
<p class="actions"><button type="submit">Change it</button> <a href="/settings/security">Back</a></p>
</form>`,
  });
}
