import { useEffect } from 'react';
import { boot } from '../app/boot.ts';

/** The title of the window while a screen is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? boot.instance.title : `${title} · ${boot.instance.title}`;
  }, [title]);
}
