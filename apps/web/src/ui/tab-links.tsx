import { Link } from 'wouter';
import styles from './tab-links.module.css';

interface TabLinksProps {
  readonly label: string;
  readonly current: string;
  readonly tabs: readonly { readonly href: string; readonly label: string }[];
}

/** Several views of one thing, each with an address. */
export function TabLinks({ label, current, tabs }: TabLinksProps) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ href, label: words }) => (
        <Link key={href} href={href} className={styles.tab} aria-current={href === current ? 'page' : undefined}>
          {words}
        </Link>
      ))}
    </nav>
  );
}
