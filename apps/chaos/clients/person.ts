import type { Clock } from '#platform/clock/clock.ts';
import { type Answer, type Api, type Listener, maySendAgain, succeeded } from '../api.ts';

/** Somebody who takes part. */
export interface Person {
  /** By which the truth knows them. */
  readonly index: number;
  readonly id: string;
  readonly api: Api;
}

const SCOPES = 'read write follow';
const TRIES = 20;
const PAUSE_MS = 500;

/** Signs people up over the public API. `tag` is in their names: the same cluster may have seen earlier runs. */
export async function signUp(
  anonymous: Api,
  count: number,
  tag: string,
  clock: Clock,
  listener: Listener,
): Promise<Person[]> {
  const insist = async (send: () => Promise<Answer>) => untilAnswered(send, clock);
  const app = await insist(() =>
    anonymous.send('POST', '/api/v1/apps', {
      body: { client_name: 'Chaos', redirect_uris: 'urn:ietf:wg:oauth:2.0:oob', scopes: SCOPES },
    }),
  );
  const { client_id, client_secret } = app.body;
  const grant = { grant_type: 'client_credentials', client_id, client_secret, scope: SCOPES };
  const granted = await insist(() => anonymous.send('POST', '/oauth/token', { body: grant }));
  const byApp = anonymous.as(granted.body.access_token);
  const people: Person[] = [];
  for (let index = 0; index < count; index++) {
    const username = `chaos_${tag}_${index}`;
    const body = {
      ...{ username, email: `${username}@example.com`, password: `chaos ${tag} ${index} horse staple` },
      ...{ agreement: true, locale: 'en' },
    };
    const made = await insist(() => byApp.send('POST', '/api/v1/accounts', { body }));
    const api = anonymous.as(made.body.access_token, listener);
    const account = await insist(() => api.get('/api/v1/accounts/verify_credentials'));
    people.push({ index, id: account.body.id, api });
  }
  return people;
}

async function untilAnswered(send: () => Promise<Answer>, clock: Clock): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const answer = await send();
    if (succeeded(answer)) return answer;
    refuseLimits(answer);
    if (!maySendAgain(answer) || tried === TRIES) {
      throw new Error(`The cluster does not take people in: ${answer.status} ${answer.text}`);
    }
    await clock.wait(PAUSE_MS);
  }
}

/** @throws Error when the cluster counts requests: sixteen clients without pause are more than it lets people do */
export function refuseLimits({ status }: Answer): void {
  if (status === 429) {
    throw new Error(
      'The cluster limits requests: start it with PLAZA_RATE_LIMITS=off, or stop it, so that one is started for this run.',
    );
  }
}
