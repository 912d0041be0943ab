import { useState } from 'react';
import {
  beginSecondFactor,
  disableSecondFactor,
  enableSecondFactor,
  rereadCredentials,
  type SecondFactorSecret,
} from '../../../api/credentials.ts';
import { t } from '../../../i18n/translate.ts';
import { Screen } from '../../../ui/screen.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { textOf, useSending } from '../use-sending.ts';
import styles from './account.module.css';
import { AccountForm, CodeField, ProofFields } from './form-parts.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecretPicture } from './secret-picture.tsx';
import { WithCredentials } from './with-credentials.tsx';

/** A code besides the password: turned on in two steps, and off in one. */
export default function SecondFactorSettings() {
  const [secret, setSecret] = useState<SecondFactorSecret>();
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <Screen title={t('secondFactor.title')} back>
      {codes !== undefined ? (
        <RecoveryCodes codes={codes} />
      ) : secret !== undefined ? (
        <Confirm secret={secret} onEnabled={setCodes} />
      ) : (
        <WithCredentials>
          {({ second_factor }) => (second_factor ? <TurnOff /> : <Begin onSecret={setSecret} />)}
        </WithCredentials>
      )}
    </Screen>
  );
}

function Begin({ onSecret }: { readonly onSecret: (secret: SecondFactorSecret) => void }) {
  const sending = useSending(['password'], async (form) => {
    onSecret(await beginSecondFactor({ password: textOf(form, 'password') }));
  });
  return (
    <>
      <p className={styles.text}>{t('secondFactor.lead')}</p>
      <AccountForm sending={sending} verb={t('secondFactor.begin')}>
        <ProofFields sending={sending} />
      </AccountForm>
    </>
  );
}

interface ConfirmProps {
  readonly secret: SecondFactorSecret;
  readonly onEnabled: (codes: readonly string[]) => void;
}

function Confirm({ secret, onEnabled }: ConfirmProps) {
  const sending = useSending(['code'], async (form) => {
    const { recovery_codes } = await enableSecondFactor({ code: textOf(form, 'code').trim() });
    onEnabled(recovery_codes);
    await rereadCredentials();
  });
  return (
    <AccountForm sending={sending} verb={t('secondFactor.enable')}>
      <SecretPicture secret={secret} />
      <CodeField sending={sending} hint={t('secondFactor.code.hint')} />
    </AccountForm>
  );
}

function TurnOff() {
  const sending = useSending(['password', 'code'], async (form) => {
    await disableSecondFactor({ password: textOf(form, 'password'), code: textOf(form, 'code').trim() });
    await rereadCredentials();
    toast(t('secondFactor.disabled'));
  });
  return (
    <>
      <p className={styles.text}>{t('secondFactor.disable.lead')}</p>
      <AccountForm sending={sending} verb={t('secondFactor.disable')} danger>
        <ProofFields sending={sending} code />
      </AccountForm>
    </>
  );
}
