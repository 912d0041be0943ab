import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { boot } from '../../app/boot.ts';
import { t } from '../../i18n/translate.ts';
import { Empty } from '../../ui/empty.tsx';
import { Screen } from '../../ui/screen.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { stepAmongLinks } from './arrow-keys.ts';
import { Results } from './results.tsx';
import { Suggestions } from './suggestions.tsx';

/** People, hashtags, and posts by their address. What is looked for stands in the address of the screen. */
export default function Search() {
  const [typed, setTyped] = useState(() => new URLSearchParams(location.search).get('q') ?? '');
  const text = useSettled(typed).trim();
  const results = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const query = text === '' ? '' : `?${new URLSearchParams({ q: text })}`;
    if (location.search !== query) history.replaceState(history.state, '', location.pathname + query);
  }, [text]);
  const step = (event: KeyboardEvent<HTMLElement>) => stepAmongLinks(event, results.current);
  return (
    <Screen title={t('search.title')}>
      <SearchField
        label={t('search.label')}
        placeholder={t('search.title')}
        value={typed}
        onChange={setTyped}
        onKeyDown={step}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows are a shortcut between links that the tab key reaches as well */}
      <div ref={results} onKeyDown={step}>
        {text !== '' && <Results key={text} text={text} />}
        {text === '' && (boot.account === null ? <Empty>{t('search.hint')}</Empty> : <Suggestions />)}
      </div>
    </Screen>
  );
}
