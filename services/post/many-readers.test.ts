import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#platform/clock/system-clock.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { PostStore } from './store/post-store.ts';
import { POST_HEAD, POST_TABLES } from './store/tables.ts';
import { countingReads } from './testing/counting-reads.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const READERS = 1_000;
const MAX_READS = 3;
/** Whether the process knows that it alone writes posts, or only the tables know what others write. */
const WRITERS = { 'the only writer': true, 'one of several writers': false };

const everyone = <T>(read: () => Promise<T>) => Promise.all(Array.from({ length: READERS }, read));

/** What a gateway asks for when it shows a post to somebody without an account. */
async function show({ post }: Stage, id: string): Promise<string | undefined> {
  await post.getShown({ postId: id }, as(null));
  const [{ bodies }] = await Promise.all([
    post.getBodies({ ids: [id] }, as(null)),
    post.getCounts({ ids: [id] }, as(null)),
  ]);
  return bodies[0]?.text;
}

for (const [writer, onlyWriter] of Object.entries(WRITERS)) {
  test(`a thousand readers at once of a post that nothing is known of make three reads (${writer})`, async () => {
    const folder = await temporaryFolder();
    const before = await openStage({ folder: folder.path, onlyWriter });
    const author = before.person('author');
    const made = await before.post.create({ draft: draft('hello'), idempotencyKey: 'hello' }, as(author));
    await before.drain();
    await before.close();

    const { users } = before;
    let counted: ReturnType<typeof countingReads> | undefined;
    const wideColumn = (wide: WideColumn) => {
      counted = countingReads(wide);
      return counted;
    };
    const stage = await openStage({ folder: folder.path, onlyWriter, users, wideColumn });
    const texts = await everyone(() => show(stage, made.head.id));
    assert.deepEqual(new Set(texts), new Set(['hello']));
    const { total, byTable } = counted!.readsOf(made.head.id);
    assert.ok(total > 0 && total <= MAX_READS, JSON.stringify(byTable));
    await stage.close();
    await folder.remove();
  });
}

test('gateways that ask for what one version says, one after the other, make one read; another version makes another', async () => {
  const folder = await temporaryFolder();
  let counted: ReturnType<typeof countingReads> | undefined;
  const wideColumn = (wide: WideColumn) => {
    counted = countingReads(wide);
    return counted;
  };
  const stage = await openStage({ folder: folder.path, onlyWriter: false, wideColumn });
  const author = as(stage.person('author'));
  const { head } = await stage.post.create({ draft: draft('hello'), idempotencyKey: 'hello' }, author);
  const said = async (version: number) =>
    (await stage.post.getBodies({ ids: [head.id], versions: [version] }, as(null))).bodies[0]?.text;
  const before = counted!.readsOf(head.id).total;
  for (let gateways = 0; gateways < 2; gateways++) assert.equal(await said(head.version), 'hello');
  assert.equal(counted!.readsOf(head.id).total - before, 1);
  const words = { text: 'hello again', contentWarning: '', sensitive: false, language: null };
  const edit = { postId: head.id, ...words, mediaIds: [], mediaDetails: [], poll: null };
  const edited = await stage.post.edit(edit, author);
  assert.equal(await said(edited.head.version), 'hello again');
  assert.equal(await said(edited.head.version), 'hello again');
  await stage.close();
  await folder.remove();
});

/** Tables whose first read of a head has taken what stands there and answers when it is told to. */
function holdingFirstHead(wide: WideColumn) {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let first = true;
  const get: WideColumn['get'] = async (table, key) => {
    const row = await wide.get(table, key);
    if (first && table.name === POST_HEAD.name) {
      first = false;
      reached.resolve();
      await gate.promise;
    }
    return row;
  };
  return { wide: { ...countingReads(wide), get }, reached: reached.promise, release: () => gate.resolve() };
}

for (const [writer, onlyWriter] of Object.entries(WRITERS)) {
  test(`who asks after a deletion was acknowledged does not share a read that began before it (${writer})`, async () => {
    const folder = await temporaryFolder();
    const core = await openSqliteFile({ path: `${folder.path}/core.sqlite`, synchronous: 'NORMAL' });
    const derived = await openSqliteFile({ path: `${folder.path}/derived.sqlite`, synchronous: 'NORMAL' });
    const wide = sqliteWideColumn({ core, derived, clock: systemClock });
    await wide.declare(POST_TABLES);
    const head = headOf('100');
    await new PostStore({ wideColumn: wide, onlyWriter: false }).write(head, null, [], true);

    const held = holdingFirstHead(wide);
    const reading = new PostStore({ wideColumn: held.wide, onlyWriter });
    const writing = onlyWriter ? reading : new PostStore({ wideColumn: wide, onlyWriter });
    const early = everyone(() => reading.head(head.id));
    await held.reached;
    await writing.erase([{ head, tags: [] }], []);
    const late = everyone(() => reading.head(head.id));
    held.release();
    assert.deepEqual(new Set((await early).map((one) => one?.id)), new Set([head.id]));
    assert.deepEqual(new Set(await late), new Set([undefined]));
    await core.close();
    await derived.close();
    await folder.remove();
  });
}

function headOf(id: string) {
  return {
    id,
    authorId: '7',
    kind: 'post' as const,
    visibility: 'public' as const,
    state: 'live' as const,
    version: 1,
    createdMs: 1,
    replyToId: null,
    replyToAuthorId: null,
    repostOfId: null,
    repostOfAuthorId: null,
    threadId: id,
    language: null,
    mentionedIds: [],
  };
}
