import { changePassword } from '../../../api/credentials.ts';
import { t } from '../../../i18n/translate.ts';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { textOf, useSending } from '../use-sending.ts';
import styles from './account.module.css';
import { AccountForm, TextField } from './form-parts.tsx';

/** The new password is asked for under the name that other forms give to the present one. */
const WRONG = { 'password ERR_INVALID': 'wrong.passwordGuessed' } as const;

export default function PasswordSettings() {
  const send = async (form: FormData) => {
    await changePassword({
      current_password: textOf(form, 'current_password'),
      password: textOf(form, 'password'),
    });
    toast(t('account.password.changed'));
    history.back();
  };
  const sending = useSending(['current_password', 'password'], send, WRONG);
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
