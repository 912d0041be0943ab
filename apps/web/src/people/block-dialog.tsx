import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { block, unblock } from './actions.ts';
import { nameOf } from './name.ts';
import type { QuestionProps } from './question.ts';

export function BlockDialog({ account, ...rest }: QuestionProps) {
  const name = nameOf(account);
  const confirm = async () => {
    if (!(await block(account))) return;
    toast(t('people.blockedNow', { name }), { label: t('common.undo'), run: () => void unblock(account) });
  };
  return (
    <ConfirmDialog title={t('people.blockTitle', { name })} verb={t('people.blockVerb')} onConfirm={confirm} {...rest}>
      {t('people.blockText')}
    </ConfirmDialog>
  );
}
