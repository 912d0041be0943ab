import type { ClientBuild } from '../../client/client-build.ts';
import type { Gateway } from '../../gateway.ts';
import { type Answer, html as htmlAnswer } from '../../http/answer.ts';
import { hidden } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { layout } from '../markup/layout.ts';
import { createClientShell } from '../shell/client-shell.ts';
import { type PageSources, plainPolicy } from '../shell/policy.ts';
import type { Assets } from './assets.ts';
import { FORM_TOKEN, formToken, renewFormToken } from './forgery.ts';
import type { Showing, Site } from './page.ts';
import { forgetSession, keepSession } from './visitor.ts';

/** What all pages share. `build`: the browser client, where it was built. */
export function createSite(
  gateway: Gateway,
  { addresses }: Pick<Assets, 'addresses'>,
  build: ClientBuild | undefined,
  sources: PageSources,
): Site {
  const { config, clock, random, services } = gateway;
  const shell = { siteTitle: config.instance.title, assets: addresses };
  const openStyles = html`<link rel="stylesheet" href="${addresses.open}">`;
  const openHeaders = { 'content-security-policy': plainPolicy(sources) };

  const endSession: Site['leave'] = async ({ visitor, jar, context }) => {
    if (visitor !== null) {
      await services.authentication.signOut({ sessionId: visitor.sessionId }, context);
    }
    forgetSession(jar);
    renewFormToken(jar, random);
  };

  return {
    gateway,
    show(showing): Answer {
      return htmlAnswer(layout(shell, showing), { 'content-security-policy': policy(showing) }, showing.status ?? 200);
    },
    client: build && createClientShell({ gateway, build, assets: addresses, sources }),
    showOpen(view) {
      const about = html`${openStyles}\n${view.about}`;
      return htmlAnswer(
        layout(shell, { ...view, about, wide: true, content: html`<div class="open">${view.content}</div>` }),
        openHeaders,
      );
    },
    token: ({ jar }) => hidden(FORM_TOKEN, formToken(jar, random)),
    async enter(request, session) {
      await endSession(request);
      keepSession(request.jar, session, clock);
      for (const over of ['challenge', 'social', 'ticket', 'code'] as const) request.jar.delete(over);
    },
    leave: endSession,
  };
}

/** Own styles and pictures, no script at all, and forms that lead nowhere but here or where the page says. */
function policy({ formTargets = [] }: Showing): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
