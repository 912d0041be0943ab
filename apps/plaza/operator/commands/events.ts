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
      ['letter', 'consumer', 'topic', 'event', 'why'],
      letters.map(({ id, group, event, error }) => [
        id,
        group,
        event.topic,
        event.id,
        error.split('\n')[0]!.slice(0, 80),
      ]),
    );
  },
});

/** Once what broke it is mended. A letter that fails again is put aside again. */
export const replayDeadLetters = operatorCommand({
  name: 'events.replay',
  input: Type.Object({
    letters: Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 1_000 }),
  }),
  async run({ letters }, operator, report) {
    const unknown: string[] = [];
    for (const [index, id] of letters.entries()) {
      if (!(await operator.bus.replay(id))) unknown.push(id);
      report('Sending back', index + 1, letters.length);
    }
    const sent = letters.length - unknown.length;
    return [
      `${sent} of ${letters.length} events go to their consumers again.`,
      ...unknown.map((id) => `There is no letter ${id}.`),
    ];
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
