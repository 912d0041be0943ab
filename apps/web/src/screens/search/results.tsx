import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { rememberAccounts } from '../../api/accounts.ts';
import { answered, api } from '../../api/client.ts';
import { rememberStatuses } from '../../api/statuses.ts';
import type { Status, Tag } from '../../api/types.ts';
import { t } from '../../i18n/translate.ts';
import { LoadingPeople } from '../../people/loading-people.tsx';
import { PersonRow } from '../../people/person-row.tsx';
import { Post } from '../../posts/post.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import styles from './search.module.css';
import { TagRow } from './tag-row.tsx';

const PAGE_SIZE = 20;

interface Found {
  readonly people: readonly string[];
  readonly posts: readonly string[];
  readonly tags: readonly Tag[];
}

/** Only the first page holds more than people: of those there may be many. */
function useFound(text: string) {
  return useInfiniteQuery({
    queryKey: ['search', text],
    queryFn: async ({ pageParam: offset, signal }): Promise<Found> => {
      const query = { q: text, limit: PAGE_SIZE, offset, ...(offset > 0 ? { type: 'accounts' as const } : {}) };
      const found = await answered(api.GET('/api/v2/search', { params: { query }, signal }));
      return {
        people: rememberAccounts(found.accounts),
        posts: rememberStatuses(found.statuses as Status[]),
        tags: found.hashtags,
      };
    },
    initialPageParam: 0,
    getNextPageParam: ({ people }, pages) => (people.length < PAGE_SIZE ? undefined : pages.length * PAGE_SIZE),
  });
}

export function Results({ text }: { readonly text: string }) {
  const query = useFound(text);
  if (query.isPending) return <LoadingPeople />;
  if (query.data === undefined) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
  const { people, posts, tags } = joined(query.data);
  const n = people.length + posts.length + tags.length;
  return (
    <>
      <p className="visually-hidden" role="status">
        {t('search.found', { n })}
      </p>
      {n === 0 && <Empty>{t('search.nothing', { text })}</Empty>}
      {posts.map((id) => (
        <div key={id} data-result>
          <Post id={id} />
        </div>
      ))}
      {tags.length > 0 && (
        <section aria-labelledby="found-tags">
          <h2 id="found-tags" className={styles.kind}>
            {t('search.tags')}
          </h2>
          <ul>
            {tags.map((tag) => (
              <li key={tag.name} data-result>
                <TagRow tag={tag} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {people.length > 0 && (
        <section aria-labelledby="found-people">
          <h2 id="found-people" className={styles.kind}>
            {t('search.people')}
          </h2>
          <ul>
            {people.map((id) => (
              <li key={id} data-result>
                <PersonRow id={id} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {query.isFetchNextPageError && <FailureNotice error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && !query.isFetchNextPageError && (
        <p className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('search.more')}
          </Button>
        </p>
      )}
    </>
  );
}

function joined({ pages }: InfiniteData<Found>): Found {
  return {
    people: [...new Set(pages.flatMap(({ people }) => people))],
    posts: pages[0]?.posts ?? [],
    tags: pages[0]?.tags ?? [],
  };
}
