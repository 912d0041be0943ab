import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalledService } from '#platform/config/service-names.ts';
import { Constellation } from '../constellation/constellation.ts';
import type { SplitPlaza } from '../constellation/split-plaza.ts';

const EVERYTHING = [
  ...['sign-up page', 'instance', 'an open post, anonymously', 'public timeline, anonymously', 'account', 'follow'],
  ...['lists', 'home', 'post', 'new post'],
] as const;
type What = (typeof EVERYTHING)[number];

/** What goes on while a service is away, as docs/operating.md states it. Everything else answers 503 or 504. */
const GOES_ON: Readonly<Record<CalledService, readonly What[]>> = {
  authentication: ['sign-up page', 'instance', 'an open post, anonymously', 'public timeline, anonymously'],
  user: ['sign-up page'],
  post: ['sign-up page', 'instance', 'account', 'follow', 'lists'],
  feed: ['sign-up page', 'instance', 'an open post, anonymously', 'account', 'follow', 'new post'],
};

test('what goes on while a service is away is what is stated, and all is back with it', async (t) => {
  const world = await Constellation.start({ split: true });
  t.after(() => world.remove());
  const split = world.plaza as SplitPlaza;
  const [ada, bert] = await world.people('ada', 'bert');
  assert.ok(ada && bert);
  const { body } = await ada.api.post('/api/v1/statuses', { status: 'Before' });
  await world.plaza.drain();
  const asks: Readonly<Record<What, () => Promise<{ status: number }>>> = {
    'sign-up page': () => world.api.get('/sign-up', { accept: 'text/html' }),
    instance: () => world.api.get('/api/v2/instance'),
    'an open post, anonymously': () => world.api.get(`/api/v1/statuses/${body.id}`),
    'public timeline, anonymously': () => world.api.get('/api/v1/timelines/public'),
    account: () => bert.api.get(`/api/v1/accounts/${ada.id}`),
    follow: () => bert.api.post(`/api/v1/accounts/${ada.id}/follow`),
    lists: () => bert.api.get('/api/v1/lists'),
    home: () => bert.api.get('/api/v1/timelines/home'),
    post: () => bert.api.get(`/api/v1/statuses/${body.id}`),
    'new post': () => bert.api.post('/api/v1/statuses', { status: 'Meanwhile' }),
  };
  const isAway = ({ status }: { status: number }) => status === 503 || status === 504;

  for (const [service, goesOn] of Object.entries(GOES_ON) as [CalledService, readonly What[]][]) {
    await split.running(service).stop();
    for (const what of EVERYTHING) {
      const answer = await asks[what]();
      if (goesOn.includes(what)) assert.equal(answer.status, 200, `${what}, without the ${service} service`);
      else assert.ok(isAway(answer), `${what}, without the ${service} service: ${answer.status}`);
    }
    await split.restart(service);
    for (const what of EVERYTHING) {
      let answer = await asks[what]();
      // Circuits that opened try again after a moment.
      while (isAway(answer)) answer = await asks[what]();
      assert.equal(answer.status, 200, `${what}, with the ${service} service back`);
    }
  }
});
