import type { GatewayConfig } from '../../config.ts';
import type { Gateway } from '../../gateway.ts';

/** Where what a page shows comes from, beside our own origin. */
export interface PageSources {
  /** Of scripts and styles: the CDN, where one takes them over. */
  readonly assets: readonly string[];
  /** Of pictures, videos and sounds. */
  readonly files: readonly string[];
}

/** The origins of `config`, and the one that the object store itself sends private files from. */
export async function pageSources(config: GatewayConfig, objects: Gateway['objects']): Promise<PageSources> {
  const files = new Set<string>();
  if (config.mediaBase !== undefined) files.add(new URL(config.mediaBase).origin);
  if (config.redirectPrivateFiles === true && objects.presign !== undefined) {
    // A policy is asked about the address that a redirect leads to as well.
    const address = await objects.presign('any', { ttlSeconds: 1, contentType: 'image/png', attachment: false });
    files.add(new URL(address).origin);
  }
  const own = new URL(config.origin).origin;
  files.delete(own);
  const cdn = config.client?.assetsBase;
  return { assets: cdn === undefined || cdn === own ? [] : [cdn], files: [...files] };
}

/** What the browser client may do: run our own scripts, talk to our own origin, and make markup of text only where its one policy of Trusted Types looks at it. */
export function clientPolicy({ assets, files }: PageSources): string {
  const code = ["'self'", ...assets].join(' ');
  const shown = ["'self'", 'data:', 'blob:', ...files].join(' ');
  return [
    "default-src 'none'",
    `script-src ${code}`,
    `style-src ${code}`,
    `font-src ${code}`,
    `img-src ${shown}`,
    `media-src ${shown}`,
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types plaza',
  ].join('; ');
}

/** The same page without the client: nothing runs at all. */
export function plainPolicy({ files }: PageSources): string {
  const shown = ["'self'", ...files].join(' ');
  return [
    "default-src 'none'",
    "style-src 'self'",
    `img-src ${shown}`,
    `media-src ${shown}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
