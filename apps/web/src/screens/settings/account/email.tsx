import { useState } from 'react';
import { changeEmail, rereadCredentials } from '../../../api/credentials.ts';
import { t } from '../../../i18n/translate.ts';
import { Screen } from '../../../ui/screen.tsx';
import { textOf, useSending } from '../use-sending.ts';
import styles from './account.module.css';
import { AccountForm, ProofFields, TextField } from './form-parts.tsx';
import { WithCredentials } from './with-credentials.tsx';

/** Another e-mail address. Where this place sends mail, it counts once the link in it was opened; elsewhere at once. */
export default function EmailSettings() {
  const [sentTo, setSentTo] = useState<string>();
  const sending = useSending(['email', 'password'], async (form) => {
    const email = textOf(form, 'email').trim();
    await changeEmail({ email, password: textOf(form, 'password') });
    await rereadCredentials();
    setSentTo(email);
  });
  return (
    <Screen title={t('account.email')} back>
      <WithCredentials>
        {({ email }) => (
          <>
            <p className={styles.text} role="status">
              {addressWords(email, sentTo)}
            </p>
            {sentTo === undefined && (
              <AccountForm sending={sending} verb={t('account.email.change')}>
                <TextField
                  name="email"
                  label={t('account.email.new')}
                  hint={t('account.email.hint')}
                  type="email"
                  autoComplete="email"
                  sending={sending}
                />
                <ProofFields sending={sending} />
              </AccountForm>
            )}
          </>
        )}
      </WithCredentials>
    </Screen>
  );
}

function addressWords(email: string | null, sentTo: string | undefined): string {
  if (sentTo !== undefined && sentTo !== email) return t('account.email.sent', { email: sentTo });
  return email === null ? t('account.email.nowNone') : t('account.email.now', { email });
}
