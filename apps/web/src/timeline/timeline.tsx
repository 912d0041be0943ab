import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { WindowVirtualizer, type WindowVirtualizerHandle } from 'virtua';
import { type TimelineSource, timelineQuery } from '../api/timelines.ts';
import { t } from '../i18n/translate.ts';
import { ReadingIn } from '../posts/filtering.ts';
import { Post } from '../posts/post.tsx';
import { Empty } from '../ui/empty.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Further } from '../ui/further.tsx';
import { LoadingMore, LoadingPosts } from '../ui/loading.tsx';
import { NewPosts } from './new-posts.tsx';
import { entryKey, placeBeforeReload, sizesOf } from './place.ts';
import styles from './timeline.module.css';
import { useKeptPlace } from './use-kept-place.ts';

/** So many posts before the end the next page is fetched. */
const AHEAD = 8;
/** Without a guess at their sizes, nothing of a list that begins below the window would be there for those who listen to the page. */
const USUAL_HEIGHT = 160;
const NOTHING: readonly string[] = [];

interface TimelineProps {
  readonly source: TimelineSource;
  readonly label: string;
  readonly empty?: ReactNode;
  /** Whether so much stands above it that it may begin below the window. */
  readonly startsBelow?: boolean;
}

/** An endless list of posts. Only what is near the window is drawn; the place of the reader is kept on the way back and through a reload. */
export function Timeline(props: TimelineProps) {
  return (
    <ReadingIn value={props.source.reading}>
      <List key={props.source.key.join(' ')} {...props} />
    </ReadingIn>
  );
}

function List({ source, label, empty, startsBelow = false }: TimelineProps) {
  const name = source.key.join(' ');
  const [entry] = useState(entryKey);
  const [sizes] = useState(() => sizesOf(entry, name));
  const [reloaded] = useState(() =>
    sizes === undefined && source.byPost ? placeBeforeReload(entry, name) : undefined,
  );
  // Once it is there, it is a list as any other: begun anew, it begins at its top.
  const [landed, setLanded] = useState(reloaded === undefined);
  const query = useInfiniteQuery(timelineQuery(source, landed ? null : (reloaded?.before ?? null)));
  const ids = useMemo(() => [...new Set(query.data?.pages.flatMap(({ items }) => items))], [query.data]);
  const list = useRef<WindowVirtualizerHandle>(null);
  const feed = useRef<HTMLDivElement>(null);
  const known = useRef({ first: ids[0], fromTop: !query.hasPreviousPage });
  const { first, fromTop } = known.current;
  // What comes on top moves nobody's place, but whoever is at the very top sees it come.
  const shift = first !== undefined && ids[0] !== first && ids.includes(first) && !(fromTop && scrollY === 0);
  const showsNewest = useRef(false);
  useEffect(() => {
    // Only now: what is put above others keeps these in their place as soon as it is drawn.
    if (showsNewest.current && ids[0] !== known.current.first) {
      showsNewest.current = false;
      scrollTo(0, 0);
    }
    known.current = { first: ids[0], fromTop: !query.hasPreviousPage };
  }, [ids, query.hasPreviousPage]);
  const showNewest = () => {
    showsNewest.current = true;
  };

  const readOn = () => {
    const handle = list.current;
    if (handle === null || query.isFetching) return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last >= ids.length - AHEAD && query.hasNextPage && !query.isError) void query.fetchNextPage();
    else if (handle.findItemIndex(handle.scrollOffset) < AHEAD && query.hasPreviousPage) void query.fetchPreviousPage();
  };
  // Where a list begins in the middle, what is above is fetched at once: a window at its top cannot be scrolled up.
  const startsInTheMiddle = reloaded !== undefined && query.data?.pages.length === 1 && query.hasPreviousPage;
  const lacksAbove = startsInTheMiddle && !query.isFetching && !query.isError;
  useEffect(() => {
    if (lacksAbove) void query.fetchPreviousPage();
  }, [lacksAbove, query.fetchPreviousPage]);

  // What is put above later is guessed in height until it is measured, so the place is gone to once it is there; where it does not come, without it.
  const waits = !landed && startsInTheMiddle && query.failureCount === 0;
  useKeptPlace(entry, name, list, feed, waits ? NOTHING : ids);
  useEffect(() => {
    if (landed || reloaded === undefined || waits || list.current === null || ids.length === 0) return;
    setLanded(true);
    const { anchor, before, into } = reloaded;
    const at = ids.indexOf(anchor ?? '');
    if (at >= 0 && (before !== null || into > 0)) list.current.scrollToIndex(at, { offset: into });
    // It is gone: what came after it stands where it stood.
    else if (at < 0 && before !== null) list.current.scrollToIndex(ids.indexOf(before) + 1);
  }, [landed, waits, ids, reloaded]);

  if (query.isPending || waits) return <LoadingPosts />;
  if (ids.length === 0) {
    if (query.isError) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
    return <Empty>{empty ?? <p>{t('timeline.empty')}</p>}</Empty>;
  }
  return (
    <>
      {source.live && <NewPosts source={source} first={ids[0]!} onShow={showNewest} />}
      <div ref={feed} role="feed" aria-label={label} aria-busy={query.isFetching}>
        <WindowVirtualizer
          ref={list}
          shift={shift}
          bufferSize={900}
          {...(startsBelow && { itemSize: USUAL_HEIGHT })}
          onScroll={readOn}
          {...(sizes && { cache: sizes })}
        >
          {ids.map((id, index) => (
            <Post key={id} id={id} position={index + 1} />
          ))}
        </WindowVirtualizer>
      </div>
      {query.isFetchNextPageError && <FailureNotice error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.isFetchingNextPage && <LoadingMore />}
      {query.hasNextPage && !query.isFetching && !query.isError && (
        <Further onPress={() => void query.fetchNextPage()} />
      )}
      {!query.hasNextPage && <p className={styles.end}>{t('timeline.end')}</p>}
    </>
  );
}
