import type { App } from '#contracts/services/authentication.ts';
import { pathWith } from '../frame/local-path.ts';
import type { Showing, Site, VisitedRequest } from '../frame/page.ts';
import { hidden } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { whoIs } from '../who.ts';
import { type Asked, addressOf } from './asked.ts';
import { scopeWords } from './scope-words.ts';
import { destination, formTarget } from './way-back.ts';

/** The question to the person: which app, for which account, for what, and where it leads. What an app says of itself is set apart, so that it reads as the app's words. */
export async function consentShowing(
  { app, scopes }: { readonly app: App; readonly scopes: readonly string[] },
  asked: Asked,
  request: VisitedRequest,
  site: Site,
): Promise<Showing> {
  const { handle } = await whoIs(request, site);
  const target = formTarget(asked.redirect_uri);
  const leadsTo = destination(asked.redirect_uri);
  return {
    title: 'Allow this app?',
    ...(target === undefined ? {} : { formTargets: [target] }),
    content: html`<p class="app"><bdi>${app.name}</bdi>${website(app)}</p>
<p>wants to use your account <strong>${handle}</strong>. It will be able to:</p>
<ul class="scopes">${scopeWords(scopes).map(({ text, grave }) => html`<li${grave === true && html` class="grave"`}>${text}</li>`)}</ul>
<p class="hint">It never sees your password. You can end this at any time in the settings, under Browsers and apps.</p>
<form method="post" action="/oauth/authorize">
${site.token(request)}${hidden('account', request.visitor.accountId)}
${Object.entries(asked).map(([name, value]) => value !== '' && hidden(name, value))}
<p class="actions"><button type="submit" name="decision" value="allow">Allow</button> <button type="submit" name="decision" value="deny" class="plain">Deny</button></p>
</form>
<p class="aside">${leadsTo !== undefined && html`Next you go to <strong><bdi>${leadsTo}</bdi></strong>. `}<a href="${pathWith('/sign-in', { again: '1', next: addressOf(asked) })}">Use another account</a></p>`,
  };
}

function website({ website }: App) {
  if (website === null || !/^https?:\/\//i.test(website) || !URL.canParse(website)) return null;
  return html`<a class="quiet" href="${website}" rel="noopener noreferrer nofollow">${new URL(website).host}</a>`;
}
