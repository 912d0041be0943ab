import { MAX_EVENT_CHARACTERS, MAX_EVENTS_PER_PUBLISH, type OutgoingEvent, type Subscription } from './port.ts';

/** What every server takes as a name of a topic or a group. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const MAX_KEY_CHARACTERS = 200;
const MAX_BATCH = 1_000;
const MAX_CONCURRENCY = 64;

/** Refuses what a server would refuse, before anything is written. Mistakes of the caller, hence plain errors. */
export function checkPublish(topic: string, events: readonly OutgoingEvent[]): void {
  checkName('topic', topic);
  if (events.length > MAX_EVENTS_PER_PUBLISH) throw new RangeError(`${events.length} events in one publish`);
  for (const event of events) {
    if (event.id === '' || event.id.length > MAX_KEY_CHARACTERS) throw new RangeError(`event id "${event.id}"`);
    if (event.key === '' || event.key.length > MAX_KEY_CHARACTERS) throw new RangeError(`event key "${event.key}"`);
    if (event.body.length > MAX_EVENT_CHARACTERS) throw new RangeError(`event ${event.id} is too large`);
  }
}

export function checkSubscription(subscription: Subscription): void {
  checkName('group', subscription.group);
  for (const topic of subscription.topics) checkName('topic', topic);
  if (new Set(subscription.topics).size !== subscription.topics.length || subscription.topics.length === 0) {
    throw new RangeError(`group ${subscription.group}: topics are named once each`);
  }
  checkCount('maxBatch', subscription.maxBatch, MAX_BATCH);
  if (subscription.concurrency !== undefined) checkCount('concurrency', subscription.concurrency, MAX_CONCURRENCY);
}

function checkName(what: string, name: string): void {
  if (!NAME.test(name)) throw new RangeError(`"${name}" is no name of a ${what}`);
}

function checkCount(what: string, count: number, max: number): void {
  if (!Number.isInteger(count) || count < 1 || count > max) throw new RangeError(`${what} ${count}`);
}
