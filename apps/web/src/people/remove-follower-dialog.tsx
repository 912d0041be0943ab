import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { removeFollower } from './actions.ts';
import { nameOf } from './name.ts';
import type { QuestionProps } from './question.ts';

export function RemoveFollowerDialog({ account, ...rest }: QuestionProps) {
  return (
    <ConfirmDialog
      title={t('people.removeTitle', { name: nameOf(account) })}
      verb={t('people.removeVerb')}
      onConfirm={() => removeFollower(account)}
      {...rest}
    >
      {t('people.removeText')}
    </ConfirmDialog>
  );
}
