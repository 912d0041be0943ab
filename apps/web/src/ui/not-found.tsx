import { t } from '../i18n/translate.ts';
import { Empty } from './empty.tsx';
import { Screen } from './screen.tsx';

export function NotFound() {
  return (
    <Screen title={t('common.notFound')} back>
      <Empty>
        <p>{t('failure.notFound')}</p>
      </Empty>
    </Screen>
  );
}
