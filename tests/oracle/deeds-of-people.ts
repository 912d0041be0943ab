import assert from 'node:assert/strict';
import { answered, type Deed, two } from './deed.ts';
import type { World } from './world.ts';

/** `one` does something to `other` that is refused to nobody. */
export const between = (
  weight: number,
  verb: string,
  path: string,
  then: (world: World, one: string, other: string) => void,
): Deed => ({
  weight,
  async do(world) {
    const pair = two(world);
    if (pair === undefined) return false;
    const [one, other] = pair;
    const answer = await world.api(one).post(`/api/v1/accounts/${world.accountId(other)}/${path}`);
    assert.equal(answer.status, 200, `SEED=${world.seed}: ${one} ${verb} ${other}: ${answer.text}`);
    then(world, one, other);
    world.tell(`${one} ${verb} ${other}`, one, other);
    return true;
  },
});

export const follow: Deed = {
  weight: 14,
  async do(world) {
    const pair = two(world);
    if (pair === undefined) return false;
    const [one, other] = pair;
    const { model, rules } = world;
    const reblogs = world.chance(0.8);
    const answer = await world.api(one).post(`/api/v1/accounts/${world.accountId(other)}/follow`, { reblogs });
    const refused = rules.blockBetween(one, other);
    const asks = model.person(other).locked && !model.follows.has(one, other);
    const text = `${one} ${asks ? 'asks to follow' : 'follows'} ${other}${reblogs ? '' : ' without reposts'}`;
    answered(world, answer, refused ? 403 : 200, text, one, other);
    if (refused) return false;
    if (asks) model.requests.add(one, other);
    else if (!model.requests.has(one, other)) model.follows.add(one, other);
    if (reblogs) model.withoutShares.delete(one, other);
    else model.withoutShares.add(one, other);
    world.tell(text, one, other);
    return true;
  },
};

export const decide: Deed = {
  weight: 6,
  async do(world) {
    const { model } = world;
    const waiting = model.active().flatMap(({ name }) => {
      const asking = model.requests.to(name).filter((asker) => model.person(asker).state === 'active');
      return asking.map((asker) => [name, asker] as const);
    });
    if (waiting.length === 0) return false;
    const [name, asker] = world.pick(waiting);
    const lets = world.chance(0.7);
    const path = `/api/v1/follow_requests/${world.accountId(asker)}/${lets ? 'authorize' : 'reject'}`;
    const text = `${name} ${lets ? 'lets' : 'does not let'} ${asker} follow`;
    answered(world, await world.api(name).post(path), 200, text, name, asker);
    model.requests.delete(asker, name);
    if (lets) model.follows.add(asker, name);
    world.tell(text, name, asker);
    return true;
  },
};

export const lock: Deed = {
  weight: 3,
  async do(world) {
    const { model } = world;
    const person = world.pick(model.active());
    const locked = !person.locked;
    const text = `${person.name} ${locked ? 'locks' : 'unlocks'} the account`;
    answered(
      world,
      await world.api(person.name).patch('/api/v1/accounts/update_credentials', { locked }),
      200,
      text,
      person.name,
    );
    person.locked = locked;
    world.tell(text, person.name);
    if (locked) return true;
    // Whoever waits is let in, in a while.
    for (const asker of model.requests.to(person.name)) {
      model.requests.delete(asker, person.name);
      model.follows.add(asker, person.name);
    }
    await world.settle();
    return true;
  },
};

export const enlist: Deed = {
  weight: 5,
  async do(world) {
    const pair = two(world);
    if (pair === undefined) return false;
    const [owner, member] = pair;
    const body = { account_ids: [world.accountId(member)] };
    const answer = await world.api(owner).post(`/api/v1/lists/${world.listIds.get(owner)}/accounts`, body);
    const may = world.model.follows.has(owner, member);
    const text = `${owner} puts ${member} on the list`;
    answered(world, answer, may ? 200 : 404, text, owner, member);
    if (!may) return false;
    world.model.lists.get(owner)!.set(member, 'sure');
    world.tell(text, owner, member);
    return true;
  },
};

/** A person goes, by a moderator or by themself, and perhaps comes back. */
export const goOrReturn: Deed = {
  weight: 3,
  async do(world) {
    const { model } = world;
    const gone = [...model.people.values()].filter(({ state }) => state === 'suspended' || state === 'away');
    if (gone.length > 0 && world.chance(0.7)) return comeBack(world, world.pick(gone).name);
    if (model.active().length < 4) return false;
    const person = world.pick(model.active());
    if (world.chance(0.5)) {
      await world.authentication.suspend({ accountId: world.accountId(person.name) }, world.operator());
      person.state = 'suspended';
    } else {
      await world.user.deactivate({}, world.asThemself(person.name));
      person.state = 'away';
    }
    world.tell(`${person.name} is ${person.state}`, person.name);
    return true;
  },
};

async function comeBack(world: World, name: string): Promise<boolean> {
  const person = world.model.person(name);
  // What ended the sessions has to arrive first, or it would end the new one.
  await world.settle();
  if (person.state === 'suspended') {
    await world.authentication.unsuspend({ accountId: world.accountId(name) }, world.operator());
  }
  await world.signIn(name);
  person.state = 'active';
  world.tell(`${name} is back`, name);
  return true;
}

/** Once in a while somebody leaves for good. */
export const leave: Deed = {
  weight: 0.3,
  async do(world) {
    if (world.model.active().length < 5) return false;
    const { name } = world.pick(world.model.active());
    await world.user.deleteAccount({}, world.asThemself(name));
    world.model.erase(name);
    world.tell(`${name} deletes the account`, name);
    return true;
  },
};
