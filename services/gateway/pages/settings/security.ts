import type { Answer } from '../../http/answer.ts';
import { askToSignIn, goTo, isVisited } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { hidden } from '../markup/fields.ts';
import { type Html, html } from '../markup/html.ts';
import type { Notice } from '../markup/layout.ts';
import { day } from './day.ts';
import { deviceWords } from './device-words.ts';

const NOTICES: Readonly<Record<string, string>> = {
  ended: 'It is signed out.',
  'all-ended': 'Everything else is signed out.',
  password: 'Your new password is set. Everything else is signed out.',
  'email-sent': 'We sent a mail to the new address. It counts once you open the link in it.',
  email: 'Your e-mail address is changed.',
  'second-factor-off': 'The second factor is off.',
  handle: 'Your handle is changed.',
};

export const securityPage = page({
  method: 'GET',
  url: '/settings/security',
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    const text = NOTICES[request.query.text('notice', 40)];
    return show(request, site, text === undefined ? null : { kind: 'good', text });
  },
});

/** Ends one session or app, or all others. */
export const endSessions = page({
  method: 'POST',
  url: '/settings/security',
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    const { authentication } = site.gateway.services;
    if (request.form.text('everywhere', 10) !== '') {
      await authentication.signOutEverywhere({ exceptSessionId: request.visitor.sessionId }, request.context);
      return goTo('/settings/security?notice=all-ended');
    }
    const sessionId = request.form.text('session', 40);
    if (!/^[0-9]{1,20}$/.test(sessionId)) return goTo('/settings/security');
    await authentication.revokeSession({ sessionId }, request.context);
    return goTo('/settings/security?notice=ended');
  },
});

async function show(request: VisitedRequest, site: Site, notice: Notice | null): Promise<Answer> {
  const { authentication } = site.gateway.services;
  const [credentials, { sessions }] = await Promise.all([
    authentication.getCredentials({}, request.context),
    authentication.listSessions({}, request.context),
  ]);
  const token = site.token(request);
  return site.show({
    title: 'Security',
    wide: true,
    notice,
    content: html`<div class="settings">
<section><h2>E-mail address</h2>
<p>${credentials.email ?? 'None'}${!credentials.confirmed && html` <span class="quiet">(not confirmed)</span>`}</p>
<p><a href="/settings/email">Change the address</a></p></section>
<section><h2>Password</h2>
<p><a href="/settings/password">Change the password</a></p></section>
<section><h2>Second factor</h2>
<p>${credentials.secondFactor ? 'On: signing in asks for a code besides your password.' : 'Off. With it, your password alone lets nobody in.'}</p>
<p><a href="/settings/second-factor">${credentials.secondFactor ? 'Turn it off' : 'Turn it on'}</a></p></section>
<section><h2>Browsers and apps</h2>
<ul class="sessions">${sessions.map((session) => sessionItem(session, session.sessionId === request.visitor.sessionId, token))}</ul>
${
  sessions.length > 1 &&
  html`<form method="post" action="/settings/security">${token}${hidden('everywhere', '1')}
<p class="actions"><button type="submit" class="plain">Sign everything else out</button></p></form>`
}</section>
<section><h2>Account</h2>
<p><a href="/settings/handle">Change the handle</a></p>
<p><a href="/settings/leave">Deactivate or delete the account</a></p></section>
</div>`,
  });
}

type Session = Awaited<ReturnType<Site['gateway']['services']['authentication']['listSessions']>>['sessions'][number];

function sessionItem(session: Session, isThis: boolean, token: Html): Html {
  const name = session.appName ?? deviceWords(session.userAgent);
  return html`<li><div><p><bdi>${name}</bdi>${isThis && html` <strong>(this browser)</strong>`}</p>
<p class="hint">Since ${day(session.createdMs)}, last used ${day(session.lastUsedMs)}${session.ip !== '' && `, from ${session.ip}`}</p></div>
${
  !isThis &&
  html`<form method="post" action="/settings/security">${token}${hidden('session', session.sessionId)}
<button type="submit" class="plain" aria-label="Sign out ${name}">Sign out</button></form>`
}</li>`;
}
