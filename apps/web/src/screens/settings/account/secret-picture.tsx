import type { SecondFactorSecret } from '../../../api/credentials.ts';
import { t } from '../../../i18n/translate.ts';
import styles from './account.module.css';
import { CopyButton } from './copy-button.tsx';

/** The secret as a picture to scan, and as text for whoever cannot. */
export function SecretPicture({ secret: { secret, qr } }: { readonly secret: SecondFactorSecret }) {
  return (
    <>
      <p>{t('secondFactor.scan')}</p>
      <img className={styles.qr} src={qr} alt={t('secondFactor.qr')} width={208} height={208} />
      <p>{t('secondFactor.type')}</p>
      <p>
        <code className={styles.secret}>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <p>
        <CopyButton text={secret} />
      </p>
    </>
  );
}
