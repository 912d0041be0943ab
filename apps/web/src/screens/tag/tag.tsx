import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answered, api } from '../../api/client.ts';
import { tagTimeline } from '../../api/timelines.ts';
import { boot } from '../../app/boot.ts';
import { t } from '../../i18n/translate.ts';
import { Timeline } from '../../timeline/timeline.tsx';
import { Button } from '../../ui/button.tsx';
import { failureWords } from '../../ui/failure-notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { toast } from '../../ui/toasts.tsx';

/** What is said under a hashtag. */
export default function Tag({ tag }: { readonly tag: string }) {
  const source = useMemo(() => tagTimeline(tag), [tag]);
  const title = t('tag.title', { tag });
  return (
    <Screen title={title} actions={boot.account && <FollowTag tag={tag} />} back>
      <Timeline source={source} label={title} />
    </Screen>
  );
}

function FollowTag({ tag }: { readonly tag: string }) {
  const client = useQueryClient();
  const queryKey = ['tag', tag.toLowerCase()];
  const path = { params: { path: { name: tag } } };
  const { data } = useQuery({ queryKey, queryFn: () => answered(api.GET('/api/v1/tags/{name}', path)) });
  if (data === undefined) return null;
  const following = data.following === true;
  const turn = async () => {
    try {
      const verb = following ? 'unfollow' : 'follow';
      client.setQueryData(queryKey, await answered(api.POST(`/api/v1/tags/{name}/${verb}`, path)));
    } catch (error) {
      toast(failureWords(error));
    }
  };
  return (
    <Button small kind={following ? 'plain' : 'primary'} aria-pressed={following} onClick={turn}>
      {t(following ? 'tag.unfollow' : 'tag.follow')}
    </Button>
  );
}
