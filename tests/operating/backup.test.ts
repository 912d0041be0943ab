import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import sharp from 'sharp';
import { Constellation, type Person } from '#tests/constellation/constellation.ts';
import { endOf } from './program.ts';

const OPERATOR = 'plaza/operator/main.ts';

it('a backup made while posts pour in brings back everything that was acknowledged before it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-backup-'));
  after(() => rm(folder, { recursive: true, force: true }));
  const backup = join(folder, 'backup');
  const plaza = await Constellation.start({ folder });
  const [writer, reader] = (await plaza.people('writer', 'reader')) as [Person, Person];
  await reader.api.post(`/api/v1/accounts/${writer.id}/follow`);
  await reader.api.get('/api/v1/timelines/home');

  const before: string[] = [];
  for (let index = 0; index < 20; index++) before.push(await post(writer, index % 5 === 0));
  let pouring = true;
  const pour = (async () => {
    while (pouring) await post(writer, false);
  })();
  const made = await endOf(OPERATOR, ['backup', backup], { PLAZA_DATA: join(folder, 'data') });
  pouring = false;
  await pour;
  assert.equal(made.code, 0, made.errors);
  assert.match(made.output, /^Backed up [0-9]+ files, /);
  assert.equal((await endOf(OPERATOR, ['backup', backup], { PLAZA_DATA: join(folder, 'data') })).code, 1);
  await plaza.stop();

  const restored = join(folder, 'restored');
  const end = await endOf(OPERATOR, ['restore', backup], { PLAZA_DATA: join(restored, 'data') });
  assert.equal(end.code, 0, end.errors);
  const again = await Constellation.start({ folder: restored });
  after(() => again.stop());
  await again.plaza.drain();
  const api = again.api.withToken(reader.api.token!);
  for (const id of before) {
    const answer = await api.get(`/api/v1/statuses/${id}`);
    assert.equal(answer.status, 200, `post ${id}`);
    for (const media of answer.body.media_attachments) {
      assert.equal((await again.api.get(new URL(media.url).pathname)).status, 200, media.url);
    }
  }
  const home = await wholeHome(api);
  assert.deepEqual(
    before.filter((id) => !home.includes(id)),
    [],
    'posts that are missing in home',
  );
  // Keys came back too: sealed e-mail addresses and password hashes are of use.
  const other = await endOf(OPERATOR, ['accounts', 'list'], { PLAZA_DATA: join(restored, 'data') });
  assert.match(other.output, /^writer +user +active +writer@example\.com/m);
});

it('a damaged backup changes nothing, and a folder in use is not written over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-restore-'));
  after(() => rm(folder, { recursive: true, force: true }));
  const plaza = await Constellation.start({ folder });
  await plaza.person('someone');
  const data = join(folder, 'data');
  const backup = join(folder, 'backup');
  assert.equal((await endOf(OPERATOR, ['backup', backup], { PLAZA_DATA: data })).code, 0);
  await plaza.stop();
  const over = await endOf(OPERATOR, ['restore', backup], { PLAZA_DATA: data });
  assert.deepEqual([over.code, /is not empty/.test(over.errors)], [1, true], over.errors);
  await appendFile(join(backup, 'core.sqlite'), 'x');
  const target = join(folder, 'elsewhere');
  const damaged = await endOf(OPERATOR, ['restore', backup], { PLAZA_DATA: target });
  assert.deepEqual([damaged.code, /damaged/.test(damaged.errors)], [1, true], damaged.errors);
  await assert.rejects(readdir(target));
  const nothing = await endOf(OPERATOR, ['restore', folder], { PLAZA_DATA: target });
  assert.match(nothing.errors, /not a whole backup/);
});

async function post(writer: Person, withPicture: boolean): Promise<string> {
  const media_ids: string[] = [];
  if (withPicture) {
    const form = new FormData();
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#26a' } })
      .png()
      .toBuffer();
    form.set('file', new Blob([new Uint8Array(png)]), 'a.png');
    const media = await writer.api.post('/api/v2/media', form);
    assert.equal(media.status, 200, media.text);
    media_ids.push(media.body.id);
  }
  const answer = await writer.api.post('/api/v1/statuses', { status: 'Kept', media_ids });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.id;
}

async function wholeHome(api: Person['api']): Promise<string[]> {
  const ids: string[] = [];
  for (let path = '/api/v1/timelines/home?limit=40'; path !== ''; ) {
    const answer = await api.get(path);
    ids.push(...answer.body.map(({ id }: { id: string }) => id));
    path = /<[^>]*(\/api\/[^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
  }
  return ids;
}
