import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { rememberAccounts } from '../../api/accounts.ts';
import { answered, api } from '../../api/client.ts';
import { t } from '../../i18n/translate.ts';
import { nameOf } from '../../people/name.ts';
import { pathOfAccount } from '../../posts/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import styles from './profile.module.css';

const SHOWN = 3;

/** Who of the people whom one follows follows somebody too. It takes its room from the start: what is below does not move. */
export function FamiliarFollowers({ id }: { readonly id: string }) {
  const { data: people } = useQuery({
    queryKey: ['familiar-followers', id],
    queryFn: async () => {
      const query = { 'id[]': [id] };
      const [found] = await answered(api.GET('/api/v1/accounts/familiar_followers', { params: { query } }));
      rememberAccounts(found?.accounts ?? []);
      return found?.accounts ?? [];
    },
    retry: false,
  });
  if (people === undefined) return <p className={styles.familiar} />;
  if (people.length === 0) return <p className={styles.familiar}>{t('profile.nobodyFamiliar')}</p>;
  const named = people.slice(0, SHOWN - 1);
  const others = people.length - named.length;
  return (
    <p className={styles.familiar}>
      <span className={styles.faces} aria-hidden="true">
        {people.slice(0, SHOWN).map((account) => (
          <Avatar key={account.id} account={account} size="small" />
        ))}
      </span>
      <span>
        {t('profile.followedBy')}{' '}
        {named.map((account, index) => (
          <span key={account.id}>
            {index > 0 && ', '}
            <Link href={pathOfAccount(account)}>
              <bdi>{nameOf(account)}</bdi>
            </Link>
          </span>
        ))}
        {others > 0 && ` ${t('profile.andOthers', { n: others })}`}
      </span>
    </p>
  );
}
