import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { boot, me } from '../../../app/boot.ts';
import { t } from '../../../i18n/translate.ts';
import { buttonClass } from '../../../ui/button.tsx';
import form from '../../../ui/form.module.css';
import { useObjectUrl } from '../../../ui/use-object-url.ts';
import styles from './account.module.css';
import { CopyButton } from './copy-button.tsx';

/** The codes that let somebody in without their phone. They are shown this once. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `${boot.instance.title}, @${me().username}\n\n${codes.join('\n')}\n`;
  const file = useObjectUrl(useMemo(() => new Blob([text], { type: 'text/plain' }), [text]));
  return (
    <div className={form.form}>
      <h2 ref={heading} tabIndex={-1} className={styles.done}>
        {t('secondFactor.enabled')}
      </h2>
      <p>{t('secondFactor.codes.lead')}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p className={form.actions}>
        <CopyButton text={text} />
        <a
          href={file}
          download={`${boot.instance.domain.replaceAll(/\W+/g, '-')}-codes.txt`}
          className={buttonClass('plain', true)}
        >
          <Download aria-hidden="true" size={16} />
          {t('account.download')}
        </a>
      </p>
      <p>
        <Link href="/settings/account" className={buttonClass('primary')}>
          {t('secondFactor.codes.kept')}
        </Link>
      </p>
    </div>
  );
}
