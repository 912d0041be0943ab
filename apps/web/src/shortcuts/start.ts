import { navigate } from 'wouter/use-browser-location';
import { boot } from '../app/boot.ts';
import { openComposer } from '../composer/open.ts';
import { preferences } from '../state/preferences.ts';
import { keyReader, type Shortcut } from './keys.ts';
import { goToPost, pressOnPost } from './posts.ts';

const FIELDS = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
/** What answers to keys itself. */
const BUSY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';
const CONTROLS = 'a[href], button, input, summary, video, audio';

/** Listens to single keys. `onHelp` shows what they do. */
export function startShortcuts(onHelp: () => void): () => void {
  const read = keyReader();
  const press = (event: KeyboardEvent) => {
    if (!preferences().shortcuts || event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(FIELDS) || document.querySelector(BUSY)) return;
    // Arrows and Enter on a button, a link or a player belong to it.
    if (event.key.length > 1 && event.key !== 'Escape' && target.closest(CONTROLS)) return;
    const shortcut = read({ ...heldWith(event), key: event.key, timeMs: event.timeStamp });
    if (shortcut === undefined || !perform(shortcut, event, onHelp)) return;
    event.preventDefault();
  };
  document.addEventListener('keydown', press);
  return () => document.removeEventListener('keydown', press);
}

/** Says whether something was done: if not, the key is left to the browser. */
function perform(shortcut: Shortcut, event: KeyboardEvent, onHelp: () => void): boolean {
  const go = (path: string) => {
    if (location.pathname !== path) navigate(path);
    return true;
  };
  switch (shortcut) {
    case 'next':
    case 'previous':
      return move(shortcut === 'next' ? 1 : -1, event);
    case 'home':
      return go('/');
    case 'local':
      return go('/public');
    case 'search':
      return go('/search');
    case 'profile':
      return boot.account !== null && go(`/@${boot.account.acct}`);
    case 'settings':
      return boot.account !== null && go('/settings');
    case 'compose':
      if (boot.account !== null) openComposer();
      return boot.account !== null;
    case 'back':
      return goBack();
    case 'help':
      onHelp();
      return true;
    default:
      return pressOnPost(shortcut);
  }
}

/** Arrows scroll the page until a post has the focus. */
function move(by: 1 | -1, event: KeyboardEvent): boolean {
  if (event.key.startsWith('Arrow') && document.activeElement?.closest('article[data-post]') == null) return false;
  goToPost(by);
  return true;
}

/** To where somebody came from; the start has nothing behind it that belongs to this place. */
function goBack(): boolean {
  if (location.pathname === '/' || history.length < 2) return false;
  history.back();
  return true;
}

function heldWith({ ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { ctrlKey, metaKey, altKey };
}
