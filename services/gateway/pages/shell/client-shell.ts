import type { ClientBuild } from '../../client/client-build.ts';
import type { Gateway } from '../../gateway.ts';
import { type Answer, html as htmlAnswer } from '../../http/answer.ts';
import type { PageRequest } from '../frame/page.ts';
import { html, type Piece, trusted } from '../markup/html.ts';
import { brandHeader, type PageAssets } from '../markup/layout.ts';
import type { OpenView } from '../open/view.ts';
import { bootOf, instanceBoot } from './boot.ts';
import { jsonBlock } from './json-block.ts';
import { clientPolicy, type PageSources } from './policy.ts';

/** The page in which the browser client runs. */
export interface ClientShell {
  /** With what anybody may see in it until the client has started, or without. */
  show(request: PageRequest, view: OpenView | undefined): Promise<Answer>;
}

export interface ShellParts {
  readonly gateway: Gateway;
  readonly build: ClientBuild;
  readonly assets: PageAssets;
  readonly sources: PageSources;
}

/** Everything but what changes with the request is put together once. */
export function createClientShell({ gateway, build, assets, sources }: ShellParts): ClientShell {
  const { title: siteTitle } = gateway.config.instance;
  const headers = { 'content-security-policy': clientPolicy(sources) };
  const instance = instanceBoot(gateway);
  const files = trusted(fileTags(build, assets, sources.assets[0] ?? ''));
  const brand = brandHeader({ siteTitle, assets });

  return {
    async show(request, view) {
      const boot = await bootOf(request, gateway, instance);
      const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f4f3ef" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#121715" media="(prefers-color-scheme: dark)">
${view?.listed !== true && html`<meta name="robots" content="noindex">`}
<title>${view !== undefined && `${view.title} · `}${siteTitle}</title>
${view?.about}
${files}
</head>
<body>
${view === undefined && withoutScript(request)}
<div id="app">${view !== undefined && openInShell(view, brand)}</div>
${jsonBlock('plaza-boot', boot)}
</body>
</html>
`;
      return htmlAnswer(page.text, headers);
    },
  };
}

/** Some systems look for the icon of an installed page in its head alone. */
const TOUCH_ICON = '/icons/touch.png';

function fileTags({ page, files }: ClientBuild, { icon, open }: PageAssets, base: string): string {
  return [
    html`<link rel="icon" href="${icon}" type="image/svg+xml">`,
    files.has('/manifest.webmanifest') && html`<link rel="manifest" href="/manifest.webmanifest">`,
    files.has(TOUCH_ICON) && html`<link rel="apple-touch-icon" href="${TOUCH_ICON}">`,
    html`<link rel="stylesheet" href="${open}">`,
    ...page.styles.map((path) => html`<link rel="stylesheet" href="${base}${path}">`),
    html`<script type="module" crossorigin src="${base}${page.script}"></script>`,
    ...page.imports.map((path) => html`<link rel="modulepreload" crossorigin href="${base}${path}">`),
  ]
    .filter((tag) => tag !== false)
    .map((tag) => tag.text)
    .join('\n');
}

function openInShell(view: OpenView, brand: Piece) {
  return html`<div class="open whole">${brand}
<main id="main"><h1>${view.heading ?? view.title}</h1>
${view.content}
</main></div>`;
}

/** Plain words for whoever is signed in and lets no script run. */
function withoutScript({ path }: PageRequest) {
  return html`<noscript><div class="open whole"><main><h1>This page needs JavaScript</h1>
<p>Reading your home and writing work with JavaScript only. Without it you can see what everybody may see:</p>
<ul><li><a href="${path}?plain=1">This page, as everybody sees it</a></li>
<li><a href="/public?plain=1">The latest public posts</a></li>
<li><a href="/sign-out">Sign out</a></li></ul></main></div></noscript>`;
}
