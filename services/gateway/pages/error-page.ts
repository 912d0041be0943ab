import type { PlazaError } from '#platform/errors/errors.ts';
import type { Showing } from './frame/page.ts';
import { html } from './markup/html.ts';

const TITLES: Partial<Record<PlazaError['code'], string>> = {
  not_found: 'There is nothing here',
  gone: 'This link is over',
  rate_limited: 'Too many requests',
  unavailable: 'Not available just now',
  timeout: 'This took too long',
  internal: 'Something went wrong',
};

const WORDS: Partial<Record<PlazaError['code'], string>> = {
  not_found: 'The address may be mistyped, or what was there has gone.',
  unavailable: 'A part of this place does not answer. Try again in a moment.',
  timeout: 'A part of this place did not answer in time. Try again in a moment.',
};

/** What a person sees when a page cannot be shown. `formUrl`: where the form that was refused can be found again. */
export function errorShowing(failure: PlazaError, formUrl: string | undefined, requestId: string): Showing {
  const words =
    failure.code === 'internal'
      ? `It is our fault. If it happens again, tell whoever runs this place, with this number: ${requestId}`
      : (WORDS[failure.code] ?? failure.description ?? '');
  return {
    title: TITLES[failure.code] ?? failure.message,
    status: failure.status,
    content: html`${words !== '' && html`<p>${words}</p>`}
<p class="actions">${formUrl !== undefined && html`<a class="button" href="${formUrl}">Open the page again</a> `}<a class="button plain" href="/">To the start</a></p>`,
  };
}
