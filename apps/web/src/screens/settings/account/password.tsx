import { changePassword } from '../../../api/credentials.ts';
import { t } from '../../../i18n/translate.ts';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { textOf, useSending } from '../use-sending.ts';
import styles from './account.module.css';
import { AccountForm, TextField } from './form-parts.tsx';

export default function PasswordSettings() {
  const sending = useSending(['current_password', 'password'], async (form) => {
    await changePassword({
      current_password: textOf(form, 'current_password'),
      password: textOf(form, 'password'),
    });
    toast(t('account.password.changed'));
    history.back();
  });
  return (
    <Screen title={t('account.password')} back>
      <p className={styles.text}>{t('account.password.lead')}</p>
      <AccountForm sending={sending} verb={t('account.password.change')}>
        <TextField
          name="current_password"
          label={t('account.password.now')}
          type="password"
          autoComplete="current-password"
          sending={sending}
        />
        <TextField
          name="password"
          label={t('account.password.new')}
          hint={t('account.password.hint')}
          type="password"
          autoComplete="new-password"
          sending={sending}
        />
      </AccountForm>
    </Screen>
  );
}
