import { notFound } from '#platform/errors/errors.ts';
import type { Site } from '../frame/page.ts';
import { html } from '../markup/html.ts';
import { aboutTags, nameOf, pictureOf, postDescription, postTitle } from './about.ts';
import type { OpenRequest } from './open-request.ts';
import { isId } from './paging.ts';
import { postMarkup } from './post-markup.ts';
import { readStatuses, type Status } from './read-statuses.ts';
import type { OpenView } from './view.ts';

/** A post in its thread, with what anybody may see of it. */
export async function showPost(request: OpenRequest, { gateway }: Site): Promise<OpenView> {
  const { services, config } = gateway;
  const { handle = '', id: postId = '' } = request.params;
  if (!isId(postId)) throw notFound();
  const shown = await services.post.getShown({ postId }, request.context);
  const [chosen] = await readStatuses([shown], request, gateway);
  // An address names the author too: under another name there is no such post.
  if (chosen === undefined || chosen.account.username.toLowerCase() !== handle.toLowerCase()) throw notFound();
  const status = chosen.reblog ?? chosen;
  const { ancestors, descendants } = await services.post.getThread({ postId: status.id }, request.context);
  const around = await readStatuses([...ancestors, ...descendants], request, gateway);
  const above = new Set(ancestors.map(({ head }) => head.id));
  const title = postTitle(status);
  return {
    title,
    heading: `Post by ${nameOf(status.account)}`,
    listed: status.account.indexable && status.visibility === 'public',
    about: aboutTags({
      siteTitle: config.instance.title,
      kind: 'article',
      title: nameOf(status.account),
      description: postDescription(status),
      url: status.url,
      ...withImage(status),
      publishedAt: status.created_at,
      username: status.account.username,
    }),
    content: html`<div class="posts">${around.filter(({ id }) => above.has(id)).map((one) => postMarkup(one))}
${postMarkup(chosen, true)}
${around.filter(({ id }) => !above.has(id)).map((one) => postMarkup(one))}</div>`,
  };
}

function withImage(status: Status) {
  const image = pictureOf(status);
  return image === undefined ? {} : { image };
}
