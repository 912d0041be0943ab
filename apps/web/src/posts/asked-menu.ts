import { useSyncExternalStore } from 'react';

/** The post whose menu is open, and the button that opened it. */
export interface AskedMenu {
  readonly id: string;
  readonly button: HTMLElement;
}

const listeners = new Set<() => void>();
let asked: AskedMenu | null = null;

export function askForMenu(next: AskedMenu | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

export function useAskedMenu(): AskedMenu | null {
  return useSyncExternalStore(subscribe, () => asked);
}

/** Whether the menu of a post is open. */
export function useHasMenu(id: string): boolean {
  return useSyncExternalStore(subscribe, () => asked?.id === id);
}

/** The button of a menu: the one that was pressed, or the one that the post got when a list drew it anew. */
export function buttonOf({ id, button }: AskedMenu): HTMLElement | null {
  return button.isConnected ? button : document.querySelector<HTMLElement>(`[data-menu-of="${id}"]`);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
