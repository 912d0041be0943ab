import { changeHandle } from '../../../api/credentials.ts';
import { boot, me } from '../../../app/boot.ts';
import { t } from '../../../i18n/translate.ts';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { textOf, useSending } from '../use-sending.ts';
import styles from './account.module.css';
import { AccountForm, ProofFields, TextField } from './form-parts.tsx';

/** Another name to be mentioned and found by. */
export default function HandleSettings() {
  const sending = useSending(['username', 'password'], async (form) => {
    const username = textOf(form, 'username').trim().replace(/^@/, '');
    const account = await changeHandle({ username, password: textOf(form, 'password') });
    toast(t('account.handle.changed', { handle: `@${account.username}` }));
    history.back();
  });
  return (
    <Screen title={t('account.handle')} back>
      <p className={styles.text}>{t('account.handle.now', { handle: `@${me().username}@${boot.instance.domain}` })}</p>
      <AccountForm sending={sending} verb={t('account.handle.change')}>
        <TextField
          name="username"
          label={t('account.handle.new')}
          hint={t('account.handle.hint')}
          autoComplete="off"
          sending={sending}
        />
        <ProofFields sending={sending} />
      </AccountForm>
    </Screen>
  );
}
