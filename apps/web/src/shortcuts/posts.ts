const POSTS = '#main article[data-post]';
/** What a press on a post's buttons does is what the keys do. */
type Act = 'like' | 'repost' | 'reply' | 'bookmark' | 'unfold' | 'open';

/** Leads to the post after the one that has the focus, or before it. Without one: to the first in the window. */
export function goToPost(by: 1 | -1): void {
  const posts = [...document.querySelectorAll<HTMLElement>(POSTS)];
  const current = currentPost();
  const at = current === null ? posts.findIndex(isInWindow) : posts.indexOf(current) + by;
  const post = posts[at];
  if (post === undefined) return;
  post.focus({ preventScroll: true });
  // A post that is higher than the window is read from its beginning.
  post.scrollIntoView({ block: post.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' });
}

/** Presses a button of the post that has the focus; says whether there is such a post. */
export function pressOnPost(act: Act): boolean {
  const button = currentPost()?.querySelector<HTMLElement>(`[data-act="${act}"]`);
  button?.click();
  return button !== undefined && button !== null;
}

function currentPost(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(POSTS) ?? null;
}

function isInWindow(post: HTMLElement): boolean {
  const { top, bottom } = post.getBoundingClientRect();
  return bottom > innerHeight / 5 && top < innerHeight;
}
