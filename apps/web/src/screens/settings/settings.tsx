import { Eye, KeyRound, LogOut, MonitorSmartphone, Palette, User } from 'lucide-react';
import type { ComponentType } from 'react';
import { Link } from 'wouter';
import { boot, me } from '../../app/boot.ts';
import { type MessageKey, t } from '../../i18n/translate.ts';
import entries from '../../ui/entries.module.css';
import { Screen } from '../../ui/screen.tsx';
import styles from './settings.module.css';

type Icon = ComponentType<{ readonly 'aria-hidden': 'true'; readonly size: number }>;
type Section = 'profile' | 'privacy' | 'appearance' | 'account' | 'sessions';

const SECTIONS: readonly (readonly [Section, Icon])[] = [
  ['profile', User],
  ['privacy', Eye],
  ['appearance', Palette],
  ['account', KeyRound],
  ['sessions', MonitorSmartphone],
];

/** The version says first which API it speaks: `4.4.0 (compatible; Plaza 0.1.0)`. */
const PROGRAM = /Plaza ([^)]+)/;

/** Everything that can be settled, in plain words. */
export default function Settings() {
  return (
    <Screen title={t('nav.settings')}>
      <ul>
        {SECTIONS.map(([section, icon]) => (
          <li key={section}>
            <Link href={`/settings/${section}`} className={entries.entry}>
              <Words icon={icon} name={`settings.${section}`} about={`settings.${section}.about`} />
            </Link>
          </li>
        ))}
        <li>
          <a href="/sign-out" className={entries.entry}>
            <Words icon={LogOut} name="common.signOut" about="settings.signOut.about" />
          </a>
        </li>
      </ul>
      <p className={styles.version}>
        {t('settings.whoAndWhere', {
          handle: `@${me().username}@${boot.instance.domain}`,
          version: PROGRAM.exec(boot.instance.version)?.[1] ?? '',
        })}
      </p>
    </Screen>
  );
}

interface WordsProps {
  readonly icon: Icon;
  readonly name: MessageKey;
  readonly about: MessageKey;
}

function Words({ icon: Icon, name, about }: WordsProps) {
  return (
    <>
      <Icon aria-hidden="true" size={20} />
      <span>
        <span className={styles.name}>{t(name)}</span>
        <span className={styles.about}>{t(about)}</span>
      </span>
    </>
  );
}
