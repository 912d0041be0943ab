type Listener = (message: string) => void;

interface Membership {
  readonly listen: Listener;
  active: boolean;
}

/** Publish and subscribe within a process. Listeners run after the publisher's turn; one that throws hurts nobody else. */
export class Channels {
  readonly #members = new Map<string, Set<Membership>>();

  publish(channel: string, message: string): void {
    const members = this.#members.get(channel);
    if (members === undefined) return;
    for (const member of members) queueMicrotask(() => deliver(member, message));
  }

  subscribe(channel: string, listen: Listener): () => void {
    const member = { listen, active: true };
    let members = this.#members.get(channel);
    if (members === undefined) {
      members = new Set();
      this.#members.set(channel, members);
    }
    members.add(member);
    return () => {
      member.active = false;
      members.delete(member);
      if (members.size === 0 && this.#members.get(channel) === members) this.#members.delete(channel);
    };
  }

  clear(): void {
    for (const members of this.#members.values()) for (const member of members) member.active = false;
    this.#members.clear();
  }
}

function deliver(member: Membership, message: string): void {
  if (!member.active) return;
  try {
    member.listen(message);
  } catch {
    // Messages may be lost at any time, and whoever listens reports its own errors.
  }
}
