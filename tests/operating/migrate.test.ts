import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '#apps/plaza/control/run-command.ts';
import type { Stop } from '#platform/migration/migrator.ts';
import { Constellation, type Person } from '#tests/constellation/constellation.ts';
import { endOf } from './program.ts';

const OPERATOR = 'plaza/operator/main.ts';

describe('the command that migrates a table of a running Plaza', () => {
  let folder = '';
  let plaza: Constellation;
  let ada: Person;
  let topic = '';
  const expected: string[] = [];
  const command = (...args: string[]) => endOf(OPERATOR, ['migrate', ...args], { PLAZA_DATA: join(folder, 'data') });
  const done = async (...args: string[]) => {
    const end = await command(...args);
    assert.equal(end.code, 0, end.errors);
    return end;
  };
  /** The command on the running Plaza, without a process of its own. */
  const move = (action: 'forward' | 'back' | 'compare', until: Stop = 'stop-old', rowsPerSecond = 5_000) => {
    const input = { name: 'replies-by-month', action, until, rowsPerSecond, repair: false };
    return runCommand('migrate', input, plaza.plaza.operator, () => {});
  };
  const post = async (text: string, inReplyTo?: string): Promise<string> => {
    const body = { status: text, ...(inReplyTo === undefined ? {} : { in_reply_to_id: inReplyTo }) };
    const made = await ada.api.post('/api/v1/statuses', body);
    assert.equal(made.status, 200, made.text);
    return made.body.id;
  };
  /** Whatever phase it is: a reply is made and another deleted, and the thread shows just those that are there. */
  const peopleGoOn = async () => {
    expected.push(await post('a reply', topic));
    if (expected.length > 2) {
      const gone = expected.shift()!;
      assert.equal((await ada.api.delete(`/api/v1/statuses/${gone}`)).status, 200);
    }
    const thread = await ada.api.get(`/api/v1/statuses/${topic}/context`);
    const shown = (thread.body.descendants as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(shown.toSorted(), expected.toSorted());
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plaza-migrate-'));
    plaza = await Constellation.start({ folder });
    ada = await plaza.person('ada');
    topic = await post('a topic');
    await peopleGoOn();
  });
  after(async () => {
    await plaza.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('says where each stands, and refuses what it does not know', async () => {
    const { output } = await done('--status');
    assert.match(output, /^replies-by-month: .*\n {2}phase: old form only\n {2}processes: 1 of 1 are known to obey\n/);
    assert.match((await command('something')).errors, /no migration "something": use one of replies-by-month/);
    await assert.rejects(move('back'), { code: 'conflict', message: /has not begun/ });
    await assert.rejects(move('compare'), { message: /after the backfill only/ });
    await assert.rejects(move('forward', 'stop-old', 0), { code: 'bad_request' });
  });

  it('goes from stop to stop, and back', async () => {
    await move('forward', 'write-both');
    await peopleGoOn();
    const filled = await done('replies-by-month', '--until', 'backfill', '--rate', '5000');
    assert.match(filled.output, /^Copied 1 partitions\.\n$/);
    assert.match(filled.errors, /^Copying\n/);
    assert.match((await done('--status')).output, /phase: write both\n.*: whole\n/);
    await peopleGoOn();
    await move('forward', 'read-new');
    await peopleGoOn();
    await move('back');
    await peopleGoOn();
  });

  it('goes all the way in one command, and all the way back', async () => {
    assert.equal((await move('forward')).at(-1), 'Every process writes and reads the new form alone.');
    await peopleGoOn();
    for (const phase of ['reads the new one', 'reads the old one', 'the old form alone']) {
      assert.match((await move('back')).join('\n'), new RegExp(`${phase}\\.`));
      await peopleGoOn();
    }
  });

  it('goes on where Plaza is stopped, and is there when it starts again', async () => {
    await move('forward', 'backfill');
    await plaza.stop();
    assert.match((await done('replies-by-month')).output, /new form alone/);
    plaza = await Constellation.start({ folder });
    const thread = await plaza.api.get(`/api/v1/statuses/${topic}/context`);
    const shown = (thread.body.descendants as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(shown.toSorted(), expected.toSorted());
  });
});
