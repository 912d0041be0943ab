/** The only two places where text becomes something that a browser might run: the page's policy allows no others. */
const policy = window.trustedTypes?.createPolicy('plaza', {
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (url !== '/sw.js') throw new TypeError(`Not a script of ours: ${url}`);
    return url;
  },
});

/** HTML as nodes of a document of its own, in which no script runs and nothing is fetched. What is shown is built from known elements. */
export function parseHtml(html: string): Node {
  const trusted = policy === undefined ? html : (policy.createHTML(html) as unknown as string);
  return new DOMParser().parseFromString(trusted, 'text/html').body;
}

/** The address of the service worker. */
export function workerAddress(): string {
  return policy === undefined ? '/sw.js' : (policy.createScriptURL('/sw.js') as unknown as string);
}
