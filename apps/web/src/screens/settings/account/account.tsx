import { Link } from 'wouter';
import { resendConfirmation } from '../../../api/credentials.ts';
import { me } from '../../../app/boot.ts';
import { t } from '../../../i18n/translate.ts';
import { Button } from '../../../ui/button.tsx';
import entries from '../../../ui/entries.module.css';
import { failureWords } from '../../../ui/failure-notice.tsx';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';
import settings from '../settings.module.css';
import styles from './account.module.css';
import { WithCredentials } from './with-credentials.tsx';

/** With what somebody signs in, and how to leave. */
export default function AccountSettings() {
  return (
    <Screen title={t('settings.account')} back>
      <WithCredentials>
        {({ email, confirmed, second_factor }) => (
          <>
            {email !== null && !confirmed && <Unconfirmed email={email} />}
            <ul>
              <Entry to="email" name={t('account.email')} about={email ?? t('account.email.none')} />
              <Entry to="handle" name={t('account.handle')} about={`@${me().username}`} />
              <Entry to="password" name={t('account.password')} about={t('account.password.about')} />
              <Entry
                to="second-factor"
                name={t('secondFactor.title')}
                about={t(second_factor ? 'secondFactor.on' : 'secondFactor.off')}
              />
              <Entry to="leave" name={t('leave.title')} about={t('leave.about')} />
            </ul>
          </>
        )}
      </WithCredentials>
    </Screen>
  );
}

interface EntryProps {
  readonly to: string;
  readonly name: string;
  readonly about: string;
}

function Entry({ to, name, about }: EntryProps) {
  return (
    <li>
      <Link href={`/settings/account/${to}`} className={entries.entry}>
        <span>
          <span className={settings.name}>{name}</span>
          <span className={settings.about}>{about}</span>
        </span>
      </Link>
    </li>
  );
}

function Unconfirmed({ email }: { readonly email: string }) {
  const send = async () => {
    try {
      await resendConfirmation();
      toast(t('account.email.sent', { email }));
    } catch (error) {
      toast(failureWords(error));
    }
  };
  return (
    <div className={styles.note}>
      <p>{t('account.email.unconfirmed', { email })}</p>
      <Button small onClick={send}>
        {t('account.email.resend')}
      </Button>
    </div>
  );
}
