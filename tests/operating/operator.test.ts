import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Constellation } from '#tests/constellation/constellation.ts';
import { endOf } from './program.ts';

const OPERATOR = 'plaza/operator/main.ts';

/** Every command is tried on a running Plaza and on the data of one that is stopped. */
for (const state of ['running', 'stopped'] as const) {
  describe(`operator's commands on a ${state} Plaza`, () => {
    let folder = '';
    let plaza: Constellation | undefined;
    const command = async (...args: string[]) => await endOf(OPERATOR, args, { PLAZA_DATA: join(folder, 'data') });
    const done = async (...args: string[]) => {
      const end = await command(...args);
      assert.equal(end.code, 0, end.errors);
      return end.output;
    };

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'plaza-operator-'));
      plaza = await Constellation.start({ folder });
      await plaza.person('ada');
      if (state === 'stopped') await plaza.stop();
    });
    after(async () => {
      if (state === 'running') await plaza?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it('makes the first administrator and shows the password', async () => {
      assert.match(await done('admin', 'root'), /^admin root can sign in\.\nPassword: \S{12,}\n/);
    });

    it('creates an account with a role, and refuses a taken name', async () => {
      await done('accounts', 'create', 'mod', '--role', 'moderator', '--password', 'a rather long pass phrase');
      const again = await command('accounts', 'create', 'mod', '--role', 'user');
      assert.equal(again.code, 1);
      assert.match(again.errors, /^Username has already been taken\n$/);
      assert.equal((await command('accounts', 'create', 'other', '--role', 'emperor')).code, 1);
    });

    it('lists, suspends, lifts and gives roles', async () => {
      await done('accounts', 'suspend', 'ada');
      assert.match(await done('accounts', 'list', '--state', 'suspended'), /^ada +user +suspended/m);
      await done('accounts', 'unsuspend', '@ada');
      await done('roles', 'define', 'helper', 'reports.manage');
      await done('accounts', 'role', 'ada', 'helper');
      const list = await done('accounts', 'list');
      for (const line of [/^ada +helper +active/m, /^mod +moderator +active/m, /^root +admin +active/m]) {
        assert.match(list, line);
      }
    });

    it('resets a password', async () => {
      assert.match(await done('accounts', 'reset-password', 'ada'), /^New password of ada: \S{12,}\n/);
      assert.match((await command('accounts', 'reset-password', 'nobody')).errors, /no account called nobody/);
    });

    it('makes invitations, and knows of no dead letters', async () => {
      assert.match(await done('invites', 'create', '--uses', '3'), /^Invitation code: \S{8,}\n$/);
      assert.equal(await done('events', 'dead-letters'), 'No events were put aside.\n');
      assert.match(await done('events', 'replay', '17'), /^0 of 1 events.*\nThere is no letter 17\.\n$/);
      assert.equal(await done('events', 'drain'), 'Every event has been handled.\n');
    });
  });
}

describe("the operator's help", () => {
  it('is there for every command', async () => {
    for (const args of [
      [],
      ['accounts'],
      ['accounts', 'create'],
      ['backup'],
      ['restore'],
      ['roles', 'define'],
      ['events'],
      ['invites', 'create'],
    ]) {
      const end = await endOf(OPERATOR, [...args, '--help'], {});
      assert.equal(end.code, 0, end.errors);
      assert.match(end.output, /^Usage: plaza/);
    }
    assert.equal((await endOf(OPERATOR, ['dance'], {})).code, 1);
  });
});
