import { createElement, Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Status } from '../api/types.ts';
import { parseHtml } from '../app/trusted.ts';
import { localPathOf } from './local-path.ts';

const PLAIN = new Set([
  'p',
  'br',
  'span',
  'strong',
  'em',
  'b',
  'i',
  'del',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
]);
const CLASSES = new Set(['invisible', 'ellipsis', 'mention', 'hashtag', 'h-card', 'u-url']);
const SCHEMES = /^(https?|mailto):/;

/**
 * HTML of the server as elements. Only elements and attributes that are known here come through; everything else is its text. People and tags that
 * a post names lead to screens of this client.
 */
export function HtmlContent({
  html,
  mentions = [],
}: {
  readonly html: string;
  readonly mentions?: Status['mentions'];
}) {
  return <>{childrenOf(parseHtml(html), mentions)}</>;
}

function childrenOf(node: Node, mentions: Status['mentions']): ReactNode[] {
  return Array.from(node.childNodes, (child, index) => elementOf(child, mentions, index));
}

function elementOf(node: Node, mentions: Status['mentions'], key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element)) return null;
  const name = node.tagName.toLowerCase();
  if (name === 'script' || name === 'style' || name === 'template') return null;
  if (name === 'br') return <br key={key} />;
  const children = childrenOf(node, mentions);
  if (name === 'a') return linkOf(node, mentions, children, key);
  if (!PLAIN.has(name)) return <Fragment key={key}>{children}</Fragment>;
  return createElement(name, { key, ...classOf(node) }, children);
}

function linkOf(node: Element, mentions: Status['mentions'], children: ReactNode[], key: number): ReactNode {
  const href = node.getAttribute('href') ?? '';
  const path = localPathOf(href, mentions);
  if (path !== undefined) {
    return (
      <Link key={key} href={path} {...classOf(node)}>
        {children}
      </Link>
    );
  }
  if (!SCHEMES.test(href)) return <Fragment key={key}>{children}</Fragment>;
  return (
    <a key={key} href={href} target="_blank" rel="nofollow noopener noreferrer" {...classOf(node)}>
      {children}
    </a>
  );
}

function classOf(node: Element): { className?: string } {
  const known = [...node.classList].filter((name) => CLASSES.has(name));
  return known.length === 0 ? {} : { className: known.join(' ') };
}
