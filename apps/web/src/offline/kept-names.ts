/** What is kept in the browser, as the page and its worker both name it. */
export const CACHES = {
  /** Files of the client itself: nobody's own. */
  assets: 'plaza-assets',
  /** Somebody's: the page with their account in it, and their home. */
  own: 'plaza-own',
  /** Somebody's: pictures that their home shows. */
  pictures: 'plaza-pictures',
} as const;

export const KEPT_PAGE = '/kept/page';
export const KEPT_HOME = '/kept/home';

/** What a page tells the worker. */
export type ToWorker =
  /** Which files do you know? Answered with their names. */
  | { readonly kind: 'files' }
  /** Serve the pages from now on. */
  | { readonly kind: 'take-over' }
  /** Keep the page itself where it is not kept yet. */
  | { readonly kind: 'keep-page' }
  /** Keep these pictures, and no others. */
  | { readonly kind: 'keep-pictures'; readonly addresses: readonly string[] };

/** Whose the page is that was answered: undefined where it is no page of the client, null where nobody is signed in. */
export function accountOfPage(html: string): string | null | undefined {
  const json = /<script type="application\/json" id="plaza-boot">([^<]*)<\/script>/.exec(html)?.[1];
  if (json === undefined) return undefined;
  const { account } = JSON.parse(json) as { readonly account: { readonly id: string } | null };
  return account?.id ?? null;
}
