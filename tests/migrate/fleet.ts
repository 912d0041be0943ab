import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { CompiledQuery } from 'kysely';
import type { Relational, Script } from '#ports/relational/port.ts';
import type { Answer, Asked, FromChild, Request, ToChild } from './protocol.ts';

const CHILD = new URL('./plaza-child.ts', import.meta.url).pathname;

/** The process died before it answered: nobody knows what became of it. */
export const DIED = Symbol('died');

/** A process of the test, which may die. */
export class Member {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer | typeof DIED) => void>();
  readonly gone: Promise<void>;
  #sent = 0;
  isGone = false;

  private constructor(child: ChildProcess, relational: Relational | undefined) {
    this.#child = child;
    this.gone = once(child, 'exit').then(() => {
      this.isGone = true;
      for (const resolve of this.#waiting.values()) resolve(DIED);
      this.#waiting.clear();
    });
    child.on('message', (message: FromChild) => {
      if (message.from === 'answer') {
        this.#waiting.get(message.number)?.(message.answer);
        this.#waiting.delete(message.number);
      } else if (message.from === 'ask') {
        const { number, asked } = message;
        answerOf(relational!, asked).then(
          (value) => this.#send({ to: 'answered', number, value }),
          (error: Error) => this.#send({ to: 'answered', number, error: error.message }),
        );
      }
    });
  }

  /** `relational`: where children ask for it; else each has its own, in the place. */
  static async start(place: string, seed: string, relational: Relational | undefined): Promise<Member> {
    const child = fork(CHILD, [place, seed], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const member = new Member(child, relational);
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromChild) => {
        if (message.from === 'ready') resolve();
      });
      void member.gone.then(() => reject(new Error('A process of the test did not start.')));
    });
    return member;
  }

  ask(request: Request): Promise<Answer | typeof DIED> {
    if (this.isGone) return Promise.resolve(DIED);
    return new Promise((resolve) => {
      const number = this.#sent++;
      this.#waiting.set(number, resolve);
      this.#send({ to: 'request', number, request });
    });
  }

  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    return this.gone;
  }

  #send(message: ToChild): void {
    // A process that has just died does not take it; that it died is told by `gone`.
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}

async function answerOf(relational: Relational, asked: Asked): Promise<unknown> {
  if (asked.kind === 'query') return relational.query(CompiledQuery.raw(asked.sql, [...asked.parameters]));
  if (asked.kind === 'batch') {
    return relational.batch(
      asked.steps.map(({ sql, parameters, expect }) => ({
        query: CompiledQuery.raw(sql, [...parameters]),
        ...(expect === undefined ? {} : { expect }),
      })),
    );
  }
  const module = (await import(asked.module)) as Record<string, Script<unknown, unknown>>;
  return relational.run(module[asked.name]!, asked.args);
}
