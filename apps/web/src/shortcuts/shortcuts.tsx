import { lazy, Suspense, useEffect, useState } from 'react';
import { withTexts } from '../i18n/translate.ts';
import { startShortcuts } from './start.ts';

const HelpDialog = lazy(withTexts('reading', () => import('./help-dialog.tsx')));

/** Keys that do something wherever one is, and the list of them. */
export default function Shortcuts() {
  const [help, setHelp] = useState(false);
  useEffect(() => startShortcuts(() => setHelp(true)), []);
  if (!help) return null;
  return (
    <Suspense>
      <HelpDialog onClose={() => setHelp(false)} />
    </Suspense>
  );
}
