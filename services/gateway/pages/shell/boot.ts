import { LIMITS } from '#policies/limits/limits.ts';
import type { Gateway } from '../../gateway.ts';
import { credentialAccountOf } from '../../routes/accounts/own-account.ts';
import type { PageRequest } from '../frame/page.ts';

/** What the client is told of the place: the same in every page. */
export function instanceBoot({ config, present }: Gateway): string {
  const { title, description, version } = config.instance;
  return JSON.stringify({
    title,
    description,
    domain: present.urls.domain,
    sign_up: config.signUp,
    max_characters: LIMITS.postCharacters,
    max_media_attachments: LIMITS.mediaPerPost,
    poll: {
      max_options: LIMITS.pollOptions,
      max_characters_per_option: LIMITS.pollOptionCharacters,
      min_expiration: LIMITS.pollMinSeconds,
      max_expiration: LIMITS.pollMaxSeconds,
    },
    version,
  });
}

/** What the client has to know before its first screen, as JSON: who looks, as `verify_credentials` tells it, and where. */
export async function bootOf({ visitor, context }: PageRequest, gateway: Gateway, instance: string): Promise<string> {
  const restriction = visitor?.principal.restriction ?? null;
  let account = 'null';
  if (visitor !== null && restriction === null) {
    const read = await gateway.services.user.getAccount({ accountId: visitor.accountId }, context);
    account = (await credentialAccountOf(visitor.principal, context, gateway, read)).toString('utf8');
  }
  return `{"account":${account},"restriction":${JSON.stringify(restriction)},"instance":${instance}}`;
}
