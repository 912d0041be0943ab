import { script } from '#ports/relational/port.ts';
import type { PendingEvent } from './event.ts';
import { relationalOutbox } from './relational-outbox.ts';

const outbox = relationalOutbox('sample');

/** Runs in the writer thread, as the scripts of services do. */
export const keepTwice = script(
  import.meta.url,
  'keepTwice',
  function* ({ event, other }: { event: PendingEvent; other: PendingEvent }) {
    yield outbox.insert(event);
    yield outbox.insert(other);
  },
);
