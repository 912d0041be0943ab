import { userContract } from '#contracts/services/user.ts';
import { type CallContext, serviceContext } from '#platform/calls/context.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { DemoPlaza } from './demo-plaza.ts';

/** What people do who do not sit before a browser. */
export class Others {
  readonly #user: ReturnType<typeof userOf>;

  constructor({ plaza }: DemoPlaza) {
    this.#user = userOf(plaza);
  }

  /** Somebody follows somebody, or asks to, where the other wants to be asked. */
  async follow(follower: string, followed: string): Promise<void> {
    await this.#user.follow({ accountId: await this.#idOf(followed) }, await this.#as(follower));
  }

  /** Somebody follows no more, so that a flow can be walked again. */
  async unfollow(follower: string, followed: string): Promise<void> {
    await this.#user.unfollow({ accountId: await this.#idOf(followed) }, await this.#as(follower));
  }

  async #idOf(username: string): Promise<string> {
    return (await this.#user.lookup({ username }, serviceContext('test', systemClock))).id;
  }

  async #as(username: string): Promise<CallContext> {
    const accountId = await this.#idOf(username);
    const caller = { kind: 'account', accountId, sessionId: 'test', role: 'user', scopes: ['write:follows'] } as const;
    return { ...serviceContext('test', systemClock), caller };
  }
}

function userOf(plaza: DemoPlaza['plaza']) {
  return plaza.services.client(userContract);
}
