import { notFound } from '#platform/errors/errors.ts';
import { page } from '../frame/page.ts';
import { html } from '../markup/html.ts';
import { fingerprint } from './consent.ts';

/**
 * Shows a code to be copied into an app that has no address. The address and the field's class are those of Mastodon, which programs without a browser
 * look for. Only the code that this browser was just given is shown: a link cannot make somebody copy a stranger's.
 */
export const nativeCodePage = page({
  method: 'GET',
  url: '/oauth/authorize/native',
  async handle(request, site) {
    const code = request.query.text('code', 500);
    if (code === '' || request.jar.get('code') !== fingerprint(code)) throw notFound();
    return site.show({
      title: 'Copy this code',
      content: html`<p><label for="code">Copy this code and paste it into the app. It works for ten minutes, once.</label></p>
<p class="copy"><input class="oauth-code" id="code" type="text" value="${code}" readonly autofocus autocomplete="off" spellcheck="false"></p>
<p class="hint">Give it to nobody: whoever has it can use your account.</p>`,
    });
  },
});
