import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { openComposer } from '../../composer/open.ts';
import { sharedText } from '../../composer/shared-text.ts';
import { LoadingPosts } from '../../ui/loading.tsx';

/** The address of the composer, for links and for what other apps share: it opens over the home. */
export default function Compose() {
  const [, navigate] = useLocation();
  useEffect(() => {
    const text = sharedText(new URLSearchParams(location.search));
    navigate('/', { replace: true });
    openComposer(text === '' ? {} : { text });
  }, [navigate]);
  return <LoadingPosts />;
}
