import type { FieldErrors } from './fields.ts';
import { type Html, html, type Piece } from './html.ts';

/** The addresses of the files that every page uses. */
export interface PageAssets {
  readonly styles: string;
  readonly icon: string;
  /** Styles of what everybody may see: they hold in a page of the browser client too. */
  readonly open: string;
}

export interface Shell {
  readonly siteTitle: string;
  readonly assets: PageAssets;
}

export interface Sheet {
  readonly title: string;
  readonly content: Piece;
  /** What was refused: the title says so, and the page tells it before anything else. */
  readonly errors?: FieldErrors;
  readonly notice?: Notice | null;
  /** For pages that show lists. */
  readonly wide?: boolean;
  /** Above the content; the title unless given. */
  readonly heading?: string;
  /** More for the head of the page. */
  readonly about?: Piece;
  /** Whether search engines may list it. */
  readonly listed?: boolean;
}

export interface Notice {
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

/** A whole page. */
export function layout(shell: Shell, sheet: Sheet): string {
  const refused = sheet.notice?.kind === 'bad' || Object.keys(sheet.errors ?? {}).length > 0;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f4f3ef" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#121715" media="(prefers-color-scheme: dark)">
${sheet.listed !== true && html`<meta name="robots" content="noindex">`}
<title>${refused ? 'Error: ' : ''}${sheet.title} · ${shell.siteTitle}</title>
<link rel="icon" href="${shell.assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="${shell.assets.styles}">
${sheet.about}
</head>
<body${sheet.wide === true && html` class="wide"`}>
<a class="skip" href="#main">Skip to content</a>
${brandHeader(shell)}
<main id="main" tabindex="-1">
<h1>${sheet.heading ?? sheet.title}</h1>
${banner(sheet)}
${sheet.content}
</main>
</body>
</html>
`.text;
}

/** The way to the start, at the top of every page. */
export function brandHeader({ siteTitle, assets }: Shell): Html {
  return html`<header><a class="brand" href="/"><img src="${assets.icon}" alt="" width="32" height="32"><span>${siteTitle}</span></a></header>`;
}

function banner({ notice, errors = {} }: Sheet): Html | null {
  const wrong = Object.keys(errors).length;
  if (notice)
    return html`<p class="notice ${notice.kind}" role="${notice.kind === 'bad' ? 'alert' : 'status'}">${notice.text}</p>`;
  if (wrong === 0) return null;
  const text = wrong === 1 ? 'One field needs another look.' : `${wrong} fields need another look.`;
  return html`<p class="notice bad" role="alert">${text}</p>`;
}
