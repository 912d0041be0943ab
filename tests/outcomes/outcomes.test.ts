import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Constellation, onEachWorld } from '#tests/constellation/constellation.ts';

interface Status {
  readonly id: string;
  readonly content: string;
  readonly muted: boolean;
  readonly edited_at: string | null;
  readonly filtered?: readonly { readonly filter: { readonly title: string } }[];
}

const idsOf = (statuses: readonly { id: string }[]) => statuses.map(({ id }) => id);

onEachWorld('what people do', (options) => {
  const started = Constellation.forTests(options);

  async function group(...names: string[]) {
    const plaza = await started;
    const people = await plaza.people(...names);
    const post = async (who: number, status: string, more: object = {}) => {
      const answer = await people[who]!.api.post('/api/v1/statuses', { status, ...more });
      assert.equal(answer.status, 200, answer.text);
      return answer.body as Status;
    };
    const follow = async (who: number, whom: number) =>
      assert.equal((await people[who]!.api.post(`/api/v1/accounts/${people[whom]!.id}/follow`)).status, 200);
    const home = async (who: number): Promise<Status[]> => {
      await plaza.plaza.drain();
      return (await people[who]!.api.get('/api/v1/timelines/home')).body;
    };
    return { plaza, people, post, follow, home };
  }

  it('edit: what was said before stays readable, oldest first', async () => {
    const { plaza, people, post } = await group('edith');
    const { id } = await post(0, 'frist');
    const edited = await people[0]!.api.put(`/api/v1/statuses/${id}`, { status: 'first', spoiler_text: 'a word' });
    assert.equal(edited.status, 200, edited.text);
    assert.notEqual(edited.body.edited_at, null);
    const history = (await plaza.api.get(`/api/v1/statuses/${id}/history`)).body as Status[];
    assert.deepEqual(
      history.map(({ content }) => content),
      ['<p>frist</p>', '<p>first</p>'],
    );
  });

  it('mute a thread: every post of it says so, until it is unmuted', async () => {
    const { people, post } = await group('teller', 'weary');
    const root = await post(0, 'a long story');
    const reply = await post(0, 'it goes on', { in_reply_to_id: root.id });
    const mutedOf = async () => {
      const read = (id: string) => people[1]!.api.get(`/api/v1/statuses/${id}`);
      return [(await read(root.id)).body.muted, (await read(reply.id)).body.muted];
    };
    await people[1]!.api.post(`/api/v1/statuses/${reply.id}/mute`);
    assert.deepEqual(await mutedOf(), [true, true]);
    await people[1]!.api.post(`/api/v1/statuses/${root.id}/unmute`);
    assert.deepEqual(await mutedOf(), [false, false]);
  });

  it('follow a hashtag: its posts come home, and others of their authors do not', async () => {
    const { people, post, home } = await group('botanist', 'curious');
    assert.equal((await people[1]!.api.post('/api/v1/tags/Ferns/follow')).body.following, true);
    const tagged = await post(0, 'unfurling #ferns');
    await post(0, 'something else');
    assert.deepEqual(idsOf(await home(1)), [tagged.id]);
    await people[1]!.api.post('/api/v1/tags/ferns/unfollow');
    assert.deepEqual(await home(1), []);
  });

  it('lists show replies by their policy', async () => {
    const { people, post, follow, home } = await group('lister', 'member', 'friend', 'stranger');
    await follow(0, 1);
    await follow(0, 2);
    const { body: list } = await people[0]!.api.post('/api/v1/lists', { title: 'close', replies_policy: 'none' });
    await people[0]!.api.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [people[1]!.id] });
    const byFriend = await post(2, 'from a friend');
    const byStranger = await post(3, 'from a stranger');
    const own = await post(1, 'on my own');
    const toFriend = await post(1, 'to the friend', { in_reply_to_id: byFriend.id });
    await post(1, 'to the stranger', { in_reply_to_id: byStranger.id });
    await home(0);
    const shown = async (policy: string) => {
      await people[0]!.api.put(`/api/v1/lists/${list.id}`, { title: 'close', replies_policy: policy });
      return idsOf((await people[0]!.api.get(`/api/v1/timelines/list/${list.id}`)).body);
    };
    assert.deepEqual(await shown('none'), [own.id]);
    assert.deepEqual(await shown('followed'), [toFriend.id, own.id]);
    assert.deepEqual(await shown('list'), [own.id]);
  });

  it('mute, familiar followers, suggestions', async () => {
    const { people, post, follow, home } = await group('newcomer', 'mutual', 'popular');
    await follow(0, 1);
    await follow(1, 2);
    const [newcomer, mutual, popular] = people as [Person, Person, Person];
    const familiar = await newcomer.api.get(`/api/v1/accounts/familiar_followers?id[]=${popular.id}`);
    assert.deepEqual(
      familiar.body.map(({ id, accounts }: { id: string; accounts: { id: string }[] }) => [id, idsOf(accounts)]),
      [[popular.id, [mutual.id]]],
    );
    await home(0);
    const suggested = async () =>
      ((await newcomer.api.get('/api/v2/suggestions')).body as { account: { id: string } }[]).map(
        ({ account }) => account.id,
      );
    assert.ok((await suggested()).includes(popular.id));
    await newcomer.api.delete(`/api/v1/suggestions/${popular.id}`);
    assert.ok(!(await suggested()).includes(popular.id));
    const { id } = await post(1, 'hello');
    assert.deepEqual(idsOf(await home(0)), [id]);
    const muted = await newcomer.api.post(`/api/v1/accounts/${mutual.id}/mute`, { duration: 3_600 });
    assert.equal(muted.body.muting, true);
    assert.deepEqual(await home(0), []);
    const [listed] = (await newcomer.api.get('/api/v1/mutes')).body;
    assert.ok(Date.parse(listed.mute_expires_at) > 0);
    await newcomer.api.post(`/api/v1/accounts/${mutual.id}/unmute`);
    assert.deepEqual(idsOf(await home(0)), [id]);
  });
});

type Person = Awaited<ReturnType<Constellation['person']>>;
