import assert from 'node:assert/strict';
import type { Relational } from '#ports/relational/port.ts';
import { testSeed } from '../seed.ts';
import { DIED, Member } from './fleet.ts';
import { People } from './people.ts';
import type { Request } from './protocol.ts';

export interface Place {
  /** Where children find the wide-column store: a folder, or an address. */
  readonly place: string;
  /** Where children share it; else each has its own in the place. */
  readonly relational: Relational | undefined;
  readonly processes: number;
}

/** Deeds between two steps. */
const DEEDS = 150;

/** There and back and there again, with sixteen people acting all the time and the process that copies killed in the middle. */
export async function journey(say: (line: string) => void, { place, relational, processes }: Place): Promise<void> {
  const seed = testSeed();
  say(`SEED=${seed}`);
  let started = 0;
  const start = () => Member.start(place, `${seed}-${started++}`, relational);
  const members: Member[] = [];
  for (let n = 0; n < processes; n++) members.push(await start());
  const people = new People(seed, () => members);

  const migrate = async (action: 'forward' | 'back' | 'compare', until = 'stop-old', dieAt?: number) => {
    const mover = members.find(({ isGone }) => !isGone)!;
    const request = { kind: 'migrate', action, until, ...(dieAt === undefined ? {} : { dieAt }) } as Request;
    const answer = await mover.ask(request);
    if (answer === DIED) return DIED;
    assert.ok(answer.ok, answer.ok ? '' : answer.message);
    return answer;
  };
  const goTo = async (action: 'forward' | 'back', until?: string) => {
    const answer = await migrate(action, until);
    assert.notEqual(answer, DIED);
    for (const line of (answer as { value: string[] }).value) say(line);
    await people.act(DEEDS);
  };

  try {
    await people.start();
    await people.act(DEEDS);
    await goTo('forward', 'write-both');

    assert.equal(await migrate('forward', 'backfill', 20), DIED, 'it was to die in the middle of the copy');
    members.splice(
      members.findIndex(({ isGone }) => isGone),
      1,
      await start(),
    );
    await people.act(DEEDS);
    const resumed = await migrate('forward', 'backfill');
    assert.ok(
      resumed !== DIED && resumed.copiedFrom !== undefined && resumed.copiedFrom >= 16,
      'it goes on where it was',
    );

    await goTo('forward', 'compare');
    await goTo('forward', 'read-new');
    await goTo('back');
    await goTo('forward', 'read-new');
    people.forget();
    await goTo('forward', 'stop-old');
    await goTo('back');
    await goTo('back');
    people.forget();
    await goTo('back');
    await goTo('forward', 'read-new');
    await people.stop();
    for (const member of members) await member.ask({ kind: 'landAll' });
    await people.check();
    await migrate('compare');
    people.forget();
    await migrate('forward');
    await people.check();
    say(
      `${people.deeds} deeds, ${people.reads} reads, ${people.repeats} late repeats, ${people.unknown} of unknown fate`,
    );
    assert.ok(people.repeats > 20 && people.unknown > 100);
  } finally {
    await Promise.all(members.map((member) => member.kill()));
  }
}
