import Type from 'typebox';
import { operatorCommand } from '../command.ts';
import { table } from '../table.ts';

/** Events that a consumer could not handle and put aside. */
export const listDeadLetters = operatorCommand({
  name: 'events.dead-letters',
  input: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 1_000 }) }),
  async run({ limit }, operator) {
    const letters = await operator.bus.deadLetters(limit);
    if (letters.length === 0) return ['No events were put aside.'];
    return table(
      ['consumer', 'topic', 'event', 'why'],
      letters.map((letter) => [letter.group, letter.event.topic, letter.event.id, letter.error.slice(0, 80)]),
    );
  },
});

/** For scripts that must see everything delivered, and before a planned stop. */
export const drainEvents = operatorCommand({
  name: 'events.drain',
  input: Type.Object({}),
  async run(_input, operator) {
    await operator.drain();
    return ['Every event has been handled.'];
  },
});
