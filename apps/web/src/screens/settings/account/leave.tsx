import { type Credentials, deactivateAccount, deleteAccount, type Proof } from '../../../api/credentials.ts';
import { me } from '../../../app/boot.ts';
import { t } from '../../../i18n/translate.ts';
import { leaveHere } from '../../../offline/leave-here.ts';
import { Screen } from '../../../ui/screen.tsx';
import { textOf, useSending } from '../use-sending.ts';
import styles from './account.module.css';
import { AccountForm, ProofFields, TextField } from './form-parts.tsx';
import { WithCredentials } from './with-credentials.tsx';

/** Nobody chooses a handle here: whoever leaves writes their own. */
const WRONG = { 'username ERR_INVALID': 'wrong.otherHandle' } as const;

/** To be gone for a while, or for good. */
export default function LeaveSettings() {
  return (
    <Screen title={t('leave.title')} back>
      <WithCredentials>
        {(credentials) => (
          <>
            <Deactivate credentials={credentials} />
            <Delete credentials={credentials} />
          </>
        )}
      </WithCredentials>
    </Screen>
  );
}

interface WithCredentialsProps {
  readonly credentials: Credentials;
}

function Deactivate({ credentials }: WithCredentialsProps) {
  const sending = useSending(['password', 'code'], (form) =>
    leaveHere('deactivated', () => deactivateAccount(proofOf(form))),
  );
  return (
    <section className={styles.calm} aria-labelledby="for-a-while">
      <h2 id="for-a-while">{t('leave.while')}</h2>
      <p className={styles.text}>{t('leave.while.lead')}</p>
      <AccountForm sending={sending} verb={t('leave.while.do')}>
        <ProofFields sending={sending} code={credentials.second_factor} />
      </AccountForm>
    </section>
  );
}

function Delete({ credentials }: WithCredentialsProps) {
  const { username } = me();
  const send = (form: FormData) => {
    const handle = textOf(form, 'username').trim().replace(/^@/, '');
    return leaveHere('deleted', () => deleteAccount({ username: handle, ...proofOf(form) }));
  };
  const sending = useSending(['username', 'password', 'code'], send, WRONG);
  return (
    <section className={styles.danger} aria-labelledby="for-good">
      <h2 id="for-good">{t('leave.good')}</h2>
      <p className={styles.text}>{t('leave.good.lead')}</p>
      <AccountForm sending={sending} verb={t('leave.good.do')} danger>
        <TextField
          name="username"
          label={t('leave.good.write', { handle: username })}
          autoComplete="off"
          sending={sending}
        />
        <ProofFields sending={sending} code={credentials.second_factor} />
      </AccountForm>
    </section>
  );
}

function proofOf(form: FormData): Proof {
  const code = textOf(form, 'code').trim();
  return { password: textOf(form, 'password'), ...(code !== '' && { code }) };
}
